from itertools import pairwise

import pytest

from kg.matching.match import NameMatch
from kg.model import EntityType
from kg.resolution.calibration import probability


@pytest.mark.parametrize("type_", EntityType)
def test_better_names_and_more_in_common_are_likelier(type_: EntityType) -> None:
    by_names = [probability(type_, NameMatch(score=score / 10), context=0.1) for score in range(11)]
    by_context = [probability(type_, NameMatch(score=0.8), context=share / 4) for share in range(5)]
    assert all(a <= b for found in (by_names, by_context) for a, b in pairwise(found))
    assert all(found[0] < found[-1] for found in (by_names, by_context))
    assert all(0 <= p <= 1 for p in (*by_names, *by_context))


def test_what_is_unknown_counts_neither_way() -> None:
    match = NameMatch(score=0.9)
    alone = probability(EntityType.PERSON, match)
    assert (
        probability(EntityType.PERSON, match, context=0.0) < alone < probability(EntityType.PERSON, match, context=1.0)
    )
    assert probability(EntityType.PERSON, NameMatch(score=0.45, partial=True)) == 0.5
