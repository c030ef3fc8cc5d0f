"""One graph in each of the formats."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.model import Graph

__all__ = ["FORMATS", "Exported", "export"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A format: the ending of its file, or None where it is a folder of files, and what it holds, in words."""

    suffix: str | None
    holds: str


FORMATS: Mapping[str, Exported] = {
    "jsonld": Exported(suffix=".jsonld", holds="the graph in JSON-LD"),
    "nt": Exported(suffix=".nt", holds="the graph in N-Triples"),
    "nq": Exported(suffix=".nq", holds="the graph, and that of each article, in N-Quads"),
    "trig": Exported(suffix=".trig", holds="the graph, and that of each article, in TriG"),
    "graphml": Exported(suffix=".graphml", holds="entities and facts as a network, for Gephi, yEd, Cytoscape"),
    "gexf": Exported(suffix=".gexf", holds="entities and facts as a network, for Gephi"),
    "csv": Exported(suffix=".csv", holds="all statements as one table"),
    "xlsx": Exported(suffix=".xlsx", holds="all statements as one sheet"),
    "neo4j": Exported(suffix=None, holds="tables of nodes and relationships, and a script that loads them"),
    "ftm": Exported(suffix=".ftm.json", holds="entities of FollowTheMoney, one a line"),
}


def export(graph: Graph, format_: str, *, quads: Callable[[], Iterable[object]]) -> dict[str, bytes]:
    """Return a graph in a format: the content of its file under an empty name, or of several by name.

    Args:
        graph: the graph.
        format_: one of ``FORMATS``.
        quads: gives the graph in RDF, as ``kg.mapping.to_quads`` does.
    """
    if format_ in {"jsonld", "nt", "nq", "trig"}:
        from kg.export.triples import to_rdf

        return {"": to_rdf(quads(), format_)}
    if format_ in {"csv", "xlsx"}:
        from kg.export.flat import to_csv, to_xlsx

        return {"": to_csv(graph) if format_ == "csv" else to_xlsx(graph)}
    if format_ == "ftm":
        from kg.export.ftm import to_ftm

        return {"": to_ftm(graph)}
    from kg.export.networks import to_gexf, to_graphml, to_neo4j

    if format_ == "neo4j":
        return to_neo4j(graph)
    return {"": to_graphml(graph) if format_ == "graphml" else to_gexf(graph)}
