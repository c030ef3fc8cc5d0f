"""A true graph passes; each way to break one is found."""

import pyoxigraph as ox
import pytest
from rdflib import ORG, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from kg.errors import InvariantError, ModelError
from kg.mapping import to_turtle, validate, validate_turtle
from kg.mapping.shacl import compile_shapes
from kg.mapping.validation import _violations, by_pyshacl
from kg.model import Polarity

BASE = "https://kg.example/"
KG, OA = Namespace(f"{BASE}ontology#"), Namespace("http://www.w3.org/ns/oa#")
RULE, MODEL = (URIRef(f"{BASE}extractor/{name}:test") for name in ("rule", "model"))
ANNA, BORIS, IRAQ = (URIRef(f"{BASE}{n}") for n in ("person/anna", "person/boris", "place/iraq"))


@pytest.fixture
def rdf(world, said):
    graph = world.graph(
        said("Anna", "holdsRole", "Corps", title="head"),
        said("Anna", "holdsRole", title="analyst", sentence=1),
        said("Boris", "metWith", "Anna", sentence=2, date="2020"),
        said("Boris", "spokeWith", "Corps", sentence=3, polarity=Polarity.NEGATED),
        said("Anna", "bornOn", "1979", sentence=4),
        said("Anna", "visited", "Iraq", sentence=5, extractor="rule:test", also=("model:test",), source="Boris"),
    )
    return Graph().parse(data=to_turtle(graph, base_iri=BASE), format="turtle")


def stored(rdf):
    store = ox.Store()
    store.load(rdf.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


def foci(lines):
    """The nodes that lines of violations are about."""
    return {line.partition(": ")[0] for line in lines}


def drop(predicate):
    return lambda rdf: rdf.remove((next(rdf.subjects(predicate, None)), predicate, None))


def add(*triple):
    return lambda rdf: rdf.add(triple)


def unassert(rdf):
    statement = next(rdf.subjects(KG.asserted, Literal(True)))
    rdf.set((statement, KG.asserted, Literal(False)))


def found_by(*agents):
    """Say of the evidence of several witnesses that these are all."""

    def damage(rdf):
        [evidence] = rdf.subjects(PROV.wasAttributedTo, MODEL)
        rdf.remove((evidence, PROV.wasAttributedTo, None))
        for agent in agents:
            rdf.add((evidence, PROV.wasAttributedTo, agent))

    return damage


BROKEN = {
    "no quote": (drop(OA.exact), "quotes its sentence"),
    "no evidence": (drop(KG.evidence), "no quote, no edge"),
    "no document": (drop(OA.hasSource), "names its document"),
    "no extractor": (found_by(), "what found it"),
    "no extractor but who says it": (found_by(BORIS), "what found it"),
    "found by what is no extractor": (found_by(RULE, IRAQ + "/x"), "wasAttributedTo"),
    "found by a document": (found_by(RULE, URIRef(f"{BASE}document/a")), "wasAttributedTo"),
    "no polarity": (drop(KG.polarity), "exactly one polarity"),
    "no modality": (drop(KG.modality), "exactly one modality"),
    "no subject": (drop(RDF.subject), "exactly one subject"),
    "no predicate": (drop(RDF.predicate), "exactly one predicate"),
    "no label": (lambda rdf: rdf.remove((ANNA, RDFS.label, None)), "exactly one label"),
    "two labels": (add(ANNA, RDFS.label, Literal("Ann")), "exactly one label"),
    "two kinds": (add(ANNA, RDF.type, KG.Place), "only one of them"),
    "a fact nobody states": (add(ANNA, KG.killed, BORIS), "a fact without a statement"),
    "a negated fact": (add(BORIS, KG.spokeWith, ANNA), "a fact without a statement"),
    "a statement without its fact": (lambda rdf: rdf.remove((BORIS, KG.metWith, ANNA)), "statement without its fact"),
    "not what it says": (unassert, "affirmed and actual"),
    "no such place": (add(ANNA, KG.metWith, IRAQ), "fact without a statement"),
}


def test_a_build_passes(rdf):
    validate(stored(rdf))
    validate_turtle(rdf.serialize(format="turtle").encode())
    assert by_pyshacl(rdf) == []


@pytest.mark.parametrize("agents", [(RULE,), (MODEL,), (RULE, MODEL), (RULE, BORIS), (RULE, MODEL, BORIS)])
def test_evidence_may_have_several_witnesses(rdf, agents):
    found_by(*agents)(rdf)
    validate(stored(rdf))


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_found(rdf, case):
    damage, message = BROKEN[case]
    damage(rdf)
    with pytest.raises(InvariantError, match=message):
        validate(stored(rdf))
    with pytest.raises(InvariantError, match=message):
        validate_turtle(rdf.serialize(format="turtle").encode())
    assert foci(_violations(stored(rdf))) == foci(by_pyshacl(rdf))


@pytest.mark.parametrize(
    ("predicate", "object_"),
    [(KG.visited, BORIS), (KG.memberOf, IRAQ), (KG.bornOn, Literal("soon")), (KG.metWith, IRAQ)],
)
def test_ranges_are_checked(rdf, predicate, object_):
    rdf.add((ANNA, predicate, object_))
    assert [line for line in _violations(stored(rdf)) if predicate.n3() in line]
    assert foci(_violations(stored(rdf))) == foci(by_pyshacl(rdf))


VALUES = [
    *(Literal("x"), Literal(""), Literal("x", lang="en"), Literal(7), Literal(-1), Literal(0), Literal(True)),
    *(Literal("0.5", datatype=XSD.decimal), Literal("1.5", datatype=XSD.decimal), Literal("0", datatype=XSD.decimal)),
    *(Literal("1979", datatype=XSD.gYear), Literal("1979-02", datatype=XSD.gYearMonth)),
    *(Literal("1979-02-01", datatype=XSD.date), KG.affirmed, KG.planned, KG.current, KG.metWith, KG.Person),
    *(ANNA, BORIS, IRAQ, RULE, URIRef(f"{BASE}document/a")),
]


SAME_TO_THE_ENGINE = [(end, Literal(number)) for end in (OA.start, OA.end) for number in (0, 7)]
"""It stores an xsd:nonNegativeInteger as the xsd:integer that it is."""


def every_property(rdf):
    """Each property of the graph and some that it lacks, with a node that has or may have it."""
    nodes = {predicate: subject for subject, predicate, _ in sorted(rdf)}
    [statement, *_] = sorted(rdf.subjects(RDF.type, KG.RoleStatement))
    more = (KG.place, KG.end, KG.objectMention, KG.attributedTo, SKOS.altLabel, ORG.organization, KG.participant)
    return nodes | dict.fromkeys(more, statement)


def test_every_value_at_every_property_is_judged_as_pyshacl_does(rdf):
    """One value more, and that value alone, at each property: the compiled shapes find what pySHACL finds."""
    wrong, judged = [], 0
    for number, (predicate, subject) in enumerate(sorted(every_property(rdf).items())):
        for value in VALUES[number % 9 :: 9]:  # all of them at all properties take two minutes, and agree too
            changed = Graph() + rdf
            if number % 2:
                changed.remove((subject, predicate, None))
            changed.add((subject, predicate, value))
            ours, theirs = foci(_violations(stored(changed))), foci(by_pyshacl(changed))
            judged += 1
            if ours != theirs and (predicate, value) not in SAME_TO_THE_ENGINE:
                wrong.append((predicate, value, ours ^ theirs))
    assert judged > 80
    assert wrong == []


def test_what_a_shape_says_and_kg_does_not_know_is_an_error(tmp_path):
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <a:s> a sh:NodeShape ; sh:targetClass <a:c> ; sh:closed true ."
    )
    with pytest.raises(ModelError, match=r"shapes\.ttl: closed is no constraint that kg knows"):
        compile_shapes(shapes)
