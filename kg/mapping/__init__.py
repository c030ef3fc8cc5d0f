"""Claims -> statements -> RDF, checked by the shapes of the ontology."""

from kg.mapping.rdf import to_rdf
from kg.mapping.statements import make_statements
from kg.mapping.turtle import to_turtle
from kg.mapping.validation import validate

__all__ = ["make_statements", "to_rdf", "to_turtle", "validate"]
