"""Trades and ages that a text tells of people, and what looks like one. All names are invented."""

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Reading


def portrait(read: Callable[..., Reading], text: str) -> tuple[tuple[str, ...], object]:
    (found,) = (e for e in read(text, published="2021-05-04").extraction.entities if e.name == "Kofi Mensah")
    return found.trades, found.born


@pytest.mark.parametrize(
    ("text", "trades", "born"),
    [
        ("Kofi Mensah, 24, a plumber from Leeds, was jailed on Monday.", ("plumber",), (1996, 1997)),
        ("Kofi Mensah, a Bulgarian dentist, was jailed on Monday.", ("dentist",), None),
        ("Kofi Mensah (71) spoke in Porto.", (), (1949, 1950)),
        ("Kofi Mensah, aged 33, left Porto.", (), (1987, 1988)),
        ("The 24-year-old plumber Kofi Mensah was jailed on Monday.", ("plumber",), (1996, 1997)),
        ("Police arrested footballer Kofi Mensah on Monday.", ("footballer",), None),
        ("Kofi Mensah is a baker and lives in Porto.", ("baker",), None),
        ("Kofi Mensah worked as a taxi driver in Porto.", ("taxi driver",), None),
        ("Kofi Mensah is 40 years old.", (), (1980, 1981)),
        ("Kofi Mensah, a plumber, left. Mensah, 24, is married.", ("plumber",), (1996, 1997)),
    ],
)
def test_what_a_text_calls_people(
    read: Callable[..., Reading], text: str, trades: tuple[str, ...], born: tuple[int, int] | None
) -> None:
    assert portrait(read, text) == (trades, born)


@pytest.mark.parametrize(
    "text",
    [
        "Kofi Mensah, a father of two, left Porto.",
        "Kofi Mensah, a politician, left Porto.",  # fits any post
        "Kofi Mensah met a plumber in Porto.",
        "Kofi Mensah, the son of a plumber, left Porto.",
        "Kofi Mensah is not a baker.",
        "Kofi Mensah scored 24, a record.",
        "Kofi Mensah left on May 24, a plumber said.",
        "Kofi Mensah is 24 percent owner of Lumen.",
        "Kofi Mensah, 2021, is a book.",
        "Kofi Mensah, the plumber union chief, left.",
    ],
)
def test_what_is_no_trade_and_no_age(read: Callable[..., Reading], text: str) -> None:
    assert portrait(read, text) == ((), None)


def test_without_a_day_an_age_tells_no_year(read: Callable[..., Reading]) -> None:
    (person,) = read("Kofi Mensah, 24, left.", published=None).extraction.entities
    assert person.born is None
