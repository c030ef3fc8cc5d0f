"""The fit of the decision: what a witness weighs, the threshold, how far probabilities hold."""

import random

import pytest

from kg.extraction.decision.weights import Weights
from kg.extraction.decision.witnesses import FEATURES
from kg.extraction.learned.labels import LEARNED
from kg.training.fit import Fitted, WitnessRow, fit, reliability, rows_of

ZERO = dict.fromkeys(FEATURES, 0.0)
NO_WEIGHTS = Weights(features=ZERO, bias={"": 0.0}, least=0.5, precision={})


def row(right, text=0, predicate="metWith", **values):
    return WitnessRow(predicate, ZERO | {name.replace("_", " "): value for name, value in values.items()}, right, text)


def test_a_witness_that_is_always_right_is_believed():
    pytest.importorskip("sklearn")
    rows = [row(right, text, rule=float(right), rules=float(text % 2)) for text in range(80) for right in (True, False)]
    fitted = fit(rows, 80, {"rule:meet": 0.9})
    weights = fitted.weights
    assert weights.features["rule"] > 1
    assert abs(weights.features["rules"]) < 0.2  # of no use
    assert weights.probability("metWith", ZERO | {"rule": 1.0}) > 0.8 > 0.2 > weights.probability("metWith", ZERO)
    assert fitted.rates(weights.least) == (1.0, 1.0, pytest.approx(1.0))
    assert weights.precision == {"rule:meet": 0.9}
    assert set(weights.bias) == {"", *LEARNED}
    assert fit(rows, 20, {}).weights.features == weights.features


def test_each_predicate_has_its_bias():
    pytest.importorskip("sklearn")
    rows = [row(n % 10 != 0, n, "metWith") for n in range(50)] + [row(n % 10 == 0, n, "childOf") for n in range(50)]
    weights = fit(rows, 50, {}).weights
    assert weights.probability("metWith", ZERO) > 0.7 > 0.3 > weights.probability("childOf", ZERO)


def test_probabilities_are_those_of_texts_left_out():
    pytest.importorskip("sklearn")
    noise = random.Random(0)
    rows = [row(noise.random() < (0.8 if n % 2 else 0.2), n // 2, model=1.0 if n % 2 else -1.0) for n in range(400)]
    fitted = fit(rows, 200, {})
    assert len(fitted.chances) == len(fitted.right) == 400
    for chance, (_, described, _, _) in zip(fitted.chances, rows, strict=True):
        assert abs(chance - (0.8 if described["model"] > 0 else 0.2)) < 0.12


def test_no_probability_passes_that_of_the_mentions():
    pytest.importorskip("sklearn")
    sure = [row(right, n, model=4.0 if right else -4.0) for n in range(20) for right in (True, False)]
    doubtful = [WitnessRow(p, {**f, "certainty": -0.7}, right, text) for p, f, right, text in sure]
    assert max(fit(sure, 20, {}).chances) > 0.8
    assert max(fit(doubtful, 20, {}).chances) <= 0.4967  # the exponential of -0.7


FITTED = Fitted(NO_WEIGHTS, (0.95, 0.9, 0.6, 0.3, 1.0), (True, False, True, True, True), 6)


@pytest.mark.parametrize(
    ("least", "rates"),
    [
        (0.0, (4 / 5, 4 / 6, 8 / 11)),
        (0.6, (3 / 4, 3 / 6, 6 / 10)),
        (0.91, (2 / 2, 2 / 6, 4 / 8)),
        (1.1, (0, 0, 0)),
    ],
)
def test_rates(least, rates):
    assert FITTED.rates(least) == pytest.approx(rates)


def test_reliability_by_tenths():
    rows = [tuple(b) for b in reliability(FITTED)]
    assert rows == [
        (0.3, 0.4, 1, pytest.approx(0.3), 1.0),
        (0.6, 0.7, 1, pytest.approx(0.6), 1.0),
        (0.9, 1.0, 3, pytest.approx(0.95), pytest.approx(2 / 3)),
    ]
    assert list(reliability(Fitted(NO_WEIGHTS, (), (), 0))) == []


def test_rows_of_the_rules_on_a_text(parse, analyzer):
    from kg.extraction.learned import LearnedExtractor
    from kg.training.fit import read

    met = "[[p1|P|Anna Weber]] met [[p2|P|John Smith]] in [[l1|L|Geneva]]."
    texts = read(parse(f"# 1\n{met}\n= p1 metWith p2\n\n# 2\n{met}\n"), analyzer)
    rows, gold = rows_of(texts, extractor="rules", learned=LearnedExtractor(), precision={})
    assert [(r.predicate, r.right, r.text, r.features["rule"]) for r in rows] == [
        ("metWith", True, 0, 1.0),
        ("metWith", False, 1, 1.0),
    ]
    assert gold == 1
