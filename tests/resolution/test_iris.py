import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import EntityType
from kg.resolution.iris import Naming, mint_iris, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hossein Salami", "hossein-salami"),
        ("Jens-Åge Müller", "jens-age-muller"),
        ("O'Brien & Sons", "obrien-sons"),
        ("Сергей Лавров", "sergey-lavrov"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_a_slug_is_short_ascii_and_never_empty(name: str) -> None:
    found = slug(name)
    assert 0 < len(found) <= 80
    assert found.isascii()
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_homonyms_get_iris_of_their_own_that_do_not_depend_on_others() -> None:
    a, b, c = (Naming("", d, 0, EntityType.PERSON, "John Miller") for d in "abc")
    alone = mint_iris([a, c], base_iri="x:")
    together = mint_iris([c, b, a], base_iri="x:")
    assert together[a] == alone[a] == "x:person/john-miller"
    assert together[c] == alone[c]
    assert len(set(together.values())) == 3
