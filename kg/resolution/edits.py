"""The user's word on single statements and entities, as lines of the file of decisions.

    {"verdict": "reject", "subject": [{"document": "x", "name": "Ada Lin"}], "predicate": "metWith", "object": [...],
     "which": {"date": "2021-03-01"}, "by": "R. Ek", "on": "2026-05-01"}

``verdict`` is "reject", "confirm", "correct", "add", "rename", "retype" or "drop". ``subject`` and ``object`` say which
entities are meant, each by the names that documents use for it; ``which`` tells a statement from others between the
same two: any of title, status, literal, start, end, date, offence, polarity, modality, and "extractor", which makes the
line speak of what that extractor read. Without a predicate a line speaks of all that is said of the two. ``set`` holds
what a correction changes (``subject``, ``object`` and ``place`` by names), what a statement added by hand says besides,
or the new name or type. An added statement has ``document`` and ``quote``, its sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kg.model import PREDICATES
from kg.resolution.records import NamedIn

__all__ = ["CHANGEABLE", "TELLING", "Edit", "EditKind", "edit_record", "read_edit"]

TELLING = ("title", "status", "literal", "start", "end", "date", "offence", "polarity", "modality", "extractor")
"""What tells a statement from others between the same two."""

CHANGEABLE = ("title", "status", "start", "end", "date", "offence", "literal", "polarity", "modality")
"""What a correction may change besides subject, object and place; an empty text takes a value away."""

_ENDS = ("subject", "object", "place")
_OF_ENTITIES = {"rename": ("name",), "retype": ("type", "subtype"), "drop": ()}


class EditKind(StrEnum):
    """What a user does to a statement or an entity."""

    REJECT = "reject"
    CONFIRM = "confirm"
    CORRECT = "correct"
    ADD = "add"
    RENAME = "rename"
    RETYPE = "retype"
    DROP = "drop"

    @property
    def of_entity(self) -> bool:
        """Whether it is done to an entity, not to a statement."""
        return self.value in _OF_ENTITIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A user's word on a statement or an entity; the fields are those of its line, explained above.

    ``ends`` are the ends and the place that a correction sets. ``predicate`` is None where all that is said is meant.
    """

    kind: EditKind
    subject: tuple[NamedIn, ...]
    predicate: str | None = None
    object: tuple[NamedIn, ...] = ()
    which: tuple[tuple[str, str], ...] = ()
    sets: tuple[tuple[str, str], ...] = ()
    ends: tuple[tuple[str, tuple[NamedIn, ...]], ...] = ()
    document: str | None = None
    quote: str | None = None
    by: str = ""
    on: str = ""

    @property
    def target(self) -> tuple[Any, ...]:
        """What it speaks of: of two edits of one kind and target the later one counts."""
        said = (self.document, self.quote) if self.kind is EditKind.ADD else ()
        return self.kind, self.subject, self.predicate, self.object, self.which, *said

    def __str__(self) -> str:
        one, other = (str(side[0]) if side else "" for side in (self.subject, self.object))
        fields = (f"{name} {value}" for name, value in self.which)
        changes = (
            *(f"{name}: {value or 'none'}" for name, value in self.sets),
            *(f"{n}: {v[0]}" for n, v in self.ends),
        )
        said = " ".join(filter(None, (one, self.predicate, other)))
        return f"{self.kind}: {', '.join((said, *fields))}" + (f" -> {', '.join(changes)}" if changes else "")


def edit_record(edit: Edit, named: "Any") -> Mapping[str, Any]:
    """Return the line of an edit; ``named`` makes the record of a name."""
    record: dict[str, Any] = {"verdict": edit.kind.value, "subject": [named(n) for n in edit.subject]}
    if edit.predicate is not None:
        record["predicate"] = edit.predicate
    if edit.object:
        record["object"] = [named(n) for n in edit.object]
    if edit.which:
        record["which"] = dict(edit.which)
    if edit.sets or edit.ends:
        record["set"] = {**dict(edit.sets), **{name: [named(n) for n in side] for name, side in edit.ends}}
    for name in ("document", "quote", "by", "on"):
        if value := getattr(edit, name):
            record[name] = value
    return record


def read_edit(record: Mapping[str, Any], named: "Any") -> Edit:
    """Return the edit of a line; ``named`` reads the record of a name.

    Raises:
        ValueError, TypeError, KeyError: it is none.
    """
    kind = EditKind(record["verdict"])
    sets = record.get("set", {})
    edit = Edit(
        kind=kind,
        subject=tuple(map(named, record["subject"])),
        predicate=record.get("predicate"),
        object=tuple(map(named, record.get("object", ()))),
        which=_fields(record.get("which", {}), TELLING),
        sets=_fields(
            {name: value for name, value in sets.items() if name not in _ENDS}, _OF_ENTITIES.get(kind, CHANGEABLE)
        ),
        ends=tuple(sorted((name, tuple(map(named, sets[name]))) for name in _ENDS if name in sets)),
        document=record.get("document"),
        quote=record.get("quote"),
        by=str(record.get("by", "")),
        on=str(record.get("on", "")),
    )
    _check(edit)
    return edit


def _fields(record: Mapping[str, Any], known: Sequence[str]) -> tuple[tuple[str, str], ...]:
    for name, value in record.items():
        if name not in known:
            raise ValueError(f"{name!r} is none of {', '.join(known) or 'no fields'}")
        if not isinstance(value, str):
            raise TypeError(f"{name} is text")
    return tuple(sorted(record.items()))


def _check(edit: Edit) -> None:
    if not edit.subject:
        raise ValueError("subject is empty")
    if edit.predicate is not None and edit.predicate not in PREDICATES:
        raise ValueError(f"no predicate is called {edit.predicate!r}")
    if edit.kind is EditKind.ADD and not (edit.predicate and edit.document and edit.quote):
        raise ValueError("a statement that is added has a predicate, a document and a quote")
    if edit.kind in {EditKind.CONFIRM, EditKind.CORRECT} and edit.predicate is None:
        raise ValueError("a statement that is confirmed or corrected has a predicate")
    if edit.kind in {EditKind.CORRECT, EditKind.RENAME, EditKind.RETYPE} and not (edit.sets or edit.ends):
        raise ValueError("nothing is set")
