"""What is wrong with a query: where it stops being SPARQL, and terms that the vocabulary does not have."""

import re

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store import named_queries
from kg.store.syntax import _grammar

# query -> line, column, what is said
WRONG = [
    ("SELEC ?x {}", 1, 1, r"'SELEC' cannot stand there \(did you mean SELECT\?\): expected ASK, BASE, CONSTRUCT"),
    ("FOO", 1, 1, "expected ASK, BASE, CONSTRUCT, DESCRIBE, PREFIX, SELECT"),
    ("", 1, 1, "the query ends too early: expected ASK"),
    ("SELECT ?x WHERE { ?x a kg:Person", 1, 33, "the query ends too early: expected .*'}'"),
    ("SELECT ?x WHERE { ?x a }", 1, 24, "'}' cannot stand there: expected .*a variable"),
    ("SELECT ?x WHER { ?x a ?y }", 1, 11, r"'WHER' cannot stand there \(did you mean WHERE\?\)"),
    ("SELECT * { ?s ?p ?o } ORDER ?s", 1, 29, "expected BY"),
    ("SELECT *\n{ ?s ?p ?o .\n  FILTER(?o > ) }", 3, 15, "expected .*a variable"),
    ("SELECT (COUNT(?x) ?n) { ?x ?y ?z }", 1, 19, "expected .*AS"),
    ("SELECT ?x\nWHERE {\n ?x a <b c> }", 3, 7, "'<' cannot stand there"),
    ("SELECT ?x {?x a ?y} LIMIT x", 1, 27, "expected a number"),
    ("SELECT * { ?s ?p 'abc }", 1, 18, "cannot stand there"),
    ("SELECT ?a { ?a ?b ?c } }", 1, 24, "expected .*the end of the query"),
    ("SELECT ?x WHERE { ?x a ?y . OPTINAL { ?x ?y ?z } }", 1, 29, r"did you mean OPTIONAL\?"),
    ("SELECT ?x { ?x nope:y ?z }", 1, 16, "the prefix nope: is not declared"),
    ("SELECT ?x {\n ?x skoss:y ?z }", 2, 5, r"the prefix skoss: is not declared \(did you mean skos:\?\)"),
    ("SELECT ?x { ?x a ?y . # )(\n ?y b:c '# d:e' }", 2, 5, "the prefix b: is not declared"),
]


@pytest.mark.parametrize(("query", "line", "column", "said"), WRONG, ids=range(len(WRONG)))
def test_it_is_told_where_and_what_was_expected(store, query, line, column, said):
    with pytest.raises(QueryError, match=said) as raised:
        store.query(query)
    assert str(raised.value).startswith(f"the query cannot be parsed: line {line}, column {column}: ")
    assert len(str(raised.value)) < 250


def test_what_only_the_engine_finds_is_in_its_words(store):
    with pytest.raises(QueryError, match=r"parsed: The SELECT contains a variable that is unbound"):
        store.query("SELECT ?x { ?x a ?y } GROUP BY ?y")


GOOD = [
    "BASE <http://a/> PREFIX b: <c> SELECT DISTINCT ?x (STR(?y) AS ?z) FROM <d> FROM NAMED <e> { }",
    "ASK { ?x kg:a|^kg:b/kg:c*/kg:d? ?z FILTER(?z -1 < 3 && NOT EXISTS { ?x ?y ?z }) FILTER regex(?x, 'a') }",
    "SELECT ?x { FILTER(?x IN (1,2)) FILTER(?x NOT IN ()) BIND(if(?x,1,2) as ?y) VALUES (?a ?b) { (1 UNDEF) } }",
    "SELECT * { ?x a _:b , [ a ?c ] , ( 1 2 ) , [] , () ; . } ORDER BY DESC(?x) ?c LIMIT 5 OFFSET 2",
    "CONSTRUCT { ?x a kg:Person } WHERE { { SELECT ?x { ?x a ?y } } UNION { ?x ?p 1.5e3 } MINUS { ?x ?p -1 } }",
    "CONSTRUCT WHERE { ?x a ?y . }",
    "DESCRIBE <a:b> ?x WHERE { GRAPH ?g { ?x ?y ?z } }",
    "SELECT ?x (GROUP_CONCAT(DISTINCT ?y; separator=', ') AS ?all) { ?x ?p ?y } GROUP BY ?x HAVING(COUNT(*) > 1)",
    'SELECT * { ?s !(a|^kg:b) ?o . ?o (kg:c)+ \'x\'@en-GB, """a "b" c"""^^xsd:string, true }',
    "SELECT * { ?s ?p ?o } VALUES ?s { kg:a <b:c> }",
    "select * where { ?s ?p ?o filter(coalesce(?o, 1) = 1 || !bound(?o)) }",
    *(query.sparql for query in named_queries().values()),
]


@pytest.mark.parametrize("query", GOOD, ids=range(len(GOOD)))
def test_the_grammar_knows_what_the_engine_takes(store, query):
    store.query(query)
    _grammar().parse(query)


PIECES = st.sampled_from(
    [
        *("SELECT", "?x", "*", "{", "}", "(", ")", "WHERE", "a", "kg:Person", ".", ";", ",", "'s'", "1", "FILTER", "="),
        *("OPTIONAL", "UNION", "ORDER BY", "LIMIT", "<a:b>", "AS", "COUNT", "[", "]", "^", "/", "+", "\n", "#", '"'),
        *("GRAPH", "VALUES", "BIND", "ASK", "PREFIX", "$y", "\\", "\ud800", "é", "DESCRIBE", "GROUP BY", "NOT", "IN"),
    ]
)


@given(st.lists(PIECES, max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_words_give_an_answer_or_one_line(store, words):
    try:
        store.query(" ".join(words), limit=10, timeout=20)
    except QueryError as error:
        assert re.match(
            r"the query cannot be parsed: |no whole answer|the query|character \d+ of the query is no text", str(error)
        )
        assert "\n" not in str(error)
        assert len(str(error)) < 300


# query -> terms that are no terms, with the nearest
SLIPS = [
    ("SELECT ?x { ?x kg:holdsRle ?y }", ["kg:holdsRle is no term of the vocabulary: did you mean kg:holdsRole?"]),
    ("SELECT ?x { ?x a kg:person }", ["kg:person is no term of the vocabulary: did you mean kg:Person?"]),
    ("ASK { ?x a <https://kg.example/ontology#Persn> }", ["kg:Persn is no term of the vocabulary: did you mean kg:Person?"]),
    ("PREFIX o: <https://kg.example/ontology#> ASK { ?x o:metWth ?y }", ["kg:metWth is no term of the vocabulary: did you mean kg:metWith?"]),
    ("ASK { ?x kg:role role:ministr }", ["role:ministr is no term of the vocabulary: did you mean role:minister?"]),
    ("ASK { ?x kg:zzzzzzzz ?y }", ["kg:zzzzzzzz is no term of the vocabulary: ontology/kg.ttl lists them"]),
    ("ASK { ?x kg:metWith/kg:partof* ?y }", ["kg:partof is no term of the vocabulary: did you mean kg:partOf?"]),
    ("ASK { ?x kg:metWith ?y ; rdfs:labl ?z . ?p a schema:Prson }", []),  # others' terms are theirs
    ("ASK { ?x kg:metWith 'kg:nope' } # kg:nope", []),
    ("ASK { ?x ?kg:nope ?y }", []),
    ("PREFIX kg: <http://other.example/> ASK { ?x kg:nope ?y }", []),
    ("SELECT ?x { ?x a ?y FILTER(STRSTARTS(STR(?y), STR(kg:))) }", []),
]  # fmt: skip


@pytest.mark.parametrize(("query", "slips"), SLIPS, ids=range(len(SLIPS)))
def test_a_slip_in_the_vocabulary_is_told(store, query, slips):
    assert [*store.slips(query)] == slips


def test_every_term_of_the_graph_is_known(store, turtle):
    terms = {t for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE) for t in q.triple if isinstance(t, ox.NamedNode)}
    ours = [str(term) for term in terms if "/ontology#" in term.value]
    assert len(ours) > 30
    assert store.slips("ASK { ?x ?y " + ", ".join(ours) + " }") == ()
