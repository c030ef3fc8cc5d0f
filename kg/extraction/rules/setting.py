"""The state or body that a bare title belongs to, taken from its setting.

In an article on German politics "Chancellor Angela Merkel" is chancellor of Germany; after "Siam Group plans ...,
president X told reporters" X is president of that group (bridging anaphora; Clark 1975). Only posts that are always
held in a state or in a body are completed, and only where the setting offers one clear candidate.
"""

from collections import Counter
from functools import cache

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.titles import TitlePhrase
from kg.model import EntityType
from kg.resources import lexicon

__all__ = ["chamber", "holder_from_setting"]

_CLEAR = 0.6  # share of a text's mentions of countries that makes one its setting


@cache
def _class(name: str) -> frozenset[str]:
    return frozenset(lexicon("role_classes")[name])


def holder_from_setting(discourse: Discourse, phrase: TitlePhrase) -> TokenMention | None:
    """Return the mention of the state or body that a title without one is held in, or None where it is not clear."""
    head = phrase.head_word
    if head in _class("state_offices") or (head in _class("portfolio_offices") and phrase.text != head):
        return _state(discourse, phrase)
    if head in _class("body_offices"):
        return _body(discourse, phrase)
    return None


def _state(discourse: Discourse, phrase: TitlePhrase) -> TokenMention | None:
    sentence = discourse.doc[phrase.head].sent
    countries = [
        m
        for m in discourse.mentions
        if m.type is EntityType.PLACE and discourse.entities[m.entity].subtype == "Country"
    ]
    named = [m for m in countries if sentence.start <= m.start < sentence.end]
    if named:
        before = [m for m in named if m.start < phrase.start]
        return before[-1] if before and len({m.entity for m in named}) == 1 else None
    counts = Counter(m.entity for m in (*countries, *discourse.nested))
    if not counts:
        return None
    entity, count = counts.most_common(1)[0]
    if count < _CLEAR * counts.total():
        return None
    earlier = [m for m in countries if m.entity == entity and m.start < phrase.start]
    return earlier[-1] if earlier else None


def _body(discourse: Discourse, phrase: TitlePhrase) -> TokenMention | None:
    sentence = discourse.doc[phrase.head].sent
    bodies = [
        m for m in discourse.mentions if m.type is EntityType.ORGANIZATION and sentence.start <= m.start < phrase.start
    ]
    return bodies[0] if len({m.entity for m in bodies}) == 1 else None


def chamber(discourse: Discourse, title: str) -> TokenMention | None:
    """Return a mention of the chamber that a legislator's title tells, if the article names one ("U.S. Senate")."""
    endings = tuple(lexicon("role_classes")["legislators"][title])
    for mention in discourse.mentions:
        if mention.type is EntityType.ORGANIZATION and discourse.entities[mention.entity].name.lower().endswith(
            endings
        ):
            return mention
    return None
