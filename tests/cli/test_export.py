"""kg export and kg validate."""

import json
from pathlib import Path

import pytest

FORMATS = ["jsonld", "nt", "nq", "trig", "graphml", "gexf", "csv", "xlsx", "neo4j", "ftm"]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_named_as_the_folder(kg, folder, format_):
    outcome = kg("export", "graph", "--format", format_)
    assert (outcome.code, outcome.err) == (0, "")
    name = {"neo4j": "graph-neo4j", "ftm": "graph.ftm.json"}.get(format_, f"graph.{format_}")
    assert Path(name).exists()
    assert outcome.out.startswith(name + ": ")


def test_a_file_that_is_there_is_overwritten_only_when_asked(kg, folder):
    Path("mine.csv").write_text("mine", encoding="utf8")
    outcome = kg("export", "graph", "--format", "csv", "-o", "mine.csv")
    assert outcome.code == 2
    assert "mine.csv is there already" in outcome.err
    assert Path("mine.csv").read_text(encoding="utf8") == "mine"
    assert kg("export", "graph", "--format", "csv", "-o", "mine.csv", "--replace").code == 0
    assert Path("mine.csv").read_text(encoding="utf8").startswith("subject,")


def test_as_of_a_day(kg, folder):
    assert kg("export", "graph", "--format", "neo4j", "-o", "then", "--as-of", "2021-10-14").code == 0
    rows = Path("then/relationships.csv").read_text(encoding="utf8")
    assert "ACQUIRED" in rows
    assert "APPOINTED" not in rows


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere", "--format", "nt"], "nowhere"),
        (["graph", "--format", "nt", "-o", "no/../graph"], "cannot be written|is there already"),
        (["graph", "--format", "nt", "-o", "/"], "names no file"),
        (["graph", "--format", "nt", "--as-of", "x"], "write it like 2021-03-14"),
        (["graph", "--format", "pdf"], "pdf"),
        (["graph"], "--format"),
    ],
)
def test_what_cannot_be_exported(kg, folder, arguments, said):
    outcome = kg("export", *arguments)
    assert outcome.code == 2
    assert any(part in outcome.err for part in said.split("|"))


def test_a_graph_that_conforms(kg, folder):
    for name in ("graph", "graph/graph.ttl"):
        outcome = kg("validate", name)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out == "graph/graph.ttl conforms.\n"


def test_violations_are_lines_and_exit_code_1(kg, folder):
    turtle = (folder / "graph.ttl").read_text(encoding="utf8")
    edited = turtle.replace('rdfs:label "Liga Ozolina"', 'rdfs:label "Liga Ozolina" , "Another\x1b[2J"')
    Path("edited.ttl").write_text(edited + "person:liga-ozolina kg:killed person:marta-kalnina .\n", encoding="utf8")
    outcome = kg("validate", "edited.ttl")
    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert any("an entity has exactly one label" in line and "liga-ozolina" in line for line in lines)
    assert any(line.startswith("a fact without a statement: ") for line in lines)
    assert outcome.err == "edited.ttl does not conform: 2 violations\n"
    assert "Only the first 1 of 2" in kg("validate", "edited.ttl", "--limit", "1").err


@pytest.mark.parametrize(
    ("name", "said"), [("none.ttl", "none.ttl"), ("broken.ttl", "no valid Turtle"), ("empty", "empty")]
)
def test_what_cannot_be_validated_is_exit_code_2(kg, folder, name, said):
    Path("broken.ttl").write_text("this is no turtle", encoding="utf8")
    Path("empty").mkdir()
    outcome = kg("validate", name)
    assert outcome.code == 2
    assert said in outcome.err


def test_what_is_exported_is_json(kg, folder):
    kg("export", "graph", "--format", "ftm")
    for line in Path("graph.ftm.json").read_text(encoding="utf8").rstrip("\n").split("\n"):
        assert {"id", "schema", "properties"} == set(json.loads(line))
