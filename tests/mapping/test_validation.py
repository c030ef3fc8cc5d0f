"""A true graph passes; each way to break one is found."""

import pytest
from rdflib import PROV, RDF, RDFS, Literal, URIRef

from kg.errors import InvariantError
from kg.mapping import to_rdf, validate
from kg.mapping.vocabulary import KG, OA
from kg.model import Polarity

BASE = "https://kg.example/"
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
    return to_rdf(graph, base_iri=BASE)


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
    validate(rdf)


@pytest.mark.parametrize("agents", [(RULE,), (MODEL,), (RULE, MODEL), (RULE, BORIS), (RULE, MODEL, BORIS)])
def test_evidence_may_have_several_witnesses(rdf, agents):
    found_by(*agents)(rdf)
    validate(rdf)


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_found(rdf, case):
    damage, message = BROKEN[case]
    damage(rdf)
    with pytest.raises(InvariantError, match=message):
        validate(rdf)


@pytest.mark.parametrize(
    ("predicate", "object_"),
    [(KG.visited, BORIS), (KG.memberOf, IRAQ), (KG.bornOn, Literal("soon")), (KG.metWith, IRAQ)],
)
def test_ranges_are_checked(rdf, predicate, object_):
    from kg.mapping.validation import _violations

    rdf.add((ANNA, predicate, object_))
    assert [line for line in _violations(rdf) if predicate.n3() in line]
