"""What a graph looks like as RDF, and that nothing in a text can break it."""

import shutil
import subprocess
import sys
from dataclasses import replace
from urllib.parse import unquote, urljoin

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import to_isomorphic

from kg.errors import InvariantError
from kg.mapping import to_quads, to_turtle, validate
from kg.mapping.rdf import triples
from kg.model import Modality, Polarity, RoleStatus, document_iri

BASE = "https://kg.example/"
KG, OA = Namespace(f"{BASE}ontology#"), Namespace("http://www.w3.org/ns/oa#")
ANNA, BORIS = URIRef(f"{BASE}person/anna"), URIRef(f"{BASE}person/boris")
CORPS, IRAQ, TEHRAN = (URIRef(f"{BASE}{n}") for n in ("organization/corps", "place/iraq", "place/tehran"))

HOSTILE = [
    'quote " and \\ backslash',
    "line\nbreak\r\n\ttab",
    '""" """ \'\'\'',
    "<script>alert(1)</script> & <b>",
    "} . <http://evil.example/> a <http://evil.example/> . {",
    "@prefix kg: <http://evil.example/> .",
    "\u2028\u2029\x85\x0b\x0c\x1c\x1e",
    "\u202eright to left",
    "emoji 😀 and é, Ἀθῆναι, 北京",
    "\\u0022 \\n \\",
    " ",
    "dots. .. and ~tilde, %20 100%.",
]


UNSTORABLE = ["a\0b", "a\ud800b", "a\ufffeb", "a\uffffb"]
STORABLE = ["a\ufdd0b", "a\ufdefb", "a\U0001fffeb", "a\U0010ffffb", "a\ufeffb", "a\x01b", "a\x7fb"]
IDS = [".", "..", "...", "../..", "a/../b", "%2E%2E", "a#b?c", "-..", " ", "\ufffe\uffff", "é\0"]


def to_rdf(graph):
    """The graph as rdflib reads its Turtle."""
    return Graph().parse(data=to_turtle(graph, base_iri=BASE).encode(), format="turtle")


@pytest.fixture(scope="module")
def graph(world, said):
    return world.graph(
        said(
            *("Anna", "holdsRole", "Corps"),
            title="chief commander",
            status=RoleStatus.CURRENT,
            start="2016",
            confidence=0.8,
        ),
        said("Anna", "holdsRole", "Iraq", title="minister", sentence=2),
        said("Boris", "holdsRole", None, title="analyst", sentence=3),
        said("Boris", "metWith", "Anna", sentence=4, date="2020-11-15", place="Tehran", document="b"),
        said("Carla", "metWith", "Anna", sentence=5, polarity=Polarity.NEGATED, source="Boris"),
        said("Carla", "holdsRole", "Corps", sentence=6, title="head", modality=Modality.PLANNED),
        said("Anna", "bornOn", "1979-02", sentence=7),
    )


@pytest.fixture(scope="module")
def rdf(graph):
    return to_rdf(graph)


def named(graph, name):
    """The graph with Anna called otherwise, in every place that takes free text."""
    anna, *others = sorted(graph.entities, key=lambda e: e.name != "Anna")
    document = replace(graph.documents[0], title=name, source=name, published=name)
    first, *statements = graph.statements
    evidence = tuple(replace(e, extractor="rule:" + name) for e in first.evidence)
    return replace(
        graph,
        entities=tuple(sorted((replace(anna, name=name, aliases=(name + "!", "A")), *others), key=lambda e: e.id)),
        documents=(document, *graph.documents[1:]),
        statements=(replace(first, title=name, evidence=evidence), *statements),
    )


def test_facts_are_direct_triples(rdf):
    assert (ANNA, KG.holdsRole, CORPS) in rdf
    assert (ANNA, KG.metWith, BORIS) in rdf
    assert (BORIS, KG.metWith, ANNA) in rdf
    assert (ANNA, KG.bornOn, Literal("1979-02", datatype=XSD.gYearMonth, normalize=False)) in rdf


def test_what_is_not_asserted_is_no_edge_no_membership_and_no_event(rdf):
    carla = URIRef(f"{BASE}person/carla")
    assert not list(rdf.triples((carla, KG.metWith, None)))
    assert not list(rdf.triples((carla, KG.holdsRole, None)))
    for statement in rdf.subjects(KG.asserted, Literal(False)):
        assert set(rdf.objects(statement, RDF.type)) == {KG.Statement}
        assert not list(rdf.objects(statement, ORG.member))
        assert not list(rdf.objects(statement, KG.participant))


def test_a_role_is_a_membership(rdf):
    [statement] = [s for s in rdf.subjects(RDF.object, CORPS) if (s, KG.asserted, Literal(True)) in rdf]
    assert set(rdf.objects(statement, RDF.type)) == {KG.Statement, KG.RoleStatement}
    assert rdf.value(statement, ORG.member) == ANNA
    assert rdf.value(statement, ORG.organization) == CORPS
    assert rdf.value(statement, KG.title) == Literal("chief commander")
    assert rdf.value(statement, KG.status) == KG.current
    assert rdf.value(statement, KG.start).datatype == XSD.gYear
    [of_state] = rdf.subjects(RDF.object, IRAQ)
    assert rdf.value(of_state, ORG.organization) is None


def test_a_role_without_an_organization_has_a_statement_only(rdf):
    [statement] = rdf.subjects(KG.title, Literal("analyst"))
    assert rdf.value(statement, RDF.object) is None
    assert not list(rdf.triples((BORIS, KG.holdsRole, None)))


def test_a_meeting_is_an_event(rdf):
    [statement] = rdf.subjects(RDF.type, KG.MeetingStatement)
    assert set(rdf.objects(statement, KG.participant)) == {ANNA, BORIS}
    assert rdf.value(statement, KG.place) == TEHRAN
    assert rdf.value(statement, KG.date).datatype == XSD.date


def test_evidence_leads_to_the_characters(graph, rdf):
    [statement] = rdf.subjects(RDF.type, KG.MeetingStatement)
    [evidence] = rdf.objects(statement, KG.evidence)
    text = graph.documents[0].text
    selectors = {rdf.value(s, RDF.type): s for s in rdf.objects(evidence, OA.hasSelector)}
    quote, position = selectors[OA.TextQuoteSelector], selectors[OA.TextPositionSelector]
    start, end = (int(rdf.value(position, term)) for term in (OA.start, OA.end))
    assert str(rdf.value(quote, OA.exact)) == text[start:end]
    assert str(rdf.value(quote, OA.prefix)) == text[start - 32 : start]
    assert str(rdf.value(quote, OA.suffix)) == text[end : end + 32]
    assert rdf.value(evidence, KG.subjectMention).startswith(f"{BASE}document/b#char=")
    assert rdf.value(evidence, OA.hasSource) == rdf.value(statement, PROV.wasDerivedFrom)
    agent = rdf.value(evidence, PROV.wasAttributedTo)
    assert (agent, RDFS.label, Literal("rule:test")) in rdf


@pytest.mark.parametrize("extractors", [("rule:test",), ("rule:test", "model:pairs@1"), ("a b", "ö", "rule:<x>")])
@pytest.mark.parametrize("source", [None, "Boris"])
def test_evidence_names_all_that_found_it_and_who_says_it(world, said, extractors, source):
    graph = world.graph(said("Anna", "memberOf", "Corps", extractor=extractors[0], also=extractors[1:], source=source))
    rdf = to_rdf(graph)
    [evidence] = rdf.subjects(RDF.type, KG.Evidence)
    agents = set(rdf.subjects(RDF.type, PROV.SoftwareAgent))
    assert {str(rdf.value(agent, RDFS.label)) for agent in agents} == set(extractors)
    assert len(agents) == len(extractors)
    sayers = {URIRef(world.iri(source))} if source else set()
    assert set(rdf.objects(evidence, PROV.wasAttributedTo)) == agents | sayers
    assert set(rdf.objects(evidence, KG.attributedTo)) == sayers
    store = ox.Store()
    store.bulk_extend(to_quads(graph, base_iri=BASE))
    validate(store)


def test_evidence_leads_to_whom_it_is_attributed(graph, rdf):
    [said] = [e for s in graph.statements for e in s.evidence if e.attributed_to]
    [(evidence, source)] = rdf.subject_objects(KG.attributedTo)
    assert str(source) == said.attributed_to
    assert (source, RDFS.label, Literal("Boris")) in rdf
    assert (evidence, PROV.wasAttributedTo, source) in rdf


def test_there_is_no_blank_node(rdf):
    assert not [term for triple in rdf for term in triple if isinstance(term, BNode)]


def test_entities_have_names_kinds_and_same_as(graph):
    corps = next(e for e in graph.entities if e.name == "Corps")
    changed = replace(corps, subtype="MilitaryForce", aliases=("IRGC", "Corps"), same_as=("https://old.example/x",))
    unknown = replace(corps, id=BASE + "organization/x", subtype="Nonsense> . <")
    rdf = to_rdf(replace(graph, entities=(changed, unknown), statements=()))
    assert set(rdf.objects(CORPS, RDF.type)) == {KG.Organization, KG.MilitaryForce}
    assert list(rdf.objects(CORPS, SKOS.altLabel)) == [Literal("IRGC")]
    assert rdf.value(CORPS, OWL.sameAs) == URIRef("https://old.example/x")
    assert list(rdf.objects(URIRef(unknown.id), RDF.type)) == [KG.Organization]


SOURCES = {
    "https://news.example/a?b=c#d": True,
    "http://näws.example/ü": True,
    "https://news.example/a b": False,
    'https://news.example/">': False,
    "javascript:alert(1)": False,
    "/home/me/article.txt": False,
    "file:///home/me/article.txt": False,
}


@pytest.mark.parametrize("source", SOURCES)
def test_only_web_addresses_become_iris(graph, source):
    rdf = to_rdf(replace(graph, documents=(replace(graph.documents[0], source=source),), statements=()))
    [found] = rdf.objects(None, DCTERMS.source)
    assert found == (URIRef(source) if SOURCES[source] else Literal(source))


def test_a_false_quote_is_an_error(graph):
    with pytest.raises(InvariantError, match=r"quotes what a:\d+-\d+ does not say"):
        to_rdf(replace(graph, documents=tuple(replace(d, text="x" + d.text) for d in graph.documents)))
    with pytest.raises(InvariantError):
        to_turtle(replace(graph, documents=()), base_iri=BASE)


def test_a_false_iri_is_an_error(graph):
    entity = replace(graph.entities[0], id="https://kg.example/a> <b")
    with pytest.raises(InvariantError, match="not a valid IRI"):
        to_turtle(replace(graph, entities=(entity,)), base_iri=BASE)


def test_turtle_says_the_same(graph, rdf):
    turtle = to_turtle(graph, base_iri=BASE)
    assert to_isomorphic(as_n_triples(graph)) == to_isomorphic(rdf)
    assert '\n\nperson:anna a kg:Person ;\n\trdfs:label "Anna" ;\n\tkg:holdsRole organization:corps' in turtle


def test_turtle_is_the_same_in_another_process(graph):
    program = (
        "import pickle, sys; from kg.mapping import to_turtle;"
        "sys.stdout.buffer.write(to_turtle(pickle.load(sys.stdin.buffer), base_iri='https://kg.example/').encode())"
    )
    import pickle

    runs = {
        subprocess.run(
            [sys.executable, "-c", program], input=pickle.dumps(graph), capture_output=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert runs == {to_turtle(graph, base_iri=BASE).encode()}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_survive(graph, name):
    check_name(graph, name)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), min_size=1, max_size=40))
@settings(max_examples=40, deadline=None)
def test_any_name_survives(graph, name):
    check_name(graph, name)


def as_n_triples(graph):
    """The graph as rdflib reads it from N-Triples, where nothing is shortened."""
    data = ox.serialize(triples(graph, base_iri=BASE), format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=data, format="nt")


def rapper(turtle):
    """The triples as raptor reads them, or the Turtle itself where raptor is not installed."""
    command = ["rapper", "-q", "-i", "turtle", "-o", "ntriples", "-", BASE]
    if shutil.which(command[0]) is None:
        return turtle
    return subprocess.run(command, input=turtle, capture_output=True, check=True).stdout


def check_name(graph, name):
    hostile = named(graph, name)
    turtle = to_turtle(hostile, base_iri=BASE)
    parsed = Graph().parse(data=turtle.encode(), format="turtle")
    assert parsed.value(ANNA, RDFS.label) == Literal(name)
    assert to_isomorphic(parsed) == to_isomorphic(as_n_triples(hostile))


@pytest.mark.parametrize("name", UNSTORABLE)
def test_what_no_file_can_hold_is_replaced(graph, name):
    parsed = Graph().parse(data=to_turtle(named(graph, name), base_iri=BASE).encode(), format="turtle")
    assert parsed.value(ANNA, RDFS.label) == Literal("a\ufffdb")


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (raptor2-utils) is not installed")
@pytest.mark.parametrize("name", [*HOSTILE, *STORABLE, *UNSTORABLE])
def test_rapper_reads_the_same(graph, name):
    turtle = to_turtle(named(graph, name), base_iri=BASE).encode()
    theirs = Graph().parse(data=rapper(turtle), format="nt")
    assert to_isomorphic(theirs) == to_isomorphic(Graph().parse(data=turtle, format="turtle"))


@pytest.mark.parametrize("identifier", IDS)
def test_a_document_stays_where_it_is_whatever_its_id(graph, identifier):
    iri = document_iri(identifier, base_iri=BASE)
    assert unquote(iri.removeprefix(f"{BASE}document/")) == identifier
    document = replace(graph.documents[0], id=identifier)
    turtle = to_turtle(replace(graph, documents=(document,), statements=()), base_iri=BASE).encode()
    assert urljoin(BASE + "other/", iri) == iri
    for read in (lambda: turtle, lambda: rapper(turtle)):
        parsed = Graph().parse(data=read(), format="turtle", publicID="http://elsewhere.example/a/b/")
        assert list(parsed.subjects(RDF.type, KG.Document)) == [URIRef(iri)]


def test_the_documents_graphs_together_are_the_graph(graph):
    quads = set(to_quads(graph, base_iri=BASE))
    whole = {quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()}
    parts = {quad.triple for quad in quads if quad.graph_name != ox.DefaultGraph()}
    silent = {ox.NamedNode(e.id) for e in graph.entities} - {t.subject for t in parts}  # no document speaks of them
    assert parts == {triple for triple in whole if triple.subject not in silent}
    assert whole == set(triples(graph, base_iri=BASE))


def test_a_document_has_its_own_evidence_in_its_graph(world, said):
    met = [said("Anna", "metWith", "Boris", document=name, date="2020-11-15") for name in ("a", "b")]
    graph = world.graph(*met, said("Carla", "memberOf", "Corps", sentence=2, document="b"))
    found: dict[str, set[tuple[str, str]]] = {}
    for quad in to_quads(graph, base_iri=BASE):
        name = getattr(quad.graph_name, "value", "").removeprefix(f"{BASE}document/")
        predicate = quad.predicate.value
        if predicate.endswith(("metWith", "memberOf", "hasSource", "wasDerivedFrom")):
            found.setdefault(name, set()).add((predicate.rpartition("#")[2].rpartition("/")[2], quad.object.value))
    meeting = {("metWith", str(ANNA)), ("metWith", str(BORIS))}
    own = {n: {("hasSource", f"{BASE}document/{n}"), ("wasDerivedFrom", f"{BASE}document/{n}")} for n in "ab"}
    assert found["a"] == meeting | own["a"]
    assert found["b"] == meeting | own["b"] | {("memberOf", str(CORPS))}
    assert found[""] == found["a"] | found["b"]
