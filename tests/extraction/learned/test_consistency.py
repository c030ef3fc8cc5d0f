"""Facts that exclude one another."""

import pytest

from kg.extraction.learned.consistency import consistent
from kg.extraction.learned.facts import ScoredFact, Support
from kg.model import Modality


def fact(subject, predicate, target, score, **others):
    end = {"date": target} if predicate in ("bornOn", "diedOn", "foundedOn") else {"object": target}
    return ScoredFact(
        predicate=predicate, subject=subject, score=score, supports=(Support(0, 1, score),), **end, **others
    )


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ([(1, "childOf", 2, 0.7), (2, "childOf", 1, 0.8)], [1]),
        ([(1, "childOf", 2, 0.9), (1, "spouseOf", 2, 0.8)], [0]),
        ([(1, "childOf", 2, 0.9), (1, "childOf", 3, 0.5)], [0, 1]),
        ([(1, "childOf", 2, 0.9), (3, "spouseOf", 2, 0.5)], [0, 1]),
        ([(1, "partOf", 2, 0.6), (2, "partOf", 1, 0.9)], [1]),
        ([(1, "partOf", 2, 0.6), (1, "acquired", 2, 0.9)], [0, 1]),
        ([(1, "diedOn", 7, 0.9), (2, "diedOn", 7, 0.6)], [0]),
        ([(1, "diedOn", 7, 0.9), (2, "diedOn", 7, 0.85)], [0, 1]),
        ([(1, "bornOn", 7, 0.6), (1, "bornOn", 8, 0.9)], [1]),
        ([(1, "bornOn", 7, 0.6), (1, "diedOn", 8, 0.9)], [0, 1]),
        ([(1, "memberOf", 2, 0.6), (1, "memberOf", 3, 0.9)], [0, 1]),
    ],
)
def test_the_surer_of_two_that_exclude_each_other_stays(found, kept):
    facts = [fact(*row) for row in found]
    assert consistent(facts) == [facts[i] for i in kept]


def test_what_is_not_asserted_excludes_nothing():
    denied = fact(2, "childOf", 1, 0.9, modality=Modality.DENIED)
    told = fact(1, "childOf", 2, 0.6)
    assert consistent([denied, told]) == [denied, told]
