"""kg build and kg evaluate when an article cannot be read to its end."""

import json

import pytest

from kg import pipeline
from kg.errors import DocumentError
from kg.model import Extraction

GOOD = "Norwegian Prime Minister Sigrid Aasland met Graham Ellery in Oslo on Friday."


@pytest.fixture
def build(kg, faults, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(faults[0])

    def run(texts, *options):
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf8")
        inputs = [f"{name}.txt" for name in texts]
        return kg("build", *inputs, "-o", "graph", "-q", "--spacy-model", faults[1], "--extractor", "rules", *options)

    return run


def test_an_article_that_fails_is_a_line_and_the_others_are_built(build, tmp_path):
    texts = {"bad": f"FAULT extraction raise. {GOOD}", "good": GOOD, "ugly": f"FAULT analysis sleep. {GOOD}"}
    outcome = build(texts, "--max-document-seconds", "3")
    assert (outcome.code, outcome.out) == (1, "")
    assert [line[:35] for line in outcome.err.splitlines()] == [
        "skipped: bad: extraction failed: Va",
        "skipped: ugly: analysis failed: lon",
    ]
    read = [
        json.loads(line)["id"]
        for line in (tmp_path / "graph" / "documents.jsonl").read_text(encoding="utf8").splitlines()
    ]
    assert read == ["good"]
    assert "kg:metWith" in (tmp_path / "graph" / "graph.ttl").read_text(encoding="utf8")


def test_of_no_article_that_can_be_read_nothing_is_built(build, tmp_path):
    outcome = build({"bad": f"FAULT analysis raise. {GOOD}"})
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines()[0] == "kg: nothing could be read:"
    assert outcome.err.splitlines()[1].startswith("kg: bad: analysis failed: ValueError")
    assert not (tmp_path / "graph").exists()


NO_LIMIT = "the seconds for a document must be above 0"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [*((seconds, NO_LIMIT) for seconds in ("0", "-1", "nan", "inf", "1e9")), ("soon", "--max-document-seconds")],
)
def test_a_limit_that_is_none_is_wrong_usage(build, tmp_path, seconds, said):
    outcome = build({"good": GOOD}, "--max-document-seconds", seconds)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert not (tmp_path / "graph").exists()


def test_a_benchmark_tells_which_texts_were_not_read(kg, tmp_path, monkeypatch):
    def extract(documents, settings):
        for number, document in enumerate(documents):
            yield DocumentError(document.id, "analysis", "no") if number else Extraction(document=document.id)

    monkeypatch.setattr(pipeline, "extract", extract)
    for name in ("a", "b"):
        record = {"id": name, "text": GOOD, "published": None, "entities": [], "relations": [], "traps": []}
        (tmp_path / f"{name}.json").write_text(json.dumps(record), encoding="utf8")
    outcome = kg("evaluate", "news", tmp_path)
    assert (outcome.code, outcome.err) == (1, "skipped: b: analysis failed: no\n")
