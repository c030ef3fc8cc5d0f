"""From annotated passages to arrays: what the model reads, and what it should say."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.analysis import Analyzer
from kg.extraction.learned.features import KINDS, Candidate, Window, candidates, title_candidate, windows
from kg.extraction.learned.labels import TAGS, TYPES
from kg.extraction.learned.pieces import Pieces
from kg.model import Document
from kg.training.records import Annotated, Pair

__all__ = ["Example", "encode", "make_examples", "split"]

_TITLE = KINDS.index("title")
_TYPE_AT = {str(name): i for i, name in enumerate(TYPES)}
Ints = NDArray[np.int32]


@dataclass(slots=True, kw_only=True)
class Example:
    """One passage as the model learns it.

    Attributes:
        pieces: [length]; features: [length, 3].
        spans: [candidates, 4]: first and last word piece, kind, number of the gold type or -1.
        tags: [length], -1 where unknown.
        ones, zeros, unknown, statuses, reasons: [n, 3]: subject, object, output or class.
        supervised: numbers of the outputs of which every other pair is a negative.
        offsets: [candidates, 2] characters of the passage.
    """

    id: str
    source: str
    group: str
    pieces: Ints
    features: Ints
    spans: Ints
    offsets: Ints
    tags: Ints
    ones: Ints
    zeros: Ints
    unknown: Ints
    statuses: Ints
    reasons: Ints
    supervised: tuple[int, ...]


def make_examples(
    annotated: Sequence[Annotated],
    *,
    source: str,
    analyzer: Analyzer,
    pieces: Pieces,
    most_pieces: int,
    gold_first: bool,
) -> Iterator[Example]:
    """Parse passages and yield one example each (more where a passage is longer than the model's input).

    ``gold_first`` takes the boundaries of the annotated mentions where spaCy's differ; only for complete annotation.
    """
    documents = (Document(id=str(i), text=a.text, published=a.published) for i, a in enumerate(annotated))
    for doc, passage in zip(analyzer.analyze(documents), annotated, strict=True):
        for window in windows(doc, pieces, special=pieces.special, most_pieces=most_pieces, budget=most_pieces):
            yield encode(doc, window, passage, source=source, gold_first=gold_first)


def encode(doc: Doc, window: Window, passage: Annotated, *, source: str, gold_first: bool) -> Example:
    """Turn one window of a parsed passage into an example."""
    gold = [_tokens(doc, m.start, m.end) for m in passage.mentions]
    titles = {i for i, m in enumerate(passage.mentions) if m.type == "Title"}
    spans = [g for i, g in enumerate(gold) if g and i not in titles]
    found = candidates(doc, spans if gold_first else ())
    covered = {i for c in found for i in range(c.start, c.end)}
    extra = [s for s in spans if not covered.intersection(range(*s))]
    if extra:
        found = sorted(
            [*found, *(c for c in candidates(doc, extra) if (c.start, c.end) in set(extra))], key=lambda c: c.start
        )
    found += [title_candidate(*g) for i in sorted(titles) if (g := gold[i])]
    kept: list[tuple[Candidate, tuple[int, int]]] = []
    for candidate in found:
        place = window.piece_span(candidate.start, candidate.end)
        if place and place[1] < len(window.pieces) - 1:
            kept.append((candidate, place))
    holders: list[list[int]] = [[] for _ in passage.mentions]
    types = [-1 if not passage.complete else _TYPE_AT["Other"]] * len(kept)
    for n, (candidate, _) in enumerate(kept):
        for i, place in enumerate(gold):
            if place is None or (candidate.kind == _TITLE) != (i in titles):
                continue
            if candidate.start < place[1] and place[0] < candidate.end:
                holders[i].append(n)
                types[n] = _TYPE_AT.get(passage.mentions[i].type or "", types[n])
        if candidate.kind == _TITLE:
            types[n] = -1

    def spread(pairs: Iterable[Pair]) -> Ints:
        rows = {(s, o, p.output) for p in pairs for s in holders[p.subject] for o in holders[p.object] if s != o}
        return np.array(sorted(rows), dtype=np.int32).reshape(-1, 3)

    return Example(
        id=passage.id,
        source=source,
        group=passage.group,
        pieces=np.array(window.pieces, dtype=np.int32),
        features=np.array(window.features, dtype=np.int32),
        spans=np.array([[*p, c.kind, t] for (c, p), t in zip(kept, types, strict=True)], dtype=np.int32).reshape(-1, 4),
        offsets=np.array(
            [[doc[c.start].idx, doc[c.end - 1].idx + len(doc[c.end - 1])] for c, _ in kept], dtype=np.int32
        ).reshape(-1, 2),
        tags=_tags(window, passage, gold),
        ones=spread(passage.ones),
        zeros=spread(passage.zeros),
        unknown=spread(passage.unknown),
        statuses=spread(passage.statuses),
        reasons=spread(passage.reasons),
        supervised=tuple(sorted(passage.supervised)),
    )


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None and len(span) else None


def _tags(window: Window, passage: Annotated, gold: Sequence[tuple[int, int] | None]) -> Ints:
    tags = np.full(len(window.pieces), 0 if passage.complete else -1, dtype=np.int32)
    if passage.complete:
        for mention, place in zip(passage.mentions, gold, strict=True):
            span = window.piece_span(*place) if place else None
            if span and f"B-{mention.type}" in TAGS:
                begin = TAGS.index(f"B-{mention.type}")
                tags[span[0]] = begin
                tags[span[0] + 1 : span[1] + 1] = begin + 1
    return tags


def split(groups: Iterable[str], *, share: float, seed: int) -> set[str]:
    """Return the groups of the development part: a fixed share, drawn with a seed."""
    ordered = sorted(set(groups))
    random.Random(seed).shuffle(ordered)
    return set(ordered[: round(share * len(ordered))])
