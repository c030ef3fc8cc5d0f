"""What is answered in RDF beside queries: the description of the endpoint, and what is said of one IRI."""

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.mapping import prefixes, to_quads
from kg.model import Graph
from kg.serve.protocol import RESULTS, TRIPLES
from kg.store import Format
from kg.store.disk import ONTOLOGY_GRAPH
from kg.store.formats import MEDIA_TYPES, answer_text

__all__ = ["described_in_rdf", "document_triples", "rdf_text", "service_description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_W3C = {
    Format.JSON: "SPARQL_Results_JSON",
    Format.XML: "SPARQL_Results_XML",
    Format.CSV: "SPARQL_Results_CSV",
    Format.TSV: "SPARQL_Results_TSV",
    Format.TURTLE: "Turtle",
    Format.N_TRIPLES: "N-Triples",
    Format.JSON_LD: "JSON-LD",
    Format.RDF_XML: "RDF_XML",
}
_MOST_GRAPHS = 1_000


def service_description(address: str, *, graphs: Iterable[str], triples: int) -> Iterator[ox.Triple]:
    """Yield what an endpoint is, in the vocabulary of W3C's SPARQL 1.1 Service Description.

    Args:
        address: of the endpoint, in full.
        graphs: IRIs of its named graphs; the first thousand are told.
        triples: how many its default graph has.
    """
    service, dataset, default = (ox.NamedNode(f"{address}{part}") for part in ("#service", "#dataset", "#default"))

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    yield ox.Triple(service, _TYPE, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), ox.NamedNode(address))
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    for format_ in dict.fromkeys((*RESULTS.values(), *TRIPLES.values())):
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(_FORMATS + _W3C[format_]))
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _TYPE, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, _TYPE, sd("Graph"))
    count = ox.Literal(str(triples), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    yield ox.Triple(default, ox.NamedNode(f"{_VOID}triples"), count)
    for number, iri in enumerate([ONTOLOGY_GRAPH.value, *graphs][:_MOST_GRAPHS]):
        named = ox.NamedNode(f"{address}#graph-{number}")
        yield ox.Triple(dataset, sd("namedGraph"), named)
        yield ox.Triple(named, _TYPE, sd("NamedGraph"))
        yield ox.Triple(named, sd("name"), ox.NamedNode(iri))


def described_in_rdf(part: Graph, *, base_iri: str) -> Iterator[ox.Triple]:
    """Yield the triples of a part of a graph."""
    return (quad.triple for quad in to_quads(part, base_iri=base_iri) if isinstance(quad.graph_name, ox.DefaultGraph))


def document_triples(part: Graph, iri: str, *, base_iri: str) -> Iterator[ox.Triple]:
    """Yield the triples that one document says: those of its named graph."""
    graph = ox.NamedNode(iri)
    return (quad.triple for quad in to_quads(part, base_iri=base_iri) if quad.graph_name == graph)


def rdf_text(triples: Iterable[ox.Triple], format_: Format, *, base_iri: str) -> tuple[str, str]:
    """Return triples in a format, and its media type."""
    spaces: Mapping[str, str] = {**prefixes(base_iri), "sd": _SD, "void": _VOID}
    columns = ("subject", "predicate", "object")
    rows = ((t.subject, t.predicate, t.object) for t in triples)
    pieces = answer_text(format_, form="construct", columns=columns, rows=rows, prefixes=spaces)
    return "".join(pieces), MEDIA_TYPES[format_]
