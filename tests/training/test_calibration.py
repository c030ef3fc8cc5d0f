from math import exp
from random import Random

import pytest

from kg.training.calibration import fit

pytest.importorskip("sklearn")


def test_a_fit_finds_the_odds_that_made_the_cases() -> None:
    random = Random(1)
    scores = [random.random() for _ in range(20_000)]
    line = fit([(score, random.random() < 1 / (1 + exp(3 - 8 * score)), 1.0) for score in scores])
    assert abs(line.start + 3) < 0.3
    assert abs(line.slope - 8) < 0.5


def test_cases_that_a_line_parts_have_no_infinite_odds() -> None:
    line = fit([(0.1, False, 1.0), (0.9, True, 1.0)])
    assert 0 < line.slope < 100
