"""Relations that a verb or a noun states through its arguments; words and slots are data (``frames.yaml``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec
from spacy.tokens import Token

from kg.errors import ModelError
from kg.extraction.language.grammar import (
    arguments,
    chain,
    wordings,
)
from kg.extraction.relations.offences import OffenceKind
from kg.model import PREDICATES, Predicate, RoleStatus
from kg.resources import data_path, read_data

__all__ = [
    "Frame",
    "doers",
    "evokes",
    "frames",
    "frames_of_noun",
    "frames_of_verb",
    "is_at_event",
    "is_before_court",
    "read_by_hand",
    "word_list",
]


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to word a relation; the fields are explained in ``kg/data/patterns/frames.yaml``."""

    words: tuple[str, ...]
    predicate: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    reciprocal: bool = False
    members: tuple[str, ...] = ("subj",)
    date: bool = False
    dated: bool = False
    persons: bool = False
    bodies: bool = False
    weak: bool = False
    plain: bool = False
    passive: bool = False
    with_date: bool = False
    violent: bool = False
    reading: Literal["planned", "possible", "negated"] | None = None
    offence: tuple[str, ...] = ()
    crime: OffenceKind = "any"
    named: bool = False
    people: bool = False
    right: float = 0.5
    status: RoleStatus | None = None
    barred: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    requires_words: frozenset[str] = frozenset()
    subtypes: frozenset[str] = frozenset()
    compounds_barred: frozenset[str] = frozenset()
    note: str = ""
    says: tuple[str, ...]
    unsaid: tuple[str, ...]

    @property
    def relation(self) -> Predicate:
        """What its predicate is."""
        return PREDICATES[self.predicate]

    @property
    def rule(self) -> str:
        """Its name in the evidence."""
        return f"frame:{self.words[0].replace(' ', '-')}"

    @property
    def relational(self) -> bool:
        """Whether its noun names one of its ends: "the founder of X"."""
        return "self" in (*self.subject, *self.object)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: tuple[Frame, ...]
    nouns: tuple[Frame, ...]
    light: frozenset[str]
    attacks: frozenset[str]
    attack_verbs: frozenset[str]
    carriers: frozenset[str]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Frames:
    file: _File
    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]


@cache
def _frames() -> _Frames:
    path = data_path("patterns", "frames.yaml")
    file = read_data(path, _File)
    for frame in (*file.verbs, *file.nouns):
        if frame.predicate not in PREDICATES:
            raise ModelError(f"{path}: the frame of {frame.words[0]!r} states {frame.predicate!r}, no relation of kg")

    def index(known: Iterable[Frame]) -> dict[str, tuple[Frame, ...]]:
        table: dict[str, tuple[Frame, ...]] = {}
        for frame in known:
            for word in frame.words:
                table[word] = (*table.get(word, ()), frame)
        return table

    return _Frames(file, index(file.verbs), index(file.nouns))


def frames() -> Mapping[str, tuple[Frame, ...]]:
    """Return the frames of verbs and of nouns as the file has them."""
    file = _frames().file
    return {"verbs": file.verbs, "nouns": file.nouns}


@cache
def read_by_hand() -> Mapping[str, float]:
    """Return how many readings of a rule were right when they were read, by its name in the evidence."""
    return {f"rule:{f.rule}": f.right for known in frames().values() for f in known if f.right != 0.5}


def word_list(name: str) -> frozenset[str]:
    """Return one of the lists of words beside the frames: "light", "attacks", ..."""
    found: frozenset[str] = getattr(_frames().file, name)
    return found


def frames_of_verb(verb: Token) -> tuple[Frame, ...]:
    """The frames of a verb with its particle, which a parser may take for an adverb, else of the verb alone."""
    known = _frames().verbs
    return next((known[w] for w in sorted(wordings(verb), key=len, reverse=True) if w in known), ())


def frames_of_noun(noun: Token) -> tuple[Frame, ...]:
    """The frames of a noun with the word before it ("parent company"), else of the noun alone."""
    known, lemma = _frames().nouns, noun.lemma_.lower()
    before = noun.nbor(-1).lower_ if noun.i else ""
    return known.get(f"{before} {lemma}") or known.get(lemma, ())


def evokes(word: Token, *, relational: bool = False) -> frozenset[str]:
    """Return the relations that a verb or a noun for an event states by its frames, whatever stands in their slots.

    Args:
        relational: whether nouns that name an end count, too ("the founder of X").
    """
    found = frames_of_noun(word) if word.pos_ == "NOUN" else frames_of_verb(word)
    return frozenset(f.predicate for f in found if relational or not f.relational)


def doers(verb: Token, predicate: str) -> frozenset[str]:
    """Return the slots of a verb that may hold the subject of a relation: of "sell" the buyer stands behind "to"."""
    filled = arguments(verb)
    fitting = (f for f in frames_of_verb(verb) if f.predicate == predicate and filled.keys().isdisjoint(f.barred))
    return frozenset(slot for frame in fitting for slot in frame.subject)


def is_before_court(name: Token) -> bool:
    """Whether a name is whom a deed before the law is against: what is behind it is where ("sued X in London")."""
    against = name.dep_ == "pobj" and name.head.lower_ == "against"
    deed = name.head.head if against else name.head
    return (against or name.dep_ in {"dobj", "obj"}) and any("offence" in PREDICATES[p].tells for p in evokes(deed))


def is_at_event(name: Token) -> bool:
    """Whether the place behind a body is where something was: "met Ana Ruiz of X in Oslo", "was shot by X in Oslo".

    Of 507 places behind "in" and a body in marked news 356 are its home; of those behind such a one none of 3.
    """
    above = name.head
    if name.dep_ != "pobj" or not (above.dep_ == "agent" or (above.lower_ == "of" and above.head.pos_ == "PROPN")):
        return False
    for word in chain(above.head):
        if word.dep_ in {"nsubj", "nsubjpass", "appos", "relcl"} and word.pos_ != "VERB":
            return False
        if word.pos_ == "VERB":
            return any("place" in PREDICATES[p].tells for p in evokes(word))
    return False
