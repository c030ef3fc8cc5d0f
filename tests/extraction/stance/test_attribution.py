"""Whom a text names as the source of what it tells."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]  # text -> conftest.Reading

# (text, predicate, source or None)
CASES = [
    # reported speech
    ("John Keller said that Angela Merkel met Emmanuel Macron in Paris.", "metWith", "John Keller"),
    ("Angela Merkel met Emmanuel Macron in Paris, John Keller told reporters.", "metWith", "John Keller"),
    ("Angela Merkel met Emmanuel Macron in Paris, said John Keller.", "metWith", "John Keller"),
    ("In Paris, John Keller said, Angela Merkel met Emmanuel Macron.", "metWith", "John Keller"),
    ("Microsoft announced that Angela Merkel had met Emmanuel Macron.", "metWith", "Microsoft"),
    ("John Keller spoke on Monday. He added that Angela Merkel met Emmanuel Macron.", "metWith", "John Keller"),
    ("Reuters reported that John Keller said Angela Merkel met Emmanuel Macron.", "metWith", "John Keller"),
    ("Emmanuel Macron said he met Angela Merkel in Paris.", "metWith", "Emmanuel Macron"),
    ("John Keller confirmed a meeting between Angela Merkel and Emmanuel Macron.", "metWith", "John Keller"),
    ("John Keller denied that Angela Merkel met Emmanuel Macron.", "metWith", "John Keller"),
    ("John Keller accused Peter Brown of killing Mary Smith.", "killed", "John Keller"),
    # according to, quoted
    ("According to John Keller, Angela Merkel met Emmanuel Macron.", "metWith", "John Keller"),
    ("Angela Merkel met Emmanuel Macron in Paris, according to Reuters.", "metWith", "Reuters"),
    ("Angela Merkel met Emmanuel Macron, according to a statement by Microsoft.", "metWith", "Microsoft"),
    ("John Keller was quoted by Reuters as saying that Angela Merkel met Emmanuel Macron.", "metWith", "John Keller"),
    ("Reuters quoted John Keller as saying that Angela Merkel met Emmanuel Macron.", "metWith", "John Keller"),
    ("In a statement, Microsoft said Angela Merkel met Emmanuel Macron.", "metWith", "Microsoft"),
    ("A spokesman for Microsoft said Angela Merkel met Emmanuel Macron.", "metWith", "Microsoft"),
    # quotations
    ('"Angela Merkel met Emmanuel Macron in Paris," John Keller said.', "metWith", "John Keller"),
    ('"I met Angela Merkel in Paris," Emmanuel Macron told Reuters.', "metWith", "Emmanuel Macron"),
    ('John Keller said: "It was hot. Angela Merkel met Emmanuel Macron in Paris."', "metWith", "John Keller"),
    ('"It was hot," John Keller said. "Angela Merkel met Emmanuel Macron in Paris."', "metWith", "John Keller"),
    ('"It was hot," John Keller said.\n\n"Angela Merkel met Emmanuel Macron in Paris."', "metWith", "John Keller"),
    ('"It was hot.\n\n"Angela Merkel met Emmanuel Macron in Paris," John Keller said.', "metWith", "John Keller"),
    ("“Angela Merkel met Emmanuel Macron in Paris,” said John Keller.", "metWith", "John Keller"),
    ('"Peter Brown is the chief executive of Microsoft," said John Keller.', "holdsRole", "John Keller"),
    # the text itself
    ("Angela Merkel met Emmanuel Macron in Paris.", "metWith", None),
    ("Angela Merkel said after meeting Emmanuel Macron that she was glad.", "metWith", None),
    ("Angela Merkel, who met Emmanuel Macron in Paris, said that it was hot.", "metWith", None),
    ("Speaking after talks with Emmanuel Macron, Angela Merkel said that it was hot.", "metWith", None),
    ("Angela Merkel met Emmanuel Macron and said that it was hot.", "metWith", None),
    ("Angela Merkel met Emmanuel Macron. According to John Keller, it was hot.", "metWith", None),
    ('Angela Merkel met Emmanuel Macron. "It was hot," John Keller said.', "metWith", None),
    ('"It was hot," John Keller said. Angela Merkel met Emmanuel Macron in Paris.', "metWith", None),
    ("John Keller said that Microsoft chief executive Satya Nadella was ill.", "holdsRole", None),
    ("John Keller, an analyst at Deutsche Bank, said that it was hot.", "holdsRole", None),
    ("Angela Merkel met Emmanuel Macron on Friday in Paris, explaining she had been ill.", "metWith", None),
    ("John Keller has not announced that Angela Merkel met Emmanuel Macron.", "metWith", None),
    ("John Keller denied that he fell ill during Angela Merkel's visit to Paris.", "visited", None),
    ('"It was hot, John Keller said.\n\nAngela Merkel met Emmanuel Macron.\n\n"It was dry," he said.', "metWith", None),
    ("A witness said Angela Merkel met Emmanuel Macron.", "metWith", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "predicate", "source"), CASES)
def test_source(read: Read, text: str, predicate: str, source: str | None) -> None:
    extraction = read(text).extraction
    found = {
        None if claim.attributed_to is None else extraction.entities[claim.attributed_to].name
        for claim in extraction.claims
        if claim.predicate == predicate
    }
    assert found == {source}
