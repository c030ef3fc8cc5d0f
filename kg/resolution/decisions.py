"""The file of the user's decisions: JSON Lines, one decision a line, in the order in which they were made.

    {"verdict": "same", "a": [{"document": "x", "name": "Hossein Salami"}], "b": [{"document": "y", "name": "Salami"}]}

It is made to be read, and edited by hand: a line is taken back by deleting it. ``verdict`` is "same", "different" or
"unsure"; ``a`` and ``b`` are the two things, each by the names that documents use for it. Where a document has several
entities of one name, "number" counts them. No order of the lines changes what they mean.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import OutputError, UsageError
from kg.resolution.records import Decision, NamedIn, Verdict

__all__ = ["add_decision", "read_decisions", "write_decisions"]


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read decisions; a file that is not there holds none.

    Raises:
        UsageError: the file cannot be read, or a line of it is no decision.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UsageError(f"cannot read the decisions in {path}: {error.strerror or error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(_decision(json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                reason = f"no field {error}" if isinstance(error, KeyError) else str(error)[:120]
                raise UsageError(f"{path}:{number} is no decision ({reason}): mend or delete the line") from error
    return tuple(found)


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Replace the file, whole or not at all; without decisions it goes away.

    Raises:
        OutputError: it cannot be written.
    """
    lines = [json.dumps(_record(decision), ensure_ascii=True) + "\n" for decision in decisions]
    draft = path.with_name(f".{path.name}.draft")
    try:
        if not lines:
            path.unlink(missing_ok=True)
            return
        draft.write_text("".join(lines), encoding="utf8", newline="\n")
        os.replace(draft, path)  # noqa: PTH105 (named for what it does: atomic)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"cannot write {path}: {reason}; build with --decisions FILE to keep them elsewhere"
        ) from error


def add_decision(decisions: Iterable[Decision], new: Decision) -> tuple[Decision, ...]:
    """Return the decisions with a new one at the end, in place of an earlier one on the same pair."""
    return (*(d for d in decisions if d.pair != new.pair), new)


def _record(decision: Decision) -> Mapping[str, Any]:
    return {
        "verdict": decision.verdict.value,
        "a": [_named_record(named) for named in decision.a],
        "b": [_named_record(named) for named in decision.b],
    }


def _named_record(named: NamedIn) -> Mapping[str, Any]:
    record: dict[str, Any] = {"document": named.document, "name": named.name}
    return record if named.number == 1 else record | {"number": named.number}


def _decision(record: Mapping[str, Any]) -> Decision:
    a, b = (tuple(map(_named, record[side])) for side in ("a", "b"))
    if not a or not b:
        raise ValueError("a or b is empty")
    return Decision(verdict=Verdict(record["verdict"]), a=a, b=b)


def _named(record: Mapping[str, Any]) -> NamedIn:
    document, name, number = record["document"], record["name"], record.get("number", 1)
    if not (isinstance(document, str) and isinstance(name, str) and isinstance(number, int)):
        raise TypeError("document and name are text, number is a number")
    return NamedIn(document, name, number)
