"""Where the two ends of a relation stand beside the verb or the noun that states it."""

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.extraction.discourse import Discourse
from kg.extraction.language.grammar import (
    arguments,
    conjuncts,
    particle,
    possessors,
    prepositional,
    rightward,
    small_words,
    subjects,
    wordings,
)
from kg.extraction.relations.frames import word_list
from kg.extraction.stance.governors import is_governor, judged_by
from kg.model import EntityType, MentionKind

__all__ = ["Slots", "VerbSlots", "noun_slots"]

_PHRASES = frozenset({"agent", "attr", "acomp", "dobj", "nsubjpass", "obj", "oprd", "pcomp", "pobj", "prep"})
_FINITE = frozenset({"aux", "cop", "mark"})

Slots = Callable[[str], list[Token] | None]


class VerbSlots:
    """The slots of a verb; those below further phrases ("deep:by") are looked for when a frame asks for them."""

    def __init__(self, verb: Token) -> None:
        self._verb, self._found = verb, _verb_slots(verb)

    def __call__(self, name: str) -> list[Token] | None:
        """Return what fills a slot."""
        before, _, preposition = name.partition(":")
        if before == "deep" and name not in self._found:
            self._found[name] = _below(self._verb, preposition)
        return self._found.get(name)


def _below(verb: Token, preposition: str) -> list[Token]:
    """What stands behind a preposition anywhere in the phrases of a verb: "convicted of fraud [by] a court"."""
    found: list[Token] = []
    stack = [c for c in verb.children if c.dep_ in _PHRASES]
    while stack:
        token = stack.pop()
        if token.lower_ == preposition and token.dep_ in {"prep", "agent"}:
            found += (t for child in token.children if child.dep_ in {"pobj", "pcomp"} for t in rightward([child]))
        stack.extend(c for c in token.children if c.dep_ in _PHRASES or (c.dep_ == "conj" and c.pos_ != "VERB"))
    return sorted(found, key=lambda t: t.i)


def _verb_slots(verb: Token) -> dict[str, list[Token]]:
    slots = arguments(verb)
    for child in verb.children:  # "found X guilty"
        if (
            child.dep_ in {"ccomp", "xcomp"}
            and child.pos_ == "ADJ"
            and not any(c.dep_ in _FINITE for c in child.children)
        ):
            if own := [c for c in child.children if c.dep_ == "nsubj"]:
                slots.setdefault("obj", []).extend(rightward(own))
            slots.setdefault("attr", []).append(child)
    for token in slots.get("attr", ()):
        for name, item in prepositional(token):
            slots.setdefault(f"attr:{name}", []).append(item)
    slots["attacker"] = [a for t in slots.get("subj", ()) for a in _attackers(t)]
    for token in slots.get("obj", ()):
        for name, item in prepositional(token):
            slots.setdefault(f"obj:{name}", []).append(item)
    slots["objmod"] = [c for t in slots.get("obj", ()) for c in t.children if c.dep_ == "amod"]
    slots["prt"] = [c for c in verb.children if c.dep_ == "prt"]
    slots["advmod"] = [c for c in verb.children if c.dep_ in {"advmod", "acomp"}]
    return slots


def noun_slots(noun: Token, discourse: Discourse) -> dict[str, list[Token]]:
    """Return what fills the slots of a noun, by their names."""
    slots: dict[str, list[Token]] = {}
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod", "nmod"}:
            slots.setdefault("poss" if child.dep_ == "poss" else "compound", []).extend(
                conjuncts(child) if child.dep_ == "poss" else [child]
            )
    for name, item in prepositional(noun):
        slots.setdefault(name, []).append(item)
    if "of" in slots:
        slots["of"] += _misjoined(noun, discourse)
    for child in noun.children:  # "talks held between A and B", "a meeting hosted by X"
        if child.dep_ in {"acl", "relcl"}:
            for name, item in prepositional(child):
                slots.setdefault(name, []).append(item)
    slots["holder"] = _holders(noun)
    if noun.dep_ in {"dobj", "obj"} and not wordings(noun.head).isdisjoint(word_list("light")):  # "sent a letter to X"
        for name, item in prepositional(noun.head):
            if name in {"with", "to"} and name not in slots:
                slots.setdefault(f"verb:{name}", []).append(item)
    slots["attacker"] = [a for t in noun.subtree if t.i != noun.i for a in _attackers(t)]
    slots["culprit"] = _culprits(noun, discourse)
    slots["self"] = _bearers(noun, discourse)
    return slots


def _misjoined(event: Token, discourse: Discourse) -> Iterator[Token]:
    """The people whom a parser joins to an event, not to the one it befell: "the murder of X, and his guard Y"."""
    for word in event.children:
        named = (discourse.at(t) for t in (word, *word.children) if t.dep_ in {"conj", "appos"})
        people = [m for m in named if m is not None and m.type is EntityType.PERSON and m.kind is MentionKind.NAME]
        if word.dep_ == "conj" and people:
            yield word


def _is_light(verb: Token) -> bool:
    """Whether a verb carries an event noun without adding to it ("held talks", "wrapped up talks")."""
    return not wordings(verb).isdisjoint(word_list("light"))


def _holders(noun: Token, depth: int = 3) -> list[Token]:
    """Who takes part in an event noun by the verb that carries it ("X held talks", "X said in a meeting")."""
    head = noun.head
    if noun.dep_ == "conj":
        return _holders(head, depth - 1) if depth else []
    if noun.dep_ in {"dobj", "obj"} and (_is_light(head) or is_governor(head)):
        return subjects(head)
    if noun.dep_ == "nsubjpass" and _is_light(head):
        return arguments(head).get("subj", [])
    if noun.dep_ in {"pobj", "pcomp"} and head.lower_ in word_list("carriers"):
        above = head.head
        while above.dep_ in {"prep", "pobj"} and above.head.i != above.i:
            above = above.head
        if above.pos_ in {"VERB", "AUX"}:
            return subjects(above)
        if above.pos_ == "NOUN" and depth and above.i != noun.i:
            return _holders(above, depth - 1)
    return []


def _attackers(attack: Token) -> list[Token]:
    """Who is behind an attack ("a strike authorized by X", "X ordered airstrikes that ..."); empty for other words."""
    if attack.tag_ in {"WDT", "WP"} and attack.head.dep_ == "relcl":
        attack = attack.head.head
    if attack.lemma_.lower() not in word_list("attacks"):
        return []
    for child in attack.children:
        if child.dep_ in {"acl", "relcl"} and particle(child) in word_list("attack_verbs"):
            return arguments(child).get("subj", [])
    head = attack.head
    if attack.dep_ in {"dobj", "obj"} and particle(head) in word_list("attack_verbs"):
        return subjects(head)
    return [c for c in attack.children if c.dep_ == "poss"]


def _culprits(deed: Token, discourse: Discourse) -> list[Token]:
    """Who is behind a deed by what is held against them, rightly or not ("jailed for the murder"), or ordered it."""
    if deed.dep_ in {"dobj", "obj"} and particle(deed.head) in word_list("attack_verbs"):
        return subjects(deed.head)
    word = judged_by(deed)
    if word is None:
        return []
    if word.pos_ == "NOUN":
        return possessors(word) or _bearers(word, discourse)
    slots = arguments(word)
    return slots.get("obj") or slots.get("subj", [])


def _bearers(noun: Token, discourse: Discourse) -> list[Token]:
    """Whom a relational noun describes: an apposition, a name it precedes, a copula's subject, its own referent."""
    head = noun.head
    found: list[Token] = []
    if noun.dep_ == "appos":
        found = [head]
    elif noun.dep_ in {"attr", "oprd"} and head.lemma_ in small_words("being"):
        found = subjects(head)
    elif noun.dep_ in {"compound", "nmod"} and discourse.at(head):
        found = [head]
    if not found:
        found = [c for c in noun.children if c.dep_ == "appos" and discourse.at(c)]
    if not found and discourse.at(noun):
        found = [noun]
    return found
