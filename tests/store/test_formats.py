"""Each format of an answer, read back by a reader that is not ours."""

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph as RdfGraph
from rdflib import URIRef
from rdflib.compare import isomorphic
from rdflib.query import Result

from kg.errors import QueryError
from kg.store import Format
from kg.store.formats import MEDIA_TYPES, answer_text

ROWS = "SELECT ?x ?p ?o ?none { ?x ?p ?o } ORDER BY ?x ?p ?o"
TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
RESULTS = {Format.JSON: ox.QueryResultsFormat.JSON, Format.TSV: ox.QueryResultsFormat.TSV, Format.XML: None}


def parsed(text, format_):
    """Columns and rows of results; of XML as rdflib reads it, since Oxigraph's reader trims the texts."""
    if format_ is not Format.XML:
        read = ox.parse_query_results(text.encode(), format=RESULTS[format_])
        return tuple(v.value for v in read.variables), [tuple(row) for row in read]
    result = Result.parse(io.BytesIO(text.encode()), format="xml")
    columns = tuple(map(str, result.vars))
    return columns, [tuple(map(term, (row.get(v) for v in result.vars))) for row in result.bindings]


def term(node):
    if node is None or isinstance(node, URIRef):
        return node and ox.NamedNode(node)
    return ox.Literal(str(node), language=node.language, datatype=node.datatype and ox.NamedNode(node.datatype))


pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning")  # rdflib's reader of JSON-LD
GRAPHS = {Format.TURTLE: "turtle", Format.JSON_LD: "json-ld", Format.N_TRIPLES: "nt"}


@pytest.mark.parametrize("format_", RESULTS)
def test_rows_come_back_as_they_are(store, format_):
    result = store.query(ROWS)
    assert parsed(result.text(format_), format_) == (result.columns, list(result.rows))


@pytest.mark.parametrize("format_", GRAPHS)
def test_triples_come_back_as_they_are(store, format_):
    result = store.query(TRIPLES)
    read = RdfGraph().parse(data=result.text(format_), format=GRAPHS[format_])
    expected = RdfGraph().parse(data=store.query(TRIPLES).text(Format.N_TRIPLES), format="nt")
    assert len(read) == len(result.rows) > 150
    assert isomorphic(read, expected)


@pytest.mark.parametrize("format_", [*RESULTS, Format.CSV])
def test_triples_are_rows_too(store, format_):
    text = store.query(TRIPLES, limit=3).text(format_)
    assert "subject" in text
    assert "object" in text


@pytest.mark.parametrize("format_", GRAPHS)
@pytest.mark.parametrize("query", ["SELECT ?x { ?x a ?y }", "ASK {}"])
def test_rows_are_no_triples(store, format_, query):
    with pytest.raises(QueryError, match="use CONSTRUCT or DESCRIBE"):
        store.query(query).text(format_)


@pytest.mark.parametrize("answer", [True, False])
def test_ask(store, answer):
    result = store.query("ASK { ?x a kg:Person }" if answer else "ASK { ?x a kg:Court }")
    word = str(answer).lower()
    assert json.loads(result.text(Format.JSON)) == {"head": {}, "boolean": answer}
    assert ElementTree.fromstring(result.text(Format.XML)).findtext("{*}boolean") == word
    assert result.text(Format.CSV) == f"answer\r\n{word}\r\n"
    assert word in result.text(Format.TSV)


@pytest.mark.parametrize("format_", [*GRAPHS, *RESULTS, Format.CSV])
def test_nothing_found_is_a_whole_answer(store, format_):
    query = (
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(false) }"
        if format_ in GRAPHS
        else "SELECT ?x { ?x a kg:Court }"
    )
    text = store.query(query).text(format_)
    if format_ in GRAPHS:
        assert len(RdfGraph().parse(data=text, format=GRAPHS[format_])) == 0
    elif format_ in RESULTS:
        assert parsed(text, format_) == (("x",), [])
    else:
        assert text == "x\r\n"


HOSTILE = [
    *(
        "</literal><uri>x</uri>",
        "]]>",
        "&amp; & <",
        "a\tb\nc\r\nd",
        "\x01\x1f",
        "\u2028",
        '"\\',
        "=1+1",
        "é北\U0001f600",
    ),
    "'''\"\"\"",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("format_", RESULTS)
def test_hostile_text_stays_text(text, format_):
    row = (ox.Literal(text), ox.Literal(text, language="en"), ox.NamedNode("https://e.example/?a=1&b=2"))
    out = "".join(answer_text(format_, form="select", columns=("a", "b", "c"), rows=[row], prefixes={}))
    _, [read] = parsed(out, format_)
    if format_ is Format.XML:  # has no control characters but white space
        text = "".join(c if c in "\t\n\r" or c >= " " else "\ufffd" for c in text)
        row = (ox.Literal(text), ox.Literal(text, language="en"), row[2])
    assert read == row


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_text_survives(text):
    for format_ in RESULTS:
        row = (ox.Literal(text), None)
        out = "".join(answer_text(format_, form="select", columns=("a", "b"), rows=[row], prefixes={}))
        _, [read] = parsed(out, format_)
        assert format_ is Format.XML or read == row
    triples = [(ox.NamedNode("a:b"), ox.NamedNode("a:c"), ox.Literal(text))]
    for format_, name in ((Format.TURTLE, ox.RdfFormat.TURTLE), (Format.N_TRIPLES, ox.RdfFormat.N_TRIPLES)):
        out = "".join(answer_text(format_, form="construct", columns=(), rows=triples, prefixes={"a": "a:"}))
        assert [tuple(q.triple) for q in ox.parse(out.encode(), format=name)] == triples


def test_every_format_has_a_media_type():
    assert set(MEDIA_TYPES) == set(Format)
    cells = list(
        csv.reader(io.StringIO("".join(answer_text(Format.CSV, form="select", columns=("a",), rows=[], prefixes={}))))
    )
    assert cells == [["a"]]
