"""Small inputs on which the program once failed: files as they come, their tables, columns, dates and damage."""

import pytest

from .conftest import Build

DAY = "2021-05-04"


@pytest.mark.parametrize(
    ("where", "told", "untold"),
    [
        ("case-23/input-1", "Kari Moen spouseOf Sven Ostby", "Anna Lindqvist spouseOf"),
        ("case-23/input-1", "Tomas Kral holdsRole Dunmore", "Sven Ostby holdsRole"),
        ("case-23/input-2", "Rita Sand holdsRole Dunmore Port Authority", "Tomas Kral holdsRole Halden Bank"),
        ("case-23/input-3", "Rita Sand succeeded Ola Berg", "Tomas Kral holdsRole Halden Bank"),
        ("case-24/input-3", "Tomas Kral holdsRole Valmora", "Tomas Kral holdsRole Tazia"),
        ("case-24/input-3", "Nino Lomidze holdsRole Tazia", "Nino Lomidze holdsRole Valmora"),
        ("case-25/input-2", "Anna Lindqvist metWith Tomas Kral", "Paul Wendt1"),
        ("case-28/input-1", "Anna Lindqvist metWith Tomas Kral", "cookie"),
        ("case-32/input-1", "Paul Wendt metWith Rita Sand", "Bad"),
        ("case-33/input-1", "Anna Lindqvist metWith Tomas Kral", "Paul Wendt metWith Tomas Kral"),
        ("case-33/input-2", "Paul Wendt metWith Rita Sand", "Paul Wendt metWith Tomas Kral"),
        ("case-34/input-1", "Anna Lindqvist metWith Tomas Kral", "nbsp"),
        ("case-34/input-2", "Anna O'Hara metWith Tomas Král", "aacute"),
        ("case-36/input-1", "Anna Lindqvist metWith Tomas Kral", "br"),
        ("case-36/input-5", "Anna Lindqvist metWith Tomas Král", "br"),
    ],
)
def test_what_a_file_says(build: Build, where: str, told: str, untold: str) -> None:
    facts = build(where).facts
    assert told in facts
    assert not [f for f in facts if untold in f.split() or f.startswith(untold)]


@pytest.mark.parametrize("number", [1, 2, 4])
def test_the_rows_of_a_table(build: Build, number: int) -> None:
    titles = {f.partition(" holdsRole ")[0]: s.title for f, s in build(f"case-24/input-{number}").facts.items()}
    rows = {"Anna Lindqvist": "chief executive", "Paul Wendt": "chairman", "Rita Sand": "chief financial officer"}
    assert {name: titles.get(name) for name in rows} == rows


@pytest.mark.parametrize(
    ("where", "published"),
    [
        *((f"case-27/input-{n}", DAY) for n in (1, 2, 4, 5, 6, 7, 9)),
        ("case-27/input-3", None),
        ("case-27/input-8", "2021-05-03"),
        *((f"case-30/input-{n}", DAY) for n in range(2, 9)),
    ],
)
def test_the_date_of_a_page_or_an_export(build: Build, where: str, published: str | None) -> None:
    assert {d.published for d in build(where).documents} == {published}


def test_articles_of_one_export_are_several(build: Build) -> None:
    built = build("case-30/input-1")
    assert [d.published for d in built.documents] == [DAY, "2020-03-10"]
    assert "Peter Kral bornIn Voss" in built.facts


def test_a_date_that_is_not_understood_is_reported(build: Build) -> None:
    built = build("case-31/input-1")
    undated = [d.id for d in built.documents if d.published is None]
    assert len(undated) == 3
    assert any("its date is not read" in notice for notice in built.notices)


def test_titles_hold_no_markup(build: Build) -> None:
    assert build("case-34/input-3").documents[0].title == "Mayor meets banker"
