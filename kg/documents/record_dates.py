"""The day on which a record was published, however its database writes it; what may be two days is none."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from kg.documents.dateline import parse_date
from kg.lexicons import lexicon

__all__ = ["has_date", "read_date", "unread_date"]

_LONGEST = 120  # characters of a value
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{2}(?:\d{2}(?:\d{2}(?:\.?\d{1,6})?)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_MONTH_OF_YEAR = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/](\d{4})")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_NUMBER = re.compile(r"(?:/Date\()?(-?\d{1,16})(?:\.\d{1,9})?(?:[+-]\d{4})?(?:\)/)?")
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?"
_UNIX = re.compile(
    rf"[A-Za-z]{{3,9}},? ([A-Za-z]{{3,9}}) +(\d{{1,2}}),? {_CLOCK}(?: [A-Z]{{1,5}}| [+-]\d{{4}})? (\d{{4}})"
)
_WEEKDAY, _TAIL = r"(?:[^\W\d]{2,12}\.?,? +)?", rf"(?:[T, ]+(?:at )?{_CLOCK}.{{0,40}})?"
_WORDED = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?(?: of| de| di)?[ -]{{0,2}}([^\W\d]{{3,12}})\.?(?: of| de)?"
    rf",?[ -]{{0,2}}'?(\d{{4}}|\d{{2}}){_TAIL}"
)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}([^\W\d]{{3,12}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? +'?(\d{{2}}){_TAIL}")
_MONTH_ALONE = re.compile(r"([^\W\d]{3,12})\.?,? (\d{4})")
_EASTERN = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日.{0,20}")
_PIVOT = 69  # a year of two digits from here on is of the 20th century
_EPOCH_SECONDS, _EPOCH_MILLISECONDS, _EPOCH_MICROSECONDS = (9, 10), (12, 13), (15, 16)  # digits
_SPREADSHEET, _SERIALS = date(1899, 12, 30), (20_000, 80_000)  # days are counted from there


def has_date(value: object) -> bool:
    """Whether a field says anything of a date."""
    if value is None or isinstance(value, bool):
        return False
    return str(value).strip().casefold() not in {"", *lexicon("record_dates")["nothing"]}


def read_date(value: object) -> str | None:
    """Return the value of a field as an ISO date, as precise as it is ("2021-05-04", "2021-05"); None if it may be two.

    Read are ISO 8601, RFC 822, what ``date`` and Twitter print, seconds and milliseconds since 1970, the days that
    spreadsheets count, months in words of ten languages, and what English texts have.
    """
    if isinstance(value, Mapping):  # {"$date": ...}, as MongoDB exports it
        value = next(iter(value.values()), None) if len(value) == 1 else None
        return read_date(value) if not isinstance(value, Mapping) else read_date(next(iter(value.values()), None))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    text = " ".join(str(value).split()).strip("\"' ")
    if not text or len(text) > _LONGEST:
        return None
    return parse_date(text) or _in_digits(text) or _in_words(text)


def unread_date(value: object) -> tuple[str, ...]:
    """Return a line on a date that is there and cannot be read; none else."""
    if not has_date(value) or read_date(value):
        return ()
    return ("its date is not read, it may be two days or none: write it like 2021-03-14",)


def _in_digits(text: str) -> str | None:
    if match := _COMPACT.fullmatch(text):
        found = _day(*match.groups())
        if found:
            return found
    if match := _NUMBER.fullmatch(text):
        if _YEAR.fullmatch(text):
            return text
        return _counted(match[1])
    if match := _MONTH_OF_YEAR.fullmatch(text):
        year, month = match[1] or match[4], match[2] or match[3]
        return f"{year}-{int(month):02}" if _day(year, month, "1") else None
    if match := _EASTERN.fullmatch(text):
        return _day(*match.groups())
    return None


def _counted(digits: str) -> str | None:
    """Return the day that a count of seconds since 1970, or of days as in spreadsheets, comes to."""
    number, length = int(digits), len(digits.lstrip("-"))
    if length == 5 and _SERIALS[0] <= number <= _SERIALS[1]:
        return (_SPREADSHEET + timedelta(days=number)).isoformat()
    for lengths, unit in ((_EPOCH_SECONDS, 1), (_EPOCH_MILLISECONDS, 10**3), (_EPOCH_MICROSECONDS, 10**6)):
        if length in lengths:
            return (datetime.fromtimestamp(0, UTC) + timedelta(seconds=number // unit)).date().isoformat()
    return None


def _in_words(text: str) -> str | None:
    if match := _UNIX.fullmatch(text):
        return _day(match[3], _month(match[1]), match[2])
    if match := _WORDED.fullmatch(text):
        return _day(_century(match[3]), _month(match[2]), match[1])
    if match := _MONTH_FIRST.fullmatch(text):
        return _day(_century(match[3]), _month(match[1]), match[2])
    if match := _MONTH_ALONE.fullmatch(text):
        month = _month(match[1])
        return f"{match[2]}-{int(month):02}" if _day(match[2], month, "1") else None
    return None


def _century(year: str) -> str:
    return year if len(year) == 4 else f"{19 if int(year) >= _PIVOT else 20}{year}"


@lru_cache(maxsize=1)
def _months() -> Mapping[str, str]:
    return {name: str(n) for n, names in enumerate(lexicon("record_dates")["months"], start=1) for name in names}


def _month(name: str) -> str:
    return _months().get(name.casefold(), "0")


def _day(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if 1500 <= found.year <= 2200 else None
