"""What a system says of one document, whether it comes from a whole build or from one document's extraction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Claim, EntityType, Extraction, Graph, MentionKind, Span

__all__ = ["View", "ViewEntity", "ViewFact", "fact_of", "views_of_extractions", "views_of_graph"]


class ViewMention(NamedTuple):
    """Characters of the document, and how they point to the entity."""

    start: int
    end: int
    kind: MentionKind


@dataclass(slots=True)
class ViewEntity:
    """An entity with its mentions in one document."""

    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    mentions: list[ViewMention] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFact:
    """An asserted statement with its places in one document: the subject's span and the object's, if it has one.

    ``confidence`` lies in (0, 1].
    """

    subject: str
    predicate: str
    object: str | None
    literal: str | None
    title: str | None
    status: str | None
    date: str | None
    place: str | None
    spans: tuple[tuple[Span, Span | None], ...]
    confidence: float = 1.0


@dataclass(slots=True)
class View:
    """The entities (by id) and asserted facts of one document."""

    entities: dict[str, ViewEntity] = field(default_factory=dict)
    facts: list[ViewFact] = field(default_factory=list)


def views_of_graph(graph: Graph) -> Mapping[str, View]:
    """Return what a build says, by document; an entity cited there without a mention has none."""
    views: dict[str, View] = defaultdict(View)
    known = {e.id: e for e in graph.entities}

    def entity(document: str, name: str) -> ViewEntity:
        found = views[document].entities.get(name)
        if found is None:
            source = known[name]
            found = ViewEntity(source.type, source.name, source.aliases)
            views[document].entities[name] = found
        return found

    for source in graph.entities:
        for mention in source.mentions:
            entity(mention.document, source.id).mentions.append(ViewMention(mention.start, mention.end, mention.kind))
    for statement in graph.statements:
        if not statement.asserted:
            continue
        for document in sorted({e.document for e in statement.evidence}):
            for end in (statement.subject, statement.object, statement.place):
                if end is not None and end in known:
                    entity(document, end)
            views[document].facts.append(
                ViewFact(
                    subject=statement.subject,
                    predicate=statement.predicate,
                    object=statement.object,
                    literal=statement.literal,
                    title=statement.title,
                    status=statement.status,
                    date=statement.date,
                    place=statement.place,
                    spans=tuple((e.subject, e.object) for e in statement.evidence if e.document == document),
                    confidence=statement.confidence,
                )
            )
    return views


def views_of_extractions(extractions: Iterable[Extraction]) -> Mapping[str, View]:
    """Return what was read from each document alone, before anything is resolved; ids are numbers within a document."""
    views: dict[str, View] = defaultdict(View)
    for extraction in extractions:
        view = views[extraction.document]
        for i, source in enumerate(extraction.entities):
            mentions = [ViewMention(m.start, m.end, m.kind) for m in source.mentions]
            view.entities[str(i)] = ViewEntity(source.type, source.name, source.aliases, mentions)
        view.facts += [fact_of(claim) for claim in extraction.claims if claim.asserted]
    return views


def fact_of(claim: Claim) -> ViewFact:
    """Return what a claim says, with numbers of entities for ids."""
    return ViewFact(
        subject=str(claim.subject),
        predicate=claim.predicate,
        object=None if claim.object is None else str(claim.object),
        literal=claim.literal,
        title=claim.title,
        status=claim.status,
        date=claim.date,
        place=None if claim.place is None else str(claim.place),
        spans=((claim.evidence.subject, claim.evidence.object),),
        confidence=claim.confidence,
    )
