"""kg query."""

import csv
import io
import json
import os
import subprocess
import sys
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
        (["graph", "--file", "pipe.rq"], "pipe.rq: it is no regular file"),
        (["graph", "--file", "graph"], "graph: it is a folder"),
        (["graph", "--file", "large.rq"], "large.rq: it is larger than 80,000 bytes"),
        (["graph", "--file", "latin.rq"], "latin.rq: it is not UTF-8"),
        (["graph", "--file", "n" * 300], "File name too long"),
        (["graph", "--file", "/dev/zero"], "/dev/zero: it is no regular file"),
        (["graph", "--file", "long.rq"], "more than 20,000 characters"),
        (["graph", "ASK { " + "{" * 200 + "}" * 200 + " }"], "100 brackets"),
        (["graph", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", "--memory", "16"], "more than 16 MB"),
        (["graph/no-such", "ASK {}"], "graph/no-such is missing"),
        (["graph/pipe", "ASK {}"], "graph/pipe is missing"),
        (["graph", "DROP ALL"], "DROP"),
        (["graph", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"], "SERVICE"),
    ],
)
def test_what_cannot_be_asked(kg, folder, arguments, said):
    if arguments == ["graph"]:
        folder.rename("output")  # a single word is the query
    os.mkfifo("pipe.rq")
    Path("large.rq").write_text("#" * 80_001, encoding="utf8")
    Path("long.rq").write_text("ASK {}" + "#" * 30_000, encoding="utf8")
    Path("latin.rq").write_bytes(b"ASK {} # caf\xe9")
    outcome = kg("query", *arguments)
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_query_on_standard_input_is_bounded(kg, folder, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK {}" + "#" * 10**6))
    assert "more than 20,000 characters" in kg("query", "graph", "-f", "-").err
    monkeypatch.setattr("sys.stdin", None)
    assert "standard input is closed" in kg("query", "graph", "-f", "-").err
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"ASK {} # \xff"), encoding="utf8"))
    assert "save it as UTF-8" in kg("query", "graph", "-f", "-").err


@pytest.mark.parametrize("seconds", ["inf", "1e300", "0.5e1"])
def test_any_time_may_be_given(kg, folder, seconds):
    assert "true" in kg("query", "graph", "ASK {}", "--timeout", seconds).out


def test_what_was_found_is_printed_before_a_failure_is_said(kg, folder):
    long = "BIND('0123456789abcdef' AS ?x0) " + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(17))
    rows = f"SELECT ?x {{ {{ SELECT ?x {{ ?x ?b ?c . ?d ?e ?f }} LIMIT 9000 }} UNION {{ {long} BIND(?x17 AS ?x) }} }}"
    outcome = kg("query", "graph", rows, "--format", "csv")
    assert (outcome.code, outcome.out.splitlines()[0]) == (2, "x")
    assert 1_000 < len(outcome.out.splitlines()) <= 9_001
    assert outcome.err == "kg: a row of the answer is longer than 1,048,576 bytes: ask for less in one\n"


MANY = "SELECT ?p ?n ?q { ?a ?p ?n . ?b ?q ?m } LIMIT 30000"


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
@pytest.mark.parametrize(("form", "lines"), [("table", 30_002), ("csv", 30_001), ("json", 30_002)])
def test_an_answer_of_any_size_takes_little_memory(folder, form, lines):
    program = """
import re, sys
from pathlib import Path
from kg.cli import main
try:
    main(sys.argv[1:])
finally:
    print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1], file=sys.stderr)
"""
    command = [sys.executable, "-c", program, "query", "graph", MANY, "--format", form]
    done = subprocess.run(command, capture_output=True, timeout=100, check=True)
    assert done.stdout.count(b"\n") >= lines
    if form == "json":
        assert len(json.loads(done.stdout)["results"]["bindings"]) == 30_000
    assert int(done.stderr) < 120_000  # kilobytes


def test_hostile_text_cannot_steer_the_terminal(kg, folder):
    outcome = kg("query", "graph", "SELECT ?name { organization:evil rdfs:label ?name }")
    assert "[bold red]Corp[/]" in outcome.out
    assert not set("\x1b\x07\u202e\u2028") & set(outcome.out)
