"""Titles in the plural that tell several posts, one each: "the presidents of Peru and Chile, A and B"."""

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.posts.phrase import TitlePhrase, named_at

__all__ = ["each", "with_all_holders"]

_JOINTS = frozenset({",", "and", "&"})


def with_all_holders(discourse: Discourse, phrase: TitlePhrase) -> TitlePhrase:
    """Return a title in the plural that reaches to the last of the bodies joined behind it ("of Peru and Chile")."""
    behind = phrase.holder is not None and phrase.holder.end == phrase.outer_end and phrase.plural
    return replace(phrase, outer_end=_holders(discourse, phrase)[-1].end) if behind else phrase


def each(discourse: Discourse, phrase: TitlePhrase, people: Sequence[TokenMention]) -> list[TitlePhrase]:
    """Return the post of each of the people whom a title stands beside, in their order.

    As many bodies or portfolios as people go one to each; else all have the same.
    """
    several = len(people) > 1 and phrase.plural
    holders = _holders(discourse, phrase) if several else []
    if len(holders) == len(people):
        return [replace(phrase, holder=holder) for holder in holders]
    *parts, head = phrase.text.replace(", ", " and ").replace(" and and ", " and ").split(" and ") if several else [""]
    office = phrase.head_word
    definite = phrase.outer_start < phrase.start  # "the finance and health ministers": one each
    if several and definite and len(parts) + 1 == len(people) and head.endswith(f" {office}") and len(holders) < 2:
        return [replace(phrase, text=f"{part} {office}") for part in (*parts, head.removesuffix(f" {office}"))]
    return [phrase] * len(people)


def _holders(discourse: Discourse, phrase: TitlePhrase) -> list[TokenMention]:
    """The body of a title and those of its type that are joined to it, in text order."""
    if phrase.holder is None:
        return []
    found, behind = [phrase.holder], phrase.holder.start >= phrase.end
    while True:
        i = found[-1].end if behind else found[0].start - 1
        while 0 <= i < len(discourse.doc) and discourse.doc[i].lower_ in _JOINTS:
            i += 1 if behind else -1
        near = named_at(discourse, i) if 0 <= i < len(discourse.doc) else None
        joined = near is not None and i != (found[-1].end if behind else found[0].start - 1)
        if near is None or not joined or (near.type, near.demonym) != (phrase.holder.type, phrase.holder.demonym):
            return found
        found.insert(len(found) if behind else 0, near)
