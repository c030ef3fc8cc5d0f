"""What a form of a page asks, turned into a decision."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from kg.desk.deciding import confirm, correct, drop, reject, rename, retype, undo
from kg.desk.pairing import merge, split
from kg.errors import UsageError
from kg.resolution import CHANGEABLE

__all__ = ["ACTIONS", "act"]

_CORRECTED = (*CHANGEABLE, "subject", "object", "place")
ACTIONS = ("confirm", "correct", "drop", "merge", "reject", "rename", "retype", "split", "undo")
"""What ``act`` does."""


def act(folder: str | Path, action: str, fields: Mapping[str, str], *, by: str = "") -> str:
    """Do what a form asks, one of ``ACTIONS``, with what was written into it; return what was decided, in words.

    Args:
        folder: the folder of a build.
        action: what to do.
        fields: "statement" or "name", and what the action takes besides: what a correction changes, "other" to merge
            with, "new" name, "type" and "subtype", "documents" that mean another (one a line), "decision" to undo and
            the "line" that it is.
        by: who says so.

    Raises:
        UsageError: something is missing or cannot be done.
        UnknownEntityError: a name means none, or several.
    """
    said = defaultdict(str, {name: value.strip() for name, value in fields.items()})
    match action:
        case "reject":
            return str(reject(folder, said["statement"], by=by))
        case "confirm":
            return str(confirm(folder, said["statement"], by=by))
        case "correct":
            changes = {name: said[name] for name in _CORRECTED if name in fields}
            if not changes:
                raise UsageError("nothing is changed: write what it should say")
            return str(correct(folder, said["statement"], changes, by=by))
        case "rename":
            return str(rename(folder, said["name"], said["new"], by=by))
        case "retype":
            return str(retype(folder, said["name"], said["type"], said["subtype"] or None, by=by))
        case "drop":
            return str(drop(folder, said["name"], by=by))
        case "merge":
            return f"{said['name']} and {said['other']} are one: {merge(folder, said['name'], said['other']).verdict}"
        case "split":
            split(folder, said["name"], documents=said["documents"].split("\n") if said["documents"] else ())
            return f"some articles mean another {said['name']}"
        case "undo":
            return _taken_back(folder, said["decision"], said["line"])
        case _:
            raise UsageError(f"there is no action {action!r}: it is one of {', '.join(ACTIONS)}")


def _taken_back(folder: str | Path, number: str, line: str) -> str:
    """Undo a decision by its number, where it still is the one that was shown."""
    from kg.project import open_project

    known = open_project(folder).read_decisions()
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
    if not 1 <= at <= len(known) or str(known[at - 1]) != line:
        raise UsageError("the decisions have changed since they were shown: load the page again")
    return f"taken back: {undo(folder, [at])[0]}"
