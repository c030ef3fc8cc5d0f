"""When posts were held, and what their dates make of their status."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]  # text -> conftest.Reading

# (text, title, start, end, status); the conftest's day of publication is Monday, 16 November 2020
CASES = [
    ("John Keller has been mayor of Berlin since 2016.", "mayor", "2016", None, "current"),
    ("John Keller, mayor of Berlin since 2016, spoke.", "mayor", "2016", None, "current"),
    ("John Keller became mayor of Berlin in 2019.", "mayor", "2019", None, "current"),
    ("John Keller was appointed mayor of Berlin in January.", "mayor", "2020-01", None, "current"),
    ("Emmanuel Macron named John Keller mayor of Berlin on Friday.", "mayor", "2020-11-13", None, "current"),
    ("John Keller served as mayor of Berlin from 2010 to 2014.", "mayor", "2010", "2014", "former"),
    ("John Keller, mayor of Berlin from 2010 to 2014, spoke.", "mayor", "2010", "2014", "former"),
    ("John Keller was mayor of Berlin until last year.", "mayor", None, "2019", "former"),
    ("John Keller, the mayor of Berlin until 2014, spoke.", "mayor", None, "2014", "former"),
    ("John Keller resigned as mayor of Berlin on Monday.", "mayor", None, "2020-11-16", "former"),
    (
        "Peter Brown worked for Microsoft until 2009, when he was named mayor of Berlin.",
        "mayor",
        "2009",
        None,
        "current",
    ),
    # the post told before
    ("John Keller is the mayor of Berlin. He took office in May.", "mayor", "2020-05", None, "current"),
    ("The mayor of Berlin, John Keller, resigned on Monday.", "mayor", None, "2020-11-16", "former"),
    ("John Keller, the mayor of Berlin, stepped down on Monday.", "mayor", None, "2020-11-16", "former"),
    ("John Keller, the mayor of Berlin, was sacked on Monday.", "mayor", None, "2020-11-16", "former"),
    (
        "John Keller was appointed mayor of Berlin in 1994. He held the post until 1997.",
        "mayor",
        "1994",
        "1997",
        "former",
    ),
    ("John Keller, the mayor of Berlin, who was elected in 2014, spoke.", "mayor", "2014", None, "current"),
    ("John Keller, the mayor of Berlin, left office in March.", "mayor", None, "2020-03", "former"),
    ("John Keller has previously been mayor of Berlin.", "mayor", None, None, "former"),
    ("John Keller became mayor of Berlin in 1994. He held the post until he died.", "mayor", "1994", None, "former"),
    # no term of that post
    ("John Keller, the mayor of Berlin, spoke on Monday.", "mayor", None, None, "current"),
    ("John Keller, the mayor of Berlin, was born in 1970.", "mayor", None, None, "current"),
    ("John Keller, the mayor of Berlin, will resign in December.", "mayor", None, None, "current"),
    ("John Keller, the mayor of Berlin, said Peter Brown had resigned on Monday.", "mayor", None, None, "current"),
    ("John Keller, the mayor of Berlin, refused to step down on Monday.", "mayor", None, None, "current"),
    ("John Keller, the mayor of Berlin, sacked Peter Brown on Monday.", "mayor", None, None, "current"),
    ("John Keller is mayor of Berlin, a city founded in 1850.", "mayor", None, None, "current"),
    ("John Keller, the mayor of Berlin, met Peter Brown until 2014.", "mayor", None, None, "current"),
]


@pytest.mark.parametrize(("text", "title", "start", "end", "status"), CASES)
def test_term(read: Read, text: str, title: str, start: str | None, end: str | None, status: str) -> None:
    found = {
        (claim.start, claim.end, claim.status)
        for claim in read(text).extraction.claims
        if claim.predicate == "holdsRole" and claim.title == title
    }
    assert found == {(start, end, status)}


def test_a_membership_has_a_term(read: Read) -> None:
    [claim] = [
        c for c in read("Peter Brown worked for Microsoft until 2009.").extraction.claims if c.predicate == "memberOf"
    ]
    assert (claim.start, claim.end) == (None, "2009")
