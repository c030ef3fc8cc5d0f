"""Queries: answers in each form, and what a query may not do."""

import csv
import io
import json
import os
import re
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph as RdfGraph

from kg.errors import OutputError, QueryError, UnknownEntityError
from kg.store import Format, Store, named_queries
from kg.store.guard import MAX_LENGTH

ROLES = "SELECT ?who ?organization { ?who kg:holdsRole ?organization }"


def test_select(store):
    result = store.query(ROLES)
    assert (result.form, result.columns) == ("select", ("who", "organization"))
    assert result.table() == [("person:anna-berg", "organization:corps")]
    assert result


def test_ask(store):
    assert store.query("ASK { ?x kg:metWith ?y }").table() == [("true",)]
    assert store.query("ASK { ?x kg:metWith ?y }")
    no = store.query("ASK { ?x kg:killed ?y }")
    assert not no
    assert json.loads(no.text(Format.JSON)) == {"head": {}, "boolean": False}
    assert no.text(Format.CSV) == "answer\r\nfalse\r\n"


def test_construct_and_describe(store):
    result = store.query("CONSTRUCT { ?x foaf:knows ?y } WHERE { ?x kg:metWith ?y }")
    assert result.columns == ("subject", "predicate", "object")
    assert len(RdfGraph().parse(data=result.text(Format.TURTLE), format="turtle")) == 2
    assert "@prefix foaf:" in result.text(Format.TURTLE)
    assert "@prefix dcterms:" not in result.text(Format.TURTLE)
    assert ("person:anna-berg", "rdfs:label", "Anna Berg") in store.query("DESCRIBE person:anna-berg").table()


def test_csv_has_full_iris_and_survives_quotes(store):
    text = store.query("SELECT ?x ?name ?none { ?x rdfs:label ?name } ORDER BY ?name").text(Format.CSV)
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["x", "name", "none"]
    assert ["https://kg.example/person/boris-o", 'Boris "the Bear" O\'Neil', ""] in rows


def test_json_is_the_standard_format(store):
    text = store.query('SELECT ?x ?date ("a"@en AS ?l) ?none { ?x kg:bornOn ?date }').text(Format.JSON)
    assert json.loads(text) == {
        "head": {"vars": ["x", "date", "l", "none"]},
        "results": {
            "bindings": [
                {
                    "x": {"type": "uri", "value": "https://kg.example/person/anna-berg"},
                    "date": {"type": "literal", "value": "1979", "datatype": "http://www.w3.org/2001/XMLSchema#gYear"},
                    "l": {"type": "literal", "value": "a", "xml:lang": "en"},
                }
            ]
        },
    }


def test_rows_are_no_turtle(store):
    with pytest.raises(QueryError, match="CONSTRUCT"):
        store.query(ROLES).text(Format.TURTLE)


def test_limit(store):
    query = "SELECT ?x { ?x rdfs:label ?name }"
    assert (len(store.query(query, limit=2).rows), store.query(query, limit=2).truncated) == (2, True)
    assert not store.query("SELECT ?x { ?x a kg:Person }", limit=2).truncated


def test_what_is_not_asserted_is_no_edge(store):
    assert not store.query("ASK { ?x kg:visited ?y }")
    assert store.query("ASK { ?s rdf:predicate kg:visited ; kg:modality kg:possible ; kg:asserted false }")


def test_the_ontology_lies_beside_the_graph(store):
    assert not store.query("ASK { kg:metWith rdfs:label ?label }")
    assert store.query("ASK { GRAPH <https://kg.example/ontology> { kg:metWith rdfs:label ?label } }")


def test_a_turtle_file(folder):
    assert Store.open(folder / "graph.ttl").query(ROLES)


FORBIDDEN = [
    ("INSERT DATA { <a:a> <b:b> <c:c> }", "would change"),
    ("prefix a: <b:b>\n# comment\ndelete where { ?s ?p ?o }", "would change"),
    ("LOAD <http://localhost/x>", "would change"),
    ("CLEAR ALL", "would change"),
    ("SELECT * { SERVICE <http://localhost/x> { ?s ?p ?o } }", "network"),
    ("SELECT * { service silent ?x { ?s ?p ?o } }", "network"),
    ('SELECT * { FILTER("\\"" = "a")SERVICE<http://localhost/x>{ ?s ?p ?o } }', "network"),
    ("SELECT * { ?s ?p document:a\\#b . SERVICE <http://localhost/x> { ?s ?p ?o } }", "network"),
    ("SELECT * { FILTER(1<2)SERVICE<http://localhost/x>{ ?s ?p ?o } FILTER(2>1) }", "network"),
    ("SELECT * { ?s ?p '''a'b''' SERVICE :x { ?s ?p ?o } }", "network"),
    ("SELECT * { ?s ?p 1SERVICE:x{ ?s ?p ?o } }", "network"),
    ("SELECT * { SERVI\\u0043E <http://localhost/x> { ?s ?p ?o } }", "parsed"),
    ("SELECT * { " + "{" * 5000 + "}" * 5000 + " }", "nests"),
    ("SELECT * { " + "MINUS {} " * 5000 + " }", "characters"),
    ("SELECT ?x WHERE {", "parsed"),
    ('ASK { ?x rdfs:label "\udcff" }', "character 22 of the query is no text"),
    ("SELECT * { ?s nope:x ?o }", "parsed"),
    ("", "parsed"),
]


@pytest.mark.parametrize(("query", "message"), FORBIDDEN, ids=range(len(FORBIDDEN)))
def test_forbidden(store, query, message):
    with pytest.raises(QueryError, match=message) as raised:
        store.query(query)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 250


ALLOWED = [
    "SELECT ?service { ?service a kg:Person }",
    'SELECT ?x { ?x rdfs:label ?name FILTER(?name != "SERVICE <http://localhost/x> {}") }',
    "SELECT ?x { ?x a kg:Person } # SERVICE",
    "SELECT ?x { ?x a <http://localhost/SERVICE> }",
    "SELECT ?x { ?x a kg:service }",
    "PREFIX insert: <a:a> SELECT ?x { ?x a kg:Person }",
    "BASE <http://localhost/> SELECT (REPLACE('add', 'a', 'b') AS ?create) {}",
]


@pytest.mark.parametrize("query", ALLOWED)
def test_allowed(store, query):
    store.query(query)


def test_a_long_query_is_given_up(store):
    endless = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(6)) + " }"
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"0\.2 seconds"):
        store.query(endless, timeout=0.2)
    assert time.monotonic() - began < 2


def test_no_graph(tmp_path):
    with pytest.raises(OutputError, match="kg build"):
        Store.open(tmp_path)
    (tmp_path / "graph.ttl").write_text("this is no turtle")
    with pytest.raises(OutputError, match="no valid Turtle"):
        Store.open(tmp_path)


# query, parameters -> rows
ANSWERS = [
    (
        "roles",
        {"person": "anna berg"},
        [("Anna Berg", "commander", "commander", "Corps", "current", "2016-05", "", "0.8")],
    ),
    ("roles", {"person": "Berg"}, [("Anna Berg", "commander", "commander", "Corps", "current", "2016-05", "", "0.8")]),
    (
        "roles",
        {"person": "https://kg.example/person/anna-old"},
        [("Anna Berg", "commander", "commander", "Corps", "current", "2016-05", "", "0.8")],
    ),
    ("roles", {"person": "person:boris-o"}, [('Boris "the Bear" O\'Neil', "analyst", "", "", "", "", "", "0.8")]),
    ("met", {}, [("Anna Berg", "met", 'Boris "the Bear" O\'Neil', "2020-11-15", "Tehran", "0.8", "a")]),
    (
        "met",
        {"person": "o'neil"},
        [("Anna Berg", "met", 'Boris "the Bear" O\'Neil', "2020-11-15", "Tehran", "0.8", "a")],
    ),
    ("met", {"person": "Tehran"}, []),
    (
        "people",
        {"organization": "IRGC"},
        [
            ("Anna Berg", "holds role", "commander", "current", "2016-05", "", "0.8"),
            ('Boris "the Bear" O\'Neil', "member", "", "", "", "", "0.8"),
        ],
    ),
    (
        "timeline",
        {"person": "<https://kg.example/person/anna-berg>"},
        [
            ("1979", "Anna Berg", "born on", "", "", ""),
            ("2016-05", "Anna Berg", "holds role at (from)", "Corps", "commander", ""),
            ("2020-11-15", "Anna Berg", "met with", 'Boris "the Bear" O\'Neil', "", "Tehran"),
        ],
    ),
    (
        "connections",
        {"from": "Anna Berg", "to": 'Boris "the Bear" O\'Neil'},
        [
            ("Anna Berg", "met with", "", "", 'Boris "the Bear" O\'Neil'),
            ("Anna Berg", "holds role at", "Corps", "< member of", 'Boris "the Bear" O\'Neil'),
        ],
    ),
    ("parts", {"organization": "Iran"}, [("Corps", "Iran", "")]),
]


@pytest.mark.parametrize(("name", "parameters", "rows"), ANSWERS)
def test_named(store, name, parameters, rows):
    assert store.ask(name, parameters).table() == rows


def test_named_top_and_names(store):
    top = store.ask("top")
    assert top.table()[0] == ("Corps", "organization", "3", "3")
    assert store.ask("top", limit=1).truncated
    assert ("Corps", "organization", "IRGC", "organization:corps") in store.ask("names").table()


def test_named_evidence(store):
    rows = store.ask("evidence", {"entity": "Anna Berg"}).table()
    assert {row[1] for row in rows} == {"born on", "holds role at", "met with", "visited"}
    assert all(row[5].startswith("Anna Berg, commander") and row[6:] == ("a", "2020-11-15") for row in rows)
    assert [row[1] for row in store.ask("evidence", {"entity": "Anna Berg", "other": "Iran"}).table()] == ["visited"]
    assert [row[3] for row in store.ask("evidence", {"entity": "O'Neil"}).table() if row[1] == "holds role at"] == [
        "analyst"
    ]


HOSTILE = ['x" } DROP ALL #', "> } SELECT * { ?s ?p ?o", "\\", "}\n", "<a:b> <c:d>", "'", "?x"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_parameter_is_only_a_name(store, name):
    with pytest.raises(UnknownEntityError, match="no entity is called"):
        store.ask("roles", {"person": name})


def test_a_slip_gets_a_hint(store):
    with pytest.raises(UnknownEntityError, match="did you mean Anna Berg"):
        store.ask("roles", {"person": "Ana Berg"})


WRONG = [("nope", {}, "choose one of"), ("roles", {}, "needs person"), ("roles", {"who": "x"}, "it takes person")]


@pytest.mark.parametrize(("name", "parameters", "message"), WRONG)
def test_wrong_use_is_explained(store, name, parameters, message):
    with pytest.raises(QueryError, match=message):
        store.ask(name, parameters)


@pytest.mark.parametrize("query", named_queries().values(), ids=lambda query: query.name)
def test_named_queries_are_described_and_ordered(query):
    assert query.title
    assert "ORDER BY" in query.sparql
    for parameter in query.parameters:
        assert parameter.description
        assert re.search(rf"\?{parameter.name}\b", query.sparql.partition("WHERE")[2])


EVERYTHING = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(4))


def chain(step, start="BIND('aaaaaaaaaaaaaaaa' AS ?x0) ", count=40):
    return start + " ".join(f"BIND({step.replace('?x', f'?x{i}')} AS ?x{i + 1})" for i in range(count))


# query -> what is said of it, with 64 MB and 20 seconds
TOO_MUCH = {
    f"SELECT * {{ {EVERYTHING} }} ORDER BY ?o3 ?o1": "more than 64 MB",
    f"SELECT DISTINCT ?o1 ?o2 ?s3 ?o3 {{ {EVERYTHING} }} ORDER BY ?o1": "more than 64 MB",
    f"SELECT (GROUP_CONCAT(?o3) AS ?all) {{ {EVERYTHING} }}": "seconds|more than 64 MB",
    f"SELECT (STRLEN(?x40) AS ?n) {{ {chain('CONCAT(?x, ?x)')} }}": "more than 64 MB",
    f"""SELECT (STRLEN(?x9) AS ?n) {{ {chain("REPLACE(?x, 'a', 'aaaaaaaaaaaaaaaa')", count=9)} }}""": "more than 64 MB",
    f"SELECT ?x18 {{ {chain('CONCAT(?x, ?x)', count=18)} }}": "longer than 1,048,576 bytes",
    f"CONSTRUCT {{ <a:a> <a:a> ?x18 }} {{ {chain('CONCAT(?x, ?x)', count=18)} }}": "longer than 1,048,576 bytes",
    f"SELECT ?x300 {{ {chain('<<( <a:a> a ?x )>>', count=300)} }}": "nested|more than 64 MB",
    "ASK { ?s " + "/".join(["a"] * 9_000) + " ?o }": "seconds|more than 64 MB",
    "SELECT * { FILTER(REGEX('aaa', '(a{1000}){1000}')) ?s ?p ?o }": None,
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be forked here")
@pytest.mark.parametrize("query", TOO_MUCH, ids=range(len(TOO_MUCH)))
def test_a_query_takes_no_more_than_it_may(store, query):
    seconds = 1 if TOO_MUCH[query] and "seconds" in TOO_MUCH[query] else 20
    if TOO_MUCH[query] is None:
        store.query(query, timeout=seconds, memory=2**26)
        return
    with pytest.raises(QueryError, match=TOO_MUCH[query]) as raised:
        store.query(query, timeout=seconds, memory=2**26)
    assert "\n" not in str(raised.value)


LONGEST = MAX_LENGTH - 40
# As deep or long as a query may be: answered, or refused by the parser, and never the end of the process.
DEEP = {
    "ASK { FILTER(" + "!" * LONGEST + "true) }": True,
    "ASK { FILTER(" + "! " * (LONGEST // 2) + "true) }": True,
    "ASK { FILTER(1 = " + "+" * LONGEST + "1) }": None,
    "ASK { FILTER(1 " + "+1" * 3_000 + ") }": True,
    "ASK { FILTER(1" + "||1" * 2_000 + ") }": True,
    "ASK { " + "MINUS{}" * (LONGEST // 7) + "}": True,
    "ASK { {} " + "UNION{}" * (LONGEST // 7) + "}": True,
    "ASK { " + "OPTIONAL{}" * (LONGEST // 10) + "}": True,
    "ASK { " + "FILTER EXISTS{}" * (LONGEST // 15) + "}": True,
    "ASK { " + "{SELECT*{}}" * (LONGEST // 11) + "}": True,
    "ASK { " + "".join(f"BIND(1AS?a{i})" for i in range(LONGEST // 15)) + "}": True,
    "ASK { ?s " + "|".join(["a"] * 4_000) + " ?o }": True,
    "ASK { ?s a" + "+" * LONGEST + " ?o }": None,
    "ASK { ?s " + "^" * LONGEST + "a ?o }": None,
    "ASK " + "{" * 100 + "}" * 100: True,
    "ASK " + "{" * 101 + "}" * 101: None,
    "ASK { FILTER(1 IN (1" + ",1" * (LONGEST // 2) + ")) }": True,
}


@pytest.mark.parametrize("query", DEEP, ids=range(len(DEEP)))
def test_a_deep_query_does_no_harm(store, query):
    if DEEP[query] is None:
        with pytest.raises(QueryError, match=r"parsed|nests"):
            store.query(query)
    else:
        assert bool(store.query(query)) is DEEP[query]


@pytest.mark.parametrize("seconds", [float("inf"), 1e300, 1e7, None, 5])
def test_any_time_may_be_given(store, seconds):
    assert store.query("ASK {}", timeout=seconds)


@pytest.mark.parametrize("seconds", [float("nan"), 0, -1, float("-inf")])
def test_no_time_is_refused(store, seconds):
    with pytest.raises(QueryError, match="above 0"):
        store.query("ASK {}", timeout=seconds)


def test_rows_are_there_before_the_last_is_found(store):
    with store.stream(f"SELECT * {{ {EVERYTHING} }}", limit=1_500) as answer:
        rows = answer.table()
        assert len(next(rows)) == 12
        assert not answer.truncated
        assert len(list(rows)) == 1_499
    assert (answer.count, answer.truncated) == (1_500, True)


def test_many_rows_are_the_same_in_every_format(store):
    triples = store.query("CONSTRUCT { ?s0 <a:a> ?o1 } WHERE { ?s0 ?p0 ?o0 . ?s1 ?p1 ?o1 }", limit=2_500)
    rows = store.query("SELECT ?s0 ?o1 { ?s0 ?p0 ?o0 . ?s1 ?p1 ?o1 }", limit=2_500)
    assert len(triples.rows) == len(rows.rows) == 2_500
    assert len(json.loads(rows.text(Format.JSON))["results"]["bindings"]) == 2_500
    assert len(list(csv.reader(io.StringIO(rows.text(Format.CSV))))) == 2_501
    assert len(RdfGraph().parse(data=triples.text(Format.TURTLE), format="turtle")) == len(set(triples.rows))


TERMS = st.one_of(
    st.builds(ox.Literal, st.text()),
    st.builds(lambda value: ox.Literal(value, language="en"), st.text()),
    st.builds(
        lambda value, kind: ox.Literal(value, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")),
        st.one_of(st.text(max_size=3), st.sampled_from(["1", "01", "1.0", "1e3", "true", "+1"])),
        st.sampled_from(["integer", "decimal", "double", "boolean", "gYear"]),
    ),
)


@given(st.lists(TERMS, min_size=1, max_size=10))
@settings(max_examples=30, deadline=None)
def test_any_term_comes_back_as_it_is(terms):
    inner = ox.Store()
    for i, term in enumerate(terms):
        inner.add(ox.Quad(ox.NamedNode(f"a:{i:02}"), ox.NamedNode("a:b"), term))
    query = "SELECT ?o ?none { ?s <a:b> ?o } ORDER BY ?s"
    assert Store(Path(), {}, inner).query(query).rows == tuple(map(tuple, inner.query(query)))


# cell -> the cell in CSV
CELLS = {
    "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
    "+1+cmd|'!A0": "'+1+cmd|'!A0",
    "-2+3": "'-2+3",
    "@SUM(1)": "'@SUM(1)",
    "\t=1": "'\t=1",
    "\r=1": "'\r=1",
    "\n=1": "'\n=1",
    "＝1": "'＝1",
    "-": "'-",
    "-5": "-5",
    "+31.5e-2": "+31.5e-2",
    "1979-02-01": "1979-02-01",
    "a=b": "a=b",
    "Anna": "Anna",
    "": "",
}


@pytest.mark.parametrize("cell", CELLS, ids=range(len(CELLS)))
def test_a_formula_is_inert_in_csv_and_as_it_is_elsewhere(store, cell):
    escaped = cell.translate({ord(c): f"\\u{ord(c):04X}" for c in "\t\r\n'"})
    result = store.query(f"SELECT ('{escaped}' AS ?x) ('a' AS ?y) {{}}")
    assert list(csv.reader(io.StringIO(result.text(Format.CSV), newline="")))[1] == [CELLS[cell], "a"]
    assert json.loads(result.text(Format.JSON))["results"]["bindings"][0]["x"]["value"] == cell
    assert result.table() == [(cell, "a")]
