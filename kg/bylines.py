"""Lines that tell who wrote an article, and when: segments of their own, which say nothing of the story."""

import re
from collections.abc import Sequence
from functools import cache

from kg.lexicons import lexicon, word_set

__all__ = ["breaks_at", "byline_runs", "is_byline"]

_LONGEST = 200  # characters of a byline
_MOST_NAMES = 5  # words of the names before a trade, each author's
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_NAMED = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*,? (?:and |& |(?:al|bin|da|de|del|der|di|la|le|van|von) ){0,2}){1,12}")
_STROKE = re.compile(r" ?[/|] ?")


def breaks_at(lines: Sequence[str]) -> set[int]:
    """Return which of lines that follow one another surely begin anew: bylines, dates, notes on authors, what is below.

    An author's line that goes on below ("By Ann Lee and") is one with it.
    """
    inner = {i for first, last in byline_runs(lines) for i in range(first, last + 1)}
    apart = [i in inner or _is_furniture(line) for i, line in enumerate(lines)]
    one = [i in inner and _goes_on(above) for i, above in enumerate(["", *lines[:-1]])]
    return {i for i in range(1, len(lines)) if (apart[i] or apart[i - 1]) and not one[i]}


def is_byline(line: str) -> bool:
    """Whether a line tells who wrote or photographed it: "By Ann Lee, Reuters", "Ann Lee, staff writer"."""
    line = line.strip(" *_()[]")
    if not line or len(line) > _LONGEST or not _is_terse(line):
        return False
    for opener in _patterns("openers"):
        if match := opener.match(line):
            name = _WORD.match(line, match.end() + 1)
            return name is not None and name[0][0].isupper() and name[0].lower() not in word_set("bylines", "days")
    return _names_trade(line) or _names_agency(line)


def byline_runs(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return first and last of the bylines among lines that follow one another, with what goes on below each.

    Below it may stand other names, what the author is and an agency; above what the author is the name alone.
    """
    runs: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        if runs and runs[-1][1] == i - 1 and _is_below(lines[i - 1], line):
            runs[-1] = (runs[-1][0], i)
        elif is_byline(line):
            runs.append((i, i))
        elif i and _is_trade(line) and _is_names(lines[i - 1]) and 1 < len(lines[i - 1].split()) < _MOST_NAMES:
            runs.append((i - 1, i))
    return runs


def _is_below(above: str, line: str) -> bool:
    known = is_byline(line) or _is_trade(line) or line.strip() in word_set("bylines", "agencies")
    return known or (_goes_on(above) and _is_names(line))


def _goes_on(line: str) -> bool:
    return line.rstrip().endswith((",", " and", "&"))


def _is_names(line: str) -> bool:
    return _NAMED.fullmatch(f"{line.strip()} ") is not None


def _is_furniture(line: str) -> bool:
    """Whether a line is a date or tells whose staff an author is."""
    line = line.strip(" *_()[]")
    return any(pattern.fullmatch(line) for kind in ("notes", "dates") for pattern in _patterns(kind))


def _is_terse(line: str) -> bool:
    """Whether all words are of names, trades and what joins them."""
    known = word_set("bylines", "small") | word_set("bylines", "trades") | word_set("bylines", "beats")
    return all(word[0].isupper() or word.rstrip(".").lower() in known for word in _WORD.findall(line))


def _names_trade(line: str) -> bool:
    """ "Edgars Stanley, science correspondent", "Ann Lee and Paul Stone, Reuters reporters"."""
    names, comma, rest = line.partition(",")
    plain = len(names.split()) > 1 and not any(w.lower() in word_set("bylines", "trades") for w in names.split())
    return bool(comma) and plain and _is_names(names) and _is_trade(rest)


def _is_trade(line: str) -> bool:
    """Whether a line is what an author is, and perhaps of which paper: "science correspondent, The Gazette"."""
    words = [word.lower() for word in _WORD.findall(line)]
    last = max((i for i, word in enumerate(words) if word in word_set("bylines", "trades")), default=-1)
    behind = line.strip().partition(",")[2].strip()
    told = last + 1 == len(words) or len(words) > last + 2 or behind in word_set("bylines", "agencies")
    return last >= 0 and told and not line.rstrip().endswith(".") and len(words) <= 2 * _MOST_NAMES and _is_terse(line)


def _names_agency(line: str) -> bool:
    names, *agencies = _STROKE.split(line.strip())
    known = word_set("bylines", "agencies")
    return bool(agencies) and len(names.split()) > 1 and _is_names(names) and all(a in known for a in agencies)


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    flags = re.IGNORECASE if kind == "dates" else 0
    return tuple(re.compile(pattern, flags) for pattern in lexicon("bylines")[kind])
