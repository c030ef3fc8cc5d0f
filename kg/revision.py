"""The user's word on statements and entities, applied to the graph that the articles give.

Every edit is looked up in the graph as it is without edits, so their order does not matter and each can be taken back
alone. Edits that point to what no article says any more are left out and told.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kg.agreement import OF_STATEMENTS, Meant, check_agreement, fits
from kg.errors import UsageError
from kg.mapping import content_words, statement_iri
from kg.model import PREDICATES, Entity, EntityType, Evidence, Graph, MentionAt, Span, Statement
from kg.resolution import Edit, EditKind, Names, group_copies
from kg.validity import amiss, check_relation, misfit, values_of

if TYPE_CHECKING:
    from kg.resolution import NamedIn, Resolution

__all__ = ["HAND", "revise"]

HAND = "hand"
"""The extractor of what a person added."""

_CERTAIN = 0.99


def revise(
    graph: Graph, edits: Iterable[Edit], resolution: "Resolution", *, base_iri: str
) -> tuple[Graph, tuple[Edit, ...]]:
    """Return a graph with edits applied, and the edits that speak of nothing in it.

    Args:
        graph: what the articles say.
        edits: the user's word, in any order.
        resolution: who is who in it.
        base_iri: start of the IRIs of statements that are added.

    Raises:
        UsageError: edits contradict one another, or one cannot be followed; the message names it.
    """
    known = sorted(set(edits), key=repr)
    if not known:
        return graph, ()
    for edit in known:
        check_relation(edit)
    work = _Work(graph, resolution, base_iri)
    meant, unused = work.locate(known)
    touched = {m.edit: work.touched(m) for m in meant}
    unused += [m.edit for m in meant if not touched[m.edit] and m.edit.kind in OF_STATEMENTS]
    added = {m.edit: work.added(m) for m in meant if m.edit.kind is EditKind.ADD}
    check_agreement(meant, touched, added)
    statements = work.statements(meant, touched, added.values())
    entities, statements = work.entities(meant, statements)
    return Graph(documents=graph.documents, entities=entities, statements=statements), tuple(sorted(unused, key=repr))


class _Work:
    """A graph and how to find in it what edits speak of."""

    def __init__(self, graph: Graph, resolution: "Resolution", base_iri: str) -> None:
        self._graph = graph
        self._base_iri = base_iri
        self._assignment = resolution.assignment
        self._names = Names(resolution.extractions)
        self._entities = {entity.id: entity for entity in graph.entities}
        self._documents = {document.id: document for document in graph.documents}
        self._about: dict[str, list[Statement]] = defaultdict(list)
        for statement in graph.statements:
            for end in {statement.subject, statement.object} - {None}:
                self._about[str(end)].append(statement)

    def locate(self, edits: Iterable[Edit]) -> tuple[list[Meant], list[Edit]]:
        """Return edits with what they speak of, and those that speak of what is gone."""
        meant, gone = [], []
        for edit in edits:
            subject = self._iri(edit.subject)
            object_ = self._iri(edit.object) if edit.object else None
            ends = {name: self._iri(side) for name, side in edit.ends}
            lost = subject is None or (edit.object and object_ is None) or None in ends.values()
            if lost or (edit.kind is EditKind.ADD and self._place(edit) is None):
                gone.append(edit)
            else:
                found = {name: iri for name, iri in ends.items() if iri is not None}
                meant.append(Meant(edit=edit, subject=str(subject), object=object_, ends=found))
        return meant, gone

    def _iri(self, side: "Iterable[NamedIn]") -> str | None:
        places = (self._names.places.get(named) for named in side)
        found = (self._assignment.get(place) for place in places if place is not None)
        return next((iri for iri in found if iri in self._entities), None)

    def _place(self, edit: Edit) -> Span | None:
        """Return where the quote of an added statement stands."""
        document = self._documents.get(edit.document or "")
        at = document.text.find(edit.quote or "") if document is not None else -1
        return None if at < 0 else (at, at + len(edit.quote or ""))

    def touched(self, meant: Meant) -> list[Statement]:
        """Return the statements that an edit speaks of."""
        if meant.edit.kind not in OF_STATEMENTS:
            return []
        return [s for s in self._about[meant.subject] if fits(s, meant.edit, meant.subject, meant.object)]

    def statements(
        self,
        meant: Sequence[Meant],
        touched: Mapping[Edit, Sequence[Statement]],
        added: Iterable[Statement | None],
    ) -> tuple[Statement, ...]:
        """Return the statements with those edits applied that speak of statements, sorted by id."""
        changed: dict[str, Statement | None] = {}
        for m in sorted(meant, key=lambda m: (m.edit.kind is not EditKind.REJECT, m.edit.kind is EditKind.CONFIRM)):
            for statement in touched[m.edit]:
                now = changed.get(statement.id, statement)
                if now is not None:
                    changed[statement.id] = self._changed(now, m)
        kept = (changed.get(s.id, s) for s in self._graph.statements)
        return self._joined(s for s in (*kept, *added) if s is not None)

    def _changed(self, statement: Statement, meant: Meant) -> Statement | None:
        edit = meant.edit
        if edit.kind is EditKind.REJECT:
            wrong = dict(edit.which).get("extractor")
            return None if wrong is None else self._without(statement, wrong)
        if edit.kind is EditKind.CORRECT:
            statement = self._corrected(statement, meant)
        return _checked(statement, edit)

    def _without(self, statement: Statement, extractor: str) -> Statement | None:
        """Return a statement without what an extractor read; None where nothing is left."""
        left = []
        for evidence in statement.evidence:
            others = [name for name in evidence.extractors if name != extractor]
            if others:
                left.append(replace(evidence, extractor=others[0], also=tuple(others[1:])))
        return self._resting_on(statement, left) if left else None

    def _resting_on(self, statement: Statement, evidence: Iterable[Evidence]) -> Statement:
        found = tuple(sorted(evidence, key=lambda e: (e.document, e.start, e.end, e.subject, e.extractor)))
        return replace(statement, evidence=found, sources=len({self._stories[e.document] for e in found}))

    @cached_property
    def _stories(self) -> Mapping[str, str]:
        return group_copies({document.id: document.text for document in self._graph.documents})

    def _corrected(self, statement: Statement, meant: Meant) -> Statement:
        ends = meant.ends
        changed = replace(
            statement,
            subject=ends.get("subject", statement.subject),
            object=ends.get("object", statement.object),
            place=ends.get("place", statement.place),
            **values_of(meant.edit),
        )
        evidence = tuple(
            replace(
                e,
                subject=self._mention(e, changed.subject) if "subject" in ends else e.subject,
                object=self._mention(e, changed.object) if "object" in ends and changed.object else e.object,
            )
            for e in changed.evidence
        )
        return self._valid(replace(changed, evidence=evidence), meant.edit)

    def _mention(self, evidence: Evidence, iri: str) -> Span:
        """Return where a sentence mentions an entity; the whole sentence where it does not."""
        inside: list[MentionAt] = [
            m
            for m in self._entities[iri].mentions
            if m.document == evidence.document and evidence.start <= m.start and m.end <= evidence.end
        ]
        return (inside[0].start, inside[0].end) if inside else (evidence.start, evidence.end)

    def added(self, meant: Meant) -> Statement | None:
        """Return the statement that a person adds; its quote is that of a document."""
        edit, place = meant.edit, self._place(meant.edit)
        if place is None or edit.document is None or edit.predicate is None:
            return None
        bare = Evidence(
            document=edit.document,
            start=place[0],
            end=place[1],
            text=str(edit.quote),
            subject=place,
            object=None,
            extractor=HAND,
        )
        evidence = replace(
            bare,
            subject=self._mention(bare, meant.subject),
            object=self._mention(bare, meant.object) if meant.object else None,
        )
        values = values_of(edit)
        key = (meant.subject, edit.predicate, meant.object, *sorted(values.items(), key=str), edit.document, edit.quote)
        made = Statement(
            id=statement_iri((HAND, *key), base_iri=self._base_iri),
            subject=meant.subject,
            predicate=edit.predicate,
            object=meant.object,
            place=meant.ends.get("place"),
            confidence=_CERTAIN,
            evidence=(evidence,),
            **values,
        )
        return self._valid(_checked(made, edit), edit)

    def _valid(self, statement: Statement, edit: Edit) -> Statement:
        """Return a statement with the ends of a symmetric one in order.

        Raises:
            UsageError: the ontology does not allow it.
        """
        types = {iri: entity.type for iri, entity in self._entities.items()}
        if reason := misfit(statement, types) or amiss(statement, edit):
            raise UsageError(f"{edit}: {reason}: if so decided, take it back with `kg decisions DIR --undo N`")
        if not PREDICATES[statement.predicate].symmetric or statement.subject < str(statement.object):
            return statement
        turned = (replace(e, subject=e.object or (e.start, e.end), object=e.subject) for e in statement.evidence)
        return replace(statement, subject=str(statement.object), object=statement.subject, evidence=tuple(turned))

    def _joined(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """Return statements, those that say the same as one, sorted by id."""
        groups: dict[object, list[Statement]] = defaultdict(list)
        for s in sorted(statements, key=lambda s: s.id):
            ends = (s.subject, s.predicate, s.object, s.literal, s.polarity, s.modality)
            groups[ends, content_words(s.title), s.start, s.end, s.date].append(s)
        joined = []
        for first, *others in groups.values():
            checked = next((s for s in (first, *others) if s.checked_by), None)
            if others and checked is not None:  # else nobody touched them: two as they were
                evidence = {(e.document, e.start, e.end): e for s in (*others, first) for e in s.evidence}
                first = self._resting_on(first, evidence.values())
                first = replace(
                    first,
                    confidence=max(s.confidence for s in (first, *others)),
                    checked_by=checked.checked_by,
                    checked_on=checked.checked_on,
                )
                joined.append(first)
            else:
                joined += [first, *others]
        return tuple(sorted(joined, key=lambda s: s.id))

    def entities(
        self, meant: Sequence[Meant], statements: Sequence[Statement]
    ) -> tuple[tuple[Entity, ...], tuple[Statement, ...]]:
        """Return the entities with those edits applied that speak of entities, and the statements that then stand."""
        now: dict[str, Entity] = dict(self._entities)
        for m in sorted(meant, key=_last):
            values = dict(m.edit.sets)
            if m.edit.kind is EditKind.DROP:
                now.pop(m.subject, None)
            elif m.edit.kind is EditKind.RENAME:
                now[m.subject] = _seen_by(_renamed(now[m.subject], values["name"]), m.edit)
            elif m.edit.kind is EditKind.RETYPE:
                now[m.subject] = _seen_by(_retyped(now[m.subject], values, m.edit), m.edit)
        types = {iri: entity.type for iri, entity in now.items()}
        left = [_bare(s, now) for s in statements if s.subject in now and (s.object is None or s.object in now)]
        return tuple(now[iri] for iri in sorted(now)), tuple(s for s in left if not misfit(s, types))


def _last(meant: Meant) -> tuple[bool, int]:
    """Return what puts edits of an entity in order: that of more names has the last word, a drop the very last."""
    return meant.edit.kind is EditKind.DROP, len(meant.edit.subject)


def _checked(statement: Statement, edit: Edit) -> Statement:
    return replace(statement, checked_by=edit.by or "somebody", checked_on=edit.on)


def _seen_by(entity: Entity, edit: Edit) -> Entity:
    return replace(entity, checked_by=edit.by or "somebody", checked_on=edit.on)


def _renamed(entity: Entity, name: str) -> Entity:
    aliases = dict.fromkeys((entity.name, *entity.aliases))
    aliases.pop(name, None)
    return replace(entity, name=name, aliases=tuple(aliases))


def _retyped(entity: Entity, values: Mapping[str, str], edit: Edit) -> Entity:
    try:
        type_ = EntityType(values.get("type", entity.type))
    except ValueError as error:
        raise UsageError(f"{edit}: a type is Person, Organization or Place") from error
    subtype = values.get("subtype", entity.subtype if type_ is entity.type else None)
    return replace(entity, type=type_, subtype=subtype or None)


def _bare(statement: Statement, entities: Mapping[str, Entity]) -> Statement:
    """Return a statement without places and sources that are gone."""
    place = statement.place if statement.place in entities else None
    if place is not None and entities[place].type is not EntityType.PLACE:
        place = None
    said = tuple(
        e if e.attributed_to is None or e.attributed_to in entities else replace(e, attributed_to=None)
        for e in statement.evidence
    )
    return replace(statement, place=place, evidence=said)
