"""The ontology says in RDF what the code says in Python, and explains every term."""

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH

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
        "modality",
        "objectMention",
        "participant",
    ),
    "place",
    *("polarity", "role", "start", "status", "subjectMention", "title"),
}


@pytest.fixture(scope="module")
def ontology():
    return Graph().parse(ontology_path("kg.ttl"), format="turtle")


@pytest.fixture(scope="module")
def shapes():
    return Graph().parse(ontology_path("shapes.ttl"), format="turtle")


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


@pytest.mark.parametrize("name", PREDICATES)
def test_predicates_agree(ontology, name):
    predicate, term = PREDICATES[name], KG[name]
    assert classes(ontology, ontology.value(term, RDFS.domain)) == set(predicate.domain)
    kind = OWL.ObjectProperty if predicate.range else OWL.DatatypeProperty
    assert (term, RDF.type, kind) in ontology
    assert ((term, RDF.type, OWL.SymmetricProperty) in ontology) == predicate.symmetric
    assert ontology.value(term, KG.inverseLabel)
    if predicate.range:
        assert classes(ontology, ontology.value(term, RDFS.range)) == set(predicate.range)
        assert KG.relation in set(ontology.transitive_objects(term, RDFS.subPropertyOf))
    else:
        assert ontology.value(term, RDFS.range) == RDFS.Literal


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


def test_shapes_agree_with_domains_and_ranges(shapes):
    def allowed(node):
        options = shapes.value(node, SH["or"])
        members = [node] if options is None else Collection(shapes, options)
        return {str(c).removeprefix(str(KG)) for m in members for c in shapes.objects(m, SH["class"])}

    for name, predicate in PREDICATES.items():
        shape = shapes.value(None, SH.targetSubjectsOf, KG[name])
        assert allowed(shape) == set(predicate.domain), name
        assert allowed(shapes.value(shape, SH.property)) == set(predicate.range), name
