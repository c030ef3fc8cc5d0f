"""Date expressions in plain text: where they stand and what they say. The wordings lie in ``lexicons/dates.yaml``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.extraction.time import calendar
from kg.extraction.time.calendar import Vantage, common
from kg.lexicons import lexicon

__all__ = ["Expression", "find_expressions", "find_whole", "words_before"]

_GAP = r"(?:[^\S\n]{1,3}|\n)"
_NAMED = re.compile(r"\{([a-z_]+)\}")
_LOOK_BACK = 24  # characters: the longest word that decides what an expression is


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression at ``start:end`` of a text; ``groups`` are the parts that its pattern named, in lower case."""

    start: int
    end: int
    rule: str
    groups: Mapping[str, str]

    def value(self, at: Vantage, *, year: int | None = None) -> str | None:
        """Return the ISO date, as precise as the words; ``year`` serves a day or month that has none."""
        return common(self.bounds(at, year=year))

    def bounds(self, at: Vantage, *, year: int | None = None) -> tuple[str | None, str | None]:
        """Return first and last date of a range; the same one twice for any other expression."""
        got = self.groups
        if self.rule == "year_range":
            last = got["y2"] if len(got["y2"]) == 4 else got["y1"][:2] + got["y2"]
            return (got["y1"], last) if got["y1"] < last else (None, None)
        first = _value(self.rule, got, at, year)
        if self.rule != "day_range":
            return first, first
        last_day = _value(self.rule, {**got, "day": got["last"]}, at, year)
        return (first, last_day) if first and last_day and first < last_day else (None, None)

    @property
    def year(self) -> int | None:
        """The year that the words name."""
        return int(self.groups["year"]) if "year" in self.groups else None


def find_expressions(text: str, *, loose: bool = False) -> list[Expression]:
    """Return the expressions of a text from left to right, none overlapping, the longest at each place.

    ``loose`` reads a bare number of four digits as a year and a bare name as a month.
    """
    found = []
    for rule, pattern, needs_whole in _patterns():
        if needs_whole and not loose:
            continue
        for match in pattern.finditer(text):
            expression = _expression(rule, match)
            if _holds(text, expression):
                found.append((match.start(), expression))
    found.sort(key=lambda f: (f[1].start, -f[1].end))
    kept: list[Expression] = []
    for _, expression in found:
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
    return kept


def find_whole(text: str) -> Expression | None:
    """Return the expression that the whole text is, a bare year or month too."""
    stripped = text.strip(" \t\n.,;:()")
    for rule, pattern, _ in _patterns():
        if match := pattern.fullmatch(stripped):
            return _expression(rule, match)
    return None


def words_before(text: str, start: int) -> str:
    """Return the end of the text before an offset, in lower case with single spaces."""
    return " ".join(text[max(0, start - _LOOK_BACK) : start].lower().split())


def _expression(rule: str, match: re.Match[str]) -> Expression:
    start, end = match.span("hit") if "hit" in match.re.groupindex else match.span()
    while end > start and match.string[end - 1] in " \n\t":
        end -= 1
    named = {
        re.sub(r"_?\d$", "", k) if k not in ("y1", "y2") else k: v
        for k, v in match.groupdict().items()
        if v and k != "hit"
    }
    return Expression(start, end, rule, {k: " ".join(v.lower().split()) for k, v in named.items()})


def _holds(text: str, expression: Expression) -> bool:
    """Whether the words around do not make it something else."""
    lex, got = lexicon("dates"), expression.groups
    words = text[expression.start : expression.end]
    for name in (got.get("month"), got.get("weekday")):
        if name and name in lex["cased"] and not re.search(rf"\b(?:{name.title()}|{name.upper()})\b", words):
            return False
    if expression.rule == "weekday" and got["weekday"] in lex["only_with_day"]:
        return False
    before = words_before(text, expression.start).rpartition(" ")[2]
    if before in lex["not_after"] and expression.rule in {"weekday", "unit", "month"}:
        return False
    kind = {"weekday": "weekday", "day": "day", "year": "year"}.get(expression.rule)
    if kind is None or (kind == "day" and expression.year):
        return True
    following = re.match(r"\W{0,2}([\w.]+)", text[expression.end : expression.end + 30])
    return not following or following[1].lower().rstrip(".") not in lex["not_before"][kind]


def _value(rule: str, got: Mapping[str, str], at: Vantage, given: int | None) -> str | None:
    """Read the parts of an expression by its rule."""
    lex = lexicon("dates")
    month = lex["months"].get(got.get("month", ""))
    weekday = lex["weekdays"].get(got.get("weekday", ""))
    year = int(got["year"]) if "year" in got else given
    which = _which(got.get("which") or got.get("step"))
    match rule:
        case "iso":
            return calendar.iso(*(int(got[k]) for k in ("y", "m", "d") if k in got))
        case "slashed":
            return _slashed(int(got["a"]), int(got["b"]), int(got["y"]))
        case "day" | "day_range":
            return calendar.day_of(at, month, int(got["day"]), year=year, weekday=weekday, which=which)
        case "month":
            return _month(month, at, which, year=year, of_year="relyear" in got)
        case "feast":
            feast_month, day = (int(n) for n in lex["feasts"][got["feast"]].split("-"))
            return calendar.day_of(at, feast_month, day, year=year)
        case "year" | "named_day":
            return got.get("second") or got.get("year")
        case "weekday":
            return calendar.weekday_of(at, weekday, which)
        case "word":
            return calendar.unit_of(at, "day", (lex["days"][got["days_word"]], "published"))
        case "adjacent":
            if "after" in got:
                which = (1 if got["after"].endswith("after") else -1, "anchor")
            return calendar.unit_of(at, "day", which or (1, "anchor"))
        case "unit":
            return calendar.unit_of(at, got["unit"], which or _weekend(at, got["unit"]))
        case "season":
            return calendar.season_of(at, got["season"], which or (0, "published"))
        case "count" if "vague" not in got and "half" not in got:
            side: tuple[int, str] = tuple(lex["sides"][got["side"]])
            return calendar.count(at, _number(got["number"]), lex["units"][got["unit"]], side)
        case "ahead":
            return calendar.ahead(at, _number(got["number"]), lex["units"][got["unit"]], certain="time" in got)
    return None


def _month(month: int, at: Vantage, which: tuple[int, str] | None, *, year: int | None, of_year: bool) -> str | None:
    """Return a month, or one of a year that is counted from another ("March of last year")."""
    if not of_year:
        return calendar.month_of(at, month, year=year, which=which)
    base = at.year(which[1]) if which else None
    return calendar.iso(base + which[0], month) if base is not None and which else None


def _weekend(at: Vantage, unit: str) -> tuple[int, str]:
    """Return the step for a unit with a bare article: "the end of the month" is this, "at the weekend" the last."""
    return (-1 if unit == "weekend" and not at.ahead else 0, "published")


def _which(words: str | None) -> tuple[int, str] | None:
    if not words:
        return None
    table = {**lexicon("dates")["which"], "the next": [1, "anchor"], "that very": [0, "anchor"]}
    step, base = table[words]
    return step, base


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else _numbers()[words]


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return lexicon("numbers")["cardinals"] | lexicon("dates")["numbers"]  # type: ignore[no-any-return]


def _slashed(a: int, b: int, year: int) -> str | None:
    """Return a/b/year where only one order of day and month is possible."""
    readings = {r for r in (calendar.iso(year, a, b), calendar.iso(year, b, a)) if r}
    return readings.pop() if len(readings) == 1 else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    lex = lexicon("dates")
    plain = {
        **lex["fragments"],
        "number_words": _either(_numbers()),
        "which_words": _either(lex["which"]),
        "vague_words": _either(lex["vague"]),
        "units_words": _either(lex["units"]),
        "sides_words": _either(lex["sides"]),
        "seasons_words": _either(lex["seasons"]),
        "year_plain": lex["fragments"]["year"],
    }
    named = {
        "month": _either(lex["months"]),
        "weekday": _either(lex["weekdays"]),
        "unit": _either(lex["units"]),
        "days_word": _either(lex["days"]),
        "feast": _either(lex["feasts"]),
        "named_day": _either(lex["named_days"]),
        "day": plain["day"],
        "year": plain["year"],
        "number": plain["number"],
        "relyear": plain["relyear"],
    }
    return tuple((p["rule"], _compile(p["pattern"], plain, named), p.get("loose", False)) for p in lex["patterns"])


def _compile(template: str, plain: Mapping[str, str], named: Mapping[str, str]) -> re.Pattern[str]:
    def fill(match: re.Match[str]) -> str:
        name = match[1]
        return f"(?P<{name}>{named[name]})" if name in named else plain[name]

    pattern = template
    while _NAMED.search(pattern):
        pattern = _NAMED.sub(fill, pattern)
    return re.compile(r"(?<![\w/.-])(?:" + _gaps(pattern) + r")(?!\w)", re.IGNORECASE)


def _gaps(pattern: str) -> str:
    """Let a space outside of brackets match any blank."""
    return re.sub(r" (?![^\[\]]*\])", lambda _: _GAP, pattern)


def _either(words: Iterable[Any]) -> str:
    return (
        "(?:"
        + "|".join(re.escape(str(w)).replace(r"\ ", " ") for w in sorted(words, key=lambda w: (-len(str(w)), str(w))))
        + ")"
    )
