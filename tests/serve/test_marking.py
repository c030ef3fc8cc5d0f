"""Texts cut where their mentions begin and end, and what clients accept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Evidence
from kg.serve.marking import marked, sentence_parts
from kg.serve.negotiation import preferred

TEXT = "Awa Diallo, the mayor of Dakar, left."


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([], [(TEXT, None, None)]),
        ([(0, 10, "a")], [("Awa Diallo", "a", "char=0,10"), (TEXT[10:], None, None)]),
        # one within another: the shorter is shown
        (
            [(12, 30, "m"), (25, 30, "d")],
            [(TEXT[:12], None, None), ("the mayor of ", "m", "char=12,30"), ("Dakar", "d", "char=25,30"), (TEXT[30:], None, None)],
        ),
        # two of one place: one anchor
        ([(0, 3, "a"), (0, 3, "b")], [("Awa", "a", "char=0,3"), (TEXT[3:], None, None)]),
        # across each other
        ([(0, 5, "a"), (3, 10, "b")], [("Aw" + "a", "a", "char=0,5"), (" D", "a", None), ("iallo", "b", "char=3,10"), (TEXT[10:], None, None)]),
        # outside, empty, turned round
        ([(-1, 3, "a"), (30, 99, "a"), (5, 5, "a"), (9, 4, "a")], [(TEXT, None, None)]),
    ],
)  # fmt: skip
def test_a_text_is_cut_at_its_mentions(mentions, expected):
    assert list(marked(TEXT, mentions)) == expected


@given(st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 45), st.sampled_from("abc")), max_size=12))
def test_the_pieces_are_the_text_and_no_anchor_comes_twice(mentions):
    pieces = list(marked(TEXT, mentions))
    assert "".join(text for text, _, _ in pieces) == TEXT
    anchors = [anchor for _, _, anchor in pieces if anchor]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (((5, 8), (10, 13)), [("Ada", "subject"), ("--", ""), ("Lin", "object")]),
        (((5, 8), None), [("Ada", "subject"), ("--Lin", "")]),
        (((5, 13), (5, 8)), [("Ada", "both"), ("--Lin", "subject")]),
        (((0, 3), (40, 50)), [("Ada--Lin", "")]),
        (((0, 99), None), [("Ada--Lin", "subject")]),
    ],
)
def test_a_sentence_is_cut_at_its_two_mentions(spans, expected):
    evidence = Evidence(
        document="d", start=5, end=13, text="Ada--Lin", subject=spans[0], object=spans[1], extractor="x"
    )
    assert sentence_parts(evidence) == expected


OFFERS = {"text/html": "html", "text/turtle": "ttl", "application/json": "json"}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "html"),
        ("*/*", "html"),
        ("text/turtle", "ttl"),
        ("TEXT/TURTLE", "ttl"),
        ("text/turtle;q=0.9, text/html;q=0.8", "ttl"),
        ("text/*;q=0.3, application/*", "json"),
        ("text/html;q=0, */*;q=0.1", "ttl"),
        ("text/html; charset=utf-8; q=0.5, application/json;q=0.4", "html"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("text/turtle;q=high", None),
        ("text/turtle;q=7", "ttl"),
        (",,;;,", "html"),
        ("a/b," * 5_000, None),
    ],
)
def test_what_a_client_likes_best(accept, expected):
    assert preferred(accept, OFFERS) == expected
