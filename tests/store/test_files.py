"""The files of a build: the contract, and what happens when they cannot be written or read."""

import json
import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import OutputError
from kg.model import Document, Entity, EntityType, Graph
from kg.store import load_graph, write_build

FIELDS = {
    "documents": {"id", "iri", "title", "published", "source", "sha256", "text"},
    "entities": {"id", "type", "name", "aliases", "same_as", "mentions", "subtype"},
    "statements": {
        *(
            "id",
            "subject",
            "predicate",
            "object",
            "literal",
            "asserted",
            "polarity",
            "modality",
            "title",
            "role",
            "status",
        ),
        *("start", "end", "date", "place", "confidence", "documents", "sources", "evidence"),
    },
}


def records(folder, name):
    with (folder / f"{name}.jsonl").open(encoding="utf8") as file:
        return [json.loads(line) for line in file]


@pytest.mark.parametrize("name", FIELDS)
def test_fields_are_those_of_the_contract(folder, name):
    for record in records(folder, name):
        assert set(record) == FIELDS[name]


def test_records(folder):
    assert records(folder, "documents")[0]["iri"] == "https://kg.example/document/a"
    anna = records(folder, "entities")[1]
    assert anna["mentions"][1] == {"document": "a", "start": 74, "end": 77, "kind": "pronoun"}
    role = records(folder, "statements")[1]
    assert (role["asserted"], role["status"], role["evidence"][0]["subject"]) == (True, "current", [0, 9])
    assert set(role["evidence"][0]) == {
        "document",
        "start",
        "end",
        "text",
        "subject",
        "object",
        "extractor",
        "extractors",
        "attributedTo",
    }
    meeting = records(folder, "statements")[2]["evidence"][0]
    assert (meeting["extractor"], meeting["extractors"]) == ("rule:test", ["rule:test", "model:test"])
    assert records(folder, "statements")[3]["asserted"] is False


def test_round_trip(graph, folder):
    assert load_graph(folder) == graph


@pytest.mark.parametrize(
    ("extractors", "also"),
    [
        (["rule:test"], ()),
        (["rule:test", "model:a", "model:b"], ("model:a", "model:b")),
        (None, ()),  # null, or no such field: a build of an earlier version
        ([], OutputError),
        (["model:a", "rule:test"], OutputError),  # another is the first
        (["rule:test", 7], OutputError),
        ("rule:test", OutputError),
        (7, OutputError),
        ({"rule:test": 1}, OutputError),
    ],
)
def test_all_that_found_a_sentence_is_read_back(folder, tmp_path, extractors, also):
    for path in folder.glob("*.jsonl"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    first, *_ = records(folder, "statements")
    first["evidence"][0]["extractors"] = extractors
    (tmp_path / "statements.jsonl").write_text(json.dumps(first), encoding="utf8")
    if also is OutputError:
        with pytest.raises(OutputError, match=r"statements\.jsonl:1 is damaged"):
            load_graph(tmp_path)
    else:
        assert load_graph(tmp_path).statements[0].evidence[0].also == also


def test_only_the_files_are_left(folder):
    names = {"documents.jsonl", "entities.jsonl", "statements.jsonl", "graph.ttl", "graph.html", "build.json"}
    assert {path.name for path in folder.iterdir()} == names


@given(st.text(), st.text())
@settings(max_examples=50, deadline=None)
def test_any_text_comes_back(tmp_path_factory, name, text):
    folder = tmp_path_factory.mktemp("any")
    graph = Graph(
        documents=(Document(id=name, text=text, title=name, source=name),),
        entities=(Entity(id="x:y", type=EntityType.PERSON, name=name, aliases=(text,)),),
        statements=(),
    )
    write_build(graph, folder, turtle=text, page=name)
    assert load_graph(folder) == graph


def test_an_old_build_survives_a_failure(graph, turtle, tmp_path, monkeypatch):
    write_build(graph, tmp_path, turtle=turtle, page="old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OutputError, match=r"No space left.*--output"):
        patch.setattr(os, "replace", fail)
        write_build(replace(graph, statements=()), tmp_path, turtle="", page="new")
    assert load_graph(tmp_path) == graph
    assert (tmp_path / "graph.html").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 6


def test_a_file_in_the_way(graph, tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        write_build(graph, tmp_path / "out", turtle="", page="")


def test_no_build(tmp_path):
    with pytest.raises(OutputError, match="kg build"):
        load_graph(tmp_path)
    (tmp_path / "documents.jsonl").mkdir()
    with pytest.raises(OutputError, match="cannot read"):
        load_graph(tmp_path)


DAMAGED = [
    "{",
    "[]",
    "7",
    "null",
    '{"id": "x"}',
    '{"id": 7, "text": ""}',
    '{"id": "x", "text": null}',
    "[" * 100_000,
    "\ufeff{}",
    '{"id": "x", "text": "", "title": 7}',
]


@pytest.mark.parametrize("line", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_line_is_named(folder, tmp_path, line):
    for path in folder.glob("*.jsonl"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    good = (folder / "documents.jsonl").read_text(encoding="utf8")
    (tmp_path / "documents.jsonl").write_text(good + line + "\n", encoding="utf8")
    with pytest.raises(OutputError, match=r"documents\.jsonl:3 is damaged"):
        load_graph(tmp_path)


CHANGES = [
    ("entities", {"type": "Robot"}),
    ("entities", {"mentions": [{"document": "a", "start": 3, "end": 1, "kind": "name"}]}),
    ("entities", {"mentions": [{"document": "a", "start": 1, "end": 3, "kind": "song"}]}),
    ("entities", {"mentions": 7}),
    ("entities", {"aliases": [None]}),
    ("statements", {"polarity": "maybe"}),
    ("statements", {"status": "dead"}),
    ("statements", {"confidence": "high"}),
    ("statements", {"evidence": [{}]}),
    ("statements", {"object": 7}),
]


@pytest.mark.parametrize(("name", "change"), CHANGES, ids=range(len(CHANGES)))
def test_a_damaged_field_is_named(folder, tmp_path, name, change):
    for path in folder.glob("*.jsonl"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    first, *rest = records(folder, name)
    lines = [json.dumps(first | change), *map(json.dumps, rest)]
    (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf8")
    with pytest.raises(OutputError, match=rf"{name}\.jsonl:1 is damaged"):
        load_graph(tmp_path)


def test_not_utf8(folder, tmp_path):
    for path in folder.glob("*.jsonl"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "documents.jsonl").write_bytes(b'{"id": "\xff"}\n')
    with pytest.raises(OutputError, match="damaged"):
        load_graph(tmp_path)
