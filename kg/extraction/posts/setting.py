"""The state or body that a bare title belongs to, taken from its setting (bridging anaphora; Clark 1975).

In an article on German politics "Chancellor Angela Merkel" is chancellor of Germany, in one on Apple "Tim Cook was
named CEO" says of what. Only posts that are always held in a state or in a body are completed, and only where one
country or one organization is plainly the setting; a legislator sits in the chamber named.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import partial
from operator import attrgetter

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.posts.beside import Bearing
from kg.extraction.posts.phrase import TitlePhrase
from kg.lexicons import lexicon, word_set
from kg.model import EntityType

__all__ = ["Setting"]

_CLEAR = 0.6  # share of a text's mentions of countries that makes one its setting
_OFTEN = 5  # mentions of an organization below which it is nobody's setting
_class = partial(word_set, "role_classes")


class Setting:
    """What a document's own words say of the states and chambers that its titles belong to."""

    def __init__(self, discourse: Discourse, bearings: Sequence[Bearing]) -> None:
        self._discourse = discourse
        spoken_for = {i for phrase, *_ in bearings for i in range(phrase.end, phrase.outer_end)}
        everywhere = sorted((*discourse.mentions, *discourse.nested), key=lambda m: m.start)
        countries = [m for m in everywhere if self._is_country(m) and m.start not in spoken_for]
        self._bodies = [m for m in discourse.mentions if m.type is EntityType.ORGANIZATION]
        self._countries, self._country = countries, _leading(countries)
        self._main_body = _leading(self._bodies, least=_OFTEN)
        self._chambers: dict[str, TokenMention | None] = {}
        self._held = {
            (phrase.head_word, phrase.holder.entity): person.entity
            for phrase, people, _ in bearings
            if phrase.holder is not None
            for person in people
        }

    def holder(self, phrase: TitlePhrase, person: TokenMention) -> TokenMention | None:
        """Return a mention of the state or chamber that a title without one is held in, or None where it is not clear.

        A post that the text gives to somebody else there is not given twice.
        """
        head = phrase.head_word
        if head in _class("legislators"):
            return self._chamber(head)
        if head in _class("state_offices") or (head in _class("portfolio_offices") and phrase.text != head):
            found = _last_before(self._countries, phrase.start)
            if found not in self._country:  # the text has gone on to another country, as a round-up does
                return None
        elif head in _class("body_offices"):
            found = _last_before(self._main_body, phrase.start)
        else:
            return None
        taken = found is not None and self._held.get((head, found.entity), person.entity) != person.entity
        return None if taken else found

    def _is_country(self, mention: TokenMention) -> bool:
        return mention.type is EntityType.PLACE and self._discourse.entities[mention.entity].subtype == "Country"

    def _chamber(self, title: str) -> TokenMention | None:
        """The chamber that a legislator's title tells, if the article names one ("the U.S. Senate")."""
        if title not in self._chambers:
            endings = tuple(lexicon("role_classes")["legislators"][title])
            names = self._discourse.entities
            named = (m for m in self._bodies if names[m.entity].name.lower().endswith(endings))
            self._chambers[title] = next(named, None)
        return self._chambers[title]


def _leading(mentions: Sequence[TokenMention], *, least: int = 1) -> list[TokenMention]:
    """The mentions of the entity that most of them are of, in text order; none where that is not clear."""
    counts = Counter(m.entity for m in mentions)
    entity, count = counts.most_common(1)[0] if counts else (-1, 0)
    return [m for m in mentions if m.entity == entity] if count >= max(_CLEAR * counts.total(), least) else []


def _last_before(mentions: Sequence[TokenMention], start: int) -> TokenMention | None:
    at = bisect_left(mentions, start, key=attrgetter("start"))
    return mentions[at - 1] if at else None
