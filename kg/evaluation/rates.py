"""Precision, recall and F1, and tables of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Rates", "Table", "f1", "from_counts"]


class Rates(NamedTuple):
    """Precision, recall and F1 in 0..1, with how many gold and predicted items they are over (None: not told)."""

    precision: float
    recall: float
    f1: float
    gold: int | None = None
    predicted: int | None = None


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean, 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def from_counts(counts: Mapping[str, int]) -> Rates:
    """Return the rates of true positives ("tp"), false positives ("fp") and false negatives ("fn")."""
    tp, fp, fn = (counts.get(name, 0) for name in ("tp", "fp", "fn"))
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    return Rates(precision, recall, f1(precision, recall), tp + fn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures to show: rows of rates under a title, and single numbers beside them."""

    title: str
    rows: Mapping[str, Rates]
    notes: Sequence[tuple[str, float]] = ()
