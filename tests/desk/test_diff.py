"""What a build adds, removes, changes, merges and splits, and why."""

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.desk.deciding import correct, reject
from kg.desk.diff import diff_builds, rdf_patch
from kg.store import load_graph

from .conftest import ARTICLES, write_graph

SAHEL = (
    "2022-07-01",
    "Amara Diallo was born on 4 May 1970. Joana Prado owns nothing. Joana Prado met Amara Diallo in Dakar.",
    [("Amara Diallo", "Person"), ("Joana Prado", "Person"), ("Dakar", "Place")],
    [("Joana Prado", "metWith", "Amara Diallo", {"place": "Dakar"})],
)


@pytest.fixture
def two(here) -> Path:
    """The build as ``old``, and ``graph`` to change."""
    shutil.copytree("graph", "old")
    return here


def lines() -> list[tuple[str, str, str, str]]:
    found = diff_builds("old", "graph").changes
    return [(c.what, c.how, c.about, c.cause) for c in found]


def test_the_same_builds_do_not_differ(two, kg):
    assert diff_builds("old", "graph").changes == ()
    assert kg("diff", "old", "graph") == (0, "The two say the same.\n", "")
    assert list(rdf_patch("old", "graph")) == ["TX .", "TC ."]


def test_an_article_that_is_added_and_one_that_goes(two, kg):
    from kg.model import EntityType

    told = dict(ARTICLES)
    told["sahel"] = (*SAHEL[:2], [(name, EntityType(kind)) for name, kind in SAHEL[2]], SAHEL[3])
    shutil.rmtree("graph")
    write_graph(Path("graph"), Path("articles"), told)
    cause = "documents: sahel"
    assert lines() == [
        ("document", "added", "sahel (2022-07-01)", "input"),
        ("entity", "added", "Joana Prado (Person)", cause),
        ("statement", "added", "Amara Diallo metWith Joana Prado", cause),
    ]
    code, out, err = kg("diff", "graph", "old")
    assert (code, err) == (0, "")
    assert "- entity Joana Prado (Person)  (documents: sahel)" in out
    assert "1 document removed, 1 entity removed, 1 statement removed" in out


def test_a_merge_is_one_change_and_so_are_the_statements_that_move(two, kg):
    assert kg("merge", "graph", "Ilse Brandt", "Tomás Quiroga")[0] == 0
    found = lines()
    (entity,) = [line for line in found if line[0] == "entity"]
    assert entity[1] == "merged"
    assert entity[2].startswith("Ilse Brandt and Tomás Quiroga are one: ")
    assert {how for what, how, _, _ in found if what == "statement"} <= {"changed"}
    assert all(cause == "decisions" for *_, cause in found)
    back = diff_builds("graph", "old").changes
    assert [c.how for c in back if c.what == "entity"] == ["split"]


def test_a_correction_and_a_rejection_are_traced_to_the_decision(two, kg):
    met = next(s for s in load_graph("graph").statements if s.predicate == "metWith")
    correct("graph", met.id, {"date": "2021-02-28"}, by="R. Ek")
    founded = next(s for s in load_graph("graph").statements if s.predicate == "founded")
    reject("graph", founded.id)
    found = diff_builds("old", "graph")
    assert found.made == ("decisions",)
    assert [(c.how, c.about, c.cause) for c in found.changes] == [
        ("removed", "Amara Diallo founded Sahel Freight", "decisions"),
        ("changed", "Amara Diallo metWith Kenji Watanabe 2021-02-28", "decisions"),
    ]
    assert found.changes[1].fields["date"] == ("2021-03-01", "2021-02-28")
    record = json.loads(kg("diff", "old", "graph", "--format", "json")[1])
    assert record["made"] == ["decisions"]
    assert len(record["changes"]) == 2


def test_the_patch_makes_the_one_the_other(two, kg):
    met = next(s for s in load_graph("graph").statements if s.predicate == "metWith")
    correct("graph", met.id, {"date": "2021-02-28"}, by="R. Ek")
    graphs = [
        {q.triple for q in ox.parse(path=f"{folder}/graph.ttl", format=ox.RdfFormat.TURTLE)}
        for folder in ("old", "graph")
    ]
    code, out, err = kg("diff", "old", "graph", "--format", "patch")
    assert (code, err) == (0, "")
    now = set(graphs[0])
    for line in out.splitlines():
        sign, _, rest = line.partition(" ")
        if sign in "AD":
            triples = {q.triple for q in ox.parse(rest, format=ox.RdfFormat.N_TRIPLES)}
            now = now - triples if sign == "D" else now | triples
    assert now == graphs[1]


def test_what_nothing_explains_is_said(two):
    path = Path("graph/statements.jsonl")
    path.write_text(path.read_text(encoding="utf8").replace('"chair"', '"owner"'), encoding="utf8")
    from .test_audit import rehash

    rehash(Path("graph"), "statements.jsonl")
    assert {c.cause for c in diff_builds("old", "graph").changes} == {"nothing that is recorded: see `kg audit`"}


def test_no_build_is_an_error(two, kg):
    assert kg("diff", "old", "articles")[0] == 2


def test_who_is_called_otherwise_since_an_article_came_is_one_change(two, kg):
    from kg.model import EntityType

    told = dict(ARTICLES)
    told["an-archive"] = (
        "2020-07-01",
        "Kenji Taro Watanabe met Joana Prado in Dakar. Kenji Taro Watanabe left. Kenji Taro Watanabe slept.",
        [("Kenji Taro Watanabe", EntityType.PERSON), ("Joana Prado", EntityType.PERSON), ("Dakar", EntityType.PLACE)],
        [("Kenji Taro Watanabe", "metWith", "Joana Prado", {"place": "Dakar"})],
    )
    shutil.rmtree("graph")
    write_graph(Path("graph"), Path("articles"), told)
    about = [(how, said) for what, how, said, _ in lines() if what == "entity"]
    assert ("changed", "Kenji Watanabe is now Kenji Taro Watanabe") in about
    assert not [said for how, said in about if how in {"added", "removed"} and "Watanabe" in said]


def test_what_changed_is_told_by_names(here, kg, tmp_path):
    shutil.copytree("graph", tmp_path / "old")
    assert kg("rename", "graph", "Port of Lomé", "Autonomous Port of Lomé", "--by", "R. Ek")[0] == 0
    assert kg("merge", "graph", "Kenji Watanabe", "Tomás Quiroga")[0] == 0
    out = kg("diff", tmp_path / "old", "graph")[1]
    assert "checked by: none -> R. Ek" in out
    assert "subject: Kenji Watanabe -> " in out or "subject: Tomás Quiroga -> " in out
