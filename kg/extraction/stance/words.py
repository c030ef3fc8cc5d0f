"""The words of ``stance/factuality``."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.lexicons import lexicon

__all__ = ["table", "words"]


def table(name: str) -> Mapping[str, Any]:
    """Return a list of the lexicon that maps words to what they do."""
    found: Mapping[str, Any] = lexicon("stance/factuality")[name]
    return found


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of the lexicon as a set."""
    return frozenset(lexicon("stance/factuality")[name])
