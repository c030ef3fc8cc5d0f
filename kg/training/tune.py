"""Thresholds and calibration, found on the development part through the product's own code."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc

from kg.analysis import Analyzer
from kg.extraction.discourse import Discourse
from kg.extraction.learned.facts import Fact, facts
from kg.extraction.learned.features import Candidate
from kg.extraction.learned.labels import ASSERTED
from kg.extraction.learned.network import Network
from kg.extraction.learned.refine import refine
from kg.extraction.learned.scores import Scores, read_scores
from kg.extraction.reference.reading import read_discourse
from kg.model import PREDICATES, Document, Span
from kg.training.records import Annotated

__all__ = ["Bin", "Tuned", "probe", "reliability", "tune"]

START = 0.5
_PARTS = {"same": 0.5, "titleOf": 0.5, "titleAt": 0.4, "unasserted": 0.5}  # chosen by hand on the tuning part
_FLOOR = 0.1  # facts below it are not looked at
_ENOUGH = 100  # gold pairs of a predicate with which its own best threshold weighs half


class Judged(NamedTuple):
    """A predicted fact of the development part with the share of its mention pairs that the gold has."""

    predicate: str
    score: float
    right: float


class Bin(NamedTuple):
    """A row of the reliability table."""

    low: float
    high: float
    facts: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """What tuning found: thresholds by name, calibration (slope, offset) and the facts it was found on."""

    thresholds: dict[str, float]
    calibration: tuple[float, float]
    judged: tuple[Judged, ...]


@dataclass(slots=True)
class _Curve:
    """Scores of one predicate: of each gold pair the best score that finds it, of each wrong pair its score."""

    gold: list[float]
    wrong: list[float]

    def best(self) -> float:
        """Return the highest threshold whose F1 is within half a point of the best."""
        grid = [x / 100 for x in range(15, 91)]
        values = [self.f1(x) for x in grid]
        return max(x for x, v in zip(grid, values, strict=True) if v >= max(values) - 0.005)

    def f1(self, low: float) -> float:
        tp = sum(s >= low for s in self.gold)
        fp = sum(s >= low for s in self.wrong)
        return 2 * tp / max(1, 2 * tp + fp + len(self.gold) - tp)


def probe(
    annotated: Sequence[Annotated],
    network: Network,
    *,
    analyzer: Analyzer,
    read: Callable[[Doc], Discourse] = read_discourse,
) -> tuple[dict[str, _Curve], list[Judged]]:
    """Run the product's reading with a low threshold over annotated passages and judge every fact."""
    low = {**_PARTS, **dict.fromkeys(PREDICATES, _FLOOR)}
    curves: dict[str, _Curve] = defaultdict(lambda: _Curve([], []))
    judged: list[Judged] = []
    documents = (Document(id=a.id, text=a.text, published=a.published) for a in annotated)
    for doc, passage in zip(analyzer.analyze(documents), annotated, strict=True):
        discourse = read(doc)
        scores = read_scores(doc, network, given=[(m.start, m.end) for m in discourse.mentions])
        discourse = refine(discourse, scores, everything=True)
        found = [f for f in facts(scores, discourse, low) if f.polarity == "affirmed" and f.modality == "actual"]
        _judge(passage, found, scores, discourse, curves, judged)
    return curves, judged


def _judge(
    passage: Annotated,
    found: Iterable[Fact],
    scores: Scores,
    discourse: Discourse,
    curves: dict[str, _Curve],
    judged: list[Judged],
) -> None:
    gold: dict[str, dict[tuple[Span, Span], float]] = defaultdict(dict)
    wrong: dict[str, dict[tuple[Span, Span], float]] = defaultdict(dict)
    names = {number: name for name, number in ASSERTED.items()}
    for pair in passage.ones:
        name = names.get(pair.output)
        judged_as = name in PREDICATES or (name == "worksFor" and not passage.complete)
        if judged_as and pair.output in passage.supervised:
            ends = (passage.mentions[pair.subject], passage.mentions[pair.object])
            gold[names[pair.output]][(ends[0].start, ends[0].end), (ends[1].start, ends[1].end)] = 0.0
    for fact in found:
        name = _counted_as(fact, passage, discourse)
        if name is None:
            continue
        pairs = _pairs(fact, scores, discourse)
        right = 0
        for a, b in pairs:
            hits = [k for k in gold[name] if _overlap(a, k[0]) and _overlap(b, k[1])]
            right += bool(hits)
            for key in hits:
                gold[name][key] = max(gold[name][key], fact.score)
            if not hits:
                wrong[name][a, b] = max(wrong[name].get((a, b), 0.0), fact.score)
        judged.append(Judged(fact.predicate, fact.score, right / len(pairs)))
    for name in {*gold, *wrong}:
        curves[name].gold += gold[name].values()
        curves[name].wrong += wrong[name].values()


def _counted_as(fact: Fact, passage: Annotated, discourse: Discourse) -> str | None:
    """Return the output by which a fact is judged in a passage, None where the passage does not tell."""
    name = fact.predicate
    if name == "holdsRole" and fact.object is None:
        return None
    if name in ("memberOf", "holdsRole") and ASSERTED[name] not in passage.supervised:
        if fact.object is None or discourse.entities[fact.object].type != "Organization":
            return None
        name = "worksFor"
    return name if ASSERTED[name] in passage.supervised else None


def _pairs(fact: Fact, scores: Scores, discourse: Discourse) -> set[tuple[Span, Span]]:
    doc = discourse.doc

    def of(entity: int | None, candidates: Iterable[Candidate]) -> set[Span]:
        spans = {_characters(doc, c) for c in candidates}
        if entity is not None:
            spans |= {(m.start, m.end) for m in discourse.entities[entity].mentions}
        return spans

    subjects = of(fact.subject, (scores.candidates[s.subject] for s in fact.supports))
    objects = of(fact.object, (scores.candidates[s.object] for s in fact.supports))
    pairs = {(a, b) for a in subjects for b in objects}
    return pairs | {(b, a) for a, b in pairs} if PREDICATES[fact.predicate].symmetric else pairs


def _characters(doc: Doc, candidate: Candidate) -> Span:
    return doc[candidate.start].idx, doc[candidate.end - 1].idx + len(doc[candidate.end - 1])


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def tune(parts: Sequence[tuple[Mapping[str, _Curve], Sequence[Judged]]]) -> Tuned:
    """Choose thresholds and calibrate on what ``probe`` found on each source.

    A predicate gets a mean (of logits) of its own best threshold, the more so the more gold it has, and the common one.
    """
    curves: dict[str, _Curve] = defaultdict(lambda: _Curve([], []))
    for found, _ in parts:
        for name, curve in found.items():
            key = "memberOf" if name == "worksFor" else name
            if key in PREDICATES:
                curves[key].gold += curve.gold
                curves[key].wrong += curve.wrong
    whole = _Curve([s for c in curves.values() for s in c.gold], [s for c in curves.values() for s in c.wrong]).best()
    thresholds = dict(_PARTS)
    for name in PREDICATES:
        count = len(curves[name].gold)
        own = curves[name].best() if count else whole
        share = count / (count + _ENOUGH)
        thresholds[name] = round(_sigmoid(share * _logit(own) + (1 - share) * _logit(whole)), 3)
    judged = tuple(j for _, found in parts for j in found)
    return Tuned(thresholds=thresholds, calibration=_platt(judged), judged=judged)


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _platt(judged: Sequence[Judged]) -> tuple[float, float]:
    """Fit slope and offset of the logit (Platt, 1999) by Newton's method, steps halved until the loss falls."""
    import numpy as np

    x = np.array([[_logit(j.score), 1.0] for j in judged]).reshape(-1, 2)
    y = np.array([j.right for j in judged])
    start = np.array([1.0, 0.0])

    def loss(weights: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        z = x @ weights
        return float(np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum((weights - start) ** 2))

    weights = start
    for _ in range(100):
        p = 1 / (1 + np.exp(-(x @ weights)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.eye(2)
        step = np.linalg.solve(hessian, x.T @ (p - y) + (weights - start))
        size = 1.0
        while size > 1e-6 and loss(weights - size * step) > loss(weights):
            size /= 2
        weights = weights - size * step
    return (round(float(weights[0]), 4), round(float(weights[1]), 4))


def reliability(judged: Sequence[Judged], calibration: tuple[float, float]) -> list[Bin]:
    """Return, by tenths of confidence, how many facts there are and how many of them are right."""
    bins: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for fact in judged:
        confidence = _sigmoid(calibration[0] * _logit(fact.score) + calibration[1])
        bins[min(9, int(confidence * 10))].append((confidence, fact.right))
    return [
        Bin(k / 10, (k + 1) / 10, len(v), sum(c for c, _ in v) / len(v), sum(r for _, r in v) / len(v))
        for k, v in sorted(bins.items())
    ]
