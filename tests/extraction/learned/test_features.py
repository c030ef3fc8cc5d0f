"""Windows, word pieces and candidates, on documents built by hand."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extraction.learned.features import FEATURES, KINDS, candidates, token_features, windows

VOCAB = spacy.blank("en").vocab


def pieces_of(text):
    return tuple(range(10, 10 + max(1, len(text) // 3)))


def make(sentences):
    words = [w for s in sentences for w in s]
    starts = [i == 0 for s in sentences for i in range(len(s))]
    return Doc(VOCAB, words=words, sent_starts=starts)


@given(
    st.lists(st.lists(st.text("ab ", min_size=1, max_size=30), min_size=1, max_size=12), min_size=1, max_size=12),
    st.integers(8, 40),
)
def test_windows_cover_every_piece_within_the_limit(sentences, most):
    doc = make(sentences)
    found = list(windows(doc, pieces_of, special=(1, 2), most_pieces=most, budget=most // 2))
    covered = set()
    for window in found:
        assert len(window.pieces) == len(window.features) <= most
        assert (window.pieces[0], window.pieces[-1]) == (1, 2)
        assert len(window.first) == window.end - window.start + 1
        covered.update(range(window.start, window.end))
    assert {t.i for t in doc if not t.is_space} <= covered
    assert all(a.start < b.start for a, b in pairwise(found))


def test_windows_overlap_by_a_sentence():
    doc = make([["one", "two"], ["three", "four"], ["five", "six"], ["seven", "eight"]])
    found = [(w.start, w.end) for w in windows(doc, pieces_of, special=(1, 2), most_pieces=50, budget=8)]
    assert found == [(0, 6), (4, 8)]


def test_pieces_of_a_token_lie_in_its_window():
    doc = make([["abcdef", "gh"], ["ijk"]])
    (window,) = windows(doc, pieces_of, special=(1, 2), most_pieces=50)
    assert window.piece_span(0, 1) == (1, 2)
    assert window.piece_span(1, 3) == (3, 4)
    assert window.piece_span(2, 4) is None


@pytest.mark.parametrize(
    ("word", "case"), [("word", 1), ("Word", 2), ("WORD", 3), ("A", 2), ("1999", 4), ("--", 0), ("iPhone", 5)]
)
def test_letter_case_is_a_feature(word, case):
    doc = Doc(VOCAB, words=[word])
    found = token_features(doc[0])
    assert found[2] == case
    assert all(0 <= x < size for x, size in zip(found, FEATURES, strict=True))


def test_candidates_are_disjoint_and_given_ones_come_first():
    words = ["The", "Acme", "Board", "chair", "Ana", "Ruiz", "said", "she", "left", "in", "1999", "."]
    pos = ["DET", "PROPN", "PROPN", "NOUN", "PROPN", "PROPN", "VERB", "PRON", "VERB", "ADP", "NUM", "PUNCT"]
    tags = ["DT", "NNP", "NNP", "NN", "NNP", "NNP", "VBD", "PRP", "VBD", "IN", "CD", "."]
    ents = ["B-ORG", "I-ORG", "I-ORG", "O", "O", "O", "O", "O", "O", "O", "B-DATE", "O"]
    deps = [
        "det",
        "compound",
        "compound",
        "compound",
        "compound",
        "nsubj",
        "ROOT",
        "nsubj",
        "ccomp",
        "prep",
        "pobj",
        "punct",
    ]
    heads = [3, 2, 3, 5, 5, 6, 6, 8, 6, 8, 9, 6]
    doc = Doc(VOCAB, words=words, pos=pos, tags=tags, ents=ents, deps=deps, heads=heads)
    found = {(doc[c.start : c.end].text, KINDS[c.kind]) for c in candidates(doc)}
    assert found == {("Acme Board", "organization"), ("Ana Ruiz", "unknown"), ("she", "pronoun"), ("1999", "date")}
    given_first = candidates(doc, [(1, 2)])
    assert [doc[c.start : c.end].text for c in given_first][:1] == ["Acme"]
    taken = [i for c in given_first for i in range(c.start, c.end)]
    assert len(taken) == len(set(taken))
