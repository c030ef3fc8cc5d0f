"""When and where a meeting was, told in the sentences around it (event coreference; Bejan and Harabagiu 2010).

Only what is plain: a party's journey told just before ("X arrived in A on Saturday. X met Y"), the meeting taken up
again right after ("The meeting in A lasted an hour"), "there" and "here".
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from spacy.tokens import Span, Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import chain, prepositional, small_words
from kg.extraction.posts.candidate import Candidate
from kg.extraction.relations.circumstances import date_of, place_of
from kg.extraction.stance.factuality import FACT, factuality
from kg.extraction.stance.words import stance_words
from kg.extraction.time.dates import DateMention
from kg.lexicons import word_set
from kg.model import EntityType

__all__ = ["Scenes"]

_BACK = 2  # sentences after which a journey no longer sets the scene
_DATELINE = 12  # tokens of a dateline
_words = partial(word_set, "relations/scenes")


@dataclass(frozen=True)
class Scenes:
    """The journeys and meetings of one document, by which those without place or date get them."""

    discourse: Discourse
    candidates: Sequence[Candidate]
    dates: Sequence[DateMention]

    def place(self, candidate: Candidate) -> TokenMention | None:
        """Return the place of a meeting whose own clause names none, None where it is not clear."""
        adverbs = {
            t.lower_ for t in candidate.trigger.sent if t.dep_ == "advmod" and candidate.trigger in list(chain(t))[:3]
        }
        if adverbs & _words("here"):
            return self._dateline
        if adverbs & _words("there"):
            return next((v.object for v in self._journeys_before(candidate, anybody=True)), None)
        for noun in self._taken_up(candidate):
            if (place := place_of(noun, self.discourse)) is not None:
                return place
        for visit in self._journeys_before(candidate):
            if not self._is_country(visit.object) and self._same_time(visit, candidate):
                return visit.object
        return self._only_destination(candidate)

    def date(self, candidate: Candidate) -> str | None:
        """Return the date that the next sentences give the same meeting."""
        return next((date for noun in self._taken_up(candidate) if (date := date_of(noun, self.dates))), None)

    def arrived(self, candidate: Candidate) -> bool:
        """Whether the text tells elsewhere on which day the journey began that this presence is part of."""
        return (candidate.subject.entity, frozenset(_parties(candidate))) in self._begun

    @cached_property
    def _begun(self) -> set[tuple[int, frozenset[int]]]:
        """Who went where on a day that the text tells."""
        return {
            (visit.subject.entity, frozenset(_parties(visit)))
            for visit in self._journeys
            if not visit.rule.startswith("presence") and date_of(visit.trigger, self.dates) is not None
        }

    @cached_property
    def _sentences(self) -> list[Span]:
        return list(self.discourse.doc.sents)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {sentence.start: n for n, sentence in enumerate(self._sentences)}

    @cached_property
    def _journeys(self) -> list[Candidate]:
        visits = [c for c in self.candidates if c.predicate == "visited" and c.object is not None]
        return sorted(visits, key=lambda c: c.trigger.i, reverse=True)

    @cached_property
    def _starts(self) -> list[int]:
        return [visit.trigger.i for visit in reversed(self._journeys)]

    @cached_property
    def _first_journeys(self) -> dict[int, tuple[Candidate, set[int]]]:
        """The first journey of each traveller, and all destinations; whole countries aside."""
        found: dict[int, tuple[Candidate, set[int]]] = {}
        for visit in reversed(self._journeys):
            if visit.object is not None and not self._is_country(visit.object):
                found.setdefault(visit.subject.entity, (visit, set()))[1].add(visit.object.entity)
        return found

    @cached_property
    def _meetings(self) -> dict[int, set[int]]:
        """The parties of each meeting by the word that tells it."""
        found: dict[int, set[int]] = {}
        for candidate in self.candidates:
            if candidate.relation.in_person:
                found.setdefault(candidate.trigger.i, set()).update(_parties(candidate))
        return found

    @cached_property
    def _dateline(self) -> TokenMention | None:
        for sentence in self._sentences[:_DATELINE]:
            words = [t for t in sentence if not t.is_space]
            if words and len(words) <= _DATELINE and words[-1].text in {"-", "--", "–", "—", "_", ":"}:
                found = self.discourse.at(words[0])
                return found if found is not None and found.type is EntityType.PLACE else None
        return None

    def _number(self, token: Token) -> int:
        return self._numbers[token.sent.start]

    def _journeys_before(self, candidate: Candidate, *, anybody: bool = False) -> Iterator[Candidate]:
        """The journeys told before, the last one first; those of a party, and facts, unless of ``anybody``."""
        parties = _parties(candidate)
        here = self._number(candidate.trigger)
        begin = self._sentences[max(0, here - _BACK)].start
        low, high = (bisect_left(self._starts, at) for at in (begin, candidate.trigger.i))
        for visit in self._journeys[len(self._starts) - high : len(self._starts) - low]:
            if anybody or (visit.subject.entity in parties and factuality(visit.trigger) == FACT):
                yield visit

    def _only_destination(self, candidate: Candidate) -> TokenMention | None:
        """Where the journey went that the whole text is about: the only one of a party to a meeting of these days."""
        parties, trigger = _parties(candidate), candidate.trigger
        if any(c.lower_ in small_words("perfect") for c in trigger.children) or factuality(trigger) != FACT:
            return None
        told = [self._first_journeys[party] for party in parties if party in self._first_journeys]
        if len({place for _, places in told for place in places}) != 1:
            return None
        first = min((visit for visit, _ in told), key=lambda v: v.trigger.i)
        before = factuality(first.trigger) == FACT and first.trigger.i < trigger.i
        return first.object if before and self._same_time(first, candidate) else None

    def _is_country(self, mention: TokenMention | None) -> bool:
        return mention is not None and self.discourse.entities[mention.entity].subtype == "Country"

    def _same_time(self, visit: Candidate, candidate: Candidate) -> bool:
        """Whether no two dates tell them apart: nobody meets before the day of arrival, or much later."""
        arrived, met = date_of(visit.trigger, self.dates), date_of(candidate.trigger, self.dates)
        if arrived is None or met is None:
            return True
        length = min(len(arrived), len(met))
        return arrived[:length] <= met[:length] and arrived[:7] == met[:7]

    def _taken_up(self, candidate: Candidate) -> Iterator[Token]:
        """The nouns of the next two sentences by which the text comes back to the meeting, with nobody else in it."""
        number = self._number(candidate.trigger)
        parties = _parties(candidate)
        for sentence in self._sentences[number + 1 : number + 1 + _BACK]:
            for noun in sentence:
                if noun.i in self._meetings and not self._meetings[noun.i] <= parties:
                    return  # another meeting lies between
                definite = any(c.lower_ in {"the", "their"} for c in noun.children)
                if noun.lemma_.lower() in stance_words("talks") and definite and self._nobody_else(noun, parties):
                    held = noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.lemma_.lower() in _words("holding")
                    if held or any(name in _words("at") for name, _ in prepositional(noun)):
                        yield noun

    def _nobody_else(self, noun: Token, parties: set[int]) -> bool:
        others = [self.discourse.at(item) for name, item in prepositional(noun) if name in _words("parties")]
        return all(m is None or m.entity in parties for m in others)


def _parties(candidate: Candidate) -> set[int]:
    return {m.entity for m in (candidate.subject, candidate.object) if m is not None}
