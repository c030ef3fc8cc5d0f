"""What each feature of a testimony weighs: fitted on annotated text by ``python -m kg.training export``."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import ModelError
from kg.extraction.decision.witnesses import FEATURES
from kg.model import PREDICATES
from kg.resources import data_path

__all__ = ["Weights", "read_weights"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A logistic regression over all predicates, with a bias for each.

    Attributes:
        features: weight by name of the feature.
        bias: by predicate; ``""`` of those that are not named.
        least: probability from which a fact is asserted.
        precision: of each rule, by what it is counted by, and of each kind of rule.
        of_rules: the weights of predicates that rules alone read, where these are for more witnesses than rules: that
            the network is silent says nothing of what it was not taught.
    """

    features: Mapping[str, float]
    bias: Mapping[str, float]
    least: float
    precision: Mapping[str, float]
    of_rules: "Weights | None" = None

    def probability(self, predicate: str, features: Mapping[str, float]) -> float:
        """Return how likely a fact of these features holds: never more likely than that its mentions mean its ends."""
        if self.of_rules is not None and PREDICATES[predicate].by_rules:
            return self.of_rules.probability(predicate, features)
        z = self.bias.get(predicate, self.bias[""]) + sum(self.features[k] * v for k, v in features.items())
        return min(1 / (1 + math.exp(-max(-30.0, min(30.0, z)))), math.exp(features["certainty"]))


@cache
def read_weights(extractor: str, folder: Path | None = None) -> Weights:
    """Return the weights for what one extractor or both say ("rules", "model", "both").

    Raises:
        ModelError: the file is missing or of another version.
    """
    path = (folder or data_path("model")) / "decision.json"
    try:
        raw = json.loads(path.read_text(encoding="utf8"))
        of_rules = read_weights("rules", folder) if extractor != "rules" else None
        weights = Weights(precision=raw["precision"], of_rules=of_rules, **raw["weights"][extractor])
        if set(weights.features) != set(FEATURES) or "" not in weights.bias:
            raise ValueError("other features")
        return weights
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} is missing or of another version of kg: install kg again") from error
