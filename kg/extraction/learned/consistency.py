"""What cannot hold at once: of facts that exclude one another the surer one stays.

Nobody is the child of their child, spouse or sibling; a person is born and dies once, an organization begins once, and
the words of a date tell it of one of several neighbours rather than of all.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.model import PREDICATES, Modality, Polarity
from kg.predicates import Often

if TYPE_CHECKING:
    from kg.extraction.learned.facts import ScoredFact

__all__ = ["consistent"]

_CLOSE = 0.9  # a rival with this share of the best score stays beside it


def consistent(found: "Sequence[ScoredFact]") -> "list[ScoredFact]":
    """Return the facts without those that a surer one excludes, in their order; what is not asserted excludes nothing.

    Of kin and one-way relations one a pair stays, of dates those about as sure as the best.
    """
    rivals: dict[Hashable, list[ScoredFact]] = defaultdict(list)
    for fact in found:
        if fact.polarity is Polarity.AFFIRMED and fact.modality is Modality.ACTUAL:
            for key in _contests(fact):
                rivals[key].append(fact)
    lost: set[int] = set()
    for key, facts in rivals.items():
        best = max(facts, key=lambda f: f.score)
        alone = isinstance(key, frozenset)
        lost.update(id(f) for f in facts if f is not best and (alone or f.score < _CLOSE * best.score))
    return [f for f in found if id(f) not in lost]


def _contests(fact: "ScoredFact") -> Iterator[Hashable]:
    """Yield what a fact competes for: a frozenset where only one can have it."""
    ends, relation = (fact.subject, fact.object), PREDICATES[fact.predicate]
    if relation.kin:
        yield frozenset({"kin", *ends})
    elif relation.one_way:
        yield frozenset({fact.predicate, *ends})
    elif relation.often is Often.ONCE:
        yield fact.predicate, "of", fact.subject
        yield fact.predicate, "on", fact.date
