"""Fit the decision: how much each witness of a fact weighs, on annotated text that no weight was learned from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from kg.analysis import Analyzer
from kg.extraction.decision.correction import corrected
from kg.extraction.decision.weights import Weights
from kg.extraction.decision.witnesses import FEATURES, features, gather
from kg.extraction.extractor import EXTRACTORS, Extractor, discourse_of
from kg.extraction.learned import LearnedExtractor
from kg.extraction.learned.labels import LEARNED
from kg.extraction.relations import RuleExtractor
from kg.model import Document
from kg.training.judging import judge_told
from kg.training.records import Annotated

__all__ = ["FITTED_ON", "Bin", "Fitted", "WitnessRow", "fit", "read", "reliability", "rows_of"]

_PENALTY = 0.3  # inverse strength of the pull of weights to zero (scikit-learn's C)
LEAST = 0.45  # between what gives the best F1 on the held texts (about 0.4) and even odds: a false statement costs more
FITTED_ON = ("open", "news", "passages", "knowledgenet")  # sources whose held texts the decision is fitted on
_FOLDS = 5


class WitnessRow(NamedTuple):
    """A fact told of a text: its predicate, features and whether the annotation has it; the text's number."""

    predicate: str
    features: dict[str, float]
    right: bool
    text: int


class Bin(NamedTuple):
    """A row of the reliability table."""

    low: float
    high: float
    facts: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights with what they give on the texts they were fitted on, each text left out in turn (by fifths)."""

    weights: Weights
    chances: tuple[float, ...]
    right: tuple[bool, ...]
    gold: int

    def rates(self, least: float) -> tuple[float, float, float]:
        """Return precision, recall and F1 of what reaches a probability."""
        told = [r for c, r in zip(self.chances, self.right, strict=True) if c >= least]
        precision, recall = sum(told) / max(1, len(told)), sum(told) / max(1, self.gold)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def read(annotated: Sequence[Annotated], analyzer: Analyzer) -> list[tuple[Doc, Annotated]]:
    """Parse completely annotated texts."""
    documents = (Document(id=a.id, text=a.text, published=a.published) for a in annotated)
    return list(zip(analyzer.analyze(documents), annotated, strict=True))


def rows_of(
    texts: Sequence[tuple[Doc, Annotated]],
    *,
    extractor: str,
    learned: LearnedExtractor,
    precision: Mapping[str, float],
) -> tuple[list[WitnessRow], int]:
    """Return every fact that the extractors of a setting tell of annotated texts, and how many the texts hold."""
    rules = RuleExtractor()
    known: dict[str, Extractor] = {"rules": rules, "model": learned}
    members = [known[name] for name in EXTRACTORS[extractor]]
    found: list[WitnessRow] = []
    gold = 0
    for number, (doc, text) in enumerate(texts):
        discourse = discourse_of(doc, members)
        testimonies = gather(corrected([claim for member in members for claim in member(doc, discourse)], discourse))
        described = list(features(testimonies, discourse, precision))
        told = [n for n, t in enumerate(testimonies) if t.first.asserted]
        judged = judge_told(text, discourse.entities, [testimonies[n] for n in told])
        gold += judged.gold
        found += (
            WitnessRow(testimonies[n].first.predicate, described[n], right, number)
            for n, right in zip(told, judged.right, strict=True)
            if right is not None
        )
    return found, gold


def fit(rows: Sequence[WitnessRow], gold: int, precision: Mapping[str, float]) -> Fitted:
    """Fit a logistic regression with a bias for each predicate that annotation marks."""
    x, y = _matrix(rows), np.array([row.right for row in rows])
    folds = np.array([row.text % _FOLDS for row in rows])
    chances = np.zeros(len(rows))
    for fold in range(_FOLDS):
        if (folds == fold).any():
            coefficients, intercept = _regression(x[folds != fold], y[folds != fold])
            chances[folds == fold] = 1 / (1 + np.exp(-(x[folds == fold] @ coefficients + intercept)))
    chances = np.minimum(chances, np.exp(x[:, FEATURES.index("certainty")]))
    coefficients, intercept = _regression(x, y)
    named = dict(zip((*FEATURES, *LEARNED), coefficients.tolist(), strict=True))
    weights = Weights(
        features={name: round(named[name], 4) for name in FEATURES},
        bias={"": round(intercept, 4), **{name: round(named[name] + intercept, 4) for name in LEARNED}},
        least=LEAST,
        precision=precision,
    )
    return Fitted(weights, tuple(chances.tolist()), tuple(y.tolist()), gold)


def _matrix(rows: Sequence[WitnessRow]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    kinds = LEARNED
    return np.array(
        [[*(row.features[f] for f in FEATURES), *(float(row.predicate == k) for k in kinds)] for row in rows]
    )


def _regression(
    x: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", y: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> "tuple[np.ndarray[tuple[int], np.dtype[np.float64]], float]":
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_PENALTY, max_iter=2000).fit(x, y)
    return model.coef_[0], float(model.intercept_[0])


def reliability(fitted: Fitted) -> Iterator[Bin]:
    """Yield, by tenths of confidence, how many facts there are and how many of them are right."""
    for n in range(10):
        low, high = n / 10, (n + 1) / 10
        inside = [
            (c, r) for c, r in zip(fitted.chances, fitted.right, strict=True) if low <= c < high or (n == 9 and c == 1)
        ]
        if inside:
            yield Bin(
                low,
                high,
                len(inside),
                sum(c for c, _ in inside) / len(inside),
                sum(r for _, r in inside) / len(inside),
            )
