"""The figures of kg.evaluation are those of the scorers beside the data, on gold and on damaged copies of it."""

import importlib.util
import json
import random
from pathlib import Path

import pytest

from kg.evaluation import entities, gap, knowledgenet, links, relations
from kg.evaluation.files import read_lines
from kg.evaluation.views import View, ViewEntity, ViewFact, ViewMention
from kg.model import EntityType, MentionKind

SHARED = Path(__file__).parents[2].parent / "shared"
pytestmark = pytest.mark.skipif(
    not (SHARED / "eval").is_dir(), reason="the scorers and data are not beside the checkout"
)


def script(name):
    spec = importlib.util.spec_from_file_location(name, SHARED / "eval" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def damaged(documents, seed):
    """Return copies with mentions shifted and dropped, entities split and renamed, relations dropped and turned."""
    noise = random.Random(seed)
    copies = []
    for document in documents:
        made = []
        for e in document["entities"]:
            mentions = [[s + noise.choice((0, 0, 1)), t] for s, t in e["mentions"] if noise.random() > 0.2]
            kind = noise.choice(("Person", "Organization", "Place", e["type"], e["type"], e["type"]))
            entity = {"id": e["id"], "type": kind, "mentions": mentions, "iri": e.get("link") or e["id"]}
            if noise.random() < 0.1:
                entity["iri"] = "https://kg.example/x"
            made.append(entity)
        found = [r for r in document["relations"] if noise.random() > 0.3]
        found += [{"s": r["o"], "p": r["p"], "o": r["s"]} for r in document["relations"] if noise.random() < 0.1]
        copies.append({"id": document["id"], "entities": made, "relations": found})
    return {d["id"]: d for d in copies if noise.random() > 0.05}


@pytest.mark.parametrize("name", ["dwie", "conll04", "redocred"])
@pytest.mark.parametrize("strict", [True, False])
def test_relations(name, strict):
    gold = read_lines(SHARED / "data" / name / "dev.jsonl")[:60]
    mapping = json.loads((SHARED / "data" / name / "mapping.json").read_text(encoding="utf8"))["relations"]
    predicted = damaged(gold, 1)
    for rules in (mapping, {}):
        expected, unreachable = script("score_relations").score({d["id"]: d for d in gold}, predicted, rules, strict)
        table = relations.score(gold, predicted, mapping=rules, strict=strict)
        assert set(table.rows) == set(expected)
        for row, rates in expected.items():
            assert tuple(table.rows[row]) == pytest.approx(rates), row
        assert table.notes[0][1] == unreachable


@pytest.mark.parametrize("name", ["dwie", "conll04"])
def test_entities(name):
    gold = read_lines(SHARED / "data" / name / "dev.jsonl")[:40]
    predicted = damaged(gold, 2)
    expected = script("score_entities").score({d["id"]: d for d in gold}, predicted)
    mentions, grouped = entities.score(gold, predicted)
    for (measure, row), rates in expected.items():
        ours = (mentions if measure in ("exact", "overlap") else grouped).rows[f"{measure} {row}"]
        assert tuple(ours) == pytest.approx(rates), (measure, row)


def test_links():
    gold = read_lines(SHARED / "data" / "dwie" / "dev.jsonl")
    predicted = damaged(gold, 3)
    expected = script("score_links").score({d["id"]: d for d in gold}, predicted)
    tables = {t.title: t.rows for t in links.score(gold, predicted)}
    for (table, row), (*rates, items, found) in expected.items():
        assert tuple(tables[f"{table}, found"][row][:3]) == pytest.approx(tuple(rates[:3]))
        assert tuple(tables[f"{table}, all"][row]) == pytest.approx((*rates[3:], items, found))


def as_views(gold, noise):
    """Turn KnowledgeNet's facts into views: entities of one or two mentions, some facts dropped."""
    swap = {p: (predicate, s) for predicate, rules in knowledgenet.PROPERTIES.items() for p, s in rules[:1]}
    views = {}
    for document in gold:
        for passage in document["passages"]:
            view = views[f"{document['id']}:{passage['start']}:{passage['end']}"] = View()
            for n, fact in enumerate(passage["facts"]):
                if fact["property"] not in swap or noise.random() < 0.2:
                    continue
                predicate, swapped = swap[fact["property"]]
                ends = [tuple(x - passage["start"] for x in fact[k]) for k in ("subject", "object")]
                ends = ends[::-1] if swapped else ends
                for k, (start, end) in enumerate(ends):
                    mentions = [ViewMention(start, end, MentionKind.NAME), ViewMention(0, 3, MentionKind.PRONOUN)]
                    view.entities[f"{n}.{k}"] = ViewEntity(
                        EntityType.PERSON, "x", (), mentions[: noise.choice((1, 1, 2))]
                    )
                view.facts.append(
                    ViewFact(
                        subject=f"{n}.0",
                        predicate=predicate,
                        object=f"{n}.1",
                        literal=None,
                        title=None,
                        status=None,
                        date=None,
                        place=None,
                        spans=(tuple(ends),),
                    )
                )
    return views


def test_knowledgenet(tmp_path):
    path = SHARED / "data" / "knowledgenet" / "fold1.jsonl"
    gold = read_lines(path)[:300]
    views = as_views(gold, random.Random(4))
    predicted = json.loads(json.dumps(gold))
    for document in predicted:
        for passage in document["passages"]:
            view = views[f"{document['id']}:{passage['start']}:{passage['end']}"]
            passage["facts"] = [
                {
                    "property": f.property,
                    "subject": [x + passage["start"] for x in f.subject],
                    "object": [x + passage["start"] for x in f.object],
                }
                for f in knowledgenet.facts_of(view)
            ]
    for name, records in (("gold.jsonl", gold), ("predicted.jsonl", predicted)):
        (tmp_path / name).write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf8")
    scorer = script("score_knowledgenet")
    counts = scorer.count(scorer.read(tmp_path / "gold.jsonl"), scorer.read(tmp_path / "predicted.jsonl"))
    table = knowledgenet.score(gold, views)
    for name, count in counts.items():
        assert tuple(table.rows[name][:3]) == pytest.approx(scorer.rates(count)), name
    assert table.rows["ALL"].f1 < 1


def test_gap():
    rows = gap.read(SHARED / "data" / "gap" / "gap-development.tsv")[:200]
    noise, views, predicted = random.Random(5), {}, {}
    for row in rows:
        at, start = int(row["Pronoun-offset"]), int(row["A-offset"])
        guess = noise.random() < 0.6
        mentions = [ViewMention(at, at + len(row["Pronoun"]), MentionKind.PRONOUN)]
        if guess:
            mentions.append(ViewMention(start, start + 2, MentionKind.NAME))
        views[row["ID"]] = View({"e": ViewEntity(EntityType.PERSON, "x", (), mentions)})
        predicted[row["ID"]] = {"A-coref": str(guess), "B-coref": "FALSE"}
    expected = script("score_gap").score({r["ID"]: r for r in rows}, predicted)
    table = gap.score(rows, views)
    for group, (p, r, f, _) in expected.items():
        assert tuple(100 * x for x in table.rows[group][:3]) == pytest.approx((p, r, f))
