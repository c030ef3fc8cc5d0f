"""Claims -> statements -> RDF, checked by the shapes of the ontology; authorities in RDF; countries and Wikidata."""

from kg.mapping.authority import read_turtle
from kg.mapping.countries import link_countries
from kg.mapping.rdf import to_rdf
from kg.mapping.statements import make_statements
from kg.mapping.turtle import to_turtle
from kg.mapping.validation import validate

__all__ = ["link_countries", "make_statements", "read_turtle", "to_rdf", "to_turtle", "validate"]
