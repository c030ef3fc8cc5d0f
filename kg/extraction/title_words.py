"""The words of titles and ranks, as the reading of title phrases needs them."""

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from kg.model import RoleStatus
from kg.resources import lexicon

__all__ = ["TitleWords", "is_rank", "title_words"]


@dataclass(frozen=True, slots=True)
class TitleWords:
    """``titles.yaml`` by what a word does; ``status`` is None for words with which a post is not held at all."""

    heads: dict[str, bool]
    phrases: dict[tuple[str, ...], bool]
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
        heads, phrases, plurals, raw["abbreviations"], frozenset(inner), status, frozenset(raw["in_title"]),
        frozenset(raw["status"]["suffix"]),
    )  # fmt: skip


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
