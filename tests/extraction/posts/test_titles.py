"""Which words of a text are the title of a post, and of what it is."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]  # text -> conftest.Reading

# (text, title, body)
CASES = [
    # kinds of place between a post and the place
    ("Ana Lopez, the governor of the Mexican state of Sonora, resigned.", "governor", "Sonora"),
    ("Jim Bean, mayor of the capital Lima, spoke.", "mayor", "Lima"),
    ("Carol Poe was elected mayor of the city of Leeds.", "mayor", "Leeds"),
    ("The governor of the U.S. state of Ohio, Carol Poe, resigned.", "governor", "Ohio"),
    ("Carol Poe is the mayor of Mexico City.", "mayor", "Mexico City"),
    ("Joe Blake is head of the state of emergency committee.", "head of the state of emergency committee", None),
    # a country that ends as the plural of its people does
    ("President of the Philippines Jose Cruz resigned.", "president", "Philippines"),
    ("The president of Laos, Peter Brown, resigned.", "president", "Laos"),
    ("Vanuatuan Prime Minister Peter Brown resigned.", "prime minister", "Vanuatu"),
    # the number of the holder, and of the post
    ("Olga Wynn became Estonia's first foreign minister.", "foreign minister", "Estonia"),
    ("Carol Poe was elected the third chief executive of Macau.", "chief executive", "Macau"),
    ("Carol Poe, the first minister of Scotland, resigned.", "first minister", "Scotland"),
    ("Carol Poe is the second deputy prime minister of Spain.", "second deputy prime minister", "Spain"),
    ("Egypt's first vice president, Peter Brown, resigned.", "first vice president", "Egypt"),
]


@pytest.mark.parametrize(("text", "title", "body"), CASES)
def test_title(read: Read, text: str, title: str, body: str | None) -> None:
    extraction = read(text).extraction
    found = {
        (claim.title, None if claim.object is None else extraction.entities[claim.object].name)
        for claim in extraction.claims
        if claim.predicate == "holdsRole"
    }
    assert found == {(title, body)}


@pytest.mark.parametrize("text", ["Chinese spy Peter Brown fled.", "Peter Brown was a British spy."])
def test_a_spy_holds_no_post(read: Read, text: str) -> None:
    assert not any(claim.predicate in {"holdsRole", "citizenOf"} for claim in read(text).extraction.claims)
