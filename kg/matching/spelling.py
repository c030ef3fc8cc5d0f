"""When two words are one word spelt twice: transliteration, interchangeable letters, slips of the pen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicons import lexicon

__all__ = ["fold", "is_swap", "is_variant", "readings", "skeleton", "slips", "to_ascii", "words"]

_MAX_READINGS = 8
_LONG = 7  # letters of a word in which a swap is a slip: "Garcia" and "Gracia" are two names
_MAX_LENGTH = 300  # characters of a name that are looked at: no name is longer, and hostile input may be


@lru_cache(maxsize=1 << 18)
def to_ascii(text: str) -> str:
    """Return the text in ASCII, whatever its script, cut at a length that no name has."""
    from anyascii import anyascii

    return anyascii(text[:_MAX_LENGTH])


@lru_cache(maxsize=1 << 18)
def fold(text: str) -> str:
    """Return the text in lower-case ASCII, whatever its script; apostrophes are dropped."""
    return re.sub(r"['`\"]", "", to_ascii(text)).casefold()


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded: letters and digits, without dots, cut at anything else."""
    return tuple(re.findall(r"[a-z0-9]+", fold(text).replace(".", " ")))


@dataclass(frozen=True, slots=True)
class _Rules:
    patterns: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    vowels: tuple[dict[int, str], ...]
    first_vowels: dict[int, str]
    variants: Mapping[str, frozenset[int]]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    facts = lexicon("spellings")
    variants: dict[str, set[int]] = {}
    for number, family in enumerate(facts["variants"]):
        for name in family:
            variants.setdefault(str(name), set()).add(number)
    return _Rules(
        patterns=tuple((re.compile(pattern), tuple(spellings)) for pattern, *spellings in facts["rules"]),
        vowels=tuple(str.maketrans(v) for v in facts["vowels"]),
        first_vowels=str.maketrans(facts["first_vowels"]),
        variants={name: frozenset(numbers) for name, numbers in variants.items()},
    )


@lru_cache(maxsize=1 << 18)
def readings(word: str) -> tuple[str, ...]:
    """Return the canonical spellings of a folded word, at least one; words that share one sound alike."""
    found = [word]
    for pattern, spellings in _rules().patterns:
        if any(pattern.search(reading) for reading in found):
            found = [pattern.sub(spelling, reading) for reading in found for spelling in spellings]
            found = list(dict.fromkeys(found))[:_MAX_READINGS]
    return tuple(found)


@lru_cache(maxsize=1 << 18)
def _broad(reading: str, way: int = 0) -> str:
    rules = _rules()
    return reading[:1].translate(rules.first_vowels) + reading[1:].translate(rules.vowels[way])


@lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """Return a short key that all likely spellings of a folded word share: its consonants by class."""
    variant = _rules().variants.get(word)
    if variant:
        return f"={min(variant)}"
    sounds = re.sub(r"(.)\1+", r"\1", readings(word)[0].translate(str.maketrans("gzvdbjxh", "ksftpi  ")))
    return ("a" if sounds[:1] in "aeiou" else sounds[0]) + re.sub(r"[aeiou ]", "", sounds[1:]) or word


@lru_cache(maxsize=1 << 18)
def is_variant(a: str, b: str) -> float:
    """Return how surely two folded words are spellings of one: 1 equal, 0.96 by rule, 0.92 by vowels, else 0."""
    if a == b:
        return 1.0
    variants = _rules().variants
    if variants.get(a, frozenset()) & variants.get(b, frozenset()):
        return 0.96
    if min(len(a), len(b)) < 2 or a.isdigit() or b.isdigit():
        return 0.0
    one, two = readings(a), readings(b)
    if not set(one).isdisjoint(two):
        return 0.96
    if min(len(a), len(b)) < 5:
        return 0.0
    ways = range(len(_rules().vowels))
    alike = any(not {_broad(r, way) for r in one}.isdisjoint(_broad(r, way) for r in two) for way in ways)
    return 0.92 if alike else 0.0


def is_swap(a: str, b: str) -> bool:
    """Whether two long words differ by two neighbours that changed places, as typing does and names hardly ever do."""
    if len(a) != len(b) or len(a) < _LONG:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y), len(a))
    return a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :] and a != b


@lru_cache(maxsize=1 << 18)
def slips(a: str, b: str) -> float:
    """Return the number of slips (letters added, lost, changed, swapped) between two words; vowels alike count half."""
    from rapidfuzz.distance import OSA

    exact = OSA.distance(a, b)
    heard = min(OSA.distance(x, y) for x in readings(a) for y in readings(b))
    broad = min(OSA.distance(_broad(x), _broad(y)) for x in readings(a) for y in readings(b))
    return min(exact, (heard + broad) / 2 + 0.5)
