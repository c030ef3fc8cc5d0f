"""Dates of posts, as precise as the text."""

import pytest

from kg.terms import is_iso_date

DATES = {
    "1979": True,
    "1979-02": True,
    "1979-02-28": True,
    "2020-02-29": True,
    "1979-02-29": False,
    "1979-13": False,
    "0000": False,
    "79": False,
    "1979-2": False,
    "1979-02-01T10:00": False,
    "1979\n": False,
    "１９７９": False,
    "": False,
}


@pytest.mark.parametrize("text", DATES)
def test_is_iso_date(text):
    assert is_iso_date(text) is DATES[text]
