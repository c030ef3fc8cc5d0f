"""Whose relative somebody is: "his sister, Ann Dolgan" is of the one of several whose family name she has.

"His widow" is of one who is dead, where the text tells of one before it and not of whom "his" was taken for.
Of 17 such possessives in marked news with several people before them and one of that name, it is that one in 15; the
nearest is meant in 10.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction.discourse import TokenMention
from kg.extraction.language.deaths import is_named_dead
from kg.extraction.language.grammar import small_words
from kg.extraction.reference.gender import Genders
from kg.lexicons import word_set
from kg.model import EntityType, MentionKind

__all__ = ["with_relatives"]

_NEAR = 80  # words between a pronoun and whom it means


def with_relatives(doc: Doc, mentions: Sequence[TokenMention], genders: Genders) -> list[TokenMention]:
    """Return the mentions of a document, in text order, the possessives of relatives by the names of these."""
    people = [m for m in mentions if m.type is EntityType.PERSON]
    named = [m for m in people if m.kind is MentionKind.NAME]
    at, left = {m.start: m for m in named}, Counter(m.entity for m in mentions)
    names: dict[int, set[str]] = defaultdict(set)
    for mention in named:
        names[mention.entity].add(_family(doc, mention))
    dead = {m.entity for m in named if _is_dead(doc, m)}
    moved: dict[int, int] = {}
    for pronoun in people:
        kin = _kin(doc, pronoun) if pronoun.kind is MentionKind.PRONOUN else None
        if kin is None or left[pronoun.entity] == 1:
            continue
        relative = _relative(doc, kin, at)
        gender = "feminine" if doc[pronoun.start].lower_ in small_words("feminine") else "masculine"
        before = [
            m.entity for m in named if 0 < pronoun.start - m.end < _NEAR and genders.balance(m.entity, gender) >= 0
        ]
        near = dict.fromkeys(e for e in reversed(before) if relative is None or e != relative.entity)
        family = _family(doc, relative) if relative is not None else None
        meant = [entity for entity in near if family in names[entity]]
        if not meant and kin.lemma_.lower() in word_set("relations/deaths", "bereaved") and pronoun.entity not in dead:
            meant = [entity for entity in near if entity in dead][:1]
        if len(meant) == 1 and family not in names[pronoun.entity]:
            moved[pronoun.start] = meant[0]
            left[pronoun.entity] -= 1
    return [replace(m, entity=moved[m.start]) if m.start in moved else m for m in mentions]


def _kin(doc: Doc, pronoun: TokenMention) -> Token | None:
    """The noun for a relative behind a possessive: "his (late) sister"."""
    word = doc[pronoun.start]
    noun = word.head
    known = word.tag_ == "PRP$" and noun.i > word.i and noun.lemma_.lower() in word_set("persons", "kin")
    return noun if known else None


def _relative(doc: Doc, noun: Token, at: dict[int, TokenMention]) -> TokenMention | None:
    """The full name behind a noun for a relative: "sister(,) Ann Dolgan"."""
    comma = noun.i + 1 < len(doc) and doc[noun.i + 1].text == ","
    relative = at.get(noun.i + 2 if comma else noun.i + 1)
    return relative if relative is not None and relative.end - relative.start > 1 else None


def _is_dead(doc: Doc, name: TokenMention) -> bool:
    """Whether the words at a name tell that its bearer is dead: "X died", "X was killed", "the late X"."""
    root = doc[name.root]
    if root.dep_ == "appos" and root.head.i == name.start - 1:  # "the mayor X died"
        root = root.head
    verb, over = root.head.lemma_.lower(), root.head.head.lemma_.lower()
    return (
        (root.dep_ == "nsubj" and verb in word_set("relations/deaths", "dying"))
        or (root.dep_ in {"nsubjpass", "dobj"} and verb in word_set("relations/deaths", "killing"))
        or (root.dep_ == "poss" and verb in word_set("relations/deaths", "ends"))
        or (root.dep_ == "pobj" and root.head.lower_ == "of" and over in word_set("relations/deaths", "ends"))
        or is_named_dead(doc, name.start)
    )


def _family(doc: Doc, name: TokenMention) -> str:
    return str(doc[name.end - 1].lower_)
