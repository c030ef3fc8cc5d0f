"""Marks of footnotes: raised figures, letters and asterisks that belong to no word."""

import re

__all__ = ["is_mark"]

_MARK = re.compile(
    r"\s*[\[(]?(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,4}|[a-z]|[ivx]{1,4}|[*†‡§¶]{1,3}|(?:note|nb) \d{1,2})[\])]?[,;]?\s*"
)
_POWER = re.compile(r"(?:^|[^A-Za-z])(?:[kcdm]?m|ft|in|mi|yd|[a-z]|[A-Z]{1,2})$|(?<!\d)10$")  # "m²", "CO₂", "10⁶"
_NEAR = 4  # characters before a mark that are looked at


def is_mark(raised: str, *, before: str) -> bool:
    """Whether what is raised behind some text is the mark of a footnote, and no exponent or ending of a number."""
    return bool(_MARK.fullmatch(raised)) and not (raised.strip().isalnum() and _POWER.search(before[-_NEAR:]))
