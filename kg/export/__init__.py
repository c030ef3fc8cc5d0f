"""The graph of a build for other programs: RDF, networks, tables, and the graph of FollowTheMoney."""

from kg.export.export import FORMATS, Exported, export

__all__ = ["FORMATS", "Exported", "export"]
