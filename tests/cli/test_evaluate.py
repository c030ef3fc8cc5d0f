"""``kg evaluate`` prints the figures of a benchmark's scorer."""

import json
from pathlib import Path

import pytest

TEXT = "Angela Merkel met Emmanuel Macron in Berlin. Angela Merkel is the chancellor of Germany."


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    entities = [
        {"id": "e1", "type": "Person", "name": "Angela Merkel", "aliases": []},
        {"id": "e2", "type": "Person", "name": "Emmanuel Macron", "aliases": []},
        {"id": "e3", "type": "Place", "name": "Germany", "aliases": []},
    ]
    relations = [
        {
            "s": "e1",
            "p": "metWith",
            "o": "e2",
            "evidence": "met",
            "title": None,
            "status": None,
            "date": None,
            "place": None,
        },
        {
            "s": "e1",
            "p": "holdsRole",
            "o": "e3",
            "evidence": "is",
            "title": "chancellor",
            "status": "current",
            "date": None,
            "place": None,
        },
        {
            "s": "e2",
            "p": "bornIn",
            "o": "e3",
            "evidence": "Paris",
            "title": None,
            "status": None,
            "date": None,
            "place": None,
        },
    ]
    article = {"id": "a", "published": None, "text": TEXT, "entities": entities, "relations": relations, "traps": []}
    (tmp_path / "a.json").write_text(json.dumps(article), encoding="utf8")
    return tmp_path


def test_figures_are_those_of_the_scorer(kg, gold):
    outcome = kg("evaluate", "news", str(gold), "--quiet", "--extractor", "rules")
    assert (outcome.code, outcome.err) == (0, "")
    rows = {line.split()[0]: line.split()[1:] for line in outcome.out.splitlines() if line.strip()}
    assert rows["RELATIONS"][:4] == ["1.000", "0.667", "0.800", "3"]
    assert rows["ENTITIES"][:3] == ["1.000", "1.000", "1.000"]


def test_each_table_names_its_texts_and_nothing_is_kept(kg, gold, tmp_path_factory, monkeypatch):
    here = tmp_path_factory.mktemp("here")
    monkeypatch.chdir(here)
    dev = here / "data" / "open" / "dev-gold"
    dev.mkdir(parents=True)
    (dev / "a.json").write_bytes((gold / "a.json").read_bytes())
    before = {path: path.is_file() and path.read_bytes() for path in sorted(here.rglob("*"))}
    first = kg("evaluate", "news", "data", "--quiet", "--extractor", "rules")
    assert kg("evaluate", "news", "data/open/dev-gold", "--quiet", "--extractor", "rules") == first
    assert (first.code, first.err) == (0, "")
    blocks = first.out.strip().split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == [
        "dev-gold, 1 text: whether it was learned from is not known"
    ] * 2
    assert {path: path.is_file() and path.read_bytes() for path in sorted(here.rglob("*"))} == before


def test_a_folder_without_gold_is_named(kg, tmp_path):
    outcome = kg("evaluate", "dwie", str(tmp_path), "--quiet")
    assert outcome.code == 2
    assert str(tmp_path) in outcome.err
