"""A given name that is a word of an honorific ("His Grace") is part of its bearer's name."""

from kg.extraction.language.title_words import ranks


def test_words_inside_honorifics_are_no_ranks() -> None:
    assert "grace" not in ranks().words
