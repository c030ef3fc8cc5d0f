"""Of more than six people at one table each met the host only."""

from collections.abc import Callable

import pytest

from kg.extraction.relations.tables import at_tables, pairs_among, pairs_between
from kg.model import Claim, Evidence
from tests.extraction.conftest import Reading

FIRST = "Angela Merkel, Boris Johnson, Emmanuel Macron"
MORE = f"{FIRST}, Mario Draghi, Jens Stoltenberg, Justin Trudeau, Scott Morrison"


def claim(subject, target, predicate="metWith", sentence=0):
    start = 1000 * sentence
    evidence = Evidence(
        document="d", start=start, end=start + 500, text="x", subject=(start + subject, start + subject + 1), object=(start + target, start + target + 1), extractor="x"
    )  # fmt: skip
    return Claim(subject=subject, predicate=predicate, object=target, evidence=evidence)


def everybody(n, **more):
    return [claim(a, b, **more) for a in range(n) for b in range(a + 1, n)]


STAR = [claim(3, other) for other in range(10) if other != 3]
CHAIN = [claim(n, n + 1) for n in range(9)]


@pytest.mark.parametrize(
    ("claims", "kept"),
    [
        (everybody(6), everybody(6)),
        (everybody(7), [claim(0, b) for b in range(1, 7)]),
        (everybody(30), [claim(0, b) for b in range(1, 30)]),
        (everybody(7, predicate="spokeWith"), [claim(0, b, "spokeWith") for b in range(1, 7)]),
        (everybody(7, predicate="siblingOf"), everybody(7, predicate="siblingOf")),
        (STAR, STAR),
        ([*STAR, claim(0, 1), claim(4, 9)], STAR),
        (CHAIN, CHAIN),
        ([*everybody(4), *everybody(4, sentence=1)], [*everybody(4), *everybody(4, sentence=1)]),
        ([claim(2 * n, 2 * n + 1) for n in range(10)], [claim(2 * n, 2 * n + 1) for n in range(10)]),
        ([], []),
    ],
)
def test_guests_of_one_host_have_not_met_by_that(claims, kept):
    assert list(at_tables(claims)) == kept


@pytest.mark.parametrize(("people", "pairs"), [(2, 1), (6, 15), (7, 6), (100, 99)])
def test_pairs_among(people, pairs):
    assert len(list(pairs_among(range(people)))) == pairs


@pytest.mark.parametrize(("hosts", "guests", "pairs"), [(1, 100, 100), (3, 3, 9), (4, 3, 6), (50, 50, 99)])
def test_pairs_between(hosts, guests, pairs):
    assert len(list(pairs_between(range(hosts), range(guests)))) == pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (f"Talks between {FIRST} and Narendra Modi were held in Oslo.", 6),
        (f"Talks between {MORE} and Narendra Modi were held in Oslo.", 7),
        (f"Narendra Modi met {FIRST} and Mario Draghi in Oslo.", 4),
        (f"Narendra Modi met {MORE} and Joe Biden in Oslo.", 8),
    ],
)
def test_meetings_as_read(read: Callable[..., Reading], text: str, pairs: int) -> None:
    met = {frozenset((c.subject, c.object)) for c in read(text).extraction.claims if c.predicate == "metWith"}
    assert len(met) == pairs
