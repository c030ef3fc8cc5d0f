"""What the user's edits speak of in a graph, and whether they agree with one another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import UsageError
from kg.mapping import content_words
from kg.model import PREDICATES, Statement
from kg.resolution import Edit, EditKind

__all__ = ["OF_STATEMENTS", "Meant", "check_agreement", "fits"]

OF_STATEMENTS = frozenset({EditKind.REJECT, EditKind.CONFIRM, EditKind.CORRECT})
"""Edits that speak of statements that the articles give."""

_KEEPING = frozenset({EditKind.CONFIRM, EditKind.CORRECT, EditKind.ADD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """An edit with the IRIs of what it speaks of; ``ends`` are those that a correction or an addition sets."""

    edit: Edit
    subject: str
    object: str | None
    ends: Mapping[str, str] = field(default_factory=dict)


def fits(statement: Statement, edit: Edit, subject: str, object_: str | None) -> bool:
    """Whether an edit that speaks of two IRIs speaks of a statement."""
    ends = (statement.subject, statement.object)
    if edit.predicate is None:
        if subject not in ends or (object_ is not None and object_ not in ends):
            return False
    else:
        both_ways = PREDICATES[edit.predicate].symmetric
        of_all = edit.kind is EditKind.REJECT and object_ is None and {name for name, _ in edit.which} <= {"extractor"}
        met = ((subject, statement.object if of_all else object_), (statement.subject if of_all else object_, subject))
        if statement.predicate != edit.predicate or ends not in met[: 2 if both_ways else 1]:
            return False
    return all(_has(statement, name, value) for name, value in edit.which)


def _has(statement: Statement, name: str, value: str) -> bool:
    if name == "extractor":
        return any(value in evidence.extractors for evidence in statement.evidence)
    if name == "title":
        return content_words(statement.title) == content_words(value)
    return str(getattr(statement, name) or "") == value


def check_agreement(
    meant: Sequence[Meant], touched: Mapping[Edit, Sequence[Statement]], added: Mapping[Edit, Statement | None]
) -> None:
    """Check that edits agree.

    Args:
        meant: the edits.
        touched: the statements that each speaks of.
        added: the statement that each makes that adds one.

    Raises:
        UsageError: two of them do not; the message names both.
    """
    by_statement: dict[str, list[Edit]] = defaultdict(list)
    by_entity: dict[str, list[Edit]] = defaultdict(list)
    for m in meant:
        for statement in touched[m.edit]:
            by_statement[statement.id].append(m.edit)
        by_entity[m.subject].append(m.edit)
        for iri in (m.object, *m.ends.values()):
            if iri is not None:
                by_entity[iri].append(m.edit)
    for edits in by_statement.values():
        _agree(edits, EditKind.REJECT, {EditKind.CONFIRM, EditKind.CORRECT})
        _agree_on_values(edits, EditKind.CORRECT)
    for edits in by_entity.values():
        _agree(edits, EditKind.DROP, _KEEPING)
        _agree_on_entity(edits, EditKind.RENAME)
        _agree_on_entity(edits, EditKind.RETYPE)
    for edit, made in added.items():
        for other in meant:
            rejected = other.edit.kind is EditKind.REJECT and "extractor" not in dict(other.edit.which)
            if made and rejected and fits(made, other.edit, other.subject, other.object):
                raise _contradiction(other.edit, edit)


def _agree(edits: Sequence[Edit], kind: EditKind, others: Iterable[EditKind]) -> None:
    against = set(others)
    for one in edits:
        for other in edits:
            if one.kind is kind and other.kind in against:
                raise _contradiction(one, other)


def _agree_on_values(edits: Sequence[Edit], kind: EditKind) -> None:
    said: dict[str, tuple[object, Edit]] = {}
    for edit in edits:
        if edit.kind is kind:
            for name, value in (*edit.sets, *edit.ends):
                if said.setdefault(name, (value, edit))[0] != value:
                    raise _contradiction(said[name][1], edit)


def _agree_on_entity(edits: Sequence[Edit], kind: EditKind) -> None:
    """Check that one thing is given one name or type.

    A later word may speak of more names than an earlier one and then counts; and what were two when each was renamed
    may be one since, which has both names. It cannot have two types.
    """
    for one in edits:
        for other in edits:
            a, b = set(one.subject), set(other.subject)
            apart = kind is EditKind.RENAME and a.isdisjoint(b)
            if one.kind is other.kind is kind and not (a < b or b < a or apart):
                _agree_on_values((one, other), kind)


def _contradiction(one: Edit, other: Edit) -> UsageError:
    return UsageError(
        f"your decisions contradict one another: {one}; {other}; take one of them back with `kg decisions DIR --undo N`"
    )
