"""What the user's word may make of a statement: values of its fields, and what the ontology allows, told in words."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from kg.errors import UsageError
from kg.mapping import normalize_title, role_concept
from kg.model import PREDICATES, EntityType, Modality, Polarity, RoleStatus, Statement
from kg.resolution import Edit
from kg.terms import earliest_day, is_iso_date, latest_day

__all__ = ["amiss", "check_relation", "misfit", "values_of"]

_DATES = frozenset({"start", "end", "date"})
_ENUMS: Mapping[str, Callable[[str], Any]] = {"status": RoleStatus, "polarity": Polarity, "modality": Modality}


def check_relation(edit: Edit) -> None:
    """Check that the relation an edit speaks of is one.

    Raises:
        UsageError: it is none; the nearest one is named.
    """
    if edit.predicate is not None and edit.predicate not in PREDICATES:
        near = get_close_matches(edit.predicate, list(PREDICATES), n=1) or list(PREDICATES)[:1]
        raise UsageError(f"{edit}: there is no relation {edit.predicate!r}; one is {near[0]}")


def values_of(edit: Edit) -> dict[str, Any]:
    """Return the fields that an edit sets, as a statement has them.

    Raises:
        UsageError: a value is none of its field.
    """
    values: dict[str, Any] = {}
    for name, text in edit.sets:
        value: Any = text or None
        try:
            value = _ENUMS[name](text) if name in _ENUMS and text else value
        except ValueError as error:
            raise UsageError(f"{edit}: {name} cannot be {text!r}: {error}") from error
        if name in _DATES | {"literal"} and text and not is_iso_date(text):
            raise UsageError(f"{edit}: {name} {text!r} is no ISO date: write it like 2021-03-14")
        if name == "title":
            value = normalize_title(text)
            values["role"] = role_concept(value) if value else None
        values[name] = value
    return values


def misfit(statement: Statement, types: Mapping[str, EntityType]) -> str:
    """Return why the ontology does not allow a statement; empty where it does."""
    predicate = PREDICATES[statement.predicate]
    subject, object_ = types.get(statement.subject), types.get(statement.object or "")
    if subject is None or subject not in predicate.domain:
        return f"the subject of {statement.predicate} is {_listed(predicate.domain)}"
    if statement.subject == statement.object:
        return "both ends are one"
    if not predicate.range:
        return "" if statement.literal and statement.object is None else f"{statement.predicate} has a date (literal)"
    if statement.literal is not None:
        return f"{statement.predicate} has no date of its own (literal)"
    if statement.object is None:
        return "" if predicate.object_optional else f"{statement.predicate} has an object"
    return "" if object_ in predicate.range else f"the object of {statement.predicate} is {_listed(predicate.range)}"


def amiss(statement: Statement, edit: Edit) -> str:
    """Return which of the values that an edit sets a statement of its kind cannot have; empty where it can."""
    said = {name for name, text in edit.sets if text}
    predicate = PREDICATES[statement.predicate]
    stray = set() if predicate.titled else said & {"title", "status"}
    stray |= set() if "offence" in predicate.tells else said & {"offence"}
    if stray:
        return f"{statement.predicate} has no {' and no '.join(sorted(stray))}"
    begins, ends = earliest_day(statement.start), latest_day(statement.end)
    if said & {"start", "end"} and begins and ends and ends < begins:
        return f"it ends ({statement.end}) before it begins ({statement.start})"
    return ""


def _listed(types: Iterable[EntityType]) -> str:
    return " or ".join(f"{'an' if name[0] in 'AEIOU' else 'a'} {name}" for name in sorted(types))
