"""The ontology says in RDF what the code says in Python, and explains every term."""

import importlib
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection

from kg.mapping.vocabulary import SUBTYPES
from kg.model import PREDICATES, EntityType, Modality, Polarity, RoleStatus
from kg.resources import ontology_path

KG = Namespace("https://kg.example/ontology#")
ALIGNMENTS = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch, SKOS.exactMatch)
QUALIFIERS = {
    *(
        "asserted",
        "attributedTo",
        "checkedBy",
        "checkedOn",
        "confidence",
        "documents",
        "sources",
        "date",
        "end",
        "evidence",
        "firstSeen",
        "lastSeen",
        "modality",
        "objectMention",
        "offence",
        "participant",
    ),
    "place",
    *("polarity", "role", "start", "status", "subjectMention", "title"),
}


@pytest.fixture(scope="module")
def ontology():
    return Graph().parse(ontology_path("kg.ttl"), format="turtle")


def terms(ontology):
    return sorted({s for s in ontology.subjects() if isinstance(s, URIRef) and s in KG})


def classes(ontology, node):
    """The names of the classes that a domain or range allows."""
    union = ontology.value(node, OWL.unionOf)
    nodes = [node] if union is None else Collection(ontology, union)
    return {str(item).removeprefix(str(KG)) for item in nodes}


def test_every_term_is_explained_and_aligned(ontology):
    assert len(terms(ontology)) > 70
    for term in terms(ontology):
        assert [v.language for v in ontology.objects(term, RDFS.label)] == ["en"], term
        assert [v.language for v in ontology.objects(term, RDFS.comment)] == ["en"], term
        others = [o for p in ALIGNMENTS for o in ontology.objects(term, p) if o not in KG]
        assert others or ontology.value(term, SKOS.editorialNote), f"{term} has no alignment and no reason why"


def test_what_follows_from_the_declaration_is_written(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "scripts")
    for path, text in importlib.import_module("ontology").contents().items():
        assert path.read_text(encoding="utf8") == text, f"{path.name}: make ontology"


@pytest.mark.parametrize(
    ("name", "domain", "range_"),
    [
        ("holdsRole", {"Person"}, {"Organization", "Place"}),
        ("metWith", {"Person", "Organization"}, {"Person", "Organization"}),
        ("visited", {"Person"}, {"Place"}),
        ("bornOn", {"Person"}, {str(RDFS.Literal)}),
    ],
)
def test_domains_and_ranges_in_rdf(ontology, name, domain, range_):
    assert classes(ontology, ontology.value(KG[name], RDFS.domain)) == domain
    assert classes(ontology, ontology.value(KG[name], RDFS.range)) == range_


def test_every_relation_between_entities_is_one_of_ours(ontology):
    for name, predicate in PREDICATES.items():
        above = set(ontology.transitive_objects(KG[name], RDFS.subPropertyOf))
        assert (KG.relation in above) is bool(predicate.range), name


def test_no_predicate_is_missing_or_left_over(ontology):
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = {str(p).removeprefix(str(KG)) for kind in kinds for p in ontology.subjects(RDF.type, kind)}
    assert properties - {"relation"} == set(PREDICATES) | QUALIFIERS


def test_subtypes_agree(ontology):
    below = {
        str(c).removeprefix(str(KG))
        for top in (KG.Organization, KG.Place)
        for c in ontology.transitive_subjects(RDFS.subClassOf, top)
        if c != top
    }
    assert below == SUBTYPES
    assert set(EntityType) <= {str(c).removeprefix(str(KG)) for c in ontology.subjects(RDF.type, OWL.Class)}


@pytest.mark.parametrize("values", [RoleStatus, Polarity, Modality])
def test_values_agree(ontology, values):
    found = {str(s).removeprefix(str(KG)) for s in ontology.subjects(RDF.type, KG[values.__name__])}
    assert found == set(values)
