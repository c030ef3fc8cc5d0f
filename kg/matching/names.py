"""Do two names name one thing? The public comparison, with a score and an explanation.

Scores are sums of weights: from ``MATCH`` on, two names more likely than not name the same; from ``MERGE`` on they
differ by what spelling, word order, legal form or a middle name explain, and entities may be merged without asking if
nothing else speaks against it. Between the two lie slips of the pen and initials: merge with context. What a score
means as a probability stands in ``calibration``.
"""

from functools import lru_cache

from kg.matching.match import Feature, NameMatch
from kg.matching.organization_match import compare_organizations, compare_places
from kg.matching.person_match import compare_persons
from kg.model import EntityType

__all__ = ["MATCH", "MERGE", "Feature", "NameMatch", "compare_names"]

MATCH = 0.5
MERGE = 0.8


def compare_names(a: str, b: str, *, type: EntityType) -> NameMatch:  # noqa: A002
    """Compare two names of entities of a type; symmetric, and 1.0 for equal names.

    Args:
        a: a name in any script; ranks and honorifics do no harm.
        b: another name.
        type: what both name.

    Returns:
        The score in 0..1 (a match from ``MATCH`` on) and the features that led to it.
    """
    return _compare(*sorted((a, b)), EntityType(type))


@lru_cache(maxsize=65536)
def _compare(a: str, b: str, type_: EntityType) -> NameMatch:
    if a == b:
        return NameMatch(score=1.0, features=(Feature("equal", a, 0.0),))
    if type_ is EntityType.PERSON:
        return compare_persons(a, b)
    return compare_places(a, b) if type_ is EntityType.PLACE else compare_organizations(a, b)
