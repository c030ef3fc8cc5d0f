"""The shape that DWIE, CoNLL04 and Re-DocRED share, and what a build says in that shape.

A document is ``{"id", "text", "entities": [{"id", "type", "mentions": [[start, end, kind?], ...]}], "relations":
[{"s", "p", "o"}]}``; a predicted entity has an ``iri`` for its identity across documents.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from kg.evaluation.views import View
from kg.model import Document, Span

__all__ = ["Record", "documents", "places", "predictions"]

Record = Mapping[str, Any]


def documents(gold: Iterable[Record]) -> list[Document]:
    """Return the texts to read."""
    return [Document(id=d["id"], text=d["text"], published=d.get("published")) for d in gold]


def predictions(gold: Iterable[Record], views: Mapping[str, View]) -> dict[str, Record]:
    """Return what a system says of the gold's documents, by document; a date becomes an entity of type Other."""
    found: dict[str, Record] = {}
    for document in gold:
        view = views.get(document["id"], View())
        entities: list[dict[str, Any]] = []
        for name, entity in view.entities.items():
            if entity.mentions:
                mentions = [[m.start, m.end, str(m.kind)] for m in sorted(entity.mentions)]
                entities.append({"id": name, "iri": name, "type": str(entity.type), "mentions": mentions})
        known = {e["id"] for e in entities}
        dates: dict[Span, str] = {}
        relations = set()
        for fact in view.facts:
            target = fact.object
            if target is None and fact.literal is not None:
                for _, span in fact.spans:
                    if span is not None:
                        target = dates.setdefault(span, f"date{len(dates)}")
            if target is not None and fact.subject in known and (target in known or fact.literal is not None):
                relations.add((fact.subject, fact.predicate, target))
        entities += [{"id": i, "type": "Other", "mentions": [[*span, "name"]]} for span, i in dates.items()]
        found[document["id"]] = {
            "id": document["id"],
            "entities": entities,
            "relations": [{"s": s, "p": p, "o": o} for s, p, o in sorted(relations)],
        }
    return found


def places(entity: Record) -> list[list[Any]]:
    """Return all spans that point to an entity: its mentions and what is not its name but as good."""
    return [*entity["mentions"], *entity.get("also", ())]
