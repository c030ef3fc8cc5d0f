"""Which entity of a graph a person means by a name."""

from kg.finding import find
from kg.model import Entity, Graph

__all__ = ["find_entity"]


def find_entity(graph: Graph, name: str) -> Entity:
    """Return the one entity that a name means, as ``kg.finding.find``.

    Raises:
        UnknownEntityError: nothing fits (similar names are suggested) or several do (they are listed).
    """
    return find(graph.entities, name)
