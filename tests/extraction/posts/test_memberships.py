"""Whether a membership is over, by the words around it."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]  # text -> conftest.Reading


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tomas Vesely was once a member of the Harbour Council.", {("Tomas Vesely", "former")}),
        ("Tomas Vesely is a former member of the Harbour Council.", {("Tomas Vesely", "former")}),
        ("Tomas Vesely, a former member of the Labour Party, met Rosa Lind.", {("Tomas Vesely", "former")}),
        ("Tomas Vesely is no longer a member of the Harbour Council.", {("Tomas Vesely", "former")}),
        ("Tomas Vesely was a member of the Labour Party until 2010.", {("Tomas Vesely", "former")}),
        # not over, or not told
        ("Tomas Vesely was a Republican senator.", {("Tomas Vesely", None)}),
        ("Tomas Vesely is a member of the Harbour Council.", {("Tomas Vesely", None)}),
        ("Tomas Vesely became a member of the Harbour Council.", {("Tomas Vesely", None)}),
        ("Tomas Vesely, a member of the Labour Party, was the mayor of Leeds.", {("Tomas Vesely", None)}),
        ("Tomas Vesely, a former senator and a member of the Labour Party, spoke.", {("Tomas Vesely", None)}),
    ],
)
def test_a_membership_is_over_where_its_words_say_so(read: Read, text: str, told: set[tuple[str, str | None]]) -> None:
    found = read(text).extraction
    names = [entity.name for entity in found.entities]
    by_title = [c for c in found.claims if c.asserted and c.evidence.extractor.startswith("rule:role")]
    member = {"memberOf", "politicalAffiliation"}
    assert {(names[c.subject], c.status) for c in by_title if c.predicate in member} == told
