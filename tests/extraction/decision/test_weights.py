"""Weights of the decision: what they make of features, and files that are none."""

import json
import math

import pytest

from kg.errors import ModelError
from kg.extraction.decision.weights import Weights, read_weights
from kg.extraction.decision.witnesses import FEATURES

ZERO = dict.fromkeys(FEATURES, 0.0)
GOOD = {"features": ZERO, "bias": {"": 0.0}, "least": 0.5}


@pytest.mark.parametrize(
    ("predicate", "described", "chance"),
    [
        ("metWith", {}, 0.5),
        ("metWith", {"model": 0.5}, 0.7311),  # 2 * 0.5
        ("metWith", {"model": 1.0, "rule": 1.0}, 0.2689),  # 2 - 3
        ("bornIn", {"model": 0.5}, 0.9526),  # with the bias of the predicate
        ("bornIn", {}, 0.8808),
        ("metWith", {"model": 1e6}, 1.0),
        ("metWith", {"model": -1e6}, 0.0),
        ("metWith", {"model": 1e6, "certainty": math.log(0.8)}, 0.8),  # as its mentions mean its ends
        ("metWith", {"certainty": math.log(0.3)}, 0.3),
        ("metWith", {"certainty": math.log(0.6)}, 0.5),  # less likely anyway
        ("bornIn", {"certainty": math.log(1.001)}, 0.8808),
    ],
)
def test_probability(predicate, described, chance):
    features = ZERO | {"model": 2.0, "rule": -3.0}
    weights = Weights(features=features, bias={"": 0.0, "bornIn": 2.0}, least=0.5, precision={})
    assert weights.probability(predicate, ZERO | described) == pytest.approx(chance, abs=1e-4)


def test_what_rules_alone_read_is_weighed_as_where_nothing_else_reads():
    rules = Weights(features=ZERO | {"rule": 3.0}, bias={"": -1.0}, least=0.5, precision={})
    both = Weights(features=ZERO | {"rule": 0.5}, bias={"": -1.0}, least=0.5, precision={}, of_rules=rules)
    chance = {name: both.probability(name, ZERO | {"rule": 1.0}) for name in ("investedIn", "founded")}
    assert chance == {"investedIn": pytest.approx(0.8808, abs=1e-4), "founded": pytest.approx(0.3775, abs=1e-4)}


@pytest.mark.parametrize("extractor", ["rules", "model", "both"])
def test_weights_are_read(tmp_path, extractor):
    written = {"precision": {"rule:meet": 0.9}, "weights": {"rules": GOOD, extractor: GOOD | {"least": 0.4}}}
    (tmp_path / "decision.json").write_text(json.dumps(written), encoding="utf8")
    read = read_weights(extractor, tmp_path)
    assert (read.least, read.precision, set(read.features)) == (0.4, {"rule:meet": 0.9}, set(FEATURES))


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "no JSON",
        "[]",
        "null",
        "\xff",
        json.dumps({"precision": {}}),
        json.dumps({"weights": {"rules": GOOD, "both": GOOD}}),
        json.dumps({"precision": {}, "weights": {"both": GOOD}}),
        json.dumps({"precision": {}, "weights": {"rules": GOOD}}),
        json.dumps({"precision": {}, "weights": {"rules": GOOD, "both": None}}),
        json.dumps({"precision": {}, "weights": {"rules": GOOD, "both": GOOD | {"newer": 1}}}),
        json.dumps({"precision": {}, "weights": {"rules": GOOD, "both": GOOD | {"features": {"older": 1.0}}}}),
        json.dumps({"precision": {}, "weights": {"rules": GOOD, "both": GOOD | {"features": 3}}}),
        json.dumps({"precision": {}, "weights": {"rules": GOOD, "both": GOOD | {"bias": {}}}}),
    ],
)
def test_a_missing_or_other_file_is_named(tmp_path, written):
    path = tmp_path / "decision.json"
    if written is not None:
        path.write_bytes(written.encode("latin1"))
    with pytest.raises(ModelError, match="install kg again") as error:
        read_weights("both", tmp_path)
    assert str(path) in str(error.value)
