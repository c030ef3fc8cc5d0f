"""Each export read back by a reader that is not ours, with equal counts."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import networkx as nx
import openpyxl
import pyoxigraph as ox
import pytest
from rdflib import Dataset, URIRef
from rdflib import Graph as RdfGraph

from kg.errors import UsageError
from kg.export import FORMATS, export
from kg.export.flat import COLUMNS, flat_rows
from kg.mapping import prefixes, to_quads
from kg.model import EntityType
from kg.store import Store, load_graph

OUTPUT = Path(__file__).parents[2] / "output"
BASE = "https://kg.example/"
HOSTILE = [
    '=HYPERLINK("http://evil.example")',
    "@SUM(A1)",
    "-2+3",
    "\x01\x1b[2J",
    "</data><x>&",
    'a"b,c\r\nd',
    ";:LABEL",
]

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning")  # rdflib's readers


@pytest.fixture(scope="module")
def sample():
    return load_graph(OUTPUT)


@pytest.fixture(scope="module")
def hostile(sample):
    """The sample with names, titles and sentences that mean something elsewhere."""
    texts = HOSTILE * 100
    named = tuple(replace(e, name=t, aliases=(t + "!",)) for e, t in zip(sample.entities, texts, strict=False))
    said = tuple(replace(s, title=t) for s, t in zip(sample.statements, texts, strict=False))
    return replace(sample, entities=named, statements=said)


def exported(graph, format_):
    return export(graph, format_, quads=lambda: to_quads(graph, base_iri=BASE))


def facts(graph):
    return [s for s in graph.statements if s.asserted and s.object is not None]


@pytest.mark.parametrize(("format_", "name"), [("jsonld", "json-ld"), ("nt", "nt")])
def test_one_graph(sample, format_, name):
    read = RdfGraph().parse(data=exported(sample, format_)[""], format=name)
    assert len(read) == len(RdfGraph().parse(OUTPUT / "graph.ttl", format="turtle"))
    assert set(read) == set(RdfGraph().parse(OUTPUT / "graph.ttl", format="turtle"))


@pytest.mark.parametrize(("format_", "name"), [("nq", "nquads"), ("trig", "trig")])
def test_a_graph_for_each_document(sample, format_, name):
    data = exported(sample, format_)[""]
    read = Dataset()
    read.parse(data=data, format=name)
    quads = list(to_quads(sample, base_iri=BASE))
    whole = [quad for quad in quads if quad.graph_name == ox.DefaultGraph()]
    assert len(read.default_graph) == len(whole)
    graphs = {graph.identifier: len(graph) for graph in read.graphs()} if hasattr(read, "graphs") else {}
    for document in sample.documents:
        graph = URIRef(f"{BASE}document/{document.id}")
        assert graphs.get(graph, len(read.graph(graph))) == sum(
            quad.graph_name == ox.NamedNode(str(graph)) for quad in quads
        )


def test_graphml_and_gexf_have_every_entity_and_fact(sample, hostile):
    for graph in (sample, hostile):
        for format_, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
            network = read(io.BytesIO(exported(graph, format_)[""]))
            assert network.is_directed()
            assert network.number_of_nodes() == len(graph.entities)
            assert network.number_of_edges() == len(facts(graph))
    network = nx.read_graphml(io.BytesIO(exported(sample, "graphml")[""]))
    ingrid = network.nodes[f"{BASE}person/ingrid-halvorsen"]
    assert (ingrid["label"], ingrid["type"]) == ("Ingrid Halvorsen", "Person")
    assert network.nodes[f"{BASE}person/margit-halvorsen"]["bornOn"] == "1937-05-03"
    [met] = network.get_edge_data(f"{BASE}person/liga-ozolina", f"{BASE}person/marta-kalnina").values()
    assert (met["label"], met["date"], met["place"]) == ("metWith", "2021-11-03", "Riga")
    assert 0 < met["confidence"] <= 1
    assert met["quote"].startswith("Latvian Education Minister")


def test_csv_is_the_flat_table_of_the_named_query(sample):
    rows = list(csv.reader(io.StringIO(exported(sample, "csv")[""].decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(sample.statements) + 1
    store = Store.of(to_quads(sample, base_iri=BASE), prefixes=prefixes(BASE), path=OUTPUT)
    answer = store.ask("statements")
    assert answer.columns == COLUMNS
    assert sorted(answer.table()) == list(flat_rows(sample))


def test_xlsx_is_the_same_table(sample):
    sheet = openpyxl.load_workbook(io.BytesIO(exported(sample, "xlsx")[""]), read_only=True)["statements"]
    rows = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert rows == [COLUMNS, *flat_rows(sample)]


def test_no_cell_is_a_formula(hostile):
    for cell in next(csv.reader(io.StringIO("".join(HOSTILE[:1])))):
        assert cell.startswith("=")
    rows = list(csv.reader(io.StringIO(exported(hostile, "csv")[""].decode(), newline="")))
    assert len(rows) == len(hostile.statements) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in "=@\t\r" and cell]
    assert not [cell for row in rows for cell in row if cell.startswith("-2+3")]
    sheet = openpyxl.load_workbook(io.BytesIO(exported(hostile, "xlsx")[""]))["statements"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell for cell in cells if cell.value == HOSTILE[0]]


def test_a_sheet_has_no_room_for_more(sample, monkeypatch):
    monkeypatch.setattr("kg.export.flat._MAX_ROWS", 100)
    with pytest.raises(UsageError, match="export them as csv"):
        exported(sample, "xlsx")


def test_neo4j(sample, hostile):
    for graph in (sample, hostile):
        files = exported(graph, "neo4j")
        nodes = list(csv.DictReader(io.StringIO(files["nodes.csv"].decode(), newline="")))
        facts_ = list(csv.DictReader(io.StringIO(files["relationships.csv"].decode(), newline="")))
        assert (len(nodes), len(facts_)) == (len(graph.entities), len(facts(graph)))
        ids = {node["iri:ID"] for node in nodes}
        assert len(ids) == len(nodes)
        assert {end for fact in facts_ for end in (fact[":START_ID"], fact[":END_ID"])} <= ids
    kinds = {
        fact[":TYPE"] for fact in csv.DictReader(io.StringIO(exported(sample, "neo4j")["relationships.csv"].decode()))
    }
    assert {"HOLDS_ROLE", "MET_WITH", "PART_OF"} <= kinds
    labels = {
        node["name"]: node[":LABEL"]
        for node in csv.DictReader(io.StringIO(exported(sample, "neo4j")["nodes.csv"].decode()))
    }
    assert labels["Halden Optics"] == "Entity;Organization;Company"


def test_followthemoney_takes_every_entity_and_link(sample, hostile):
    from followthemoney import model

    for graph in (sample, hostile):
        records = [json.loads(line) for line in exported(graph, "ftm")[""].rstrip(b"\n").split(b"\n")]
        proxies = []
        for record in records:
            proxy = model.get_proxy(record, cleaned=False)
            model.get(record["schema"]).validate(record)
            assert proxy.id == record["id"]
            kept = {name: set(proxy.get(name)) for name in record["properties"]}
            assert all(kept.values()), (record, kept)
            proxies.append(proxy)
        ids = {proxy.id for proxy in proxies}
        assert len(ids) == len(records)
        ends = {value for proxy in proxies for prop, value in proxy.itervalues() if prop.type.name == "entity"}
        assert ends <= ids
        links = [proxy for proxy in proxies if proxy.schema.is_a("Interval")]
        titled = [s for s in graph.statements if s.asserted and s.predicate == "holdsRole" and not s.object and s.title]
        assert len(links) == len(facts(graph)) + len(titled)
        named = [proxy for proxy in proxies if proxy.schema.name in {"Person", "Organization", "Company", "PublicBody"}]
        assert len(named) == sum(entity.type is not EntityType.PLACE for entity in graph.entities)
    assert {proxy.schema.name for proxy in proxies} >= {
        "Person",
        "Company",
        "Employment",
        "Occupancy",
        "Family",
        "Article",
    }


def test_what_is_not_asserted_is_no_edge_of_any(sample):
    denied = {s.id for s in sample.statements if not s.asserted}
    assert len(denied) > 10
    for format_ in ("graphml", "gexf", "neo4j", "ftm"):
        text = b"".join(exported(sample, format_).values()).decode()
        assert not [iri for iri in denied if iri in text], format_


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_graph_gives_the_same_bytes(sample, format_):
    if format_ != "xlsx":  # its zip has the time
        assert exported(sample, format_) == exported(sample, format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_graph(sample, format_):
    empty = replace(sample, documents=(), entities=(), statements=())
    assert exported(empty, format_)
