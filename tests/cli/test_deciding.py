"""kg review, merge, split, decisions and explain-match on a small build made by hand."""

import errno
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.config import Settings
from kg.model import Claim, Document, EntityType, Extraction, LocalEntity, Mention, MentionKind
from kg.pipeline import compose, identify
from kg.project import change_project
from kg.resolution import Decision, Verdict
from kg.store import open_folder
from tests.graphs import quoted

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


def one_article(text: str, *names: str) -> None:
    """Write a build of one article in which all names were read as those of one person."""
    mentions = tuple(
        Mention(match.start(), match.end(), MentionKind.NAME if match[0] in names else MentionKind.PRONOUN)
        for match in re.finditer("|".join((*sorted(names, key=len, reverse=True), "He")), text)
    )
    entity = LocalEntity(type=EntityType.PERSON, name=names[0], aliases=names[1:], mentions=mentions)
    last = mentions[-1]
    evidence = quoted(text, (last.start, last.end), document="a")
    claim = Claim(subject=0, predicate="holdsRole", title="mayor", evidence=evidence)
    extraction = Extraction(document="a", entities=(entity,), claims=(claim,))
    documents = [Document(id="a", text=text)]
    with open_folder(Path("graph"), replace=True) as place:
        where = Path("articles/kg-decisions.jsonl")
        _, files = compose(
            documents,
            {"a": extraction},
            identify(documents, [extraction]),
            Settings(),
            output=place.path,
            decisions=where,
        )
        place.install(files)


SONS = ("John Adam Lund", "John Lund", "Lund")


@pytest.mark.parametrize(
    ("arguments", "left", "away"),
    [
        (
            ["John Lund", "-d", "a"],
            "John Adam Lund (Lund)",
            "John Lund",
        ),  # no other article has it: the name means another
        (["John Adam Lund", "--called", "John Lund"], "John Adam Lund (Lund)", "John Lund"),
        (["John Adam Lund", "-c", "john lund", "-c", "Lund", "-d", "a"], "John Adam Lund", "John Lund (Lund)"),
    ],
)
def test_names_of_one_article_are_told_apart(kg, here, arguments, left, away):
    one_article("John Adam Lund left. Lund slept. John Lund came. He is the mayor.", *SONS)
    before = content()
    assert kg("split", "graph", *arguments).code == 0
    found = {name: e["aliases"] for name, e in entities().items()}
    assert {f"{n} ({', '.join(a)})" if a else n for n, a in found.items()} == {left, away}
    posts = [json.loads(line) for line in Path("graph/statements.jsonl").read_text().splitlines()]
    assert [s["subject"] for s in posts] == ["https://kg.example/person/john-lund"]  # "He" is who was named last
    assert "In the graph they are two" in kg("explain-match", "graph", "John Lund", "John Adam Lund").out
    assert kg("decisions", "graph", "--undo", "1").code == 0
    assert content() == before


def test_two_names_of_one_article_are_explained(kg, here):
    one_article("John Adam Lund left. Lund slept. John Lund came. He is the mayor.", *SONS)
    outcome = kg("explain-match", "graph", "John Lund", "John Adam Lund")
    assert outcome.code == 0
    assert "only one has" in outcome.out
    assert "In the graph they are one" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["split", "graph", "John Lund"], "say which articles mean another"),
        (["split", "graph", "John Lund", "-c", "Lind"], "its names are John Adam Lund, John Lund, Lund"),
        (["explain-match", "graph", "John Lund", "john lund"], "nothing tells them apart"),
    ],
)
def test_what_no_name_of_an_article_is_cannot_be_told_apart(kg, here, arguments, said):
    one_article("John Adam Lund left. Lund slept. John Lund came. He is the mayor.", *SONS)
    outcome = kg(*arguments)
    assert outcome.code == 2
    assert said in outcome.err


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


MERGE = ["merge", "graph", "Bob Dylan", "Robert Zimmerman"]
SPLIT = ["split", "graph", "Bob Dylan", "-d", "a"]


def decided() -> list[str]:
    path = Path("articles/kg-decisions.jsonl")
    return path.read_text(encoding="utf8").splitlines() if path.exists() else []


def test_two_at_once_are_both_kept(here):
    program = "import sys; from kg.cli import main; main(sys.argv[1:])"
    names = ["George W. Bush", "George Bush"]
    commands = [["merge", "graph", "Bob Dylan", "Robert Zimmerman"], ["merge", "graph", *map(entities_of, names)]]
    running = [subprocess.Popen([sys.executable, "-c", program, *words], cwd=here) for words in commands]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    assert len(decided()) == 2
    assert {"Bob Dylan", "Robert Zimmerman"} - set(entities()) == {"Robert Zimmerman"}
    assert [path.name for path in Path("articles").iterdir()] == ["kg-decisions.jsonl"]
    assert {path.name for path in Path("graph").iterdir()} == {*FILES, "build.json", "store"}


@pytest.mark.parametrize("command", [MERGE, SPLIT, ["decisions", "graph", "--undo", "1"], ["review", "graph"]])
def test_where_the_decision_cannot_be_written_the_graph_stays(kg, here, monkeypatch, command):
    names = ["George W. Bush", "George Bush"]
    assert kg("merge", "graph", *map(entities_of, names)).code == 0
    before, kept = content(), decided()

    def fail(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    answer(monkeypatch, "same")
    for place in ("kg.resolution.decisions.locked", "kg.resolution.decisions.replace_file"):
        with monkeypatch.context() as patch:
            patch.setattr(place, fail)
            patch.setattr(Path, "unlink", fail)
            outcome = kg(*command)
        assert outcome.code == 2
        assert "Read-only file system; build with --decisions FILE" in outcome.err
        assert (content(), decided()) == (before, kept)
        answer(monkeypatch, "same")


@pytest.mark.parametrize("command", [MERGE, SPLIT, ["review", "graph"]])
def test_a_kill_after_the_decision_loses_nothing(kg, here, monkeypatch, command):
    # in a process of its own: a database that has been written to does not live on in a forked one
    killed = (
        "import os, kg.store; kg.store.BuildFolder.install = lambda *_: os._exit(9); from kg.cli import main; main()"
    )
    child = subprocess.run([sys.executable, "-c", killed, *command], input="same\n", text=True, check=False)
    assert child.returncode == 9
    before = content()
    assert len(decided()) == 1
    answer(monkeypatch, "quit")
    kg(*command)  # told that it is so already, but the graph follows now
    assert content() != before
    with change_project("graph") as project:
        assert not project.is_behind
        after = content()
        project.rebuild(project.read_decisions())
        assert content() == after


def test_a_review_decides_on_what_others_decided_meanwhile(kg, here, monkeypatch):
    class Answers(io.StringIO):
        def readline(self, *_):
            if not decided():
                with change_project("graph") as project:
                    a, b = (project.find(n, project.identify(())) for n in ("Bob Dylan", "Robert Zimmerman"))
                    sides = (project.anchors(e, project.identify(())) for e in (a, b))
                    project.rebuild([Decision(verdict=Verdict.SAME, **dict(zip("ab", sides, strict=True)))])
            return super().readline()

    monkeypatch.setattr("sys.stdin", Answers("same\nundo\nsame\nquit\n"))
    assert kg("review", "graph").code == 0
    assert len(decided()) == 2
    assert "Robert Zimmerman" not in entities()


def test_what_is_being_built_is_not_decided_on(kg, here, monkeypatch):
    monkeypatch.setattr("kg.project._PATIENCE", 0.0)
    with open_folder(Path("graph")):
        outcome = kg(*MERGE)
    assert outcome.code == 2
    assert f"process {os.getpid()} on" in outcome.err
    assert decided() == []
