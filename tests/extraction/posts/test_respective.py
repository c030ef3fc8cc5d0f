"""Titles in the plural: one post each, or the same for all."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]  # text -> conftest.Reading


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The presidents of Peru and Chile, Ana Quispe and Luis Soto, spoke on Friday.",
         {"Ana Quispe | holdsRole | Peru | president", "Luis Soto | holdsRole | Chile | president"}),
        ("The French and German foreign ministers, Jean Dupuis and Karl Weber, left.",
         {"Jean Dupuis | holdsRole | France | foreign minister", "Karl Weber | holdsRole | Germany | foreign minister"}),
        ("The leaders of France, Germany and Poland, Jean Dupuis, Karl Weber and Ewa Nowak, left.",
         {"Jean Dupuis | holdsRole | France | leader", "Karl Weber | holdsRole | Germany | leader",
          "Ewa Nowak | holdsRole | Poland | leader"}),
        ("The finance and health ministers, Kenji Mori and Amina Bello, left.",
         {"Kenji Mori | holdsRole | - | finance minister", "Amina Bello | holdsRole | - | health minister"}),
        # the same for all, or for one
        ("German ministers Karl Weber and Ingrid Braun left.",
         {"Karl Weber | holdsRole | Germany | minister", "Ingrid Braun | holdsRole | Germany | minister"}),
        ("Finance and health minister Kenji Mori left.", {"Kenji Mori | holdsRole | - | finance and health minister"}),
        ("The leaders of France and Germany met Ewa Nowak.", set()),
    ],
)  # fmt: skip
def test_as_many_bodies_or_portfolios_as_people_go_one_to_each(read: Read, text: str, told: set[str]) -> None:
    assert {row for row in read(text).asserted if "holdsRole" in row} == told
