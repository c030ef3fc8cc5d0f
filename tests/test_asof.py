"""What held on a day: by start, end, status and the dates of the articles; the named query finds the same."""

from dataclasses import replace

import pytest

from kg.asof import as_of, held
from kg.errors import UsageError
from kg.mapping import prefixes, to_quads
from kg.model import Document, Entity, EntityType, Graph, Modality, RoleStatus, Statement
from kg.store import Store
from tests.graphs import quoted

BASE = "https://kg.example/"
AMINA, UNION = f"{BASE}person/amina-diallo", f"{BASE}organization/dockers-union"
CURRENT, FORMER, ACTING, DESIGNATE = RoleStatus


def statement(predicate="holdsRole", told=("2021-05-10",), **fields):
    evidence = tuple(quoted("x", (0, 1), document=date or "undated") for date in told)
    fields = {"object": UNION, **fields}
    return Statement(id=f"{BASE}statement/s", subject=AMINA, predicate=predicate, evidence=evidence, **fields)


# fields of a post, dates of the articles, day -> whether it was held
POSTS = [
    ({"status": CURRENT}, ["2021-05-10"], "2021-05-10", True),
    ({"status": CURRENT}, ["2021-05-10"], "2021-05-09", False),  # nobody had said so yet
    ({"status": CURRENT}, ["2021-05-10"], "2025-01-01", True),  # the last that was heard
    ({"status": CURRENT}, ["2021-05-10", "2019-01-01"], "2020-01-01", True),
    ({}, ["2021-05-10"], "2021-06-01", True),
    ({"status": ACTING}, ["2021-05-10"], "2021-06-01", True),
    ({"status": CURRENT, "start": "2018"}, ["2021-05-10"], "2018-01-01", True),
    ({"status": CURRENT, "start": "2018"}, ["2021-05-10"], "2017-12-31", False),
    ({"status": CURRENT, "start": "2018-06"}, ["2021-05-10"], "2018", True),
    ({"status": CURRENT, "start": "2018-06"}, ["2021-05-10"], "2018-05-31", False),
    ({"status": CURRENT, "start": "2018"}, [None], "2020-01-01", True),
    ({"status": CURRENT}, [None], "2020-01-01", False),
    ({"status": FORMER}, ["2021-05-10"], "2020-01-01", False),  # when he held it nobody says
    ({"status": FORMER}, ["2021-05-10"], "2022-01-01", False),
    ({"status": FORMER, "start": "2015"}, ["2021-05-10"], "2016-01-01", True),
    ({"status": FORMER, "start": "2015"}, ["2021-05-10"], "2021-05-10", False),
    ({"status": FORMER, "start": "2015"}, [None], "2016-01-01", False),
    ({"status": FORMER, "start": "2015", "end": "2017-03"}, ["2021-05-10"], "2017-03-31", True),
    ({"status": FORMER, "start": "2015", "end": "2017-03"}, ["2021-05-10"], "2017-04-01", False),
    ({"status": CURRENT, "end": "2022"}, ["2021-05-10"], "2022-12-31", True),
    ({"status": CURRENT, "end": "2022"}, ["2021-05-10"], "2023-01-01", False),
    ({"status": DESIGNATE}, ["2021-05-10"], "2021-06-01", False),
    ({"status": DESIGNATE, "start": "2021-07-01"}, ["2021-05-10"], "2021-06-30", False),
    ({"status": DESIGNATE, "start": "2021-07-01"}, ["2021-05-10"], "2021-07-01", True),
]

# predicate, fields, dates of the articles, day -> whether it had happened, or holds at any time
OTHERS = [
    ("metWith", {"date": "2021-05-08"}, ["2021-05-10"], "2021-05-08", True),
    ("metWith", {"date": "2021-05-08"}, ["2021-05-10"], "2021-05-07", False),
    ("metWith", {}, ["2021-05-10"], "2021-05-10", True),
    ("metWith", {}, ["2021-05-10"], "2021-05-09", False),
    ("siblingOf", {}, ["2021-05-10"], "1999-01-01", True),
    ("partOf", {}, ["2021-05-10"], "1999-01-01", True),
    ("diedOn", {"object": None, "literal": "2020-02"}, ["2021-05-10"], "2020-01-31", False),
    ("diedOn", {"object": None, "literal": "2020-02"}, ["2021-05-10"], "2020-02-01", True),
    ("metWith", {"modality": Modality.DENIED, "date": "2021-05-08"}, ["2021-05-10"], "2021-05-09", False),
    ("metWith", {"modality": Modality.DENIED, "date": "2021-05-08"}, ["2021-05-10"], "2021-05-10", True),
]


@pytest.mark.parametrize(("fields", "told", "day", "expected"), POSTS)
@pytest.mark.parametrize("predicate", ["holdsRole", "memberOf"])
def test_a_post_is_held(predicate, fields, told, day, expected):
    published = {date or "undated": date for date in told}
    assert held(statement(predicate, told, **fields), day, published) is expected


@pytest.mark.parametrize(("predicate", "fields", "told", "day", "expected"), OTHERS)
def test_what_had_happened(predicate, fields, told, day, expected):
    assert held(statement(predicate, told, **fields), day, {date: date for date in told}) is expected


def graph_of(*statements):
    documents = sorted({e.document for s in statements for e in s.evidence})
    return Graph(
        documents=tuple(
            Document(id=name, text="x", published=None if name == "undated" else name) for name in documents
        ),
        entities=(
            Entity(id=UNION, type=EntityType.ORGANIZATION, name="Dockers' Union"),
            Entity(id=AMINA, type=EntityType.PERSON, name="Amina Diallo"),
        ),
        statements=statements,
    )


def test_the_named_query_finds_the_same():
    posts = [
        replace(statement(told=told, title=f"t{n}", **fields), id=f"{BASE}statement/s{n}")
        for n, (fields, told, _, _) in enumerate(POSTS)
    ]
    graph = graph_of(*posts)
    store = Store.of(to_quads(graph, base_iri=BASE), prefixes=prefixes(BASE), path=None)
    for day in sorted({day for *_, day, _ in POSTS}):
        expected = {s.title for s in as_of(graph, day).statements}
        assert {row[1] for row in store.ask("roles-on", {"on": day, "person": "diallo"}).table()} == expected, day


def test_the_rest_of_the_graph_stays():
    graph = graph_of(statement(start="2020"))
    earlier = as_of(graph, "2019-01-01")
    assert earlier == replace(graph, statements=())


@pytest.mark.parametrize("day", ["", "yesterday", "2021-13-01", "2021-02-31", "2021-3-1", "2021-03-14T00:00", "२०२१"])
def test_a_day_is_an_iso_date(day):
    with pytest.raises(UsageError, match="write it like 2021-03-14"):
        as_of(graph_of(), day)
