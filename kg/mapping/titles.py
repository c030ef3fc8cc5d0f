"""Compare the wordings of a role: which of two titles in one document is the vaguer name of the same post."""

import re
from functools import lru_cache, partial
from itertools import takewhile

from kg.lexicons import word_set

__all__ = ["content_words", "normalize_title", "vaguer"]

_WORD = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"\w['’]s?\b|s['’](?=\s)")
_lexicon = partial(word_set, "title_words")


def normalize_title(title: str | None) -> str | None:
    """Return the title in lower case with single spaces, or None where nothing is left."""
    return " ".join((title or "").lower().split()) or None


@lru_cache(maxsize=4096)
def content_words(title: str | None) -> frozenset[str]:
    """Return the content words of a title; two titles of the same words name the same post."""
    return frozenset(_words(title)) - _lexicon("function")


def vaguer(title: str | None, fuller: str | None) -> bool:
    """Whether ``title`` may be a shorter name of the post that ``fuller`` names (true for equal words).

    Its content words must all be in the fuller title, among them the head of that title unless the title is its
    beginning ("chief executive" of "chief executive officer" but not "president" of "president's adviser"), and no word
    left out may make another post of it.
    """
    ours, theirs = content_words(title), content_words(fuller)
    if not ours or ours == theirs:
        return True
    if not ours < theirs or (theirs - ours) & _lexicon("shifting"):
        return False
    sequence = [word for word in _words(fuller) if word in theirs]
    begins = set(sequence[: len(ours)]) == ours and not _POSSESSIVE.search(fuller or "")
    return begins or _head(fuller) in ours


def _head(title: str | None) -> str | None:
    """Return the last content word before the first preposition."""
    before = takewhile(lambda word: word not in _lexicon("relators"), _words(title))
    return next((word for word in reversed(list(before)) if word not in _lexicon("function")), None)


def _words(title: str | None) -> list[str]:
    return _WORD.findall(title or "")
