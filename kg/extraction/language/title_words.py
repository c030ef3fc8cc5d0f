"""The words of titles and ranks: which may stand before a name, and how title phrases are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from kg.lexicons import lexicon
from kg.model import RoleStatus

__all__ = ["Ranks", "TitleWords", "Titles", "is_rank", "ranks", "title_words", "titles"]


@dataclass(frozen=True, slots=True)
class Ranks:
    """Single words of ranks and honorifics; ``courtesy`` ones with the gender they tell."""

    words: frozenset[str]
    ambiguous: frozenset[str]
    gender: dict[str, str]


@lru_cache(maxsize=1)
def ranks() -> Ranks:
    """Return the words that stand before a person's name and are neither name nor role, without final period."""
    raw = lexicon("ranks")
    entries = [str(e) for group in ("military", "police", "address") for e in raw[group]]
    single = [
        str(e) for group in ("religious", "academic", "courtesy", "nobility") for e in raw[group] if " " not in str(e)
    ]
    gender = {str(k).rstrip("."): v for k, v in raw["courtesy"].items() if v}
    for name in ("feminine", "masculine"):
        gender |= {str(e): name for e in raw[name]}
    return Ranks(
        (_parts(entries) | _parts(single)) - {*raw["inside"]},
        frozenset(str(e).rstrip(".") for e in raw["ambiguous"]),
        gender,
    )


def _parts(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(part.rstrip(".") for entry in entries for part in entry.replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class Titles:
    """Nouns of posts and occupations, ``heads`` both, and the words that stand before them within a title."""

    offices: frozenset[str]
    occupations: frozenset[str]
    heads: frozenset[str]
    inner: frozenset[str]
    phrases: frozenset[str]
    gender: dict[str, str]


@lru_cache(maxsize=1)
def titles() -> Titles:
    """Return the words of titles."""
    raw = lexicon("titles")
    gender = {word: name for name in ("feminine", "masculine") for word in raw.get(name, ())}
    status = [w for group in raw["status"].values() for w in group]
    inner = _parts([*raw["modifiers"], *raw["portfolios"], *raw["deputies"], *status])
    short = {a.rstrip(".") for a in raw["abbreviations"]}
    offices = frozenset(raw["office"]) | short
    occupations = frozenset([*raw["occupation"], *raw["owner"], *raw["founder"]])
    return Titles(
        offices,
        occupations,
        offices | occupations,
        inner,
        frozenset(raw["phrases"]),
        gender,
    )


@dataclass(frozen=True, slots=True)
class TitleWords:
    """``titles.yaml`` by what a word does; ``status`` is None for words with which a post is not held at all.

    ``starts`` are the first words of ``phrases``.
    """

    heads: dict[str, bool]
    phrases: dict[tuple[str, ...], bool]
    starts: frozenset[str]
    plurals: dict[str, str]
    abbreviations: dict[str, str]
    inner: frozenset[str]
    status: dict[str, RoleStatus | None]
    kept: frozenset[str]
    suffixes: frozenset[str]


@lru_cache(maxsize=1)
def title_words() -> TitleWords:
    """Return the words of titles; phrases are split at hyphens and apostrophes, as spaCy splits them."""
    raw = lexicon("titles")
    heads = dict.fromkeys((*raw["office"], *raw["owner"]), True) | dict.fromkeys(raw["occupation"], False)
    phrases = {tuple(_split(p)): bool(office) for p, office in raw["phrases"].items()}
    plurals = dict(raw["irregular_plurals"])
    for plural, singular in plurals.items():
        phrases[tuple(_split(plural))] = phrases.get(tuple(_split(singular)), True)
    status: dict[str, RoleStatus | None] = dict.fromkeys(raw["status"]["not_a_fact"])
    for name in ("former", "acting", "designate", "current"):
        status |= {w: RoleStatus(name) for w in raw["status"][name]}
    inner = {part for w in (*raw["modifiers"], *raw["portfolios"]) for part in w.split()}
    return TitleWords(
        heads=heads,
        phrases=phrases,
        starts=frozenset(phrase[0] for phrase in phrases),
        plurals=plurals,
        abbreviations=raw["abbreviations"],
        inner=frozenset(inner),
        status=status,
        kept=frozenset(raw["in_title"]),
        suffixes=frozenset(raw["status"]["suffix"]),
    )


def _split(words: str) -> list[str]:
    return words.replace("-", " - ").replace("'", " '").split()


@lru_cache(maxsize=1)
def _ranks() -> frozenset[str]:
    raw = lexicon("ranks")
    groups = ("military", "police", "branch", "religious", "academic", "courtesy", "nobility", "address")
    return frozenset(
        part for g in groups for entry in raw.get(g, ()) for part in str(_flat(entry)).replace("-", " ").split()
    )


def _flat(entry: object) -> object:
    return next(iter(entry)) if isinstance(entry, dict) else entry


def is_rank(token: Token) -> bool:
    """Whether a word can stand between a title and a name: part of a rank or an honorific."""
    return token.lower_.rstrip(".") in _ranks() or token.text == "."
