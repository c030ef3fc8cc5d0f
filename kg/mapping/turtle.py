"""Write a graph as Turtle: the same bytes for the same graph, a block a subject."""

from collections.abc import Iterable

import pyoxigraph as ox

from kg.mapping.rdf import triples
from kg.mapping.vocabulary import prefixes
from kg.model import Graph

__all__ = ["quads_to_turtle", "to_turtle"]

_IN_FULL = frozenset({"document", "extractor"})
"""Prefixes for queries only: names made of file names and offsets would be mostly escapes, which trip some parsers."""


def to_turtle(graph: Graph, *, base_iri: str) -> str:
    """Return the graph as Turtle.

    Raises:
        InvariantError: something in the graph is no IRI where one must stand, or a quote is false.
    """
    return _written(triples(graph, base_iri=base_iri), base_iri)


def quads_to_turtle(quads: Iterable[ox.Quad], *, base_iri: str) -> str:
    """Return the same of the quads of a graph, where they are there already."""
    return _written((quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)), base_iri)


def _written(graph: Iterable[ox.Triple], base_iri: str) -> str:
    """Return triples as Turtle with prefixes declared in order.

    pyoxigraph writes it in the order of the triples; only the order of its prefix lines changes from run to run, so
    they are written here.
    """
    spaces = prefixes(base_iri)
    header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in spaces.items())
    short = {name: iri for name, iri in spaces.items() if name not in _IN_FULL}
    written = ox.serialize(graph, format=ox.RdfFormat.TURTLE, prefixes=short)
    lines = written.decode().split("\n") if written else []
    return header + "\n".join(_spaced(line) for line in lines if not line.startswith("@prefix "))


def _spaced(line: str) -> str:
    """Put an empty line before each subject; the lines of its block begin with a tab, line ends in text are escaped."""
    return line if line.startswith("\t") or not line else "\n" + line
