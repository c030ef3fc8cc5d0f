"""Dates as precise as the text."""

import pytest

from kg.mapping.dates import best_date, precision, refines


def test_refines():
    assert refines("1979-02", "1979")
    assert refines("1979", None)
    assert not refines("1979", "1979-02")
    assert not refines(None, "1979")
    assert not refines("1979-02", "1978")
    assert [precision(d) for d in (None, "1979", "1979-02", "1979-02-01")] == [0, 1, 2, 3]


BEST = [
    (["1979", "1979-02", "1980"], "1979-02"),
    (["1979", "1980", "1980"], "1980"),
    (["1980", "1979"], "1979"),
    ([None, "1979"], "1979"),
    ([None], None),
]


@pytest.mark.parametrize(("dates", "expected"), BEST)
def test_best_date(dates, expected):
    assert best_date(dates) == expected
