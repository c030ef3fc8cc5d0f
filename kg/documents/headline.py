"""The title of a plain text: its first line, where that reads as a headline and not as prose or page furniture."""

import re
from functools import lru_cache

from kg.documents.content import one_line
from kg.documents.dateline import is_dateline, parse_date
from kg.lexicons import lexicon

__all__ = ["find_headline", "is_furniture"]

_LINES = 10  # lines looked at: breadcrumbs, bylines and dates may stand before the headline
_LONGEST = 200  # characters of a headline
_WRAPPED = 45  # a line this long that goes on in lower case on the next is prose broken at a fixed width
_BYLINE = re.compile(r"by\s+[A-Z]|by$|[A-Z][\w.]+ [A-Z][\w.]+, [\w ]*(correspondent|editor|writer)\b", re.IGNORECASE)


def find_headline(text: str) -> str | None:
    """Return the headline of a text, or None where it begins with prose."""
    lines = [line.strip() for line in text[:5_000].splitlines()]
    filled = [i for i, line in enumerate(lines) if line][:_LINES]
    for i in filled:
        line = lines[i]
        if len(line.split()) < 3 or is_furniture(line) or _BYLINE.match(line) or parse_date(line):
            continue
        following = lines[i + 1] if i + 1 < len(lines) else ""
        prose = len(line) > _LONGEST or line.endswith((".", ":", ",", ";")) or is_dateline(line)
        if prose or (len(line) >= _WRAPPED and following[:1].islower()):
            return None
        return one_line(line)
    return None


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page and not to the article, by ``kg/data/lexicons/boilerplate.yaml``."""
    return any(pattern.fullmatch(line) for pattern in _furniture())


@lru_cache(maxsize=1)
def _furniture() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in lexicon("boilerplate")["lines"])
