"""Words of headlines and of lines in capitals that are no names."""

from collections.abc import Callable

import pytest

Mend = Callable[[str], list[str]]


BODY = "\n\nMay 4, 2021\n\n[P:Sven Ostby] married [P:Kari Moen] of [O:Norfisk] on Monday."
BELOW = ["P:Sven Ostby", "P:Kari Moen", "O:Norfisk"]


@pytest.mark.parametrize(
    ("headline", "kept"),
    [
        ("[P:Skier] weds novelist", []),
        ("[P:Ally] resigns", []),
        ("[O:Tech]", []),
        ("[P:Ostby] weds novelist", ["P:Ostby"]),
        ("[O:Norfisk] owner weds", ["O:Norfisk"]),
        ("[O:UNHCR] chief weds", ["O:UNHCR"]),
        ("[L:Bergen] wedding", ["L:Bergen"]),
        ("[P:Tom Price] weds", ["P:Tom Price"]),
        ("[P:Ostby Weds] Banker", ["P:Ostby"]),
        ("[P:Ostby Weds Moen]", ["P:Ostby", "P:Moen"]),
        ("Bank [O:Norfisk Celebrates]", ["O:Norfisk"]),
        ("[P:Sven Ostby Weds] Banker", ["P:Sven Ostby"]),
        ("[P:Ostby Moen] weds", ["P:Ostby Moen"]),
        ("[P:Sven Price] weds", ["P:Sven Price"]),
        ("[O:Halden Norfisk] sinks", ["O:Halden Norfisk"]),
    ],
)
def test_what_only_the_headline_has_is_a_word(mend: Mend, headline: str, kept: list[str]) -> None:
    assert mend(headline + BODY) == [*kept, *BELOW]


def test_a_text_of_one_line_has_no_headline(mend: Mend) -> None:
    assert mend("[P:Ally] met [P:Sven Ostby]") == ["P:Ally", "P:Sven Ostby"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("SHE LED THE [O:MINISTRY] UNTIL MAY.", []),
        ("SHE LED [O:ACME MINISTRY] UNTIL MAY.", ["O:ACME MINISTRY"]),
        ("SHE LED THE [O:NORFISK] UNTIL MAY.", ["O:NORFISK"]),
        ("She led the [O:Ministry] until May.", ["O:Ministry"]),
    ],
)
def test_a_lone_kind_of_body_in_capitals_is_no_name(mend: Mend, marked: str, expected: list[str]) -> None:
    assert mend(marked) == expected
