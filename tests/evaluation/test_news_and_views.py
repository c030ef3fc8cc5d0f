"""News scoring against the script, from a graph written as a build writes it."""

import importlib.util
import json
import random
from pathlib import Path

import pytest

from kg.errors import InputError, UsageError
from kg.evaluation import news as scoring
from kg.evaluation import open_benchmark, views_of_extractions, views_of_graph
from kg.evaluation.views import View, ViewEntity, ViewFact
from kg.model import (
    Claim,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Graph,
    LocalEntity,
    Mention,
    MentionAt,
    MentionKind,
    Polarity,
    Statement,
)
from tests.graphs import quoted

SHARED = Path(__file__).parents[2].parent / "shared"


def graph_of(articles, noise):
    """Return a graph that says most of what the gold says, some of its traps and some nonsense."""
    entities, statements = [], []
    for article in articles:
        named = {e["id"]: f"{article['id']}/{e['id']}" for e in article["entities"]}
        for e in article["entities"]:
            at = max(0, article["text"].find(e["name"]))
            mention = MentionAt(article["id"], at, at + len(e["name"]), MentionKind.NAME)
            name = e["name"] if noise.random() < 0.9 else "Nobody"
            entities.append(
                Entity(
                    id=named[e["id"]],
                    type=EntityType(e["type"]),
                    name=name,
                    aliases=tuple(e["aliases"]),
                    mentions=(mention,),
                )
            )
        for kind, facts in (("r", article["relations"]), ("t", article["traps"])):
            for n, fact in enumerate(facts):
                if noise.random() < (0.2 if kind == "r" else 0.7):
                    continue
                target = named.get(fact["o"])
                evidence = quoted("x", (0, 1), document=article["id"])
                title = fact.get("title")
                statements.append(
                    Statement(
                        id=f"{article['id']}/{kind}{n}",
                        subject=named[fact["s"]],
                        predicate=fact["p"],
                        object=target,
                        literal=None if target or not fact["o"] else fact["o"],
                        title=title if noise.random() < 0.8 else "keeper",
                        date=fact.get("date"),
                        place=named.get(fact.get("place")),
                        status=fact.get("status"),
                        polarity=Polarity.NEGATED if noise.random() < 0.1 else Polarity.AFFIRMED,
                        evidence=(evidence,),
                    )
                )
    return Graph(documents=(), entities=tuple(entities), statements=tuple(statements))


@pytest.mark.skipif(not (SHARED / "eval").is_dir(), reason="the scorers and data are not beside the checkout")
def test_news_as_the_script_scores_it(tmp_path, capsys, monkeypatch):
    spec = importlib.util.spec_from_file_location("score_news", SHARED / "eval" / "score_news.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    articles = scoring.read(SHARED / "data" / "news")
    graph = graph_of(articles, random.Random(6))
    with (tmp_path / "entities.jsonl").open("w", encoding="utf8") as file:
        for e in graph.entities:
            mentions = [{"document": m.document, "start": m.start, "end": m.end, "kind": m.kind} for m in e.mentions]
            record = {"id": e.id, "type": e.type, "name": e.name, "aliases": e.aliases, "mentions": mentions}
            file.write(json.dumps(record) + "\n")
    with (tmp_path / "statements.jsonl").open("w", encoding="utf8") as file:
        for s in graph.statements:
            record = {
                k: getattr(s, k)
                for k in ("subject", "predicate", "object", "literal", "title", "status", "date", "place")
            }
            record |= {"asserted": s.asserted, "evidence": [{"document": s.evidence[0].document}]}
            file.write(json.dumps(record) + "\n")
    monkeypatch.setattr("sys.argv", ["score_news.py", str(SHARED / "data" / "news"), str(tmp_path), "--json"])
    script.main()
    expected = json.loads(capsys.readouterr().out)
    table = scoring.score(articles, views_of_graph(graph))
    assert dict(table.notes) == {"traps sprung": expected["TRAPS"]["sprung"], "traps": expected["TRAPS"]["of"]}
    for name, rates in expected.items():
        if name != "TRAPS":
            assert tuple(table.rows[name][:3]) == pytest.approx((rates["p"], rates["r"], rates["f1"])), name
    assert 0.5 < table.rows["RELATIONS"].f1 < 1


def test_view_of_one_extraction_keeps_only_what_is_asserted():
    ends = {"document": "d", "start": 0, "end": 9, "text": "A met B.", "extractor": "x"}
    evidence = Evidence(subject=(0, 1), object=(6, 7), **ends)
    people = tuple(
        LocalEntity(type=EntityType.PERSON, name=n, mentions=(Mention(at, at + 1, MentionKind.NAME),))
        for n, at in (("A", 0), ("B", 6))
    )
    claims = (
        Claim(subject=0, predicate="metWith", object=1, evidence=evidence),
        Claim(subject=1, predicate="killed", object=0, evidence=evidence, polarity=Polarity.NEGATED),
    )
    view = views_of_extractions([Extraction(document="d", entities=people, claims=claims)])["d"]
    assert [f.predicate for f in view.facts] == ["metWith"]
    assert view.facts[0].spans == (((0, 1), (6, 7)),)
    assert view.entities["1"].mentions[0].start == 6


PEOPLE = {name: ViewEntity(EntityType.PERSON, name) for name in "ABX"}
MET = {"s": "A", "p": "metWith", "o": "B"}


def told_as(target, sure=0.9, predicate="metWith"):
    return ViewFact(
        subject="A",
        predicate=predicate,
        object=target,
        literal=None,
        title=None,
        status=None,
        date=None,
        place=None,
        spans=(),
        confidence=sure,
    )


def marked(*relations):
    entities = [{"id": name, "type": "Person", "name": name, "aliases": []} for name in PEOPLE]
    return {"id": "d", "text": "", "published": None, "entities": entities, "relations": relations, "traps": []}


@pytest.mark.parametrize(
    ("told", "high", "right", "error"),
    [
        ([], 0, 0.0, 0.0),
        ([("B", 0.9)], 1, 1.0, 0.1),
        ([("X", 0.9)], 1, 0.0, 0.9),
        ([("B", 0.9), ("X", 0.94)], 2, 0.5, 0.42),  # one tenth: half of it is right
        ([("B", 0.75), ("X", 0.3)], 0, 0.0, 0.275),  # two tenths: each errs by itself
        ([("B", 1.0)], 1, 1.0, 0.0),
    ],
)
def test_confidence_is_held_against_what_is_right(told, high, right, error):
    facts = [told_as(target, sure) for target, sure in told]
    table = scoring.confidence([marked(MET)], {"d": View(PEOPLE, facts)})
    assert [value for _, value in table.notes] == pytest.approx([high, right, error])


@pytest.mark.parametrize(
    ("relations", "precision"),
    [
        ([MET], 1.0),  # nobody was asked who sued whom
        ([MET, {"s": "B", "p": "sued", "o": "X"}], 0.5),
        ([MET, {"s": "A", "p": "sued", "o": "B"}], 1.0),
    ],
)
def test_what_the_annotators_were_not_asked_for_is_neither_right_nor_wrong(relations, precision):
    view = View(PEOPLE, [told_as("B"), told_as("B", predicate="sued")])
    assert scoring.score([marked(*relations)], {"d": view}).rows["RELATIONS"].precision == precision


def test_unknown_benchmark_names_the_known(tmp_path):
    with pytest.raises(UsageError, match="knowledgenet"):
        open_benchmark("squad", tmp_path)


@pytest.mark.parametrize("name", ["conll04", "dwie", "gap", "knowledgenet", "news", "redocred"])
def test_missing_files_are_named(tmp_path, name):
    with pytest.raises(InputError, match="give"):
        open_benchmark(name, tmp_path)
