"""Rules and network together, as a table: what the second adds to the first."""

from dataclasses import replace

import pytest
from kg.extraction.decision.combination import combine

from kg.model import Claim, Evidence, Modality, Polarity

HERE = Evidence(document="d", start=0, end=1, text="x", subject=(0, 1), object=None, extractor="x")


def claim(predicate="metWith", subject=0, target=1, confidence=0.3, title=None, negated=False, at=0):
    return Claim(
        subject=subject, predicate=predicate, object=target, evidence=replace(HERE, start=at, end=at + 1), confidence=confidence, title=title,
        polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ([], claim(confidence=0.5), False),
        ([], claim(confidence=0.6), True),
        ([claim()], claim(), True),
        ([claim()], claim(subject=1, target=0), True),
        ([claim("bornIn")], claim("bornIn", subject=1, target=0), False),
        ([claim()], claim(negated=True, confidence=0.9), False),
        ([claim(negated=True)], claim(confidence=0.9), False),
        ([claim("holdsRole", title="mayor")], claim("holdsRole", title="mayor"), True),
        ([claim("holdsRole", title="mayor")], claim("holdsRole", title="treasurer"), False),
        ([claim("holdsRole", title="mayor")], claim("holdsRole", title="treasurer", confidence=0.7), True),
        ([claim("holdsRole", title="mayor")], claim("holdsRole", subject=2, title="mayor", confidence=0.7), False),
        ([claim("holdsRole", title="mayor")], claim("holdsRole", target=2, title="mayor", confidence=0.7), False),
        (
            [claim("holdsRole", title="mayor")],
            claim("holdsRole", subject=2, title="mayor", confidence=0.7, at=40),
            True,
        ),
    ],
)
def test_second_is_kept_when_sure_or_seconding(first, second, kept):
    assert combine(first, [second], least=0.6) == (*first, *([second] if kept else []))


def test_a_second_witness_of_a_role_brings_no_title_of_its_own():
    first = claim("holdsRole", title="prime minister")
    _, second = combine([first], [claim("holdsRole", title="minister")], least=0.6)
    assert second.title == "prime minister"


PLANNED = (Polarity.AFFIRMED, Modality.PLANNED)
NEGATED = (Polarity.NEGATED, Modality.ACTUAL)


@pytest.mark.parametrize(
    ("told", "seconded", "at", "reading"),
    [
        (PLANNED, NEGATED, 0, PLANNED),  # "a scheduled trip", which the network takes for none
        (NEGATED, PLANNED, 0, NEGATED),
        (PLANNED, NEGATED, 40, NEGATED),  # another sentence
    ],
)
def test_the_first_says_why_it_is_no_fact(told, seconded, at, reading):
    first = replace(claim("visited"), polarity=told[0], modality=told[1])
    second = replace(claim("visited", at=at), polarity=seconded[0], modality=seconded[1])
    _, kept = combine([first], [second], least=0.6)
    assert (kept.polarity, kept.modality) == reading
