"""kg review, merge, split, decisions and explain-match on a small build made by hand."""

import io
import json
from pathlib import Path

import pytest

from kg.config import Settings
from kg.model import Document, EntityType, Extraction, LocalEntity, Mention, MentionKind
from kg.pipeline import compose, identify
from kg.store import open_folder

NAMES = {
    "a": ["George W. Bush", "Bob Dylan"],
    "b": ["George Bush", "Robert Zimmerman"],
    "c": ["George H. W. Bush", "Bob Dylan"],
    "d": ["Bob Dylan"],
}
FILES = ["documents.jsonl", "entities.jsonl", "statements.jsonl", "graph.ttl", "graph.html", "extractions.jsonl"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build in ``graph`` whose decisions go to ``articles``."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    documents, extractions = [], {}
    for document, names in NAMES.items():
        text = "".join(f"Then {name} spoke at length. " for name in names)
        entities = tuple(
            LocalEntity(
                type=EntityType.PERSON,
                name=name,
                mentions=(Mention(text.index(name), text.index(name) + len(name), MentionKind.NAME),),
            )
            for name in names
        )
        documents.append(Document(id=document, text=text))
        extractions[f"key {document}"] = Extraction(document=document, entities=entities)
    settings = Settings()
    resolution = identify(documents, list(extractions.values()), settings)
    with open_folder(Path("graph")) as place:
        _, files = compose(
            documents,
            extractions,
            resolution,
            settings,
            output=place.path,
            decisions=Path("articles/kg-decisions.jsonl"),
        )
        place.install(files)
    return tmp_path


def content(folder: str = "graph") -> dict[str, bytes]:
    return {name: Path(folder, name).read_bytes() for name in FILES}


def entities() -> dict[str, dict]:
    return {e["name"]: e for e in map(json.loads, Path("graph/entities.jsonl").read_text().splitlines())}


def answer(monkeypatch, *lines):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_merge_and_undo_gives_the_same_bytes(kg, here):
    before = content()
    outcome = kg("merge", "graph", "Bob Dylan", "Robert Zimmerman")
    assert (outcome.code, outcome.err) == (0, "")
    merged = entities()["Bob Dylan"]
    assert merged["id"] == "https://kg.example/person/bob-dylan"
    assert merged["same_as"] == ["https://kg.example/person/robert-zimmerman"]
    assert len(merged["mentions"]) == 4
    assert "owl:sameAs person:robert-zimmerman" in Path("graph/graph.ttl").read_text()
    assert "Robert Zimmerman (b)" in kg("decisions", "graph").out
    assert kg("decisions", "graph", "--undo", "1").code == 0
    assert content() == before
    assert not Path("articles/kg-decisions.jsonl").exists()


def test_split_takes_articles_away_and_merge_then_contradicts(kg, here):
    assert kg("split", "graph", "Bob Dylan", "--document", "a", "-d", "d").code == 0
    found = [
        e for e in map(json.loads, Path("graph/entities.jsonl").read_text().splitlines()) if e["name"] == "Bob Dylan"
    ]
    assert sorted(sorted(m["document"] for m in e["mentions"]) for e in found) == [["a", "d"], ["c"]]
    before = content()
    outcome = kg("merge", "graph", found[0]["id"], found[1]["id"])
    assert outcome.code == 0  # a new word on the very same pair replaces the old one
    assert kg("decisions", "graph", "--undo", "1").code == 0
    assert content() != before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["merge", "graph", "Bob Dylan", "bob dylan"], "one entity already"),
        (["merge", "graph", "Bob Dylan", "Nobody Here"], "Nobody Here"),
        (["split", "graph", "Bob Dylan", "-d", "b"], "no article of that id"),
        (["split", "graph", "Robert Zimmerman", "-d", "b"], "leave at least one"),
        (["decisions", "graph", "--undo", "7"], "there is no decision 7"),
        (["merge", "nowhere", "A", "B"], "nowhere"),
        (["explain-match", "graph", "Bob Dylan", "Bob Dylan"], "compare two of the names"),
    ],
)
def test_what_cannot_be_decided(kg, here, arguments, said):
    outcome = kg(*arguments)
    assert outcome.code == 2
    assert said in outcome.err


def test_review_takes_answers_from_a_pipe(kg, here, monkeypatch):
    before = content()
    answer(monkeypatch, "same", "what", "different", "quit")
    outcome = kg("review", "graph")
    assert outcome.code == 0
    assert "Then [George" in outcome.out
    assert "Type s, d, u, z or q" in outcome.out
    verdicts = [json.loads(line)["verdict"] for line in Path("articles/kg-decisions.jsonl").read_text().splitlines()]
    assert verdicts == ["same", "different"]
    answer(monkeypatch)
    assert "No pair of entities is in doubt" in kg("review", "graph").out
    assert kg("decisions", "graph", "--undo", "1", "--undo", "2").code == 0
    assert content() == before


def test_review_undoes_and_remembers_what_is_unsure(kg, here, monkeypatch):
    before = content()
    answer(monkeypatch, "s", "z", "u", "u")
    assert "Taken back: same" in kg("review", "graph").out
    assert content() == before
    answer(monkeypatch)
    assert "No pair of entities is in doubt" in kg("review", "graph").out
    answer(monkeypatch, "z", "q")
    assert "1 of 2" in kg("review", "graph", "--unsure").out


def test_a_contradiction_is_refused_by_name(kg, here, monkeypatch):
    for pair in (("a", "b"), ("b", "c")):
        names = [NAMES[d][0] for d in pair]
        assert kg("merge", "graph", *(entities_of(n) for n in names)).code == 0
    sides = [{"document": d, "name": NAMES[d][0]} for d in "ac"]
    line = json.dumps({"verdict": "different", "a": sides[:1], "b": sides[1:]})
    with Path("articles/kg-decisions.jsonl").open("a") as file:
        file.write(line + "\n")
    outcome = kg("review", "graph")
    assert outcome.code == 2
    assert "George W. Bush (a) and George H. W. Bush (c) are different, but George W. Bush (a)" in outcome.err


def entities_of(name: str) -> str:
    return next(e["id"] for e in entities().values() if name in (e["name"], *e["aliases"]))


def test_explain_match_lists_features(kg, here):
    outcome = kg("explain-match", "graph", "George W. Bush", "George H. W. Bush")
    assert outcome.code == 0
    assert "different middle initials" in outcome.out
    assert "In the graph they are two" in outcome.out


def test_explain_match_tells_a_decision_and_names_of_one_entity(kg, here):
    kg("merge", "graph", "Bob Dylan", "Robert Zimmerman")
    outcome = kg("explain-match", "graph", "Bob Dylan", "Robert Zimmerman")
    assert "they are one" in outcome.out
    assert "decision" in outcome.out


def test_a_damaged_line_is_named(kg, here):
    Path("articles/kg-decisions.jsonl").write_text('{"verdict": "same"}\n')
    outcome = kg("decisions", "graph")
    assert outcome.code == 2
    assert "kg-decisions.jsonl:1 is no decision" in outcome.err
