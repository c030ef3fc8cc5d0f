"""kg build and kg demo, with the language model: small inputs, exit codes, the summary."""

import json
from pathlib import Path

import pytest

ARTICLE = "Norwegian Prime Minister Sigrid Aasland met Graham Ellery in Oslo on Friday.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf8")
    return tmp_path


def test_build(kg, here):
    outcome = kg("build", "article.txt", "--output", "graph")
    assert (outcome.code, outcome.err) == (0, "")
    rows = dict(line.rsplit(None, 1) for line in outcome.out.splitlines() if len(line.split()) > 1)
    assert rows["documents"] == "1"
    assert rows["skipped"] == "0"
    assert int(rows["  Person"]) == 2
    assert int(rows["  metWith"]) == 1
    assert "graph/graph.ttl" in outcome.out
    assert {path.name for path in (here / "graph").iterdir()} == {
        "graph.ttl",
        "graph.html",
        "documents.jsonl",
        "entities.jsonl",
        "statements.jsonl",
        "extractions.jsonl",
        "build.json",
    }


def test_a_skipped_input_is_a_line_and_exit_code_1(kg, here):
    (here / "empty.txt").write_text("", encoding="utf8")
    outcome = kg("build", "article.txt", "empty.txt", "-o", "graph", "--quiet")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("skipped: ")
    assert "empty.txt" in outcome.err
    assert outcome.err.count("\n") == 1
    assert (here / "graph" / "graph.ttl").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.txt", "-o", "graph"], "missing.txt"),
        (["empty.txt", "-o", "graph"], "empty.txt"),
        (["article.txt", "-o", "graph", "--published", "last week"], "ISO date"),
        (["article.txt", "-o", "graph", "--base-iri", "nonsense"], "--base-iri"),
        (["article.txt", "-o", "graph", "--spacy-model", "no_such_model"], "no_such_model"),
        (["article.txt", "-o", "article.txt"], "article.txt"),
        (["article.txt"], "--output"),
        (["-o", "graph"], "INPUT"),
    ],
)
def test_nothing_built_is_exit_code_2(kg, here, arguments, said):
    (here / "empty.txt").write_text("", encoding="utf8")
    outcome = kg("build", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert not (here / "graph").exists()


def test_records_by_other_field_names(kg, here):
    record = {"number": "a1", "body": ARTICLE, "day": "2021-10-16", "head": "Talks", "url": "https://news.example/a1"}
    (here / "stories.jsonl").write_text(json.dumps(record) + "\n", encoding="utf8")
    names = {"id": "number", "text": "body", "published": "day", "title": "head", "source": "url"}
    options = [word for name, field in names.items() for word in (f"--{name}-field", field)]
    assert kg("build", "stories.jsonl", "-o", "graph", "-q", *options).code == 0
    written = json.loads((here / "graph" / "documents.jsonl").read_text(encoding="utf8"))
    assert {written[name] for name in names} == set(record.values())


def test_a_grown_folder_gives_the_bytes_of_a_full_build(kg, here, monkeypatch):
    (here / "news").mkdir()
    (here / "news" / "one.txt").write_text(ARTICLE, encoding="utf8")
    assert kg("build", "news", "-o", "graph", "-q").code == 0
    (here / "news" / "two.txt").write_text("Sigrid Aasland visited Riga on Monday.\n", encoding="utf8")
    read = []
    from kg import pipeline

    extract = pipeline.extract
    monkeypatch.setattr(pipeline, "extract", lambda docs, s: extract((read.append(d.id) or d for d in docs), s))
    assert kg("build", "news", "-o", "graph", "-q").code == 0
    assert read == ["two"]
    assert kg("build", "news", "-o", "full", "-q").code == 0
    for path in (here / "full").iterdir():
        assert path.read_bytes() == (here / "graph" / path.name).read_bytes(), path.name


def test_decisions_beside_the_articles_hold_for_every_build(kg, here):
    (here / "news").mkdir()
    (here / "news" / "one.txt").write_text(ARTICLE, encoding="utf8")
    (here / "news" / "two.txt").write_text("Siri Berg met Graham Ellery in Oslo on Friday.\n", encoding="utf8")
    assert kg("build", "news", "-o", "graph", "-q").code == 0
    assert kg("merge", "graph", "Siri Berg", "Sigrid Aasland").code == 0
    assert (here / "news" / "kg-decisions.jsonl").exists()
    assert kg("build", "news", "-o", "again", "-q").err == ""
    assert (here / "again" / "graph.ttl").read_bytes() == (here / "graph" / "graph.ttl").read_bytes()
    (here / "news" / "two.txt").unlink()
    assert "decision not used" in kg("build", "news", "-o", "again", "-q").err


def test_a_bad_record_of_an_authority_costs_no_article(kg, here):
    (here / "known.jsonl").write_text(
        '{"id": "Q1", "type": "Person", "name": "Sigrid Aasland"}\n{"id": "Q2", "type": "Person"}\n', encoding="utf8"
    )
    outcome = kg("build", "article.txt", "-o", "graph", "-q", "--extractor", "rules", "--authority", "known.jsonl")
    assert outcome.code == 1
    assert outcome.err == "skipped: the authority known.jsonl: line 2: it has no name: mend it or leave it out\n"
    assert "wikidata.org/entity/Q1" in (here / "graph" / "entities.jsonl").read_text(encoding="utf8")


def test_two_records_of_one_identifier_build(kg, here):
    (here / "article.txt").write_text("Bob Dylan met Graham Ellery on Friday.\nRobert Zimmerman met Marta Kalnina.\n")
    names = ("Bob Dylan", "Robert Zimmerman", "Graham Ellery")
    records = [{"id": "Q1" if name != "Graham Ellery" else "..", "type": "Person", "name": name} for name in names]
    (here / "known.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf8")
    options = ("--extractor", "rules", "--authority", "known.jsonl", "--adopt-iris")
    assert kg("build", "article.txt", "-o", "graph", "-q", *options).code == 0
    lines = (here / "graph" / "entities.jsonl").read_text(encoding="utf8").splitlines()
    found = {entity["name"]: (entity["id"], *entity["same_as"]) for entity in map(json.loads, lines)}
    assert all("http://www.wikidata.org/entity/Q1" in found[name] for name in names[:2])
    assert len({iris[0] for iris in found.values()}) == len(found)
    assert kg("query", "graph", "--named", "names").code == 0
