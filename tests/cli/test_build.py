"""kg build and kg demo, with the language model: small inputs, exit codes, the summary."""

import importlib
import json
import os
import tempfile
from pathlib import Path

import pytest

from kg import pipeline
from kg.config import Settings
from kg.errors import DocumentError, InvariantError
from kg.inputs import decisions_file
from kg.model import Document, EntityType, Extraction, LocalEntity, Mention, MentionKind
from kg.store import open_folder

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
        "store",
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
        (["article.txt", "-o", "graph", "--base-iri", "nonsense"], "base IRI"),
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
    extract = pipeline.extract
    monkeypatch.setattr(pipeline, "extract", lambda docs, s: extract((read.append(d.id) or d for d in docs), s))
    assert kg("build", "news", "-o", "graph", "-q").code == 0
    assert read == ["two"]
    assert kg("build", "news", "-o", "full", "-q").code == 0
    for path in filter(Path.is_file, (here / "full").iterdir()):
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


NEWS = {
    "one": "Sigrid Aasland met Graham Ellery in Oslo on Friday.\n",
    "two": "Siri Berg visited Riga on Monday, the ministry said.\n",
    "three": "Priya Ramanan spoke with Jonas Brekke on the phone.\n",
    "four": "Marta Kalnina named Edgars Vitols rector on Tuesday.\n",
}
FILES = {
    *("graph.ttl", "graph.html", "documents.jsonl", "entities.jsonl", "statements.jsonl"),
    *("extractions.jsonl", "build.json", "store"),
}


@pytest.fixture
def news(here: Path) -> Path:
    (here / "news").mkdir()
    for name, text in NEWS.items():
        (here / "news" / f"{name}.txt").write_text(text, encoding="utf8")
    return here / "news"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that are read, by an extractor that finds a name at the start of each."""
    seen: list[str] = []

    def extract(documents, _settings):
        for document in documents:
            seen.append(document.id)
            if "trouble" in document.text:
                yield DocumentError(document.id, "extraction", "it is trouble: leave it out")
                continue
            name = " ".join(document.text.split()[:2])
            mention = Mention(0, len(name), MentionKind.NAME)
            entity = LocalEntity(type=EntityType.PERSON, name=name, mentions=(mention,))
            yield Extraction(document=document.id, entities=(entity,))

    monkeypatch.setattr(pipeline, "extract", extract)
    return seen


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def names(folder: str) -> set[str]:
    return {path.name for path in Path(folder).iterdir()}


def documents(folder: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (folder / "documents.jsonl").read_text(encoding="utf8").splitlines()]


def test_a_build_among_its_articles_reads_no_file_of_its_own(kg, news, read):
    for output in ("news", "news/graph", "elsewhere"):
        for _ in range(2):
            outcome = kg("build", "news", "-o", output, "-q")
            assert (outcome.code, outcome.err) == (0, ""), output
            assert documents(Path(output)) == sorted(NEWS)
    assert kg("view", "news", "--no-open").code == 0
    assert kg("view", "news", "--no-open", "--type", "Person", "-o", "news/people.html").code == 0
    assert kg("build", "news", "-o", "elsewhere", "-q").code == 0
    assert documents(Path("elsewhere")) == sorted(NEWS)
    outcome = kg("build", "news", "news/documents.jsonl", "-o", "elsewhere", "-q")
    assert outcome.code == 1
    assert "news/documents.jsonl: a build wrote this file" in outcome.err


@pytest.mark.parametrize("name", sorted(FILES - {"store"}))
def test_a_file_of_the_user_is_not_overwritten(kg, news, read, name):
    (news / name).write_text("mine\n", encoding="utf8")
    outcome = kg("build", "news/one.txt", "-o", "news", "-q")
    assert (outcome.code, read) == (2, [])
    assert f"no build wrote {name}" in outcome.err
    assert content(news) == {f"{n}.txt": text.encode() for n, text in NEWS.items()} | {name: b"mine\n"}
    assert kg("build", "news/one.txt", "-o", "news", "-q", "--replace").code == 0
    assert (news / name).read_text(encoding="utf8") != "mine\n"


@pytest.mark.parametrize(
    ("first", "then", "code"),
    [
        (["news"], ["news"], 0),
        (["news"], ["news/"], 0),
        (["news/one.txt"], ["news"], 0),
        (["news"], ["news", "article.txt"], 0),
        (["news"], ["news/*.txt"], 0),  # others, but nothing is lost
        (["news"], ["news/one.txt"], 2),
        (["news", "article.txt"], ["news"], 2),
        (["news/one.txt"], ["article.txt"], 2),
    ],
)
def test_a_graph_of_other_inputs_is_not_replaced_without_a_word(kg, news, read, first, then, code):
    assert kg("build", *first, "-o", "graph", "-q").code == 0
    before = content(Path("graph"))
    outcome = kg("build", *then, "-o", "graph", "-q")
    assert outcome.code == code
    if code:
        assert "kg add" in outcome.err
        assert "--replace" in outcome.err
        assert content(Path("graph")) == before
        assert kg("build", *then, "-o", "graph", "-q", "--replace").code == 0
    assert names("graph") == FILES


def test_what_is_gone_from_the_same_inputs_is_gone_from_the_graph(kg, news, read):
    kg("build", "news", "-o", "graph", "-q")
    (news / "two.txt").unlink()
    (news / "one.txt").write_text("Sigrid Aasland met nobody at all in Oslo on Friday.\n", encoding="utf8")
    assert kg("build", "news", "-o", "graph", "-q").code == 0
    assert documents(Path("graph")) == ["four", "one", "three"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError, InvariantError])
def test_what_was_read_before_the_end_is_not_read_again(kg, news, read, monkeypatch, stop):
    extract = pipeline.extract

    def cut_short(documents, settings):
        for count, extraction in enumerate(extract(documents, settings)):
            if count == 3:
                raise stop("cut short")
            yield extraction

    with monkeypatch.context() as patch, pytest.raises(BaseException):  # noqa: B017
        patch.setattr(pipeline, "extract", cut_short)
        pipeline.build(["news"], "graph")
    assert read == ["four", "one", "three", "two"]
    assert names("graph") == {".kg"}
    read.clear()
    assert kg("build", "news", "-o", "graph", "-q").code == 0
    assert read == ["two"]
    kg("build", "news", "-o", "whole", "-q")
    assert content(Path("graph")) == content(Path("whole"))
    assert names("graph") == FILES


def in_the_way(output: Path) -> None:
    (output / "graph.ttl").mkdir(parents=True)


def a_file(output: Path) -> None:
    output.write_text("mine", encoding="utf8")


def below_a_file(output: Path) -> None:
    output.symlink_to(output.with_name("article.txt") / "graph")


def a_file_for_work(output: Path) -> None:
    output.mkdir()
    (output / ".kg").write_text("mine", encoding="utf8")


@pytest.mark.parametrize("spoil", [in_the_way, a_file, below_a_file, a_file_for_work])
def test_an_output_that_cannot_be_written_is_noticed_before_anything_is_read(kg, news, read, spoil):
    spoil(news.parent / "graph")
    outcome = kg("build", "news", "-o", "graph", "-q")
    assert (outcome.code, read, outcome.out) == (2, [], "")
    assert outcome.err.count("\n") == 1
    assert "graph" in outcome.err


def test_two_builds_at_once(kg, news, read):
    with open_folder(Path("graph")):
        outcome = kg("build", "news", "-o", "graph", "-q")
    assert (outcome.code, read) == (2, [])
    assert f"process {os.getpid()} on" in outcome.err
    assert kg("build", "news", "-o", "graph", "-q").code == 0


def test_a_damaged_cache_is_read_anew_and_said(kg, news, read):
    kg("build", "news", "-o", "graph", "-q")
    before = content(Path("graph"))
    lines = before["extractions.jsonl"].splitlines(keepends=True)
    assert b"Priya Ramanan" in lines[2]
    edited = lines[2].replace(b"Priya Ramanan", b"Prya Raamanan")
    Path("graph/extractions.jsonl").write_bytes(b"".join([*lines[:2], edited, *lines[3:]]))
    read.clear()
    for command in (["merge", "graph", "Siri Berg", "Sigrid Aasland"], ["explain-match", "graph", "Siri", "Sigrid"]):
        assert "build again" in kg(*command).err
    outcome = kg("build", "news", "-o", "graph")
    assert (outcome.code, read) == (0, ["three"])
    assert "note: graph/extractions.jsonl: 1 line is damaged" in outcome.err
    assert content(Path("graph")) == before


def test_a_document_that_fails_is_skipped_and_the_others_are_built(kg, news, read):
    (news / "five.txt").write_text("This is trouble for anyone who reads it.\n", encoding="utf8")
    outcome = kg("build", "news", "-o", "graph", "-q")
    assert outcome.code == 1
    assert outcome.err.startswith("skipped: five: extraction failed")
    assert documents(Path("graph")) == sorted(NEWS)
    assert kg("build", "news/five.txt", "-o", "other", "-q").code == 2
    assert not Path("other").exists()


# what fails on "three" -> what is said, with the place
FAILURES = {
    "kg.documents.read.published_in": "skipped: news/three.txt: ZeroDivisionError at kg/documents/read.py:",
    "kg.documents.read.foreign_language": "skipped: news/three.txt: ZeroDivisionError at kg/documents/read.py:",
    "kg.documents.text.find_headline": "skipped: news/three.txt: ZeroDivisionError at kg/documents/text.py:",
    "kg.resolution.group_copies": "skipped: three: integration failed: ZeroDivisionError at kg/integration.py:",
    "kg.view.page.render_page": "skipped: three: integration failed: ZeroDivisionError at kg/pipeline.py:",
    "kg.mapping.to_turtle": "skipped: three: integration failed: ZeroDivisionError at kg/pipeline.py:",
}


@pytest.mark.parametrize("place", FAILURES)
def test_an_error_of_kg_with_one_document_costs_no_other(kg, news, read, monkeypatch, place):
    module, _, name = place.rpartition(".")
    real = getattr(importlib.import_module(module), name)

    def fail(what, *others, **options):
        if "Priya Ramanan" in str(what):
            raise ZeroDivisionError("boom")
        return real(what, *others, **options)

    monkeypatch.setattr(place, fail)
    outcome = kg("build", "news", "-o", "graph", "-q")
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert outcome.err.startswith(FAILURES[place])
    assert "boom: an error in kg, please report it" in outcome.err
    assert documents(Path("graph")) == sorted(NEWS.keys() - {"three"})


def test_an_error_of_kg_with_all_documents_is_no_fault_of_one(kg, news, read, monkeypatch, tmp_path):
    def fail(*_, **__):
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("kg.mapping.to_turtle", fail)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    outcome = kg("build", "news", "-o", "graph", "-q")
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert "an error of kg itself (ZeroDivisionError: boom)" in outcome.err


def test_one_record_that_fails_costs_no_other_of_its_file(kg, here, read, monkeypatch):
    real = importlib.import_module("kg.documents.read").published_in

    def fail(text):
        if "Priya" in text:
            raise MemoryError
        return real(text)

    monkeypatch.setattr("kg.documents.read.published_in", fail)
    lines = (json.dumps({"id": name, "text": text}) + "\n" for name, text in NEWS.items())
    Path("all.jsonl").write_text("".join(lines), encoding="utf8")
    outcome = kg("build", "all.jsonl", "-o", "graph", "-q")
    assert (outcome.code, documents(Path("graph"))) == (1, sorted(NEWS.keys() - {"three"}))
    said = "skipped: all.jsonl: line 3: not enough memory: free some or split the text, and build again\n"
    assert outcome.err == said


def test_a_folder_that_may_not_be_entered_holds_no_decisions(kg, news, read, monkeypatch):
    (news.parent / "closed").mkdir()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "closed" and real(path, mode))
    assert decisions_file(["closed", "news"], Settings()) == news / "kg-decisions.jsonl"
    assert decisions_file(["closed"], Settings()) == Path("kg-decisions.jsonl")


@pytest.mark.parametrize(
    ("dated", "options", "said"),
    [
        ([], [], "the documents have no date"),
        (["one"], [], "3 of 4 documents have no date"),
        ([], ["--published", "2021-03-14"], None),
    ],
)
def test_the_summary_says_what_has_no_date(kg, news, read, dated, options, said):
    for name in dated:
        (news / f"{name}.txt").write_text(f"OSLO, March 16, 2021 - {NEWS[name]}", encoding="utf8")
    out = kg("build", "news", "-o", "graph", *options).out
    assert (said in out) if said else ("no date" not in out)


def test_many_known_extractions_are_found_at_once(here, read, monkeypatch):
    many = [Document(id=f"d{i}", text=f"Name{i} Here", sha256=str(i)) for i in range(3000)]
    monkeypatch.setattr(pipeline, "extraction_key", lambda document, _settings: document.id)
    with open_folder(Path("graph")) as place:
        for _ in range(2):
            found, failed, _ = pipeline._extract_new(many, Settings(), place, None)
            assert (len(found), failed, len(read)) == (3000, [], 3000)


def test_options_from_a_file_beside_the_articles(kg, here):
    (here / "news").mkdir()
    (here / "article.txt").rename(here / "news" / "article.txt")
    file = here / "news" / "kg.toml"
    file.write_text(
        'base-iri = "https://example.org/"\npublished = "2021-03-14"\nextractor = "rules"\n', encoding="utf8"
    )

    def built() -> dict[str, object]:
        document = json.loads((here / "graph" / "documents.jsonl").read_text(encoding="utf8").splitlines()[0])
        options = json.loads((here / "graph" / "build.json").read_text(encoding="utf8"))
        return {"iri": document["iri"], "published": document["published"], "extractor": options["extractor"]}

    assert kg("build", "news", "-o", "graph", "-q").err == ""
    assert built() == {"iri": "https://example.org/document/article", "published": "2021-03-14", "extractor": "rules"}
    assert kg("build", "news", "-o", "graph", "-q", "--published", "2022").code == 0
    assert built()["published"] == "2022"
    file.rename(here / "other.toml")
    assert kg("build", "news", "-o", "graph", "-q", "--config", "other.toml").code == 0
    assert built()["iri"] == "https://example.org/document/article"
    (here / "other.toml").write_text('extracter = "rules"', encoding="utf8")
    outcome = kg("build", "news", "-o", "graph", "-q", "--config", "other.toml")
    assert (outcome.code, outcome.err) == (
        2,
        "kg: other.toml: there is no option 'extracter': did you mean extractor?\n",
    )
    (here / "other.toml").write_text('extractor = "magic"', encoding="utf8")
    assert "choose one of rules, model, both" in kg("build", "news", "-o", "graph", "-q", "--config", "other.toml").err
