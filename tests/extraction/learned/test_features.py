"""Windows, word pieces and what parser and lexicons say of a word, on documents built by hand."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extraction.learned.features import PIECE_FEATURES, token_features, windows

VOCAB = spacy.blank("en").vocab
SENTENCES = st.lists(
    st.lists(st.text("ab ", min_size=1, max_size=30), min_size=1, max_size=12), min_size=1, max_size=12
)


def pieces_of(text):
    return tuple(range(10, 10 + max(1, len(text) // 3)))


def make(sentences):
    words = [w for s in sentences for w in s]
    starts = [i == 0 for s in sentences for i in range(len(s))]
    return Doc(VOCAB, words=words, sent_starts=starts)


def cut(doc, most, **options):
    return list(windows(doc, pieces_of, special=(1, 2), most_pieces=most, **options))


@settings(deadline=None, max_examples=60)
@given(SENTENCES, st.integers(8, 40))
def test_windows_cover_every_piece_within_the_limit(sentences, most):
    doc = make(sentences)
    found = cut(doc, most)
    covered = set()
    for window in found:
        assert len(window.pieces) == len(window.features) <= most
        assert (window.pieces[0], window.pieces[-1]) == (1, 2)
        assert len(window.first) == window.end - window.start + 1
        assert window.first[-1] == len(window.pieces) - 1
        covered.update(range(window.start, window.end))
    assert {t.i for t in doc if not t.is_space} <= covered
    assert all(a.start < b.start <= a.end for a, b in pairwise(found) if not doc[a.end : b.start].text.isspace())


@settings(deadline=None, max_examples=60)
@given(SENTENCES, st.integers(80, 120))
def test_windows_hold_whole_sentences_where_these_fit(sentences, most):
    doc = make([s[:6] for s in sentences])
    edges = {0, len(doc)} | {s.start for s in doc.sents}
    for window in cut(doc, most):
        assert {window.start, window.end} <= edges


FOUR = [["one", "two"], ["three", "four"], ["five", "six"], ["seven", "eight"]]  # two pieces a sentence


@pytest.mark.parametrize(
    ("sentences", "most", "overlap", "spans"),
    [
        (FOUR, 50, 2, [(0, 8)]),
        (FOUR, 8, 1, [(0, 6), (4, 8)]),
        (FOUR, 8, 0, [(0, 6), (6, 8)]),
        (FOUR, 8, 2, [(0, 6), (4, 8)]),  # two sentences would be more than a third of the window
        ([["one", "two", "three", "four", "five", "six", "seven"]], 6, 2, [(0, 4), (4, 7)]),  # too long: cut
        ([["one"], ["two", "three", "four", "five", "six"]], 6, 2, [(0, 1), (1, 5), (5, 6)]),
        ([["one", " "], [" ", " "], ["two"]], 50, 2, [(0, 5)]),
        ([[" "]], 50, 2, []),
        ([], 50, 2, []),
    ],
)
def test_windows(sentences, most, overlap, spans):
    assert [(w.start, w.end) for w in cut(make(sentences), most, overlap=overlap)] == spans


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [(0, 1, (1, 2)), (1, 2, (3, 3)), (1, 4, (3, 4)), (2, 3, None), (0, 0, None), (3, 5, None)],
)
def test_pieces_of_tokens(start, end, span):
    (window,) = cut(make([["abcdef", "ghi", " ", "jkl"]]), 50)
    assert window.piece_span(start, end) == span


def test_tokens_before_a_window_and_beyond_its_pieces_have_none():
    first, second = cut(make([["one", "two"], ["three", "four"]]), 4, overlap=0)
    assert (first.piece_span(2, 3), second.piece_span(1, 3), second.piece_span(2, 3)) == (None, None, (1, 1))
    (window,) = cut(make([["a" * 90]]), 8)
    assert (len(window.pieces), window.piece_span(0, 1)) == (8, (1, 6))


@pytest.mark.parametrize(
    ("word", "case"), [("word", 1), ("Word", 2), ("WORD", 3), ("A", 2), ("1999", 4), ("--", 0), ("iPhone", 5)]
)
def test_letter_case_is_a_feature(word, case):
    assert token_features(Doc(VOCAB, words=[word])[0])[2] == case


@pytest.mark.parametrize(
    ("word", "lexical"),
    [
        ("minister", 1),
        ("Minister", 1),
        ("CEO", 1),
        ("Gen.", 2),
        ("Iranian", 3),
        ("iranian", 0),
        ("France", 4),
        ("Ministry", 5),
        ("Ltd", 5),
        ("Maria", 6),
        ("maria", 0),
        ("company", 7),
        ("walked", 0),
        ("…", 0),
    ],
)
def test_lexicons_are_a_feature(word, lexical):
    assert token_features(Doc(VOCAB, words=[word])[0])[4] == lexical


def test_tags_of_the_parser_are_features():
    doc = Doc(VOCAB, words=["Ana", "Ruiz", "left"], ents=["B-PERSON", "I-PERSON", "O"], pos=["PROPN", "PROPN", "VERB"])
    first, second, third = map(token_features, doc)
    assert first[0] == second[0] + 1  # begins the entity
    assert third[0] == 0
    assert first[1] == second[1] != third[1]


@pytest.mark.parametrize("field", ["pos", "deps", "ents"])
def test_labels_that_are_not_known_count_as_none(field):
    value = {"pos": ["CONJ"], "deps": ["newlabel"], "ents": ["B-NEWLABEL"]}[field]
    found = token_features(Doc(VOCAB, words=["word"], heads=[0], **{"deps": ["ROOT"]} | {field: value})[0])
    assert all(0 <= x < size for x, size in zip(found, PIECE_FEATURES, strict=True))
