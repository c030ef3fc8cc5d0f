"""The graph in RDF: as one graph in JSON-LD and N-Triples, with that of each article in N-Quads and TriG."""

from collections.abc import Iterable
from typing import cast

import pyoxigraph as ox

__all__ = ["to_rdf"]

_FORMATS = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}


def to_rdf(quads: Iterable[object], format_: str) -> bytes:
    """Return quads in a format; one of triples has those of the default graph, which are all of them."""
    found = cast("Iterable[ox.Quad]", quads)
    if format_ in {"jsonld", "nt"}:
        whole = (quad.triple for quad in found if isinstance(quad.graph_name, ox.DefaultGraph))
        return ox.serialize(whole, format=_FORMATS[format_]) or b""
    in_order = found if format_ == "nq" else sorted(found, key=lambda quad: str(quad.graph_name))  # a block a graph
    return ox.serialize(in_order, format=_FORMATS[format_]) or b""
