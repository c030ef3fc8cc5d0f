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


@pytest.mark.parametrize(
    ("widow", "husband"),
    [("Grace Achebe", "Desmond Achebe"), ("Ndidi Achebe", "Desmond Achebe"), ("Ndidi Okafor", "Desmond Achebe")],
)
@pytest.mark.parametrize(
    "death", ["The former mayor Desmond Achebe died in 2021.", "The killers of the late Desmond Achebe ran."]
)
def test_a_widow_is_of_one_who_is_dead(read: Callable[..., Reading], death: str, widow: str, husband: str) -> None:
    found = read(f"{death} Tomasz Wilk said on Monday that he was a friend. His widow, {widow}, attended.")
    assert {row for row in found.asserted if "spouseOf" in row} == {f"{widow} | spouseOf | {husband}"}


def test_a_widow_of_whom_he_means_is_his(read: Callable[..., Reading]) -> None:
    found = read("Karl Moe died in 2019. Paul Wendt died in 2021. His widow, Ann Lee, attended.")
    assert {row for row in found.asserted if "spouseOf" in row} == {"Ann Lee | spouseOf | Paul Wendt"}
