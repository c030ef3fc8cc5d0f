"""A text of any length, read in parts of bounded size: time grows with its length, memory does not.

Each part is read as a document of its own, and what several parts say of one thing is joined by its name. A pronoun or
a description means nothing of another part. An article is one part.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from kg.model import Apart, Claim, Document, EntityType, Extraction, LocalEntity, Mention, Span

__all__ = ["Part", "in_parts", "join"]

_CHARACTERS = 60_000  # of a part, at most; about 20 pages
_TOKENS = 20_000  # words and marks of a part, at most
_TOKEN = re.compile(r"\w+|[^\w\s]")
_ENDS = tuple(re.compile(p) for p in (r"\n[^\S\n]*\n", r"\n", r"[.!?][\"')\]”’]*\s", r"\s"))
_SEARCH = 10_000  # characters before the end of a part in which a paragraph, line, sentence or word may end


@dataclass(frozen=True, slots=True)
class Part:
    """A document whose text begins at ``offset`` of the text it is a part of."""

    offset: int
    document: Document


def in_parts(document: Document) -> list[Part]:
    """Return the parts of a document in text order; together they are its text."""
    text, cuts = document.text, [0]
    while (end := _end(text, cuts[-1])) < len(text):
        cuts.append(end)
    if len(cuts) == 1:
        return [Part(0, document)]
    return [Part(low, replace(document, text=text[low:high])) for low, high in pairwise([*cuts, len(text)])]


def _end(text: str, start: int) -> int:
    """Where the part that begins at ``start`` ends: behind a paragraph, else a line, sentence or word."""
    limit = min(start + _CHARACTERS, len(text))
    beyond = next(islice(_TOKEN.finditer(text, start, limit), _TOKENS, None), None)
    limit = beyond.start() if beyond else limit
    if limit == len(text):
        return limit
    low = max(start + 1, limit - _SEARCH)
    for pattern in _ENDS:
        ends = [match.end() for match in pattern.finditer(text, low, limit)]
        if ends:
            return ends[-1]
    return limit


def join(parts: Iterable[tuple[int, Extraction]]) -> Extraction:
    """Return what the parts of one document say together.

    Entities of one type are one where their names are equal, or where the name of a later one is another name of one
    earlier entity only.

    Args:
        parts: offset and extraction of each part, at least one, in text order.
    """
    drafts = _Drafts()
    claims: list[Claim] = []
    apart: dict[Apart, None] = {}
    count = cut = 0
    for offset, extraction in parts:
        numbers = [drafts.add(entity, offset) for entity in extraction.entities]
        claims += (_moved(claim, offset, numbers) for claim in extraction.claims)
        for pair in extraction.apart:
            one, other = sorted((numbers[pair.one], numbers[pair.other]))
            if one != other:
                apart[replace(pair, one=one, other=other)] = None
        count, cut = count + 1, cut + extraction.cut
    if count == 1:
        return extraction
    return Extraction(
        document=extraction.document,
        entities=drafts.finish(),
        claims=tuple(claims),
        apart=tuple(apart),
        parts=count,
        cut=cut,
    )


class _Drafts:
    """The entities of a document as its parts tell more and more of them."""

    def __init__(self) -> None:
        self._entities: list[LocalEntity] = []
        self._mentions: list[list[Mention]] = []
        self._strings: list[dict[str, None]] = []
        self._named: dict[tuple[EntityType, str], int] = {}
        self._called: dict[tuple[EntityType, str], set[int]] = defaultdict(set)

    def add(self, entity: LocalEntity, offset: int) -> int:
        """Take in what a part says of a thing; return the number of its entity."""
        number = self._number(entity)
        old = self._entities[number]
        self._entities[number] = replace(
            old,
            subtype=old.subtype or entity.subtype,
            gender=old.gender or entity.gender,
            country=old.country or entity.country,
            trades=tuple(sorted({*old.trades, *entity.trades})),
            born=old.born or entity.born,
        )
        self._mentions[number] += (replace(m, start=m.start + offset, end=m.end + offset) for m in entity.mentions)
        for name in filter(None, (entity.name, *entity.aliases)):
            self._strings[number][name] = None
            self._called[entity.type, name].add(number)
        return number

    def _number(self, entity: LocalEntity) -> int:
        key = entity.type, entity.name
        called = self._called.get(key, set())
        if key in self._named:
            return self._named[key]
        if len(called) == 1:
            return min(called)
        self._entities.append(entity)
        self._mentions.append([])
        self._strings.append({})
        if entity.name:
            self._named[key] = len(self._entities) - 1
        return len(self._entities) - 1

    def finish(self) -> tuple[LocalEntity, ...]:
        return tuple(
            replace(entity, aliases=tuple(sorted(strings.keys() - {entity.name})), mentions=tuple(mentions))
            for entity, mentions, strings in zip(self._entities, self._mentions, self._strings, strict=True)
        )


def _moved(claim: Claim, offset: int, numbers: Sequence[int]) -> Claim:
    """A claim of a part as one of the whole: its entities by their numbers there, its spans by their place there."""

    def number(entity: int | None) -> int | None:
        return None if entity is None else numbers[entity]

    def span(old: Span | None) -> Span | None:
        return None if old is None else (old[0] + offset, old[1] + offset)

    told = claim.evidence
    subject = (told.subject[0] + offset, told.subject[1] + offset)
    return replace(
        claim,
        subject=numbers[claim.subject],
        object=number(claim.object),
        place=number(claim.place),
        attributed_to=number(claim.attributed_to),
        evidence=replace(
            told, start=told.start + offset, end=told.end + offset, subject=subject, object=span(told.object)
        ),
    )
