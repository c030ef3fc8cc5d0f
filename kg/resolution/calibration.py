"""From weights to a probability: how likely two things of such names and such company are one.

The weights of features in ``person_match`` and ``organization_match`` and of what is in common in ``context`` are set
by hand; here what they add up to is calibrated by logistic regression (Platt, "Probabilistic outputs for support vector
machines", 1999), names and context apart, for no public set has both:

- names on 442 public pairs of names (``data/names/pairs.csv``: nomenklatura's benchmark, about half of them the same)
  and, with the same weight in all, on the pairs that blocking proposes in a made-up corpus of 20,000 entities of
  ``kg.resolution.benchmark``; places on the latter alone. Of surnames alone too few are there: they count as even.
- context on DWIE's 98 development articles: how much two articles have in common around one linked entity, and around
  two different ones of its type. What is fitted is the ratio of the two likelihoods; it adds to the names' log odds.

So the score is a probability where about every second pair that is looked at is the same, as in a review queue; among
any two entities of a corpus it would be far lower. On public pairs left out of the fit (five parts in turn) the Brier
score is 0.089 for persons and 0.110 for organizations; of those given 0.8 or more (on average 0.94) 0.98 are the same
for persons and all of 69 for organizations, of those given less than 0.2 (0.08) it is 0.13 and 0.16: a little more are
the same than it says. ``python -m kg.training.calibration`` fits the parameters anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from kg.matching.match import NameMatch
from kg.model import EntityType

__all__ = ["Calibration", "LogOdds", "probability"]


@dataclass(frozen=True, slots=True)
class LogOdds:
    """Log odds as a line: what they are at zero, and what one adds."""

    start: float
    slope: float

    def __call__(self, value: float) -> float:
        """Return the log odds."""
        return self.start + self.slope * value


@dataclass(frozen=True, slots=True)
class Calibration:
    """The log odds that the score of two names stands for, and what context adds to them."""

    names: LogOdds
    context: LogOdds


FITTED: Mapping[EntityType, Calibration] = {
    EntityType.PERSON: Calibration(names=LogOdds(-5.1, 9.4), context=LogOdds(-1.51, 5.02)),
    EntityType.ORGANIZATION: Calibration(names=LogOdds(-2.5, 5.61), context=LogOdds(-0.72, 3.49)),
    EntityType.PLACE: Calibration(names=LogOdds(-13.56, 15.81), context=LogOdds(-0.29, 2.02)),
}


def probability(type: EntityType, names: NameMatch, *, context: float | None = None) -> float:  # noqa: A002
    """Return how likely two things are one, by their names and by what they share besides (0..1), if that is known."""
    fitted = FITTED[type]
    odds = 0.0 if names.partial else fitted.names(names.score)
    odds += 0.0 if context is None else fitted.context(context)
    return round(1 / (1 + exp(-odds)), 4)
