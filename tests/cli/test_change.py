"""kg add, kg remove and kg samples."""

import json
from pathlib import Path

import pytest

from kg import pipeline
from kg.model import EntityType, Extraction, LocalEntity, Mention, MentionKind

TEXTS = {
    "one": "Sigrid Aasland met Graham Ellery in Oslo on Friday.\n",
    "two": "Siri Berg visited Riga on Monday, the ministry said.\n",
}
MORE = "Marta Kalnina named Edgars Vitols rector on Tuesday.\n"


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A folder of articles, and the ids of those that are read, by an extractor that finds a name in each."""
    seen: list[str] = []

    def extract(documents, _settings):
        for document in documents:
            seen.append(document.id)
            name = " ".join(document.text.split()[:2])
            mention = Mention(0, len(name), MentionKind.NAME)
            entity = LocalEntity(type=EntityType.PERSON, name=name, mentions=(mention,))
            yield Extraction(document=document.id, entities=(entity,))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "extract", extract)
    (tmp_path / "news").mkdir()
    (tmp_path / "more").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "news" / f"{name}.txt").write_text(text, encoding="utf8")
    (tmp_path / "more" / "one.txt").write_text(MORE, encoding="utf8")
    return seen


def ids() -> list[str]:
    return [json.loads(line)["id"] for line in Path("graph/documents.jsonl").read_text(encoding="utf8").splitlines()]


def people() -> set[str]:
    return {json.loads(line)["name"] for line in Path("graph/entities.jsonl").read_text(encoding="utf8").splitlines()}


def content() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("graph").iterdir() if path.is_file()}


def test_a_graph_grows_and_shrinks(kg, read):
    assert kg("build", "news", "-o", "graph", "-q").code == 0
    before = content()
    read.clear()
    outcome = kg("add", "graph", "more")
    assert (outcome.code, outcome.err) == (0, "")
    assert "documents" in outcome.out
    assert (read, ids()) == (["one-2"], ["one", "one-2", "two"])
    assert people() == {"Sigrid Aasland", "Siri Berg", "Marta Kalnina"}
    assert kg("add", "graph", "news", "-q").code == 0  # they are in it already
    assert (read, ids()) == (["one-2"], ["one", "one-2", "two"])
    assert kg("remove", "graph", "one-2", "-q").code == 0
    after = content()
    assert {name for name in after if after[name] != before[name]} == {"build.json"}  # which knows more inputs now
    assert read == ["one-2"]


def test_what_was_added_is_kept_where_its_file_is_gone_and_asked_for_by_a_build(kg, read):
    kg("build", "news", "-o", "graph", "-q")
    kg("add", "graph", "more", "-q")
    Path("more/one.txt").unlink()
    assert kg("add", "graph", "news", "-q").code == 0
    assert "one-2" in ids()
    Path("news").rename("old")  # with it the place of the decisions
    assert kg("add", "graph", "old", "-q").code == 0
    assert ids() == ["one", "one-2", "two"]
    Path("old").rename("news")
    assert "1 of the 3 documents" in kg("build", "news", "-o", "graph", "-q").err
    assert kg("build", "news", "-o", "graph", "-q", "--replace").code == 0
    assert ids() == ["one", "two"]


def test_decisions_and_settings_hold_for_what_is_added(kg, read):
    kg("build", "news", "-o", "graph", "-q", "--base-iri", "https://news.example/", "--extractor", "rules")
    assert kg("merge", "graph", "Siri Berg", "Sigrid Aasland").code == 0
    assert kg("add", "graph", "more", "-q", "--published", "2021-03-16").code == 0
    assert len(people()) == 2
    options = json.loads(Path("graph/build.json").read_bytes())
    assert (options["base_iri"], options["extractor"]) == ("https://news.example/", "rules")
    assert json.loads(Path("graph/documents.jsonl").read_text().splitlines()[1])["published"] == "2021-03-16"
    assert "decision not used" in kg("remove", "graph", "two", "-q").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "graph", "missing.txt"], "missing.txt"),
        (["add", "graph", "graph/documents.jsonl"], "a build wrote this file"),
        (["add", "graph", "more", "--published", "last week"], "ISO date"),
        (["add", "nowhere", "more"], "nowhere"),
        (["add", "news", "more"], "news"),
        (["remove", "graph", "three"], "no document of graph has the id 'three'"),
        (["remove", "graph", "on"], "it has one"),
        (["remove", "graph", "one", "two"], "no document would be left"),
        (["remove", "nowhere", "one"], "nowhere"),
    ],
)
def test_nothing_changed_is_exit_code_2(kg, read, arguments, said):
    kg("build", "news", "-o", "graph", "-q")
    before = content()
    outcome = kg(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert content() == before
    assert not Path("nowhere").exists()


def test_an_input_that_is_skipped_is_exit_code_1(kg, read):
    kg("build", "news", "-o", "graph", "-q")
    Path("more/empty.txt").touch()
    outcome = kg("add", "graph", "more", "-q")
    assert (outcome.code, ids()) == (1, ["one", "one-2", "two"])
    assert outcome.err.startswith("skipped: more/empty.txt")


def test_samples_are_left_and_nothing_is_overwritten(kg, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert kg("samples").code == 0
    assert len(list(Path("articles").iterdir())) == 8
    assert Path("stories.csv").read_text(encoding="utf8").startswith("number,day,body\n")
    (tmp_path / "articles" / "riga-rector-resigns.txt").unlink()
    assert kg("samples").code == 0
    assert len(list(Path("articles").iterdir())) == 8
    Path("stories.csv").write_text("mine", encoding="utf8")
    outcome = kg("samples")
    assert outcome.code == 2
    assert "stories.csv is there already" in outcome.err
    assert Path("stories.csv").read_text(encoding="utf8") == "mine"
    assert kg("samples", "trial").code == 0
    assert "cannot write" in kg("samples", "stories.csv").err
