"""The file of the user's decisions: JSON Lines, one decision a line, in the order in which they were made.

    {"verdict": "same", "a": [{"document": "x", "name": "Hossein Salami"}], "b": [{"document": "y", "name": "Salami"}]}

It is made to be read, and edited by hand: a line is taken back by deleting it. ``verdict`` is "same", "different" or
"unsure"; ``a`` and ``b`` are the two things, each by the names that documents use for it. Where a document has several
entities of one name, "number" counts them. No order of the lines changes what they mean. What lines say of single
statements and entities is told in ``kg.resolution.edits``.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from kg.atomic import locked, replace_file
from kg.errors import OutputError, UsageError
from kg.files import read_regular
from kg.resolution.edits import Edit, EditKind, edit_record, read_edit
from kg.resolution.records import Decision, NamedIn, Verdict

__all__ = ["Judgement", "add_decision", "decisions_digest", "lock_decisions", "read_decisions", "write_decisions"]

Judgement = Decision | Edit
"""A line of the file: a word on two entities, or on one statement or entity."""

_EDITS = frozenset(EditKind)
_MAX_BYTES = 100_000_000
_PATIENCE = 60.0  # seconds to wait while another program decides


def read_decisions(path: Path) -> tuple[Judgement, ...]:
    """Read decisions; a file that is not there holds none.

    Raises:
        UsageError: the file cannot be read, or a line of it is no decision.
    """
    lines = read_regular(path, limit=_MAX_BYTES, missing_ok=True, name=f"the decisions in {path}").split(b"\n")
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(_decision(json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                reason = f"no field {error}" if isinstance(error, KeyError) else str(error)[:120]
                raise UsageError(f"{path}:{number} is no decision ({reason}): mend or delete the line") from error
    return tuple(found)


@contextmanager
def lock_decisions(path: Path) -> Iterator[None]:
    """Hold the file, so that no other program decides between reading and writing it.

    Raises:
        BusyError: another program holds it for long.
        OutputError: its folder cannot be written.
    """
    with ExitStack() as stack:
        with _writing(path):
            stack.enter_context(locked(path.with_name(f".{path.name}.lock"), what=str(path), patience=_PATIENCE))
        yield


def write_decisions(path: Path, decisions: Iterable[Judgement]) -> None:
    """Replace the file, whole or not at all, while it is locked; without decisions it goes away.

    Raises:
        OutputError: it cannot be written.
    """
    lines = [json.dumps(_record(decision), ensure_ascii=True) + "\n" for decision in decisions]
    with _writing(path):
        if lines:
            replace_file(path, "".join(lines).encode())
        else:
            path.unlink(missing_ok=True)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"cannot write {path}: {reason}; build with --decisions FILE to keep them elsewhere"
        ) from error


def decisions_digest(decisions: Iterable[Judgement]) -> str:
    """Return what tells one set of decisions from another, in whatever order they stand."""
    lines = sorted(json.dumps(_record(decision)) for decision in decisions)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32] if lines else ""


def add_decision(decisions: Iterable[Judgement], new: Judgement) -> tuple[Judgement, ...]:
    """Return the decisions with a new one at the end, in place of an earlier one on the same pair or statement."""
    if isinstance(new, Decision):
        return (*(d for d in decisions if not isinstance(d, Decision) or d.pair != new.pair), new)
    return (*(d for d in decisions if not isinstance(d, Edit) or d.target != new.target), new)


def _record(decision: Judgement) -> Mapping[str, Any]:
    if isinstance(decision, Edit):
        return edit_record(decision, _named_record)
    return {
        "verdict": decision.verdict.value,
        "a": [_named_record(named) for named in decision.a],
        "b": [_named_record(named) for named in decision.b],
    }


def _named_record(named: NamedIn) -> Mapping[str, Any]:
    record: dict[str, Any] = {"document": named.document, "name": named.name}
    return record if named.number == 1 else record | {"number": named.number}


def _decision(record: Mapping[str, Any]) -> Judgement:
    if record["verdict"] in _EDITS:
        return read_edit(record, _named)
    a, b = (tuple(map(_named, record[side])) for side in ("a", "b"))
    if not a or not b:
        raise ValueError("a or b is empty")
    return Decision(verdict=Verdict(record["verdict"]), a=a, b=b)


def _named(record: Mapping[str, Any]) -> NamedIn:
    document, name, number = record["document"], record["name"], record.get("number", 1)
    if not (isinstance(document, str) and isinstance(name, str) and isinstance(number, int)):
        raise TypeError("document and name are text, number is a number")
    return NamedIn(document, name, number)
