"""The words of ``stance/factuality``."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from kg.lexicons import lexicon, word_set

__all__ = ["stance_words", "table"]

stance_words = partial(word_set, "stance/factuality")
"""Returns a list of the lexicon as a set."""


def table(name: str) -> Mapping[str, Any]:
    """Return a list of the lexicon that maps words to what they do."""
    found: Mapping[str, Any] = lexicon("stance/factuality")[name]
    return found
