"""What the lexicons say of single words and names: given names, persons, heads of organizations' names."""

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from anyascii import anyascii

from kg.extraction.language.title_words import ranks, titles
from kg.lexicons import lexicon, word_set, words_with

__all__ = [
    "Heads",
    "bodies",
    "gender_of_noun",
    "given_gender",
    "heads",
    "is_day",
    "is_given_name",
    "is_month",
    "is_weekday",
    "known_organization",
    "name_parts",
    "particles",
    "person_lexicon",
    "plain",
]


def plain(name: str) -> str:
    """Return a name in lower case and ASCII, one space between words."""
    return " ".join(anyascii(name).lower().split())


@lru_cache(maxsize=1)
def _given() -> dict[str, str | None]:
    raw = lexicon("given_names")
    return (
        dict.fromkeys(raw["feminine"], "feminine")
        | dict.fromkeys(raw["masculine"], "masculine")
        | dict.fromkeys(raw["either"])
    )


def given_gender(name: str) -> str | None:
    """Return what a given name tells of gender: "feminine", "masculine" or None."""
    word = plain(name)
    return _given().get(word) or _given().get(word.split("-")[0])


def is_given_name(name: str) -> bool:
    """Whether a word is a known given name ("Anna", "Jean-Claude")."""
    word = plain(name)
    return word in _given() or ("-" in word and word.split("-")[0] in _given())


@dataclass(frozen=True, slots=True)
class Heads:
    """Heads of organizations' names with subtype (None: an organization of no known kind)."""

    all: dict[str, str | None]
    weak: frozenset[str]
    state: dict[str, str]
    legal: frozenset[str]
    never: frozenset[str]
    regions: frozenset[str]
    facilities: frozenset[str]
    lands: frozenset[str]
    longest: int
    furniture: frozenset[str]
    other: frozenset[str]
    nouns: dict[str, str | None]
    localities: frozenset[str]
    possessors: frozenset[str]
    small: frozenset[str]
    capitals: frozenset[str]
    sport: frozenset[str]
    sport_verbs: frozenset[str]


@lru_cache(maxsize=1)
def heads() -> Heads:
    """Return the lexicon of organizations' names."""
    raw = lexicon("organizations")
    every = {h: None if kind == "Organization" else kind for kind, group in raw["heads"].items() for h in group}
    plain_lists = ("weak", "never", "regions", "facilities", "lands", "furniture", "other", "localities")
    others = ("possessors", "small", "capitals")
    legal = lexicon("organization_names")["legal_forms"].values()
    return Heads(
        all=every,
        state={h: kind for kind, group in raw["state"].items() for h in group},
        legal=frozenset(form for forms in legal for form in forms["written"]),
        longest=max(len(h.split()) for h in every),
        nouns={n: None if kind == "Organization" else kind for kind, group in raw["nouns"].items() for n in group},
        sport=frozenset(raw["sport"]["words"]),
        sport_verbs=frozenset(raw["sport"]["verbs"]),
        **{name: frozenset(raw[name]) for name in (*plain_lists, *others)},
    )


@lru_cache(maxsize=1)
def bodies() -> frozenset[str]:
    """Return the common nouns for organizations."""
    return frozenset({*heads().nouns, *lexicon("kinds")["bodies"]})


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Words that tell that the name beside them is a person's."""

    verbs: frozenset[str]
    passive: frozenset[str]
    speech: frozenset[str]
    possessed: frozenset[str]
    title_names: frozenset[str]
    kin: dict[str, str | None]
    human: dict[str, str]


@lru_cache(maxsize=1)
def person_lexicon() -> PersonWords:
    """Return the verbs and nouns that go with persons."""
    raw = lexicon("persons")
    return PersonWords(
        verbs=frozenset(raw["verbs"]),
        passive=frozenset(raw["passive"]) | words_with("role_verbs", "verbs", "person"),
        speech=words_with("speech", "verbs", "person"),
        possessed=frozenset(raw["possessed"]),
        title_names=frozenset(raw["title_names"]),
        kin=raw["kin"],
        human={word: gender for gender, nouns in raw["human"].items() for word in nouns},
    )


name_parts = partial(word_set, "name_parts")
"""Returns a list of words that belong to a name although they are written small or name something alone."""


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """Return the small words that a text may have inside a person's family name ("de", "bin")."""
    return frozenset(lexicon("person_names")["particles"]["written"])


def is_day(word: str) -> bool:
    """Whether a word in lower case tells a day beside the present one ("tomorrow")."""
    return word in lexicon("dates")["days"]


def is_weekday(word: str) -> bool:
    """Whether a word in lower case is the name of a day of the week or its abbreviation."""
    return word in lexicon("dates")["weekdays"]


def is_month(word: str) -> bool:
    """Whether a word in lower case is a month's name or abbreviation."""
    return word in lexicon("dates")["months"]


def gender_of_noun(word: str) -> str | None:
    """Return the gender that a title, an honorific or another noun for a person tells, in lower case without period."""
    nouns = (ranks().gender, titles().gender, person_lexicon().kin, person_lexicon().human)
    return next((found for known in nouns if (found := known.get(word))), None)


@lru_cache(maxsize=1)
def _known() -> dict[str, dict[str, Any]]:
    raw = lexicon("organizations")
    known: dict[str, dict[str, Any]] = {name: {"subtype": "MediaOutlet"} for name in raw["media"]}
    known |= {word: {"subtype": "PoliticalParty", "long": name} for word, name in raw["parties"].items()}
    known |= {name: {"subtype": kind} for kind, names in raw["names"].items() for name in names}
    known |= raw["known"]
    return known | {e["long"].lower(): {"subtype": e.get("subtype")} for e in known.values() if "long" in e}


def known_organization(name: str) -> dict[str, Any] | None:
    """Return what is known of an organization by its name (``subtype``, ``long``), None if it is unknown."""
    return _known().get(name.lower()) or _known().get(plain(name))
