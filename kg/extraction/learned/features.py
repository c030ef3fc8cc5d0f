"""From a parsed text to the network's input: windows, word pieces, and what parser and lexicons say of each word."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from kg.extraction.language.title_words import ranks, title_words
from kg.extraction.language.words import heads, is_given_name
from kg.geography import country_of, country_of_demonym

__all__ = ["PIECE_FEATURES", "MentionCandidate", "Window", "token_features", "windows"]

_ENTITIES = (
    "", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW", "CARDINAL",
    "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "TIME", "LANGUAGE",
)  # fmt: skip
_POS = (
    "", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X", "SPACE",
)  # fmt: skip
_DEP = (
    "", "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc",
    "ccomp", "compound", "conj", "dative", "dep", "det", "dobj", "mark", "neg", "nmod", "npadvmod", "nsubj",
    "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj", "predet", "prep", "prt", "punct",
    "quantmod", "relcl", "xcomp",
)  # fmt: skip
_CASES = 6
_LEXICAL = 8
PIECE_FEATURES = (2 * len(_ENTITIES), len(_POS), _CASES, len(_DEP), _LEXICAL)
"""Sizes of the vocabularies of the token features: entity tag, part of speech, letter case, dependency, lexicon."""

_ENTITY_AT = {name: i for i, name in enumerate(_ENTITIES)}
_POS_AT = {name: i for i, name in enumerate(_POS)}
_DEP_AT = {name: i for i, name in enumerate(_DEP)}
_BLANK = (0,) * len(PIECE_FEATURES)


@dataclass(frozen=True, slots=True)
class MentionCandidate:
    """Tokens ``start`` to ``end`` (exclusive) of a document that may be a mention; ``form`` numbers ``FORMS``."""

    start: int
    end: int
    form: int


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens ``start`` to ``end`` of a document as the network reads them.

    ``pieces`` and ``features`` have one row a word piece, [CLS] and [SEP] included; ``first`` gives, for each token,
    the number of its first piece and after the last token the number of [SEP]: a token owns
    ``first[i] : first[i + 1]``.
    """

    start: int
    end: int
    pieces: tuple[int, ...]
    features: tuple[tuple[int, ...], ...]
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
    most_pieces: int,
    overlap: int = 2,
) -> Iterator[Window]:
    """Yield windows of whole sentences, each beginning ``overlap`` sentences before the last one's end.

    Args:
        pieces_of: the word pieces of a token's text.
        special: the ids of [CLS] and [SEP].
        most_pieces: the longest input of the network; a sentence longer than that is cut.
    """
    counts = [len(pieces_of(t.text)) if not t.is_space else 0 for t in doc]
    room = most_pieces - 2
    units: list[tuple[int, int, int]] = []
    for sentence in doc.sents:
        start, total = sentence.start, 0
        for i in range(sentence.start, sentence.end):
            if total + counts[i] > room and i > start:
                units.append((start, i, total))
                start, total = i, 0
            total += counts[i]
        units.append((start, sentence.end, total))
    units = [u for u in units if u[2]]
    at = 0
    while at < len(units):
        last, total = at + 1, units[at][2]
        while last < len(units) and total + units[last][2] <= room:
            total += units[last][2]
            last += 1
        yield _window(doc, units[at][0], units[last - 1][1], pieces_of, special, most_pieces)
        if last == len(units):
            return
        back = overlap
        while back and sum(u[2] for u in units[last - back : last]) > room // 3:
            back -= 1
        at = max(last - back, at + 1)


def _window(
    doc: Doc, start: int, end: int, pieces_of: Callable[[str], Sequence[int]], special: tuple[int, int], most: int
) -> Window:
    pieces, features, first = [special[0]], [_BLANK], []
    for token in doc[start:end]:
        first.append(len(pieces))
        if not token.is_space:
            ids = pieces_of(token.text)[: most - 1 - len(pieces)]
            pieces.extend(ids)
            features.extend([token_features(token)] * len(ids))
    first.append(len(pieces))
    return Window(start, end, (*pieces, special[1]), (*features, _BLANK), tuple(first))


def token_features(token: Token) -> tuple[int, ...]:
    """Return the numbers of a token's features, in the order of ``PIECE_FEATURES``."""
    text = token.text
    entity = _ENTITY_AT.get(token.ent_type_, 0)
    return (
        2 * entity + (token.ent_iob_ == "B"),
        _POS_AT.get(token.pos_, 0),
        _case(text),
        _DEP_AT.get(token.dep_, 0),
        _lexical(text),
    )


def _case(text: str) -> int:
    if text.isdigit():
        return 4
    if not any(c.isalpha() for c in text):
        return 0
    if text.islower():
        return 1
    if text.isupper():
        return 3 if len(text) > 1 else 2
    return 2 if text[0].isupper() else 5


@lru_cache(maxsize=65_536)
def _lexical(text: str) -> int:
    """Number what the lexicons say of a word: a title or rank in any case, the rest only of capitalized words."""
    low = text.lower().rstrip(".")
    if low in title_words().heads or low in title_words().abbreviations:
        return 1
    if low in ranks().words:
        return 2
    if not text[:1].isupper():
        return 7 if low in heads().nouns else 0
    if country_of_demonym(text):
        return 3
    if country_of(text):
        return 4
    if low in heads().all or low in heads().legal:
        return 5
    return 6 if is_given_name(text) else 0
