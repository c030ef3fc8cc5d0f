"""Posts over time: what is current is so as of an article, so over several articles a post has a span.

A span says when a post was seen, by the dates of the articles that tell of it, and when it began and ended where they
say so. For certain it was held between the two latest beginnings and the two earliest ends that are known.

Dates are ISO dates, as precise as the text: "1979", "1979-02", "1979-02-01".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.model import Document, RoleStatus, Statement

__all__ = ["HeldSpan", "earliest_day", "held_span", "is_iso_date", "lasts", "latest_day"]

_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_OVER = frozenset({RoleStatus.FORMER})
_TO_COME = frozenset({RoleStatus.DESIGNATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSpan:
    """The span of a post, membership or marriage.

    Attributes:
        first_seen: the date of the first article that tells of it, None where none has a date.
        last_seen: the date of the last one.
        start: when it began, where an article says so.
        end: when it ended, where an article says so.
        over: whether the last article calls it former.
        seen: the dates of the articles that tell of it, sorted.
    """

    first_seen: str | None
    last_seen: str | None
    start: str | None
    end: str | None
    over: bool
    designate: bool = False
    seen: tuple[str, ...] = ()

    @property
    def held(self) -> tuple[str, str] | None:
        """The first and the last day on which it was held for certain; None where that is not known."""
        if self.designate:
            return None
        seen = None if self.over else (self.first_seen, self.last_seen)
        first = latest_day(self.start) if self.start else (seen and earliest_day(seen[0]))
        last = earliest_day(self.end) if self.end else (seen and latest_day(seen[1]))
        if seen and seen[0] and first and last:  # what an article knows as current was held on its day
            first = min(first, latest_day(seen[0]) or first)
            last = max(last, earliest_day(seen[0]) or last) if not self.end else last
        return (first, last) if first and last and first <= last else None

    def overlap(self, other: "HeldSpan") -> tuple[str, str] | None:
        """Return the days on which both were held for certain, None where there are none."""
        if self.held is None or other.held is None:
            return None
        first, last = max(self.held[0], other.held[0]), min(self.held[1], other.held[1])
        return (first, last) if first <= last else None

    def terms(self) -> tuple[tuple[str, str], ...]:
        """Return the first and last days of the stretches in which it was held for certain if one may leave and return.

        Where no article tells of it for more than a year somebody else may have held it in between.
        """
        if self.held is None:
            return ()
        days = [day for told in self.seen if (day := earliest_day(told)) is not None and not self.over]
        apart = [(a, b) for a, b in pairwise(days) if b > _a_year_later(a)]
        begins, ends = [self.held[0], *(b for _, b in apart)], [*(a for a, _ in apart), self.held[1]]
        return tuple((first, last) for first, last in zip(begins, ends, strict=True) if first <= last)


def _a_year_later(day: str) -> str:
    return f"{int(day[:4]) + 1:04}{day[4:]}"


def lasts(statement: Statement) -> bool:
    """Whether a statement is about what lasts, so that it has a span: a post, a membership, a marriage, a home."""
    return statement.relation.kind == "state" and statement.literal is None


def held_span(statement: Statement, documents: Mapping[str, Document]) -> HeldSpan:
    """Return the span of a statement about what lasts, by the articles that tell of it; ``documents`` are by id."""
    found = (documents.get(evidence.document) for evidence in statement.evidence)
    seen = [d.published for d in found if d is not None and d.published]
    return HeldSpan(
        first_seen=min(seen, default=None),
        last_seen=max(seen, default=None),
        start=statement.start,
        end=statement.end,
        over=statement.status in _OVER,
        designate=statement.status in _TO_COME,
        seen=tuple(sorted(seen)),
    )


def is_iso_date(text: str | None) -> bool:
    """Whether the text is a year, a month or a day of the calendar in ISO form (years 0001 to 9999)."""
    try:
        return text is not None and bool(_ISO.fullmatch(text) and date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:  # no 31 February
        return False


def earliest_day(day: str | None) -> str | None:
    """Return the first day that an ISO date may mean."""
    return None if day is None else (day + "-01-01")[:10] if len(day) < 7 else (day + "-01")[:10]


def latest_day(day: str | None) -> str | None:
    """Return the last day that an ISO date may mean; of a month the 31st, which no other day follows."""
    return None if day is None else (day + "-12-31")[:10] if len(day) < 7 else (day + "-31")[:10]
