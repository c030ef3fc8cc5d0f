"""ISO dates as precise as the text: "1979", "1979-02", "1979-02-01"."""

from collections import Counter
from collections.abc import Iterable

__all__ = ["best_date", "precision", "refines"]


def precision(text: str | None) -> int:
    """Return 0 for no date, 1 for a year, 2 for a month, 3 for a day."""
    return text.count("-") + 1 if text else 0


def refines(precise: str | None, vague: str | None) -> bool:
    """Whether ``precise`` says the same as ``vague`` and maybe more: None < "1979" < "1979-02" < "1979-02-01"."""
    return vague is None or (precise is not None and (precise == vague or precise.startswith(vague + "-")))


def best_date(dates: Iterable[str | None]) -> str | None:
    """Return the date that most of the others agree with, of those the most precise, of those the earliest."""
    counts = Counter(date for date in dates if date)

    def support(date: str) -> int:
        return sum(count for other, count in counts.items() if refines(date, other))

    return min(counts, key=lambda date: (-support(date), -precision(date), date), default=None)
