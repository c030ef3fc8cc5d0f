"""Verbs that tell a post without its title: "heads", "took charge of", "is in charge of"."""

import pytest

READ = [
    ("Satya Rao, who heads Microsoft, spoke.", {"Satya Rao | holdsRole | Microsoft | head"}),
    ("Satya Rao took charge of Microsoft in May.", {"Satya Rao | holdsRole | Microsoft | head"}),
    ("Satya Rao, who is in charge of Microsoft, spoke.", {"Satya Rao | holdsRole | Microsoft | head"}),
    ("Satya Rao is at the helm of Microsoft.", {"Satya Rao | holdsRole | Microsoft | head"}),
    ("Satya Rao took the helm of Microsoft in May.", {"Satya Rao | holdsRole | Microsoft | head"}),
    ("Satya Rao presides over Microsoft.", {"Satya Rao | holdsRole | Microsoft | president"}),
    ("Satya Rao met Tim Wood and heads Microsoft.", {"Satya Rao | holdsRole | Microsoft | head"}),
    ("Satya Rao runs the bank, and Per Holm heads Microsoft.", {"Per Holm | holdsRole | Microsoft | head"}),
    ("Satya Rao met Tim Wood and in Oslo took charge of Microsoft.", {"Satya Rao | holdsRole | Microsoft | head"}),
]
NOT_READ = [
    "Satya Rao took the chair of Microsoft home.",
    "Satya Rao was not in charge of Microsoft.",
    "Satya Rao will take charge of Microsoft.",
    "Satya Rao took charge of the talks with Microsoft.",
]


@pytest.mark.parametrize(("text", "told"), READ)
def test_what_is_read(read, text, told):
    assert {row for row in read(text).asserted if "holdsRole" in row} == told


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_not_read(read, text):
    assert not [row for row in read(text).asserted if "holdsRole" in row]
