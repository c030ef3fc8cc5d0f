"""Relations that a verb or a noun states through its arguments; words and slots are data (``frames.yaml``)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product
from typing import Literal

import msgspec
from spacy.tokens import Token

from kg.errors import ModelError
from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import (
    arguments,
    conjuncts,
    is_passive,
    particle,
    possessors,
    prepositional,
    rightward,
    small_words,
    subjects,
    wordings,
)
from kg.extraction.language.tokens import is_in_law
from kg.extraction.language.words import bodies, heads
from kg.extraction.posts.candidate import Candidate
from kg.extraction.relations.circumstances import date_of, literal_date
from kg.extraction.relations.offences import Offence, OffenceKind, offence_in
from kg.extraction.relations.tables import pairs_among, pairs_between
from kg.extraction.stance.governors import is_governor, is_negated, judged_by
from kg.extraction.time.dates import DateMention
from kg.geography import capital_of
from kg.model import PREDICATES, EntityType, MentionKind, Predicate, RoleStatus
from kg.resources import data_path, read_data

__all__ = ["Frame", "doers", "evokes", "frame_candidates", "frames", "is_before_court", "read_by_hand", "word_list"]

_MOST_PAIRS = 150  # of one verb or noun
_PHRASES = frozenset({"agent", "attr", "acomp", "dobj", "nsubjpass", "obj", "oprd", "pcomp", "pobj", "prep"})
_FINITE = frozenset({"aux", "cop", "mark"})
_FURTHER = frozenset({"xcomp", "ccomp", "prt"})


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


def frame_candidates(
    discourse: Discourse, dates: Sequence[DateMention], titled: Mapping[int, TokenMention]
) -> Iterator[Candidate]:
    """Yield what the verbs and event nouns of a document state; ``titled`` maps a title's words to its bearer."""
    mentions = _Mentions(discourse, titled)
    for token in discourse.doc:
        if token.pos_ in {"VERB", "AUX"} or (token.pos_ == "ADJ" and token.dep_ == "acomp"):
            if found := _of_verb(token):
                slots = _Slots(token)
                for frame in found:
                    yield from _apply(frame, token, slots, mentions, dates)
        elif token.pos_ in {"NOUN", "PROPN"} and not is_in_law(token):
            for frame in _of_noun(token):
                barred = {c.lower_ for c in token.children if c.dep_ in {"compound", "amod", "nmod"}}
                if barred.isdisjoint(frame.compounds_barred):
                    yield from _apply(frame, token, _noun_slots(token, discourse).get, mentions, dates)


def _of_verb(verb: Token) -> tuple[Frame, ...]:
    """The frames of a verb with its particle, else of the verb alone."""
    known = _frames().verbs
    return known.get(particle(verb)) or known.get(verb.lemma_.lower(), ())


def _of_noun(noun: Token) -> tuple[Frame, ...]:
    """The frames of a noun with the word before it ("parent company"), else of the noun alone."""
    known, lemma = _frames().nouns, noun.lemma_.lower()
    before = noun.nbor(-1).lower_ if noun.i else ""
    return known.get(f"{before} {lemma}") or known.get(lemma, ())


def evokes(word: Token, *, relational: bool = False) -> frozenset[str]:
    """Return the relations that a verb or a noun for an event states by its frames, whatever stands in their slots.

    Args:
        relational: whether nouns that name an end count, too ("the founder of X").
    """
    found = _of_noun(word) if word.pos_ == "NOUN" else _of_verb(word)
    return frozenset(f.predicate for f in found if relational or not _is_relational(f))


def doers(verb: Token, predicate: str) -> frozenset[str]:
    """Return the slots of a verb that may hold the subject of a relation: of "sell" the buyer stands behind "to"."""
    filled = arguments(verb)
    fitting = (f for f in _of_verb(verb) if f.predicate == predicate and filled.keys().isdisjoint(f.barred))
    return frozenset(slot for frame in fitting for slot in frame.subject)


def is_before_court(name: Token) -> bool:
    """Whether a name is whom a deed before the law is against: what is behind it is where ("sued X in London")."""
    against = name.dep_ == "pobj" and name.head.lower_ == "against"
    deed = name.head.head if against else name.head
    return (against or name.dep_ in {"dobj", "obj"}) and any("offence" in PREDICATES[p].tells for p in evokes(deed))


def _is_relational(frame: Frame) -> bool:
    """Whether a frame's noun names one of its ends: "the founder of X"."""
    return "self" in (*frame.subject, *frame.object)


Slots = Callable[[str], list[Token] | None]


class _Slots:
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


def _noun_slots(noun: Token, discourse: Discourse) -> dict[str, list[Token]]:
    slots: dict[str, list[Token]] = {}
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod", "nmod"}:
            slots.setdefault("poss" if child.dep_ == "poss" else "compound", []).extend(
                conjuncts(child) if child.dep_ == "poss" else [child]
            )
    for name, item in prepositional(noun):
        slots.setdefault(name, []).append(item)
    for child in noun.children:  # "talks held between A and B", "a meeting hosted by X"
        if child.dep_ in {"acl", "relcl"}:
            for name, item in prepositional(child):
                slots.setdefault(name, []).append(item)
    slots["holder"] = _holders(noun)
    if noun.dep_ in {"dobj", "obj"} and not wordings(noun.head).isdisjoint(
        _frames().file.light
    ):  # "sent a letter to X"
        for name, item in prepositional(noun.head):
            if name in {"with", "to"} and name not in slots:
                slots.setdefault(f"verb:{name}", []).append(item)
    slots["attacker"] = [a for t in noun.subtree if t.i != noun.i for a in _attackers(t)]
    slots["culprit"] = _culprits(noun, discourse)
    slots["self"] = _bearers(noun, discourse)
    return slots


def _is_light(verb: Token) -> bool:
    """Whether a verb carries an event noun without adding to it ("held talks", "wrapped up talks")."""
    return not wordings(verb).isdisjoint(_frames().file.light)


def _holders(noun: Token, depth: int = 3) -> list[Token]:
    """Who takes part in an event noun by the verb that carries it ("X held talks", "X said in a meeting")."""
    frames = _frames()
    head = noun.head
    if noun.dep_ == "conj":
        return _holders(head, depth - 1) if depth else []
    if noun.dep_ in {"dobj", "obj"} and (_is_light(head) or is_governor(head)):
        return subjects(head)
    if noun.dep_ == "nsubjpass" and _is_light(head):
        return arguments(head).get("subj", [])
    if noun.dep_ in {"pobj", "pcomp"} and head.lower_ in frames.file.carriers:
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
    frames = _frames()
    if attack.tag_ in {"WDT", "WP"} and attack.head.dep_ == "relcl":
        attack = attack.head.head
    if attack.lemma_.lower() not in frames.file.attacks:
        return []
    for child in attack.children:
        if child.dep_ in {"acl", "relcl"} and particle(child) in frames.file.attack_verbs:
            return arguments(child).get("subj", [])
    head = attack.head
    if attack.dep_ in {"dobj", "obj"} and particle(head) in frames.file.attack_verbs:
        return subjects(head)
    return [c for c in attack.children if c.dep_ == "poss"]


def _culprits(deed: Token, discourse: Discourse) -> list[Token]:
    """Who is behind a deed by what is held against them, rightly or not ("jailed for the murder"), or ordered it."""
    if deed.dep_ in {"dobj", "obj"} and particle(deed.head) in _frames().file.attack_verbs:
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


def _admits(frame: Frame, trigger: Token, slot: Slots, dates: Sequence[DateMention]) -> bool:
    """Whether a clause has what a frame needs besides its two ends, and nothing that it bars."""
    needed = (t for name in frame.requires for t in slot(name) or ())
    return (
        (not frame.requires or any(_is_one_of(t, frame.requires_words) for t in needed))
        and not any(slot(name) for name in frame.barred)
        and not (frame.weak and any(slot(name) for name in ("attr", "obj")))
        and (not frame.plain or _is_plain(trigger))
        and (not frame.passive or is_passive(trigger))
        and (not frame.with_date or date_of(trigger, dates) is not None)
    )


def _apply(
    frame: Frame, trigger: Token, slot: Slots, mentions: "_Mentions", dates: Sequence[DateMention]
) -> Iterator[Candidate]:
    if not _admits(frame, trigger, slot, dates):
        return
    spec = frame.relation
    group = spec.together
    subject_types = frozenset({EntityType.ORGANIZATION}) if frame.bodies else spec.domain
    subject_types = frozenset({EntityType.PERSON}) if frame.people else subject_types
    object_types = frozenset({EntityType.PERSON}) if frame.persons else spec.range
    subjects_found = mentions.first(frame.subject, slot, subject_types, group=group)
    taken = [m.root for m in subjects_found]
    offence = offence_in(slot, frame.offence, kind=frame.crime, taken=taken) if frame.offence else None
    if frame.named and offence is None:
        return
    if frame.date:
        literal = literal_date(trigger, dates, far=frame.violent)
        if literal:
            for subject in subjects_found if frame.violent else subjects_found[:1]:  # one deed, one day
                yield _candidate(frame, trigger, subject, None, literal=literal)
        return
    objects_found = mentions.first(frame.object, slot, object_types, group=group)
    if frame.subtypes:
        objects_found = [o for o in objects_found if mentions.discourse.entities[o.entity].subtype in frame.subtypes]
    if not objects_found and frame.reciprocal:
        for name in frame.members:
            members = mentions.first((name,), slot, object_types, group=group)
            if len(members) > 1 and not (trigger.pos_ == "VERB" and is_passive(trigger)):
                for a, b in pairs_among(members):
                    yield _candidate(frame, trigger, a, b)
                return
        return
    if subjects_found and not objects_found and spec.object_optional:
        for subject in subjects_found:
            yield _held_for(_candidate(frame, trigger, subject, None), offence)
    if subjects_found and objects_found:
        together = pairs_between if group else product
        for subject, object_ in islice(together(subjects_found, objects_found), _MOST_PAIRS):
            yield _held_for(_candidate(frame, trigger, subject, object_), offence)


def _held_for(candidate: Candidate, offence: Offence | None) -> Candidate:
    return candidate if offence is None else replace(candidate, offence=offence.text, deed=offence.phrase)


def _is_plain(verb: Token) -> bool:
    """Whether a verb has one object and no clause: not "called X a liar", "called on X to resign", "was called X"."""
    links = [c.dep_ for c in verb.children]
    predicates = sum(link in {"oprd", "attr", "acomp"} for link in links)
    if not _FURTHER.isdisjoint(links) or predicates > 1:
        return False
    return not predicates or not (is_passive(verb) or "dobj" in links)


def _candidate(
    frame: Frame,
    trigger: Token,
    subject: TokenMention,
    object_: TokenMention | None,
    *,
    literal: DateMention | None = None,
) -> Candidate:
    return Candidate(
        subject=subject,
        predicate=frame.predicate,
        object=object_,
        trigger=trigger,
        rule=frame.rule,
        literal=literal.value if literal else None,
        literal_span=trigger.doc[literal.start : literal.end] if literal else None,
        status=frame.status,
        factual=not _is_relational(frame) or trigger.dep_ in {"attr", "oprd"},
        dated=frame.dated,
        reading=frame.reading,
    )


def _is_one_of(token: Token, words: Iterable[str]) -> bool:
    """Whether a word is one of a list; one that is negated only where the list has it so ("not guilty")."""
    negation = "not " if is_negated(token) else ""
    return f"{negation}{token.lemma_.lower()}" in words or f"{negation}{token.lower_}" in words


@dataclass(frozen=True, slots=True)
class _Mentions:
    """Finds the mention that fills a slot: at the token, beside it, or through a title or a group noun."""

    discourse: Discourse
    titled: Mapping[int, TokenMention]

    def first(
        self, names: Sequence[str], slot: Slots, types: frozenset[EntityType], *, group: bool
    ) -> list[TokenMention]:
        """The mentions of the first slot that holds one of a fitting type, one an entity."""
        for name in names:
            found = [m for token in slot(name) or () for m in self.at(token, types, group=group)]
            if found:
                return list({m.entity: m for m in reversed(found)}.values())[::-1]
        return []

    def at(self, token: Token, types: frozenset[EntityType], *, group: bool) -> Iterator[TokenMention]:
        mention = self._before_comma(token) or self.discourse.at(token)
        bearer = self.titled.get(token.i)
        if bearer is not None and bearer.type in types and (mention is None or mention.type is not EntityType.PLACE):
            yield bearer
            return
        if mention is not None:
            people = any(c.dep_ == "nummod" for c in token.children)  # "three Haitians" are not Haiti
            if mention.type in types and (not mention.demonym or (mention.kind is MentionKind.NOMINAL and not people)):
                yield mention
            return
        if token.tag_ in {"WP", "WDT"} and token.head.dep_ == "relcl":
            antecedent = token.head.head
            found = list(self.at(antecedent, types, group=group))
            if not found and antecedent.dep_ == "appos":  # "X, a Liberian with ..., who travelled"
                found = list(self.at(antecedent.head, types, group=group))
            yield from found
            return
        if token.pos_ not in {"NOUN", "PROPN"}:
            return
        if token.dep_ == "attr" and token.head.lemma_ in {"be", "become"}:  # "X was the first guest to meet"
            for subject in subjects(token.head):
                yield from (m for m in (self.discourse.at(subject),) if m is not None and m.type in types)
            return
        apposed = [m for c in token.children if c.dep_ == "appos" and (m := self.discourse.at(c)) and m.type in types]
        if apposed and not any(c.lower_ == "of" for c in token.children):  # "the sister of a friend, X" is not X
            yield from apposed
        elif token.lemma_.lower() in heads().localities:
            yield from (m for m in self._place(token) if m.type in types)
        elif token.lemma_.lower() in bodies():  # "the Orange Dawn party"
            named = [m for c in token.children if c.dep_ in {"compound", "nmod"} and (m := self.discourse.at(c))]
            yield from (m for m in named if m.type is EntityType.ORGANIZATION and m.type in types)
        elif group and token.lemma_.lower() in _frames().file.groups:
            for name, item in prepositional(token):
                body = self.discourse.at(item)
                if name in {"of", "from"} and body and body.type is EntityType.ORGANIZATION and body.type in types:
                    yield body

    def _before_comma(self, token: Token) -> TokenMention | None:
        """ "Robert Mugabe, his wife Grace": a possessive right behind a name and a comma is that person's."""
        if token.tag_ != "PRP$" or token.i < 2 or token.nbor(-1).text != ",":
            return None
        mention = self.discourse.at(token.i - 2)
        return mention if mention is not None and mention.type is EntityType.PERSON else None

    def _place(self, noun: Token) -> Iterator[TokenMention]:
        """ "The city of Wuhan", "the Iranian capital" (where the text names the capital elsewhere)."""
        named = [m for name, item in prepositional(noun) if name == "of" and (m := self.discourse.at(item))]
        if noun.lemma_ != "capital":
            yield from named
            return
        states = named or [
            m for c in noun.children if c.dep_ in {"amod", "poss", "compound"} and (m := self.discourse.at(c))
        ]
        for state in states:
            capital = capital_of(self.discourse.entities[state.entity].name)
            for index in self.discourse.named(capital) if capital else ():
                if self.discourse.entities[index].type is EntityType.PLACE:
                    yield replace(state, start=noun.i, end=noun.i + 1, root=noun.i, entity=index, demonym=False)
