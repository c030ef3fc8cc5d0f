"""How the page words predicates, dates and qualifiers; the words lie in ``kg/data/templates/labels.yaml``."""

import re
from functools import lru_cache
from typing import Any

from kg.model import PREDICATES, Entity, Modality, Polarity, RoleStatus, Statement
from kg.resources import data_path, load_yaml

__all__ = ["checked", "date_in_words", "doubt", "edge_label", "labels", "qualifiers", "short"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = 48  # characters
_CONTROLS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]")
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


@lru_cache(maxsize=1)
def labels() -> dict[str, Any]:
    """Return the words of the page: the file's header explains its fields; ``predicates`` are as declared."""
    loaded: dict[str, Any] = load_yaml(data_path("templates", "labels.yaml"))
    return loaded | {"predicates": {name: relation.page_words() for name, relation in PREDICATES.items()}}


def date_in_words(date: str) -> str:
    """Return an ISO date as people write it, as precise as it is: "2020-02" is "February 2020"."""
    match = _DATE.fullmatch(date)
    if match is None:
        return date
    year, month, day = match.groups()
    return " ".join(filter(None, (day and str(int(day)), month and _MONTHS[int(month) - 1], year)))


def edge_label(statement: Statement) -> str:
    """Return the few words that stand on an edge: the title of a role, else the predicate."""
    words = labels()["predicates"][statement.predicate]
    bare = statement.object is None and statement.literal is None
    return statement.title or str(words.get("bare" if bare else "edge", words["edge"]))


def qualifiers(statement: Statement) -> str:
    """Return offence, status and time in words, "former, from 2009 to 21 April 2019", or an empty string."""
    parts = [f"for {statement.offence}"] if statement.offence else []
    if statement.status not in (None, RoleStatus.CURRENT):
        parts.append(labels()["statuses"][statement.status])
    start, end = (date and date_in_words(date) for date in (statement.start, statement.end))
    if start and end:
        parts.append(f"from {start} to {end}")
    elif start or end:
        parts.append(f"since {start}" if start else f"until {end}")
    if statement.date:
        parts.append(date_in_words(statement.date))
    return ", ".join(parts)


def checked(told: Entity | Statement) -> str:
    """Return who checked it and when, or an empty string."""
    return ", ".join(filter(None, (told.checked_by, told.checked_on)))


def doubt(statement: Statement) -> str:
    """Return in words why a statement is not asserted ("denied", "planned"); empty for one that is."""
    parts = []
    if statement.polarity is not Polarity.AFFIRMED:
        parts.append(labels()["polarities"][statement.polarity])
    if statement.modality is not Modality.ACTUAL:
        parts.append(labels()["modalities"][statement.modality])
    return ", ".join(parts)


def short(text: str) -> str:
    """Fit a name or a title for the canvas: short, and without controls that turn the direction of text."""
    plain = " ".join(_CONTROLS.sub(" ", text).split())
    return plain if len(plain) <= _SHORT else plain[: _SHORT - 1].rstrip() + "…"
