"""From a parsed text to the model's input: windows, word pieces with spaCy's view of them, mention candidates."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

__all__ = [
    "FEATURES",
    "KINDS",
    "Candidate",
    "Window",
    "candidates",
    "kind_of",
    "title_candidate",
    "token_features",
    "windows",
]

KINDS = ("person", "organization", "place", "group", "date", "other", "pronoun", "nominal", "title", "unknown")
"""What a candidate looks like to spaCy; an input of the model, not its decision."""

_ENTITY_KINDS = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "DATE": "date",
}  # fmt: skip
_NO_CANDIDATE = frozenset({"CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "TIME"})
_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})
_ENTITIES = (
    "", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW", "CARDINAL",
    "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "TIME", "LANGUAGE",
)  # fmt: skip
_POS = (
    "", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X", "SPACE",
)  # fmt: skip
FEATURES = (2 * len(_ENTITIES), len(_POS), 6)
"""Sizes of the vocabularies of the token features; the last is the letter case."""

_ENTITY_AT = {name: i for i, name in enumerate(_ENTITIES)}
_POS_AT = {name: i for i, name in enumerate(_POS)}
_KIND_AT = {name: i for i, name in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``start`` to ``end`` (exclusive) of a document that may be a mention; ``kind`` numbers ``KINDS``."""

    start: int
    end: int
    kind: int


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens ``start`` to ``end`` of a document as the model reads them.

    ``pieces`` and ``features`` have one row a word piece, [CLS] and [SEP] included; ``first`` gives, for each token,
    the number of its first piece and after the last token the number of [SEP]: a token owns
    ``first[i] : first[i + 1]``.
    """

    start: int
    end: int
    pieces: tuple[int, ...]
    features: tuple[tuple[int, int, int], ...]
    first: tuple[int, ...]

    def piece_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return first and last piece of tokens ``start`` to ``end`` of the document, None where outside or empty."""
        if start < self.start or end > self.end:
            return None
        low, high = self.first[start - self.start], self.first[end - self.start]
        return (low, high - 1) if high > low else None


def windows(
    doc: Doc,
    pieces_of: Callable[[str], Sequence[int]],
    *,
    special: tuple[int, int],
    most_pieces: int = 256,
    budget: int = 160,
    overlap: int = 1,
) -> Iterator[Window]:
    """Yield windows of whole sentences, each beginning ``overlap`` sentences before the last one's end.

    Args:
        pieces_of: the word pieces of a token's text.
        special: the ids of [CLS] and [SEP].
        most_pieces: the longest input of the model; a sentence longer than that is cut.
        budget: a window takes a further sentence while it has no more pieces than this.
    """
    counts = [len(pieces_of(t.text)) if not t.is_space else 0 for t in doc]
    room = most_pieces - 2
    units: list[tuple[int, int]] = []
    for sentence in doc.sents:
        start, total = sentence.start, 0
        for i in range(sentence.start, sentence.end):
            if total + counts[i] > room and i > start:
                units.append((start, i))
                start, total = i, 0
            total += counts[i]
        units.append((start, sentence.end))
    units = [u for u in units if sum(counts[u[0] : u[1]])]
    at = 0
    while at < len(units):
        last = at + 1
        total = sum(counts[slice(*units[at])])
        while last < len(units) and total + sum(counts[slice(*units[last])]) <= budget - 2:
            total += sum(counts[slice(*units[last])])
            last += 1
        yield _window(doc, units[at][0], units[last - 1][1], pieces_of, special, most_pieces)
        if last == len(units):
            return
        at = max(last - overlap, at + 1)


def _window(
    doc: Doc, start: int, end: int, pieces_of: Callable[[str], Sequence[int]], special: tuple[int, int], most: int
) -> Window:
    pieces, features, first = [special[0]], [(0, 0, 0)], []
    for token in doc[start:end]:
        first.append(len(pieces))
        if not token.is_space:
            ids = pieces_of(token.text)[: most - 1 - len(pieces)]
            pieces.extend(ids)
            features.extend([token_features(token)] * len(ids))
    first.append(len(pieces))
    return Window(start, end, (*pieces, special[1]), (*features, (0, 0, 0)), tuple(first))


def token_features(token: Token) -> tuple[int, int, int]:
    """Return entity tag, part of speech and letter case of a token, as numbers."""
    entity = _ENTITY_AT.get(token.ent_type_, 0)
    text = token.text
    if text.isdigit():
        case = 4
    elif not any(c.isalpha() for c in text):
        case = 0
    elif text.islower():
        case = 1
    elif text.isupper():
        case = 3 if len(text) > 1 else 2
    else:
        case = 2 if text[0].isupper() else 5
    return (2 * entity + (token.ent_iob_ == "B"), _POS_AT.get(token.pos_, 0), case)


def kind_of(doc: Doc, start: int, end: int) -> int:
    """Number the kind of the tokens ``start`` to ``end`` as spaCy sees them."""
    for token in doc[start:end]:
        if token.ent_type_:
            return _KIND_AT[_ENTITY_KINDS.get(token.ent_type_, "other")]
    if end - start == 1 and (doc[start].tag_ in _PRONOUN_TAGS or doc[start].pos_ == "PRON"):
        return _KIND_AT["pronoun"]
    return _KIND_AT["unknown" if any(t.pos_ == "PROPN" for t in doc[start:end]) else "nominal"]


def candidates(doc: Doc, given: Iterable[tuple[int, int]] = ()) -> list[Candidate]:
    """Propose mentions, none of which overlap: the given spans, names, pronouns, proper nouns, heads of noun chunks."""
    taken = [False] * len(doc)
    found: list[Candidate] = []

    def add(start: int, end: int) -> None:
        while start < end and (doc[start].tag_ in ("DT", "POS") or doc[start].is_space or doc[start].is_punct):
            start += 1
        while start < end and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or doc[end - 1].is_punct):
            end -= 1
        keep(start, end)

    def keep(start: int, end: int) -> None:
        if start < end and not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            found.append(Candidate(start, end, kind_of(doc, start, end)))

    for start, end in given:
        keep(start, end)
    for entity in doc.ents:
        if entity.label_ not in _NO_CANDIDATE:
            add(entity.start, entity.end)
    for token in doc:
        if token.tag_ in _PRONOUN_TAGS or (token.tag_ == "WRB" and token.lower_ == "where"):
            keep(token.i, token.i + 1)
    begin: int | None = None
    for i in range(len(doc) + 1):
        proper = i < len(doc) and doc[i].pos_ == "PROPN" and not taken[i]
        if proper and begin is None:
            begin = i
        elif not proper and begin is not None:
            add(begin, i)
            begin = None
    for chunk in doc.noun_chunks:
        if chunk.root.pos_ in ("NOUN", "PROPN", "ADJ"):
            keep(chunk.root.i, chunk.root.i + 1)
    return sorted(found, key=lambda c: c.start)


def title_candidate(start: int, end: int) -> Candidate:
    """Return a candidate for the words of a title."""
    return Candidate(start, end, _KIND_AT["title"])
