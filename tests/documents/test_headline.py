import pytest

from kg.documents.headline import find_headline

PROSE = "The minister met the general in Tehran on Sunday, and the two agreed to reopen the road.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister meets general in Tehran\n\n" + PROSE, "Minister meets general in Tehran"),
        ("News  /  Politics\n\nMinister meets general\n\n" + PROSE, "Minister meets general"),
        ("April 20, 2020 - 20:5\n\nMinister meets general\n\n" + PROSE, "Minister meets general"),
        ("By Jane Roe\nMinister meets general\n" + PROSE, "Minister meets general"),
        ("Will the road reopen?\n" + PROSE, "Will the road reopen?"),
        ("Report: road to be reopened\n" + PROSE, "Report: road to be reopened"),
        (PROSE, None),
        ("TEHRAN - The minister met the general", None),
        ("The minister met the general in Tehran on Sunday, and\nthe two agreed to reopen the road.", None),
        ("Yes\nNo", None),
        ("", None),
    ],
)
def test_a_headline_is_told_from_prose_and_furniture(text: str, expected: str | None) -> None:
    assert find_headline(text) == expected
