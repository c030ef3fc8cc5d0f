"""ISO dates as precise as the text: "1979", "1979-02", "1979-02-01"."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

__all__ = ["best_date", "is_iso_date", "precision", "refines"]

_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def is_iso_date(text: str | None) -> bool:
    """Whether the text is a year, a month or a day of the calendar in ISO form (years 0001 to 9999)."""
    if not text or not _ISO.fullmatch(text):
        return False
    year, month, day = (*(int(part) for part in text.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


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
