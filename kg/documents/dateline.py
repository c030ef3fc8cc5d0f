"""The publication date that a text itself states: on a line of its own or in the dateline, never in running prose."""

import re
from collections.abc import Iterator
from datetime import date

__all__ = ["is_dateline", "parse_date", "published_in"]

_LINES, _CHARACTERS = 14, 3_000  # how far from the top a date of publication is looked for
_LONGEST = 120  # characters of a line that is nothing but a date
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_WEEKDAY = rf"(?:{_WEEKDAY_NAME},?\s+)?"
_DATE = (
    rf"{_WEEKDAY}(?:(?P<m1>{_MONTH})\s*(?P<d1>{_DAY}),?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>{_DAY})(?:\s+of)?[\s-]+(?P<m2>{_MONTH}),?[\s-]+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?!\d)"
    r"|(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y4>\d{4}))"
)
_ZONE = (
    r"(?:\s*\(?(?:(?:[a-z]{3,9}\s){0,2}(?:standard|daylight|summer|local|universal)?\s?time|z|[a-z]{2,5}"
    r"|(?:gmt|utc)?\s?[+-]\d{1,2}(?::?\d{2})?)\)?)?"
)
_TIME = rf"(?:at\s+)?\d{{1,2}}(?:[:.]\d{{1,2}}){{0,2}}(?:\.\d+)?\s*(?:[ap]\.?m\.?)?{_ZONE}"
_GAP = r"(?:\s*[,;|•·@–—-]\s*|\s+|(?<=\d)t(?=\d))"
_LABEL = (
    r"(?P<label>(?:(?:first|last|date|originally)\s+)?(?:published|posted|updated|modified|issued|released|dated?)"
    r"|(?:publication|publish|published|post|posting|release|issue|article)\s+date|date\s+of\s+(?:publication|issue|release)"
    r"|this story is from)"
)
_AGENCY = r"\([\w ./&,-]{2,40}\)"
_ALONE = re.compile(
    rf"(?:{_LABEL}(?:\s+(?:on|at))?\s*:?\s*)?(?:{_TIME}{_GAP})?{_DATE}(?:,?\s+\(?{_WEEKDAY_NAME}\)?)?"
    rf"(?:{_GAP}\[?{_TIME}\]?)?\.?",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.'’-]*(?: (?:(?:de|of|al|la|el|the) )?[A-Z][\w.'’-]*){0,3}"
_PLACE = rf"(?P<place>{_NAME}(?:[,/] ?{_NAME})?)"
_AFTER_PLACE = re.compile(rf"{_PLACE}(?:,? {_AGENCY})?,? \(?(?i:{_DATE})\)?(?P<rest>.*)", re.DOTALL)
_DATE_FIRST = re.compile(rf"(?i:{_DATE})(?P<rest>.*)", re.DOTALL)
_DASH = re.compile(rf"\s*(?:{_AGENCY})?\s*(?:—|–|--|-|:|_|/)\s*[\"'“‘(]?[A-Z0-9]")
_NO_DATE = re.compile(
    rf"{_PLACE}(?:,? (?i:{_MONTH} {_DAY}|{_DAY} {_MONTH}))?,?(?: {_AGENCY})?\s*(?:—|–|--| - |_)\s*[\"'“‘]?[A-Z]"
)
_NO_PLACE = re.compile(r"(?:on|in|by|at|from|since|after|before|until|the|as|when|it|this)\b", re.IGNORECASE)
_BYLINE = re.compile(r"\Aby\s+[^\d]{3,80}?,\s+(?=\S*\s?\S*\d)", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|•·]\s*|\s{3,}|\t")
_UPDATED = ("updated", "modified")


def parse_date(value: str) -> str | None:
    """Read a whole value ("2020-11-15T07:30Z", "Nov. 15, 2020 10:00 GMT") as an ISO date; None if it is no full date.

    "11/15/2020" is read as the one order that is possible; "11/12/2020", which could be two days, is not read.
    """
    match = _ALONE.fullmatch(value.strip()) if len(value) <= _LONGEST else None
    return _iso(match) if match else None


def published_in(text: str) -> str | None:
    """Return the date of publication stated at the top of a text, as an ISO date.

    Taken, in this order: a line labelled as published; the one date that stands on a line of its own (two different
    ones tell nothing); the date of a dateline ("TEHRAN, April 20, 2020 -"); a line labelled as updated.
    """
    published: list[str] = []
    alone: list[str] = []
    datelines: list[str] = []
    updated: list[str] = []
    for line in _top(text):
        for part in _PARTS.split(line):
            match = _standing_alone(part)
            found = _iso(match) if match else None
            if match and found:
                label = (match["label"] or "").lower()
                (updated if label.endswith(_UPDATED) else published if label else alone).append(found)
        if found := _dateline_date(line):
            datelines.append(found)
    if published:
        return published[0]
    if alone:
        return alone[0] if len(set(alone)) == 1 else None
    return next(iter(datelines + updated), None)


def is_dateline(line: str) -> bool:
    """Whether a line is a date or begins with a dateline, so that it cannot be a headline."""
    return bool(_standing_alone(line) or _dateline_date(line) or _is_place(_NO_DATE.match(line)))


def _top(text: str) -> Iterator[str]:
    lines = (line.strip().strip("*_#>").strip() for line in text[:_CHARACTERS].splitlines())
    filled = [line for line in lines if line]
    return iter(filled[:_LINES])


def _standing_alone(line: str) -> re.Match[str] | None:
    """Match a line that is a date, perhaps after the author's name."""
    return _ALONE.fullmatch(_BYLINE.sub("", line.strip())) if len(line) <= _LONGEST else None


def _dateline_date(line: str) -> str | None:
    match = _AFTER_PLACE.match(line) or _DATE_FIRST.match(line)
    if not match:
        return None
    if "place" in match.groupdict():
        if not _is_place(match):
            return None
        if not match["rest"].strip(" ."):  # "Geneva, 15 November 2020"
            return _iso(match)
    return _iso(match) if _DASH.match(match["rest"]) else None


def _is_place(match: re.Match[str] | None) -> bool:
    return match is not None and not _NO_PLACE.match(match["place"])


def _iso(match: re.Match[str]) -> str | None:
    day = match["d1"] or match["d2"] or match["d3"]
    month = match["m1"] or match["m2"] or match["m3"]
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"]
    if match["a"]:
        day, month = _order(int(match["a"]), int(match["b"]))
    if not day or not month:
        return None
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        found = date(int(year), number, int(day.rstrip("stndrhSTNDRH")))
    except ValueError:
        return None
    return found.isoformat() if 1500 <= found.year <= 2200 else None


def _order(a: int, b: int) -> tuple[str | None, str | None]:
    if a == b or a > 12:
        return str(a), str(b)
    return (str(b), str(a)) if b > 12 else (None, None)
