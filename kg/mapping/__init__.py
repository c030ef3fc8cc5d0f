"""Claims -> statements -> RDF, checked by the shapes of the ontology; authorities in RDF; countries and Wikidata."""

from kg.mapping.authority import read_turtle
from kg.mapping.countries import link_countries
from kg.mapping.dates import refines
from kg.mapping.rdf import to_quads, triples
from kg.mapping.statements import make_statements, role_concept, roles_under, statement_iri
from kg.mapping.titles import content_words, normalize_title
from kg.mapping.turtle import quads_to_turtle, to_turtle
from kg.mapping.validation import check_turtle, validate, validate_turtle
from kg.mapping.vocabulary import prefixes

__all__ = [
    "check_turtle",
    "content_words",
    "link_countries",
    "make_statements",
    "normalize_title",
    "prefixes",
    "quads_to_turtle",
    "read_turtle",
    "refines",
    "role_concept",
    "roles_under",
    "statement_iri",
    "to_quads",
    "to_turtle",
    "triples",
    "validate",
    "validate_turtle",
]
