"""kg query."""

import csv
import io
import json
from pathlib import Path

import pytest

WHO = "SELECT ?name { ?who kg:holdsRole place:norway ; rdfs:label ?name }"


def test_the_graph_is_a_folder_or_a_turtle_file_or_lies_here(kg, folder, monkeypatch):
    assert "Ingrid Halvorsen" in kg("query", "graph", WHO).out
    assert "Ingrid Halvorsen" in kg("query", "graph/graph.ttl", WHO).out
    assert kg("query", WHO).code == 2
    folder.rename("output")
    assert "Ingrid Halvorsen" in kg("query", WHO).out
    monkeypatch.chdir("output")
    assert "Ingrid Halvorsen" in kg("query", WHO).out


def test_a_query_from_a_file_and_from_standard_input(kg, folder, monkeypatch):
    Path("q.rq").write_text("\ufeff" + WHO, encoding="utf8")
    assert "Ingrid Halvorsen" in kg("query", "graph", "--file", "q.rq").out
    monkeypatch.setattr("sys.stdin", io.StringIO(WHO))
    assert "Ingrid Halvorsen" in kg("query", "graph", "--file", "-").out


def test_formats(kg, folder):
    assert list(csv.reader(io.StringIO(kg("query", "graph", WHO, "--format", "csv").out))) == [
        ["name"],
        ["Ingrid Halvorsen"],
    ]
    body = json.loads(kg("query", "graph", WHO, "--format", "json").out)
    assert body["results"]["bindings"] == [{"name": {"type": "literal", "value": "Ingrid Halvorsen"}}]
    construct = "CONSTRUCT { ?a kg:knows ?b } WHERE { ?a kg:metWith ?b }"
    turtle = kg("query", "graph", construct).out
    assert "person:liga-ozolina kg:knows person:marta-kalnina" in " ".join(turtle.split())
    assert turtle == kg("query", "graph", construct, "--format", "turtle").out
    outcome = kg("query", "graph", WHO, "--format", "turtle")
    assert (outcome.code, outcome.out) == (2, "")


def test_named_queries_are_listed_and_asked(kg, folder):
    listed = kg("query", "--list").out
    assert "roles" in listed
    assert "person" in listed
    assert "trade minister" in kg("query", "graph", "--named", "roles", "-p", "person=Ingrid Halvorsen").out


def test_a_limit_says_what_it_left_out(kg, folder):
    outcome = kg("query", "graph", "SELECT ?who { ?who a kg:Person }", "--limit", "2", "--format", "csv")
    assert len(outcome.out.splitlines()) == 3
    assert "first 2 rows" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["graph"], "cannot be parsed"),
        ([], "one query"),
        (["graph", "ASK {}", "--named", "roles"], "one query"),
        (["graph", "--named", "roles", "--file", "q.rq"], "one query"),
        (["graph", "ASK {}", "--param", "a=b"], "--named"),
        (["graph", "--named", "roles", "--param", "person"], "key=value"),
        (["graph", "--named", "no-such"], "no-such"),
        (["graph", "--named", "roles"], "person"),
        (["graph", "--file", "missing.rq"], "missing.rq"),
        (["graph", "DROP ALL"], "DROP"),
        (["graph", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"], "SERVICE"),
    ],
)
def test_what_cannot_be_asked(kg, folder, arguments, said):
    if arguments == ["graph"]:
        folder.rename("output")  # a single word is the query
    outcome = kg("query", *arguments)
    assert outcome.code == 2
    assert said in outcome.err


def test_hostile_text_cannot_steer_the_terminal(kg, folder):
    outcome = kg("query", "graph", "SELECT ?name { organization:evil rdfs:label ?name }")
    assert "[bold red]Corp[/]" in outcome.out
    assert not set("\x1b\x07\u202e\u2028") & set(outcome.out)
