"""Claims -> statements -> RDF, checked by the shapes of the ontology; authorities in RDF; countries and Wikidata."""

from kg.mapping.authority import read_turtle
from kg.mapping.countries import link_countries
from kg.mapping.rdf import to_quads
from kg.mapping.statements import make_statements
from kg.mapping.turtle import to_turtle
from kg.mapping.validation import check_turtle, validate
from kg.mapping.vocabulary import prefixes

__all__ = [
    "check_turtle",
    "link_countries",
    "make_statements",
    "prefixes",
    "read_turtle",
    "to_quads",
    "to_turtle",
    "validate",
]
