"""Annotated news articles: entities by name, relations with titles, traps, by the rules of their guidelines.

A predicted person or organization is right when one of its names equals a name of a gold entity of its type, one to
one. A relation needs matching ends and an equal predicate (either order where symmetric); a role also a title with a
token F1 of at least 0.5, one to one. A trap is a relation that the article negates, plans or denies.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluation.rates import Table, from_counts
from kg.evaluation.views import View, ViewEntity, ViewFact
from kg.model import PREDICATES, Document, EntityType, MentionKind
from kg.predicates import MEMBERSHIP, broader

__all__ = ["LEAST_TITLE", "Article", "confidence", "documents", "read", "score", "title_f1"]

Record = Mapping[str, Any]
_STOP = frozenset({"the", "of", "a", "an", "and", "for", "to", "in", "s"})
LEAST_TITLE = 0.5
_QUALIFIERS = ("status", "date", "place")
_HIGH = 0.8  # confidence from which a reader may take a statement as it stands


def read(folder: Path) -> list[Record]:
    """Read the annotated articles of a folder, one JSON file each.

    Raises:
        InputError: there is none, or one is no JSON.
    """
    try:
        articles = [json.loads(path.read_text(encoding="utf8")) for path in sorted(folder.glob("*.json"))]
    except (OSError, ValueError) as error:
        raise InputError(f"{folder}: {error}: give the folder of annotated articles") from error
    if not articles:
        raise InputError(f"{folder} holds no .json file: give the folder of annotated articles")
    return articles


def documents(articles: Iterable[Record]) -> list[Document]:
    """Return the texts to read."""
    return [Document(id=a["id"], text=a["text"], published=a["published"]) for a in articles]


def plain_name(name: str) -> str:
    plain = re.sub(r"[^\w\s]", " ", re.sub(r"['’]s\b", "", name.casefold()))
    words = plain.split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def title_f1(a: str | None, b: str | None) -> float:
    """Return the token F1 of two titles, small words aside; 1 for two missing ones."""
    ours, theirs = ({w for w in plain_name(t or "").split() if w not in _STOP} for t in (a, b))
    if not ours and not theirs:
        return 1.0
    common = len(ours & theirs)
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def _names(name: str, aliases: Iterable[str]) -> set[str]:
    return {plain_name(n) for n in (name, *aliases)} - {""}


class Article:
    """One gold article beside what a system says of it."""

    def __init__(self, gold: Record, view: View) -> None:
        self.gold, self.view = gold, view
        self.type: dict[str, str] = {e["id"]: e["type"] for e in gold["entities"]}
        names = {e["id"]: _names(e["name"], e.get("aliases", ())) for e in gold["entities"]}
        self.names = names
        self.alike: dict[str, set[str]] = {
            i: {g for g in names if self.type[g] == e.type and names[g] & _names(e.name, e.aliases)}
            for i, e in view.entities.items()
        }

    def end(self, gold: str | None, predicted: str | None, fact: ViewFact, *, subject: bool) -> bool:
        """Whether an end of a gold relation is that of a told fact."""
        if not subject and gold is None:
            return fact.object is None and fact.literal is None
        if not subject and gold not in self.type:
            return fact.literal == gold
        return gold in self.alike.get(predicted or "", set())

    def matches(self, gold: Record, fact: ViewFact) -> bool:
        """Whether a told fact is a gold relation, titles aside."""
        if broader(fact.predicate) != gold["p"]:
            return False
        if self.end(gold["s"], fact.subject, fact, subject=True) and self.end(
            gold["o"], fact.object, fact, subject=False
        ):
            return True
        turned = gold["o"] in self.alike.get(fact.subject, ()) and gold["s"] in self.alike.get(fact.object or "", ())
        return PREDICATES[gold["p"]].symmetric and turned

    def implied(self, fact: ViewFact) -> bool:
        """Whether a membership follows from a role that the gold has."""
        return any(
            PREDICATES[g["p"]].titled
            and self.end(g["s"], fact.subject, fact, subject=True)
            and self.end(g["o"], fact.object, fact, subject=False)
            for g in self.gold["relations"]
        )


def _read_as(articles: Sequence[Record], views: Mapping[str, View]) -> Iterator[Article]:
    """Yield the articles as they were read, without relations of kinds that the annotators were not asked for.

    These are what rules alone read, unless an article marks one; the guidelines have the others.
    """
    marked = {r["p"] for gold in articles for r in (*gold["relations"], *gold["traps"])}
    for gold in articles:
        view = views.get(gold["id"], View())
        asked = [f for f in view.facts if not PREDICATES[f.predicate].by_rules or broader(f.predicate) in marked]
        yield Article(gold, replace(view, facts=asked))


def score(articles: Sequence[Record], views: Mapping[str, View]) -> Table:
    """Score the articles; the notes count the traps sprung and how many there are."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for article in _read_as(articles, views):
        _count_entities(article, tallies)
        _count_relations(article, tallies)
    rows = {name: from_counts(tallies[name]) for name in sorted(tallies) if name != "trap"}
    entities = (c for n, c in tallies.items() if n.startswith("entity"))
    relations = (c for n, c in tallies.items() if not n.startswith(("entity", "qualifier", "trap")))
    rows["ENTITIES"] = from_counts(sum(entities, Counter()))
    rows["RELATIONS"] = from_counts(sum(relations, Counter()))
    traps = sum(len(a["traps"]) for a in articles)
    return Table(title="news", rows=rows, notes=(("traps sprung", tallies["trap"]["fp"]), ("traps", traps)))


def confidence(articles: Sequence[Record], views: Mapping[str, View]) -> Table:
    """Say how far the confidence of the told relations means what it says; the table has notes alone.

    The expected calibration error (Naeini et al., AAAI 2015) is the mean distance between the confidence of relations
    and the share of them that is right, over tenths of confidence, weighted by how many relations lie in each.
    """
    told: list[tuple[float, bool]] = []
    for article in _read_as(articles, views):
        told += _count_relations(article, defaultdict(Counter))
    high = [right for sure, right in told if sure >= _HIGH]
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in told:
        tenths[min(int(sure * 10), 9)].append((sure, right))
    apart = sum(abs(sum(sure for sure, _ in tenth) - sum(right for _, right in tenth)) for tenth in tenths.values())
    notes = (
        (f"relations told with {_HIGH} or more", len(high)),
        ("share of them right", round(sum(high) / len(high), 3) if high else 0.0),
        ("expected calibration error", round(apart / len(told), 3) if told else 0.0),
    )
    return Table(title="confidence", rows={}, notes=notes)


def _named(entity: ViewEntity) -> bool:
    return any(m.kind is MentionKind.NAME for m in entity.mentions)


def _count_entities(article: Article, tallies: "Mapping[str, Counter[str]]") -> None:
    taken: set[str] = set()
    for i, entity in sorted(article.view.entities.items(), key=lambda item: -len(item[1].mentions)):
        if entity.type is EntityType.PLACE or not _named(entity):
            continue
        free = article.alike[i] - taken
        if free:
            taken.add(min(free))
        tallies[f"entity {entity.type}"]["tp" if free else "fp"] += 1
    for gold, kind in article.type.items():
        if kind != EntityType.PLACE and gold not in taken:
            tallies[f"entity {kind}"]["fn"] += 1


def _count_relations(article: Article, tallies: "Mapping[str, Counter[str]]") -> list[tuple[float, bool]]:
    """Add an article's counts; return the confidence of each told relation that counts, and whether it is right."""
    facts, used = article.view.facts, set[int]()
    for gold in article.gold["relations"]:
        found = [i for i, fact in enumerate(facts) if article.matches(gold, fact)]
        if PREDICATES[gold["p"]].titled:
            fit = {i: title_f1(gold["title"], facts[i].title) for i in found if i not in used}
            found = sorted((i for i, f in fit.items() if f >= LEAST_TITLE), key=lambda i: -fit[i])[:1]
        tallies[gold["p"]]["tp" if found else "fn"] += 1
        used.update(found)
        for name in _QUALIFIERS if found else ():
            wanted = gold.get(name)
            if wanted and (name != "status" or PREDICATES[gold["p"]].titled):
                value: str | None = getattr(facts[found[0]], name)
                right = wanted in article.alike.get(value or "", ()) if name == "place" else value == wanted
                tallies[f"qualifier {name}"]["tp" if right else "fn"] += 1
    told = []
    for i, fact in enumerate(facts):
        name = broader(fact.predicate)
        if i not in used:
            if name == MEMBERSHIP and article.implied(fact):
                continue
            tallies[name]["fp"] += 1
            tallies["trap"]["fp"] += any(article.matches(trap, fact) for trap in article.gold["traps"])
        told.append((fact.confidence, i in used))
    return told
