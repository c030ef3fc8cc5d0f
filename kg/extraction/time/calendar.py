"""What a date expression means, seen from the day of publication or from the date that the text named before.

Every function returns an ISO date as precise as the words ("1979", "1979-02", "1979-02-01") or None where the words,
the publication date or the calendar do not tell. A span without an ISO form (a week) is the month that holds all of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

__all__ = ["Vantage", "ahead", "common", "count", "day_of", "iso", "month_of", "season_of", "unit_of", "weekday_of"]

_SLACK = timedelta(days=3)  # "two weeks ago" is a fortnight give or take some days
_EXACT_YEARS = 20  # from here on, round numbers of years are estimates ("50 years ago")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


@dataclass(frozen=True, slots=True)
class Vantage:
    """From where relative words are read.

    Attributes:
        published: day of publication.
        tense: "past", "present" or "future" of the clause; anything but "future" looks back.
        anchor: ISO date that the text named just before, for "two days later".
    """

    published: date | None = None
    tense: str | None = None
    anchor: str | None = None

    @property
    def ahead(self) -> bool:
        """Whether the clause speaks of what is to come."""
        return self.tense == "future"

    def day(self, base: str) -> date | None:
        """Return the day to count from: of publication, or the anchor's if that names a day."""
        if base == "published":
            return self.published
        return date.fromisoformat(self.anchor) if self.anchor and self.anchor.count("-") == 2 else None

    def month(self, base: str) -> tuple[int, int] | None:
        """Return the year and month to count from."""
        if base == "published":
            return (self.published.year, self.published.month) if self.published else None
        return (int(self.anchor[:4]), int(self.anchor[5:7])) if self.anchor and "-" in self.anchor else None

    def year(self, base: str) -> int | None:
        """Return the year to count from."""
        if base == "published":
            return self.published.year if self.published else None
        return int(self.anchor[:4]) if self.anchor else None


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return the ISO form, or None for what the calendar does not have."""
    try:
        date(year, month or 1, day or 1)
    except (ValueError, OverflowError):
        return None
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")


def common(dates: Iterable[str | None]) -> str | None:
    """Return the most precise date that contains all the given ones: their common month or year."""
    parts = [(d or "").split("-") for d in dates]
    shared = []
    for column in zip(*parts, strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    return "-".join(shared) or None


def day_of(
    at: Vantage,
    month: int,
    day: int,
    *,
    year: int | None = None,
    weekday: int | None = None,
    which: tuple[int, str] | None = None,
) -> str | None:
    """Return a day of a month; without a year it is the last one up to publication, or the next one in future tense.

    A weekday beside it decides between that year and its neighbours.
    """
    if year is None and which is not None:
        base = at.year(which[1])
        year = base + which[0] if base is not None else None
        if year is None:
            return None
    if year is not None:
        return iso(year, month, day)
    if at.published is None:
        return None
    today, step = at.published, 1 if at.ahead else -1
    days = [_date(today.year + step * n, month, day) for n in range(-1, 9)]  # 29 February: up to eight years away
    if weekday is not None:
        near = [d for d in days if d and d.weekday() == weekday and abs(d.year - today.year) <= 1]
        if near:
            return min(near, key=lambda d: abs(d - today)).isoformat()
    fits = (d for d in days if d and (d - today).days * step >= 0)
    return next((d.isoformat() for d in fits), None)


def month_of(at: Vantage, month: int, *, year: int | None = None, which: tuple[int, str] | None = None) -> str | None:
    """Return a month; without a year it is the last one up to publication, or the next one in future tense.

    ``which`` is the step of "last", "this" and "next" before the month itself.
    """
    if year is not None:
        return iso(year, month)
    start = at.month(which[1] if which else "published")
    if start is None:
        return None
    now_year, now = start
    if which is None:
        year = now_year + (month < now) if at.ahead else now_year - (month > now)
    elif which[0] == 0:
        year = now_year
    else:
        year = now_year - (month >= now) if which[0] < 0 else now_year + (month <= now)
    return iso(year, month)


def weekday_of(at: Vantage, weekday: int, which: tuple[int, str] | None = None) -> str | None:
    """Return the latest such day up to publication, or the next one in future tense.

    "Last" and "next" leave out the day itself; "this" is the coming one unless the tense is past.
    """
    base = at.day(which[1] if which else "published")
    if base is None or (which and which[1] == "anchor" and which[0] == 0):
        return None
    forward = at.ahead if which is None else which[0] > 0 or (which[0] == 0 and at.tense != "past")
    if which and which[0]:
        base = _plus(base, 1 if forward else -1)
    if base is None:
        return None
    distance = (weekday - base.weekday()) % 7 if forward else -((base.weekday() - weekday) % 7)
    return _text(_plus(base, distance))


def unit_of(at: Vantage, unit: str, which: tuple[int, str]) -> str | None:
    """Return the week's month, the month or the year that "last", "this", "next", "the following" pick."""
    step, base = which
    match unit:
        case "day":
            start = at.day(base)
            return _text(_plus(start, step)) if start else None
        case "week" | "weekend":
            start = at.day(base)
            monday = _plus(start, 7 * step - start.weekday()) if start else None
            if monday is None:
                return None
            first, last = (5, 6) if unit == "weekend" else (-1, 6)  # a week may begin on Sunday
            if unit == "weekend" and base == "published" and start and start.weekday() >= 5:
                return None  # on a Saturday or Sunday nobody knows which weekend is the last or next
            return _whole(_plus(monday, first), _plus(monday, last))
        case "month":
            month = at.month(base)
            return _shift_month(*month, step) if month else None
        case "year":
            year = at.year(base)
            return iso(year + step) if year is not None else None
    return None


def season_of(at: Vantage, season: str, which: tuple[int, str]) -> str | None:
    """Return the year of a season; None where hemisphere or usage leave two years possible (every winter does)."""
    year = at.year(which[1])
    if season not in _SEASONS or year is None:
        return None
    if which[1] == "anchor":
        return None
    begins, ends = _SEASONS[season]
    month = at.published.month if at.published else 1
    if which[0] == 0:
        return iso(year)
    if which[0] < 0:
        return iso(year - 1) if month < begins else None
    return iso(year + 1) if month > ends else None


def count(at: Vantage, number: int, unit: str, side: tuple[int, str]) -> str | None:
    """Return what lies a number of units away: "three days ago", "two months later"."""
    step, base = side
    match unit:
        case "day":
            start = at.day(base)
            return _text(_plus(start, step * number)) if start else None
        case "week" | "fortnight":
            start = at.day(base)
            middle = _plus(start, step * number * (14 if unit == "fortnight" else 7)) if start else None
            if middle is None:
                return None
            return _whole(_plus(middle, -_SLACK.days), _plus(middle, _SLACK.days))
        case "month":
            month = at.month(base)
            return _shift_month(*month, step * number) if month else None
        case "year":
            year = at.year(base)
            if year is None or (number >= _EXACT_YEARS and number % 10 == 0):
                return None
            return iso(year + step * number)
    return None


def ahead(at: Vantage, number: int, unit: str, *, certain: bool) -> str | None:
    """Return "in three days' time"; without "time" it may be a duration, unless the tense is future."""
    return count(at, number, unit, (1, "published")) if certain or at.ahead else None


def _whole(first: date | None, last: date | None) -> str | None:
    """Return the month in which both days lie."""
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return None
    return iso(first.year, first.month)


def _shift_month(year: int, month: int, step: int) -> str | None:
    years, months = divmod(year * 12 + month - 1 + step, 12)
    return iso(years, months + 1)


def _plus(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if MINYEAR <= year <= MAXYEAR else None
    except ValueError:
        return None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
