"""Whose relative somebody is: of several the one whose family name they have."""

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Reading


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Paul Wendt met Ivan Dolgan on Monday. His sister, Ann Dolgan, came.", "Ann Dolgan | siblingOf | Ivan Dolgan"),
        ("Ivan Dolgan met Paul Wendt on Monday. His sister, Ann Dolgan, came.", "Ann Dolgan | siblingOf | Ivan Dolgan"),
        ("Ivan Dolgan met Paul Wendt on Monday. His brother Karl Wendt came.", "Karl Wendt | siblingOf | Paul Wendt"),
        # nobody has her name: grammar tells alone
        ("Paul Wendt met Ivan Dolgan on Monday. His sister, Ann Moe, came.", "Ann Moe | siblingOf | Paul Wendt"),
        # a woman is no "he"
        ("Paul Wendt met Ms. Mary Dolgan on Monday. His sister, Ann Dolgan, came.", "Ann Dolgan | siblingOf | Paul Wendt"),
        # two have the name
        (
            "Paul Wendt met Ivan Dolgan and Karl Dolgan. His sister, Ann Dolgan, came.",
            "Ann Dolgan | siblingOf | Paul Wendt",
        ),
    ],
)  # fmt: skip
def test_whose_relative_somebody_is(read: Callable[..., Reading], text: str, told: str) -> None:
    assert {row for row in read(text).asserted if "siblingOf" in row} == {told}
