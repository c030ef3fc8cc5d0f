"""Each named query on the sample that is committed with the project, and how parameters are read."""

from pathlib import Path

import pytest

from kg.errors import QueryError, UnknownEntityError
from kg.store import Store, named_queries

OUTPUT = Path(__file__).parents[2] / "output"

RIGA = "riga-rector-resigns"

# query, parameters -> columns, how many rows at least (0 is none), some of the rows (their first cells). What is asked is
# what the sample's articles say plainly, so that better or worse reading elsewhere changes nothing here.
ASKED = [
    ("top", {}, "name type others facts", 20, [("Margit Halvorsen", "person")]),
    ("central", {}, "name type others facts", 20, [("Margit Halvorsen", "person")]),
    ("counts", {}, "kind count", 20, [("document", "8")]),
    ("names", {}, "name type aliases entity", 100, [("Kestrel Instruments", "organization", "Kestrel")]),
    (
        "roles",
        {"person": "graham ellery"},
        "name title role organization status start end confidence",
        2,
        [("Graham Ellery", "chairman", "chair", "Kestrel Instruments", "current")],
    ),
    (
        "roles-on",
        {"person": "Margit Halvorsen", "on": "1995-06"},
        "name title organization status start end published document",
        1,
        [("Margit Halvorsen", "rector", "Trondheim School of Engineering", "former", "1994", "1997")],
    ),
    ("roles-on", {"person": "Margit Halvorsen", "on": "1998"}, None, 0, []),
    (
        "holders",
        {"organization": "Norway", "post": "Minister"},
        "title name status start end published",
        3,
        [("prime minister", "Sigrid Aasland", "current"), ("defence minister", "Olav Grimstad")],
    ),
    ("holders", {"organization": "Norway", "post": "prime"}, None, 1, [("prime minister", "Sigrid Aasland")]),
    (
        "succession",
        {},
        "date one relation other document",
        None,
        [("2021-10-15", "Sigrid Aasland", "appointed", "Ingrid Halvorsen", "cabinet-reshuffle-oslo")],
    ),
    (
        "met",
        {"person": "Ozolina"},
        "one how other date place confidence document",
        1,
        [("Liga Ozolina", "met", "Marta Kalnina", "2021-11-03", "Riga")],
    ),
    ("latest", {}, "date one how other place document", None, [("2021-11-03", "Liga Ozolina", "met", "Marta Kalnina")]),
    ("earliest", {"person": "Tavakoli"}, None, 1, [("2021-03-14", "Behrooz Tavakoli", "met", "Nasrin Sultani")]),
    ("people", {"organization": "Norway"}, "name relation title status start end confidence", 6, []),
    (
        "colleagues",
        {"person": "Ellery"},
        "one other organization",
        None,
        [("Graham Ellery", "Priya Ramanan", "Kestrel Instruments")],
    ),
    (
        "changed",
        {"after": "2021-09-01", "until": "2021-10"},
        "date what one relation other title place",
        5,
        [("2021-09-06", "happened", "Jonas Brekke", "met with", "Priya Ramanan", "", "Oslo")],
    ),
    ("changed", {"after": "2021-09-06", "until": "2021-09-17"}, None, 1, [("2021-09-07",)]),
    ("family", {"person": "Liga Ozolina"}, "one relation other document", None, [("Ilze Ozolina", "sibling of")]),
    ("parts", {"organization": "Norway"}, "part of seat", 1, [("Norwegian parliament", "Norway", "")]),
    (
        "timeline",
        {"person": "Ingrid Halvorsen"},
        "date one relation other title place",
        1,
        [("2021-10-15", "Sigrid Aasland", "appointed", "Ingrid Halvorsen")],
    ),
    (
        "evidence",
        {"entity": "Tavakoli", "other": "Saifi"},
        "one relation with title asserted sentence document published",
        3,
        [("Anwar Saifi", "met with", "Behrooz Tavakoli", "", "false")],
    ),
    (
        "doubted",
        {"entity": "Saifi"},
        "one relation other title why by sentence document published",
        3,
        [
            ("Anwar Saifi", "met with", "Behrooz Tavakoli", "", "denied", "Foreign Ministry"),
            ("Anwar Saifi", "met with", "Behrooz Tavakoli", "", "negated", "Laleh Farhang"),
            ("Anwar Saifi", "met with", "Behrooz Tavakoli", "", "possible", "Yama Rostami"),
        ],
    ),
    ("contradicted", {}, "one relation other stated denied why", 0, []),
    ("single-source", {"entity": "Riga"}, "one relation other title confidence document", None, []),
    (
        "sentences",
        {"statement": "wytp47erxptj"},
        "document published start end sentence by found",
        1,
        [(RIGA, "2021-11-03", "878", "962")],
    ),
    ("statements", {}, None, 150, []),
    ("documents", {}, "document published title source statements", 8, [("border-talks-herat", "2021-03-14")]),
    (
        "cited",
        {"article": "tehran-denies-secret-meeting"},
        "document source one relation other asserted sentence",
        None,
        [("tehran-denies-secret-meeting", "Laleh Farhang", "Anwar Saifi", "met with", "Behrooz Tavakoli", "false")],
    ),
    ("says", {"article": RIGA}, "one relation other title date asserted sentence", 10, []),
    ("connections", {"from": "Jonas Brekke", "to": "Margit Halvorsen"}, None, None, []),
    (
        "shortest",
        {"from": "Priya Ramanan", "to": "Trond Myhre"},
        "steps one first over second then third other",
        1,
        [("3", "Priya Ramanan", "met with", "Margit Halvorsen", "child of", "Ingrid Halvorsen", "succeeded")],
    ),
    ("shortest", {"from": "Kalnina", "to": "Ozolina"}, None, 1, [("1", "Marta Kalnina", "met with", "", "", "", "")]),
]


@pytest.fixture(scope="module")
def sample():
    return Store.open(OUTPUT / "graph.ttl")


@pytest.mark.parametrize(("name", "parameters", "columns", "count", "rows"), ASKED)
def test_on_the_sample(sample, name, parameters, columns, count, rows):
    answer = sample.ask(name, parameters)
    found = answer.table()
    assert columns is None or answer.columns == tuple(columns.split())
    assert len(found) >= count if count else count is None or not found
    for row in rows:
        assert row in {cells[: len(row)] for cells in found}


def test_all_are_asked_here():
    assert {name for name, *_ in ASKED} == set(named_queries())
    assert len(named_queries()) >= 20


def test_the_flat_table_has_a_row_for_each_statement(sample):
    answer = sample.ask("statements")
    assert " ".join(answer.columns) == (
        "subject predicate object title status start end date place asserted modality attributed_to confidence "
        "documents sources quote offence checked_by checked_on"
    )
    rows = {row[:3]: row[3:] for row in answer.table()}
    met = rows["Liga Ozolina", "metWith", "Marta Kalnina"]
    assert met[:9] == ("", "", "", "", "2021-11-03", "Riga", "true", "actual", "")
    assert met[12].startswith("Latvian Education Minister Marta Kalnina met Ozolina")


def test_what_is_stated_here_and_denied_there_is_contradicted(graph):
    from dataclasses import replace

    from kg.mapping import prefixes, to_quads
    from kg.model import Polarity

    base = "https://kg.example/"
    met = next(s for s in graph.statements if s.predicate == "metWith")
    denied = replace(met, id=f"{base}statement/zz", polarity=Polarity.NEGATED)
    changed = replace(graph, statements=(*graph.statements, denied))
    store = Store.of(to_quads(changed, base_iri=base), prefixes=prefixes(base), path=OUTPUT)
    [row] = store.ask("contradicted").table()
    assert row == ("Anna Berg", "met with", 'Boris "the Bear" O\'Neil', "a", "a", "negated")


# query, parameter, value -> what is said of it
WRONG = [
    ("roles", "person", "Halvorsen", UnknownEntityError, "may mean 2 entities"),
    ("roles", "person", "Ingird Halvorsen", UnknownEntityError, "did you mean Ingrid Halvorsen"),
    ("roles", "person", "person:nobody", UnknownEntityError, "no entity is called"),
    ("roles-on", "on", "yesterday", QueryError, "write it like 2021-03-14"),
    ("roles-on", "on", '2021" } #', QueryError, "no ISO date"),
    ("roles-on", "on", "2021-02-31", QueryError, "no ISO date"),
    ("says", "article", "no-such", UnknownEntityError, "there is no document 'no-such'"),
    ("says", "article", "> } #", UnknownEntityError, "there is no document"),
    ("sentences", "statement", "zzz", UnknownEntityError, "there is no statement 'zzz'"),
]


@pytest.mark.parametrize(("name", "parameter", "value", "error", "message"), WRONG)
def test_a_wrong_value_is_explained(sample, name, parameter, value, error, message):
    with pytest.raises(error, match=message):
        sample.ask(name, {parameter: value})


ARTICLES = [RIGA, f"document:{RIGA}", f"https://kg.example/document/{RIGA}", f"<https://kg.example/document/{RIGA}>"]


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_is_named_by_its_id_or_iri(sample, article):
    assert len(sample.ask("says", {"article": article}).rows) > 10


HOSTILE = ['x") } #', "\\", "\n", "'", '"', "\ud800", "a\\u0022) }", "?x"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_only_a_text(sample, text):
    assert sample.ask("holders", {"organization": "Norway", "post": text or "x"}).rows in ((), sample.ask(
        "holders", {"organization": "Norway"}).rows)  # fmt: skip


@pytest.mark.parametrize("name", ["Ingrid Halvorsen", "INGRID  halvorsen", "person:ingrid-halvorsen", "íngrid"])
def test_one_finder_for_parameters_and_commands(sample, name):
    from kg.finding import find
    from kg.store import load_graph

    assert sample.find(name) == find(load_graph(OUTPUT).entities, name).id
