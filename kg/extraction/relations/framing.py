"""What the frames of verbs and nouns read off a text, with the rule's conditions met and both ends found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from spacy.tokens import Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.deaths import is_named_dead
from kg.extraction.language.grammar import (
    is_passive,
    prepositional,
    subjects,
)
from kg.extraction.language.tokens import is_in_law
from kg.extraction.language.words import bodies, heads
from kg.extraction.posts.candidate import Candidate
from kg.extraction.relations.circumstances import date_of, literal_date
from kg.extraction.relations.frames import Frame, frames_of_noun, frames_of_verb, word_list
from kg.extraction.relations.gaps import gaps_in, outside
from kg.extraction.relations.offences import Offence, offence_in
from kg.extraction.relations.slots import Slots, VerbSlots, noun_slots
from kg.extraction.relations.tables import pairs_among, pairs_between
from kg.extraction.stance.factuality import FACT, factuality
from kg.extraction.stance.governors import is_negated
from kg.extraction.time.dates import DateMention
from kg.geography import capital_of
from kg.model import EntityType, MentionKind
from kg.predicates import DEATH

__all__ = ["frame_candidates", "those_who_died"]

_MOST_PAIRS = 150  # of one verb or noun
_SURE = 0.7  # of a mention that means whom it is taken for
_FURTHER = frozenset({"xcomp", "ccomp", "prt"})


def frame_candidates(
    discourse: Discourse, dates: Sequence[DateMention], titled: Mapping[int, TokenMention]
) -> Iterator[Candidate]:
    """Yield what the verbs and event nouns of a document state; ``titled`` maps a title's words to its bearer."""
    mentions = _Mentions(discourse, titled)
    gaps = [*gaps_in(discourse)]
    for frame, token, slots in _evoked(discourse):
        own = [gap for gap in gaps if gap.verb.i == token.i]
        kept = [d for d in dates if not any(gap.holds(d.start) for gap in own)] if own else dates
        yield from _apply(frame, token, outside(own, slots), mentions, kept)
        for gap in own:
            found = _apply(frame, token, gap.slots(slots), mentions, [d for d in dates if gap.holds(d.start)])
            yield from (replace(candidate, dated=False) for candidate in found)  # its day may be another


def those_who_died(discourse: Discourse, dates: Sequence[DateMention]) -> frozenset[int]:
    """Return whose death a document tells as a fact, whoever caused it and whether it tells the day or not."""
    mentions = _Mentions(discourse, {})
    died = {
        m.entity for m in discourse.mentions if m.type is EntityType.PERSON and is_named_dead(discourse.doc, m.start)
    }
    for frame, token, slots in _evoked(discourse, DEATH):
        if _admits(frame, token, slots, dates) and factuality(token) == FACT:
            found = mentions.first(frame.subject, slots, frame.relation.domain, group=False)
            died |= {m.entity for m in found if m.certainty >= _SURE}
    return frozenset(died)


def _evoked(discourse: Discourse, predicate: str | None = None) -> Iterator[tuple[Frame, Token, Slots]]:
    """Yield the frames, all or those of a predicate, whose words stand in a document, with the slots of the word."""
    for token in discourse.doc:
        if token.pos_ in {"VERB", "AUX"} or (token.pos_ == "ADJ" and token.dep_ == "acomp"):
            if found := [f for f in frames_of_verb(token) if predicate in {None, f.predicate}]:
                slots = VerbSlots(token)
                yield from ((frame, token, slots) for frame in found)
        elif token.pos_ in {"NOUN", "PROPN"} and not is_in_law(token):
            barred = {c.lower_ for c in token.children if c.dep_ in {"compound", "amod", "nmod"}}
            for frame in frames_of_noun(token):
                if predicate in {None, frame.predicate} and barred.isdisjoint(frame.compounds_barred):
                    yield frame, token, noun_slots(token, discourse).get


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
        factual=not frame.relational or trigger.dep_ in {"attr", "oprd"},
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
        elif group and token.lemma_.lower() in word_list("groups"):
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
