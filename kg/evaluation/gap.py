"""GAP (Webster et al., TACL 2018): whether a pronoun refers to one of two names, by the pronoun's gender."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.rates import Rates, Table, from_counts
from kg.evaluation.views import View
from kg.model import Document, MentionKind

__all__ = ["answers", "documents", "read", "score"]

Row = Mapping[str, str]
_FEMININE = frozenset({"she", "her", "hers"})
_COLUMNS = ("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref")


def read(path: Path) -> list[Row]:
    """Read one of GAP's own files.

    Raises:
        InputError: it is missing or lacks a column.
    """
    try:
        with path.open(encoding="utf8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}: give one of GAP's own .tsv files") from error
    if not rows or any(column not in rows[0] for column in _COLUMNS):
        raise InputError(f"{path} lacks a column of GAP's: give one of GAP's own .tsv files")
    return list(rows)


def documents(rows: Iterable[Row]) -> list[Document]:
    """Return the texts to read."""
    return [Document(id=row["ID"], text=row["Text"]) for row in rows]


def answers(row: Row, view: View) -> dict[str, bool]:
    """Return whether the pronoun's entity has a name that overlaps candidate A, and candidate B."""
    at = int(row["Pronoun-offset"])
    holders = [
        e.mentions
        for e in view.entities.values()
        if any(m.start <= at < m.end and m.kind is MentionKind.PRONOUN for m in e.mentions)
    ]
    found = {}
    for side in "AB":
        start = int(row[f"{side}-offset"])
        end = start + len(row[side])
        found[side] = any(
            m.start < end and start < m.end and m.kind is MentionKind.NAME for mentions in holders for m in mentions
        )
    return found


def score(rows: Iterable[Row], views: Mapping[str, View]) -> Table:
    """Score each name of each example as one decision; an example that was not read counts as two misses."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("Masculine", "Feminine", "Overall")}
    for row in rows:
        view = views.get(row["ID"])
        guesses = answers(row, view) if view is not None else None
        gender = "Feminine" if row["Pronoun"].lower() in _FEMININE else "Masculine"
        for side in "AB":
            truth = row[f"{side}-coref"].strip().lower() == "true"
            for group in (gender, "Overall"):
                if guesses is None:
                    counts[group]["fn"] += 1
                elif truth or guesses[side]:
                    counts[group]["tp" if truth and guesses[side] else "fn" if truth else "fp"] += 1
    rates: dict[str, Rates] = {name: from_counts(c) for name, c in counts.items()}
    masculine, feminine = rates["Masculine"].f1, rates["Feminine"].f1
    notes = (("bias (F/M)", feminine / masculine),) if masculine and feminine else ()
    return Table(title="pronouns", rows=rates, notes=notes)
