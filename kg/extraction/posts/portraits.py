"""What a text calls a person besides posts: a trade ("a plumber") and an age. It tells namesakes apart."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import small_words
from kg.lexicons import lexicon, word_set
from kg.model import Document, EntityType, LocalEntity, MentionKind

__all__ = ["portrayed"]

_AGES = range(5, 111)
_BEHIND = re.compile(
    r"\s*(?:[,(]\s*(?:(?:now|aged|age)\s+)?|\s(?:is|turns|turned)\s+)(\d{1,3})(?P<old>[\s-]years?[\s-]old)?(?=\s*[,).])"
)
_BEFORE = re.compile(r"(?<!\w)(\d{1,3})[\s-]?years?[\s-]?old(?:\s+[\w-]+){0,5}\s+$")
_REACH = 60  # characters beside a name
_WORDS = 6  # between a comma and the noun of an apposition


def portrayed(discourse: Discourse) -> tuple[LocalEntity, ...]:
    """Return the entities of a document with the trades and the years of birth that it tells of people."""
    trades: dict[int, set[str]] = defaultdict(set)
    born: dict[int, tuple[int, int]] = {}
    document: Document = discourse.doc.user_data["document"]
    published = document.published
    for mention in discourse.mentions:
        if mention.type is EntityType.PERSON and mention.kind is MentionKind.NAME:
            trades[mention.entity].update(_trades(discourse.doc, mention))
            age = _age(document.text, discourse.span(mention)) if published else None
            if age is not None and published:
                year = int(published[:4])
                born.setdefault(mention.entity, (year - age - 1, year - age))
    return tuple(
        replace(entity, trades=tuple(sorted(trades[i])), born=born.get(i)) if trades.get(i) or i in born else entity
        for i, entity in enumerate(discourse.entities)
    )


def _age(text: str, name: Span) -> int | None:
    """Return the age told beside a name: "Ivan Petrov, 24,", "24-year-old plumber Ivan Petrov"."""
    behind = _BEHIND.match(text, name.end_char, name.end_char + _REACH)
    before = _BEFORE.search(text[max(0, name.start_char - _REACH) : name.start_char])
    if behind and behind[0].lstrip()[0] not in ",(" and not behind["old"]:
        behind = None  # "is 24" may be a number of anything
    found = next((int(match[1]) for match in (behind, before) if match), None)
    return found if found in _AGES else None


def _trades(doc: Doc, mention: TokenMention) -> Iterator[str]:
    sentence = doc[mention.start].sent
    yield from (noun for i in range(mention.start - 1, sentence.start - 1, -1)[:1] if (noun := _trade(doc, i)))
    yield from _apposed(doc, mention.end, sentence.end)
    root = doc[mention.root]
    verb = root.head
    if (
        root.dep_ == "nsubj"
        and verb.lemma_ in word_set("posts/phrases", "verbs")
        and not any(c.dep_ == "neg" for c in verb.children)
    ):
        for child in verb.children:
            if child.dep_ == "attr" and (noun := _trade(doc, child.i)):
                yield noun
            if child.dep_ == "prep" and child.lower_ == "as":
                yield from (noun for c in child.children if c.dep_ == "pobj" and (noun := _trade(doc, c.i)))


def _apposed(doc: Doc, i: int, end: int) -> Iterator[str]:
    """Yield the trade behind a name: ", a plumber from Leeds,", ", 24, the Bulgarian dentist", "(a baker)"."""
    while i < end and (doc[i].text in {",", "(", ")"} or doc[i].like_num or doc[i].lower_ in {"aged", "now"}):
        i += 1
    if i >= end or doc[i].lower_ not in small_words("articles") or doc[i - 1].text not in {",", "("}:
        return
    for j in range(i + 1, min(i + 1 + _WORDS, end)):
        if noun := _trade(doc, j):
            if j + 1 >= end or doc[j + 1].pos_ not in {"NOUN", "PROPN"}:
                yield noun
            return
        if doc[j].is_punct or doc[j].pos_ in {"VERB", "AUX", "ADP", "SCONJ", "PRON"}:
            return


def _trade(doc: Doc, i: int) -> str | None:
    """Return the trade that a noun names, of two words with the one before it."""
    token: Token = doc[i]
    if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or not token.text.islower():
        return None
    two = f"{doc[i - 1].lower_} {token.lower_}" if i else ""
    return next((word for word in (two, token.lower_, token.lemma_.lower()) if word in _known()), None)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    words = lexicon("posts/trades")
    return frozenset({*lexicon("titles")["occupation"], *words["trades"]} - {*words["neutral"]})
