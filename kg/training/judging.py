"""Which of the facts told of an annotated text its annotation has, by the rules of the annotated news articles."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.evaluation.news import LEAST_TITLE, Article, title_f1
from kg.evaluation.views import View, ViewEntity, ViewMention, fact_of
from kg.extraction.decision.witnesses import Testimony
from kg.extraction.learned.labels import ASSERTED, FORMS, LEARNED, STATUSES, UNASSERTED
from kg.extraction.time.dates import resolve_date
from kg.model import PREDICATES, Claim, EntityType, LocalEntity, MentionKind, Span
from kg.predicates import MEMBERSHIP, POST, broader
from kg.training.records import Annotated, Pair

__all__ = ["Judged", "as_article", "judge_told"]

_HELD = frozenset({"titleOf", "titleAt", "worksFor", "chiefExecutive", "same", POST})
_STEM = 3  # letters that the forms of a verb share; two of a short one: "lead", "led"


def as_article(annotated: Annotated) -> dict[str, Any]:
    """Return a completely annotated text in the shape of the annotated news articles."""
    names: dict[str, list[str]] = defaultdict(list)
    types: dict[str, str] = {}
    for mention in annotated.mentions:
        form = FORMS[mention.form] if mention.form is not None else None
        if mention.entity is not None and form is not None and form.kind is not None:
            types[mention.entity] = str(form.type)
            if form.kind is MentionKind.NAME:
                names[mention.entity].append(_text(annotated, mention.start, mention.end))
    entities = [
        {"id": e, "type": kind, "name": max(names[e], key=len), "aliases": sorted(set(names[e]))}
        for e, kind in types.items()
        if names[e]
    ]
    known = {e["id"] for e in entities}
    relations = [r for r in _relations(annotated) if r["s"] in known and (r["o"] in known or r["literal"])]
    roles = [r for r in _roles(annotated) if r["s"] in known]
    return {
        "id": annotated.id,
        "text": annotated.text,
        "published": annotated.published,
        "entities": entities,
        "relations": relations + [r | {"o": r["o"] if r["o"] in known else None} for r in roles],
        "traps": [{"s": s, "p": p, "o": o} for s, p, o in sorted(_pairs(annotated, UNASSERTED)) if p != "titleOf"],
    }


def _text(annotated: Annotated, start: int, end: int) -> str:
    return " ".join(annotated.text[start:end].split())


def _pairs(annotated: Annotated, outputs: Mapping[str, int]) -> set[tuple[str, str, str]]:
    by_number = {number: name for name, number in outputs.items()}
    found = set()
    for pair in annotated.ones:
        ends = [annotated.mentions[i].entity for i in (pair.subject, pair.object)]
        if pair.output in by_number and ends[0] is not None and ends[1] is not None:
            found.add((ends[0], by_number[pair.output], ends[1]))
    return found


def _relations(annotated: Annotated) -> Iterator[dict[str, Any]]:
    dates = {m.entity: _text(annotated, m.start, m.end) for m in annotated.mentions if m.type == "Date"}
    turned: set[tuple[str, str, str]] = set()
    for s, p, o in sorted(_pairs(annotated, ASSERTED)):
        if p in _HELD or (PREDICATES[p].symmetric and (o, p, s) in turned):
            continue
        turned.add((s, p, o))
        literal = resolve_date(dates[o], published=annotated.published) if o in dates else None
        p = broader(p)
        yield {"s": s, "p": p, "o": literal or o, "title": None, "status": None, "literal": literal}


def _roles(annotated: Annotated) -> Iterator[dict[str, Any]]:
    titles = {m.entity: _text(annotated, m.start, m.end) for m in annotated.mentions if m.type == "Title"}
    statuses = {
        (annotated.mentions[p.subject].entity, annotated.mentions[p.object].entity): str(STATUSES[p.output])
        for p in annotated.statuses
    }
    bodies: dict[str, list[str]] = defaultdict(list)
    pairs = _pairs(annotated, ASSERTED)
    roles = {(s, o) for s, p, o in pairs if p == POST}
    for s, p, o in sorted(pairs):
        if p == "titleAt":
            bodies[s].append(o)
    for s, p, t in sorted(pairs):
        if p == "titleOf":
            held: list[str | None] = [b for b in bodies[t] if (s, b) in roles]
            for body in held or [None]:
                yield {"s": s, "p": POST, "o": body, "title": titles[t], "status": statuses.get((s, t))}


@dataclass(frozen=True, slots=True)
class Judged:
    """Facts told of one text: of each whether the annotation asserts it, and how many it asserts in all.

    A fact that is neither right nor wrong (a membership that a role implies) has None.
    """

    right: tuple[bool | None, ...]
    gold: int


def judge_told(annotated: Annotated, entities: Sequence[LocalEntity], testimonies: Iterable[Testimony]) -> Judged:
    """Judge the facts of one text; each annotated fact makes one told fact right, the first that fits best.

    Of a text that is not annotated completely, only what its annotation tells of is judged; of none what no
    annotation marks (predicates that rules alone read).
    """
    if not annotated.complete:
        return _judge_some(annotated, entities, testimonies)
    view = View(
        entities={
            str(i): ViewEntity(e.type, e.name, e.aliases, [ViewMention(m.start, m.end, m.kind) for m in e.mentions])
            for i, e in enumerate(entities)
        }
    )
    gold = as_article(annotated)
    article = Article(gold, view)
    claims = [t.first for t in testimonies]
    told = [fact_of(claim) for claim in claims]
    right: list[bool | None] = [False] * len(told)
    taken: set[int] = set()
    for relation in gold["relations"]:
        fitting = [i for i, fact in enumerate(told) if article.matches(relation, fact)]
        if PREDICATES[relation["p"]].titled:
            score = {i: _titles_agree(relation["title"], claims[i]) for i in fitting if i not in taken}
            fitting = sorted((i for i, f in score.items() if f >= LEAST_TITLE), key=lambda i: -score[i])[:1]
        for i in fitting:
            taken.add(i)
            right[i] = True
    for i, fact in enumerate(told):
        implied = fact.predicate == MEMBERSHIP and article.implied(fact)
        if not right[i] and (implied or fact.predicate not in LEARNED):
            right[i] = None
        if not right[i] and _forgotten(annotated, entities, claims[i]):
            right[i] = True
    return Judged(tuple(right), len(gold["relations"]))


def _titles_agree(title: str, claim: Claim) -> float:
    """How far two titles agree; a verb that tells a post ("leads") is one with the noun for who does ("leader")."""
    verb = claim.evidence.extractor.partition("role:verb-")[2]
    stem = verb[: _STEM - (len(title) <= _STEM)]
    return 1.0 if verb and title.lower().startswith(stem) else title_f1(title, claim.title)


def _forgotten(annotated: Annotated, entities: Sequence[LocalEntity], claim: Claim) -> bool:
    """Whether the text says so and its annotation is known to lack it."""
    body = entities[claim.object].name if claim.object is not None else ""
    return (annotated.id, entities[claim.subject].name, claim.predicate, body) in _slips()


@cache
def _slips() -> frozenset[tuple[str, ...]]:
    lines = (Path(__file__).with_name("data") / "slips.tsv").read_text(encoding="utf8").splitlines()
    return frozenset(tuple(line.split("\t")) for line in lines if not line.startswith("#"))


def _judge_some(annotated: Annotated, entities: Sequence[LocalEntity], testimonies: Iterable[Testimony]) -> Judged:
    """Judge by the annotated pairs of spans: right is what overlaps both, as in KnowledgeNet's Text F1."""
    pairs = [p for p in annotated.ones if p.output in annotated.supervised]
    ends = {
        (output, *(annotated.mentions[i].entity or i for i in (subject, target))) for subject, target, output in pairs
    }
    return Judged(tuple(_holds(annotated, pairs, entities, t.first) for t in testimonies), len(ends))


def _holds(annotated: Annotated, pairs: Sequence[Pair], entities: Sequence[LocalEntity], claim: Claim) -> bool | None:
    body = claim.object is not None and entities[claim.object].type is EntityType.ORGANIZATION
    at_work = claim.predicate == MEMBERSHIP or (claim.relation.titled and body)
    output = ASSERTED.get("worksFor" if at_work else claim.predicate)
    if output not in annotated.supervised:
        return None
    subjects = [(m.start, m.end) for m in entities[claim.subject].mentions]
    date = claim.evidence.object
    objects = (
        [(m.start, m.end) for m in entities[claim.object].mentions] if claim.object is not None else [date or (0, 0)]
    )
    turned = claim.relation.symmetric
    return any(
        (_touch(annotated, p.subject, subjects) and _touch(annotated, p.object, objects))
        or (turned and _touch(annotated, p.object, subjects) and _touch(annotated, p.subject, objects))
        for p in pairs
        if p.output == output
    )


def _touch(annotated: Annotated, mention: int, spans: Iterable[Span]) -> bool:
    gold = annotated.mentions[mention]
    return any(start < gold.end and gold.start < end for start, end in spans)
