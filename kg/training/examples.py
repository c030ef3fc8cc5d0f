"""From annotated passages to arrays: what the network reads, and what it should say."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.analysis import Analyzer
from kg.extraction.language.title_words import title_words
from kg.extraction.learned.features import MentionCandidate, Window, windows
from kg.extraction.learned.labels import DATE, FORMS, OTHER, TAGS, TITLE, Form
from kg.extraction.learned.pieces import Pieces
from kg.model import Document, EntityType, MentionKind
from kg.training.records import Annotated, GoldMention, Pair

__all__ = ["Example", "encode", "make_examples", "split"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})
_FORM_OF_LABEL = {
    "PERSON": FORMS.index(Form(_P, MentionKind.NAME)),
    "ORG": FORMS.index(Form(_O, MentionKind.NAME)),
    **dict.fromkeys(("GPE", "LOC", "FAC", "NORP"), FORMS.index(Form(_L, MentionKind.NAME))),
    "DATE": DATE,
    **dict.fromkeys(("EVENT", "WORK_OF_ART", "PRODUCT", "LAW"), FORMS.index(Form(_O, MentionKind.NAME))),
}
Ints = NDArray[np.int32]


@dataclass(slots=True, kw_only=True)
class Example:
    """One window of a passage as the network learns it.

    Attributes:
        pieces: [length]; features: [length, features].
        spans: [candidates, 4]: first and last word piece, form, number of the cluster; the mentions of one annotated
            entity are one cluster, what is annotated as nothing is a cluster of its own.
        tags: [length], -1 where unknown.
        ones, unknown, statuses, reasons: [n, 3]: subject and object cluster, output or class.
        same, apart: [n, 2]: candidates that are one thing, that are not.
        supervised: numbers of the outputs of which every other pair of clusters is a negative.
        exhaustive: whether every pair of candidates that is not in ``same`` is two things.
    """

    id: str
    source: str
    pieces: Ints
    features: Ints
    spans: Ints
    tags: Ints
    ones: Ints
    unknown: Ints
    statuses: Ints
    reasons: Ints
    same: Ints
    apart: Ints
    supervised: tuple[int, ...]
    exhaustive: bool


def make_examples(
    annotated: Sequence[Annotated], *, source: str, analyzer: Analyzer, pieces: Pieces, most_pieces: int, seed: int
) -> Iterator[Example]:
    """Parse passages and yield one example each (more where a passage is longer than the network's input)."""
    documents = (Document(id=str(i), text=a.text, published=a.published) for i, a in enumerate(annotated))
    for doc, passage in zip(analyzer.analyze(documents), annotated, strict=True):
        noise = random.Random(f"{seed} {passage.id}")
        for window in windows(doc, pieces, special=pieces.special, most_pieces=most_pieces):
            yield encode(doc, window, passage, source=source, noise=noise)


def encode(doc: Doc, window: Window, passage: Annotated, *, source: str, noise: random.Random) -> Example:
    """Turn one window of a parsed passage into an example.

    Candidates are the annotated mentions and, as negatives, what may be taken for one: the parser's entities, pronouns
    and words of titles that are annotated as nothing. A pronoun before all names of its type is none, for whom it means
    may be named before the text begins.
    """
    gold = [_tokens(doc, m.start, m.end) for m in passage.mentions]
    nameless = _nameless(doc, passage, gold)
    kept: list[tuple[MentionCandidate, tuple[int, int]]] = []
    cluster_of: list[str] = []
    place_of: dict[int, int] = {}
    taken: set[int] = set()

    def keep(start: int, end: int, form: int, cluster: str) -> int | None:
        span = window.piece_span(start, end)
        if span is None or span[1] >= len(window.pieces) - 1 or not taken.isdisjoint(range(start, end)):
            return None
        taken.update(range(start, end))
        kept.append((MentionCandidate(start, end, form), span))
        cluster_of.append(cluster)
        return len(kept) - 1

    for i, (mention, place) in enumerate(zip(passage.mentions, gold, strict=True)):
        if place:
            form = mention.form if mention.form is not None else _form(doc, *place, mention)
            n = keep(*place, form, f"gold {mention.entity}" if mention.entity else f"mention {i}")
            if n is not None:
                place_of[i] = n
    for start, end, form in _others(doc, noise, nameless, complete=passage.complete):
        keep(start, end, form, f"other {start}")

    order = {name: n for n, name in enumerate(dict.fromkeys(cluster_of))}
    clusters = [order[name] for name in cluster_of]

    def between(pairs: Iterable[Pair]) -> Ints:
        rows = {
            (clusters[place_of[p.subject]], clusters[place_of[p.object]], p.output)
            for p in pairs
            if p.subject in place_of and p.object in place_of
        }
        return np.array(sorted(r for r in rows if r[0] != r[1]), dtype=np.int32).reshape(-1, 3)

    same = {(a, b) for a in place_of.values() for b in place_of.values() if a != b and clusters[a] == clusters[b]}
    apart = {(place_of[p.subject], place_of[p.object]) for p in passage.zeros if {p.subject, p.object} <= set(place_of)}
    return Example(
        id=passage.id,
        source=source,
        pieces=np.array(window.pieces, dtype=np.int32),
        features=np.array(window.features, dtype=np.int32),
        spans=np.array([[*p, c.form, k] for (c, p), k in zip(kept, clusters, strict=True)], dtype=np.int32).reshape(
            -1, 4
        ),
        tags=_tags(doc, window, passage, gold, nameless),
        ones=between(passage.ones),
        unknown=between(passage.unknown),
        statuses=between(passage.statuses),
        reasons=between(passage.reasons),
        same=np.array(sorted(same), dtype=np.int32).reshape(-1, 2),
        apart=np.array(sorted(apart), dtype=np.int32).reshape(-1, 2),
        supervised=tuple(sorted(passage.supervised)),
        exhaustive=passage.complete,
    )


def _nameless(doc: Doc, passage: Annotated, gold: Sequence[tuple[int, int] | None]) -> frozenset[int]:
    """Return the tokens of pronouns that stand before all names of their type in a completely annotated text."""
    first: dict[EntityType | str, int] = {}
    for mention, place in zip(passage.mentions, gold, strict=True):
        form = FORMS[mention.form] if mention.form is not None else None
        if form is not None and form.kind is MentionKind.NAME and place:
            first[form.type] = min(place[0], first.get(form.type, len(doc)))
    pronouns = (t for t in doc if t.tag_ in _PRONOUN_TAGS and passage.complete)
    return frozenset(t.i for t in pronouns if t.i < first.get(FORMS[_pronoun(t.lower_)].type, len(doc)))


def _others(
    doc: Doc, noise: random.Random, nameless: frozenset[int], *, complete: bool
) -> Iterator[tuple[int, int, int]]:
    """Yield spans that may be taken for a mention, half of them where every mention is annotated."""
    share = 0.5 if complete else 1.0
    for entity in doc.ents:
        form = _FORM_OF_LABEL.get(entity.label_)
        if form is not None and (form == DATE or noise.random() < share):
            start = entity.start + (doc[entity.start].tag_ == "DT" and len(entity) > 1)
            yield start, entity.end, form
    for token in doc:
        if token.tag_ in _PRONOUN_TAGS:
            if noise.random() < share and token.i not in nameless:
                yield token.i, token.i + 1, _pronoun(token.lower_)
        elif token.lower_ in title_words().heads and noise.random() < share:
            start = token.i
            while start and doc[start - 1].dep_ in ("compound", "amod") and doc[start - 1].head.i <= token.i:
                start -= 1
            yield start, token.i + 1, TITLE


def _pronoun(word: str) -> int:
    thing = word in ("it", "its", "which", "that", "we", "our", "us", "they", "their", "them")
    return FORMS.index(Form(_O if thing else _P, MentionKind.PRONOUN))


def _form(doc: Doc, start: int, end: int, mention: GoldMention) -> int:
    """Number the form of a mention of which the annotation tells the type alone."""
    if mention.type == "Date":
        return DATE
    first = doc[start]
    if end - start == 1 and first.tag_ in _PRONOUN_TAGS:
        return FORMS.index(Form(_O if mention.type == _O else _P, MentionKind.PRONOUN))
    named = any(t.text[:1].isupper() for t in doc[start:end])
    form = Form(EntityType(mention.type or _P), MentionKind.NAME if named else MentionKind.NOMINAL)
    return FORMS.index(form) if form in FORMS else OTHER


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None and len(span) else None


def _tags(
    doc: Doc, window: Window, passage: Annotated, gold: Sequence[tuple[int, int] | None], nameless: frozenset[int]
) -> Ints:
    """Return the tag of each token at its first piece, -1 elsewhere and where the annotation does not tell."""
    tags = np.full(len(window.pieces), -1, dtype=np.int32)
    if passage.complete:
        begins = zip(window.first, window.first[1:], range(window.start, window.end), strict=False)
        tags[[low for low, after, i in begins if after > low and i not in nameless]] = 0
    for mention, place in zip(passage.mentions, gold, strict=True):
        if place is None:
            continue
        form = mention.form if mention.form is not None else _form(doc, *place, mention)
        if form >= DATE:
            continue
        begin = TAGS.index(f"B-{form}")
        for i in range(max(place[0], window.start), min(place[1], window.end)):
            low, after = window.first[i - window.start : i - window.start + 2]
            if after > low:
                tags[low] = begin + (i > place[0])
    return tags


def split(groups: Iterable[str], *, share: float, seed: int) -> set[str]:
    """Return the groups of the development part: a fixed share, drawn with a seed."""
    ordered = sorted(set(groups))
    random.Random(seed).shuffle(ordered)
    return set(ordered[: round(share * len(ordered))])
