"""The README's tables of figures, from ``results.json``.

    python benchmarks/table.py

prints what stands in the README; ``UPDATE_README=1 pytest tests/test_readme.py`` writes it there.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from measure import RESULTS

__all__ = ["RESULTS", "TOLD", "tables"]

Results = Mapping[str, Any]
_READERS = {"both": "both (default)"}
_NAMES = ("precision", "recall", "f1")

# set, table and row in results.json -> what is measured
_RATES = (
    ("open-dev/both", "news", "RELATIONS", "all relations"),
    ("open-dev/model", "news", "RELATIONS", "all relations"),
    ("open-dev/rules", "news", "RELATIONS", "all relations"),
    ("open-dev/both", "news", "holdsRole", "`holdsRole`"),
    ("open-dev/both", "news", "metWith", "`metWith`"),
    ("open-dev/both", "news", "partOf", "`partOf`"),
    ("open-dev/both", "news", "ENTITIES", "people and organizations"),
    ("open-dev/both", "news", "entity Person", "people"),
    ("open-dev/both", "news", "entity Organization", "organizations"),
    ("knowledgenet-fold3/both", "facts, by overlap of spans", "ALL", "15 relations"),
    ("knowledgenet-fold3/model", "facts, by overlap of spans", "ALL", "15 relations"),
    ("gap-validation/both", "pronouns", "Overall", "whom a pronoun means"),
    ("conll04-dev/both", "relations", "ALL", "relations"),
    ("dwie-dev/both", "mentions", "exact ALL", "names, exact"),
    ("dwie-dev/both", "links in two documents or more, all", "ALL", "who is who across articles"),
    ("news/both", "news", "RELATIONS", "all relations"),
)
# set, table and numbers in results.json -> what is measured, how it is written
_NUMBERS = (
    (
        "open-dev/both",
        "news",
        ("traps sprung", "traps"),
        "relations denied, planned or supposed that are taken for facts",
        "{:g} of {:g}",
    ),
    ("open-dev/both", "confidence", ("share of them right",), "relations of confidence 0.8 or more: right", "{:.2f}"),
    ("open-dev/both", "confidence", ("expected calibration error",), "expected calibration error", "{:.3f}"),
    ("cpu/both", "CPU", ("ratio",), "CPU of a build, against spaCy's pipeline alone", "{:.1f}-fold"),
    ("cpu/rules", "CPU", ("ratio",), "CPU of a build, against spaCy's pipeline alone", "{:.1f}-fold"),
)
TOLD = frozenset(name for name, *_ in (*_RATES, *_NUMBERS))
"""The sets that the tables tell of."""


def tables(results: Results) -> str:
    """Return the tables as Markdown: rates, other figures, and the sets that they are of, as far as they were measured.

    Raises:
        KeyError: a set that was measured lacks a figure.
    """
    sets: Mapping[str, Any] = results["sets"]
    rates = [
        (*_of(sets[name]), label, *(f"{sets[name]['figures'][table][row][rate]:.3f}" for rate in _NAMES))
        for name, table, row, label in _RATES
        if name in sets
    ]
    numbers = [
        (*_of(sets[name]), label, form.format(*(sets[name]["figures"][table][number] for number in names)))
        for name, table, names, label, form in _NUMBERS
        if name in sets
    ]
    shown = dict.fromkeys(name for name, *_ in (*_RATES, *_NUMBERS) if name in sets)
    texts = dict.fromkeys((sets[n]["name"], sets[n]["what"], _learned(sets[n])) for n in shown)
    return "\n".join(
        (
            *_table(("text", "read with", "measured", "precision", "recall", "F1"), rates),
            "",
            *_table(("text", "read with", "measured", "figure"), numbers),
            "",
            *_table(("text", "what it is", "learned from"), texts),
            "",
        )
    )


def _of(measured: Mapping[str, Any]) -> tuple[str, str]:
    return measured["name"], _READERS.get(measured["reader"], measured["reader"])


def _learned(measured: Mapping[str, Any]) -> str:
    plain = {True: "yes", False: "no", None: "not known"}[measured["learned_from"]]
    note: str = measured["note"]
    return note if note.startswith("in part") else f"{plain}; {note}" if note else plain


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = tuple(heads)
    for cells in (heads, ("---",) * len(heads), *rows):
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(tables(json.loads(RESULTS.read_text(encoding="utf8"))))
