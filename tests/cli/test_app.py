"""Help, examples, version, exit codes, and what a command does not import."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import kg as package
from kg.cli.app import COMMANDS, examples

READERS = ["query", "view", "explain", "path", "rank"]


def test_help_lists_every_command_with_its_purpose(kg):
    outcome = kg("--help")
    assert outcome.code == 0
    for name in COMMANDS:
        assert any(line.split()[:1] == [name] and len(line.split()) > 3 for line in outcome.out.splitlines()), name
    assert "..." not in outcome.out.replace("[ARGS]...", "")  # no purpose is cut short


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_shows_its_examples(kg, command):
    outcome = kg(command, "--help")
    assert outcome.code == 0
    for example in examples(command):
        assert f"\n    {example}\n" in outcome.out


@pytest.mark.parametrize("example", [e for command in READERS for e in examples(command)])
def test_examples_of_the_reading_commands_run(kg, folder, example):
    Path("question.rq").write_text("SELECT ?who { ?who a kg:Person }", encoding="utf8")
    words = shlex.split(example)
    assert words.pop(0) == "kg"
    outcome = kg(*words, *(["--no-open"] if words[0] == "view" else []))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.strip()


def test_version(kg):
    assert kg("--version").out == f"kg {package.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "graph", "Nobody At All"], "Nobody At All"),
        (["explain", "missing", "Norway"], "missing"),
        (["query", "missing", "SELECT * { }"], "missing"),
        (["query", "graph", "SELECT nonsense"], "cannot be parsed"),
        (["path", "graph", "Norway", "Atlantis"], "Atlantis"),
        (["rank", "graph.txt"], "graph.txt"),
        (["view", "graph", "--predicate", "likes", "--no-open"], "choose from holdsRole"),
    ],
)
def test_an_error_is_one_line_and_exit_code_2(kg, folder, arguments, said):
    outcome = kg(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("kg: ")
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["explode"], ["explain"], ["rank", "graph", "--by", "fame"], ["view", "--hops", "x"]]
)
def test_wrong_usage_is_exit_code_2(kg, arguments):
    assert kg(*arguments).code == 2


def test_an_error_message_cannot_steer_the_terminal(kg, folder):
    assert "\x1b" not in kg("explain", "graph", "\x1b[2J\nno one").err


def test_commands_that_read_a_graph_load_no_language_model(written, tmp_path):
    program = """
import json, sys
from kg.cli import main
for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit as left:
        assert not left.code, arguments
    loaded = {"spacy", "thinc", "pyshacl", "trafilatura"} & set(sys.modules)
    assert not loaded, (arguments, loaded)
"""
    graph = str(written)
    commands = [
        ["query", graph, "ASK { ?a kg:metWith ?b }"],
        ["view", graph, "--no-open", "-o", str(tmp_path / "page.html")],
        ["explain", graph, "Kalnina"],
        ["path", graph, "Ramanan", "Aasland"],
        ["rank", graph],
    ]
    subprocess.run([sys.executable, "-c", program, json.dumps(commands)], check=True, capture_output=True, timeout=60)


def test_a_query_imports_only_what_it_needs(written):
    program = """
import sys
from kg.cli import main
try:
    main(["query", sys.argv[1], "--named", "latest"])
except SystemExit as left:
    assert not left.code
heavy = {"spacy", "thinc", "onnxruntime", "pyvis", "networkx", "numpy", "rdflib", "lark", "yaml"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", program, str(written)], check=True, capture_output=True, timeout=60)


def test_help_imports_nothing_heavy():
    program = """
import sys
from kg.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
heavy = {"spacy", "rdflib", "pyoxigraph", "networkx", "pyvis", "rich", "yaml", "numpy"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, timeout=60)
