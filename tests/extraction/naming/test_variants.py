from collections.abc import Callable

import pytest

from tests.extraction.conftest import Reading


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "George W. Bush met his father George H. W. Bush in Texas on Tuesday.",
            {"George W. Bush", "George H. W. Bush"},
        ),
        ("John F. Kennedy spoke in Berlin. John Fitzgerald Kennedy was welcomed.", {"John Fitzgerald Kennedy"}),
        ("Donald Trump met Donald Trump Jr. in Texas. Trump Jr. left.", {"Donald Trump", "Donald Trump Jr."}),
        ("Robert Kennedy Jr. spoke in Texas on Monday. Robert Kennedy left.", {"Robert Kennedy Jr."}),
    ],
)
def test_suffixes_and_initials_tell_people_of_one_article_apart(
    read: Callable[..., Reading], text: str, names: set[str]
) -> None:
    assert {e.name for e in read(text).extraction.entities if e.type == "Person"} == names


def test_a_youth_wing_is_not_the_party(read: Callable[..., Reading]) -> None:
    text = "Andrea Nahles leads the Social Democratic Party. Kevin Kuehnert leads the Social Democratic Party Youth."
    names = {e.name for e in read(text).extraction.entities if e.type == "Organization"}
    assert names == {"Social Democratic Party", "Social Democratic Party Youth"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The European Commission met in Brussels. The Commission agreed.", {"European Commission"}),
        ("He teaches at the University of Halden. The University was founded in 1811.", {"University of Halden"}),
        (
            "The European Commission and the Securities Commission met. The Commission agreed.",
            {"European Commission", "Securities Commission", "Commission"},
        ),
        ("Halden Energy, formerly known as Nordkraft Oil, grew. Nordkraft Oil was old.", {"Halden Energy"}),
        ("The Red Star Company (RSK) won. RSK leaders smiled.", {"Red Star Company"}),
    ],
)
def test_short_forms_and_stated_names_of_organizations(
    read: Callable[..., Reading], text: str, expected: set[str]
) -> None:
    assert {e.name for e in read(text).extraction.entities if e.type == "Organization"} == expected
