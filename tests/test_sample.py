"""The committed sample build is what ``kg demo`` gives; the network's numbers may differ between processors."""

import re
from pathlib import Path

import pytest

from kg.cli import main
from tests.processors import rounds_alike

OUTPUT = Path(__file__).parents[1] / "output"
_ALIKE = 0.9  # share of a file's lines that another processor gives, too
FILES = ["documents.jsonl", "entities.jsonl", "statements.jsonl", "graph.ttl", "graph.html"]


CONFIDENCE = re.compile(r'((?:"confidence": ?|kg:confidence )"?)[01]\.\d+')


def lines(path: Path) -> list[str]:
    """The lines of a file with every confidence left out: int8 arithmetic rounds as the processor does."""
    return CONFIDENCE.sub(r"\1", path.read_text(encoding="utf8")).splitlines()


@pytest.mark.parametrize("name", FILES)
def test_rebuilding_gives_the_committed_file(demo, name):
    committed, rebuilt = OUTPUT / name, demo.folder / name
    assert committed.exists(), f"{committed} is missing: run make demo and commit it"
    was, is_ = lines(committed), lines(rebuilt)
    if not rounds_alike():  # most of it is the same; the page is one long line of data
        assert name == "graph.html" or len(set(was) & set(is_)) >= _ALIKE * len(set(was))
    elif was != is_:  # compared apart from pytest, which would print the difference
        changed = next((i for i, (a, b) in enumerate(zip(was, is_, strict=False)) if a != b), min(len(was), len(is_)))
        pytest.fail(f"{name} differs from line {changed + 1} on: run make demo, read the difference and commit it")


def test_the_demo_writes_nothing_else(demo):
    assert {path.name for path in demo.folder.iterdir()} == {*FILES, "build.json", "extractions.jsonl", "store"}


def test_the_demo_says_where_the_graph_the_page_and_a_first_query_are(demo):
    for words in ("output/graph.ttl", "output/graph.html", "kg view output", "kg query output", "kg explain output"):
        assert words in demo.printed


def test_another_order_and_several_workers_give_the_same_bytes(demo, tmp_path):
    from kg.resources import data_path

    inputs = sorted(map(str, data_path("samples").iterdir()), reverse=True)
    with pytest.raises(SystemExit) as left:
        main(["build", *inputs, "--output", str(tmp_path), "--workers", "2", "--quiet"])
    assert not left.value.code
    assert [name for name in FILES if (tmp_path / name).read_bytes() != (demo.folder / name).read_bytes()] == []


def test_viewing_the_whole_leaves_the_page_as_it_was(demo):
    before = (demo.folder / "graph.html").read_bytes()
    with pytest.raises(SystemExit) as left:
        main(["view", str(demo.folder), "--no-open"])
    assert not left.value.code
    assert (demo.folder / "graph.html").read_bytes() == before
