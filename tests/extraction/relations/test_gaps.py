"""Clauses that take their verb from the one before."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]  # text -> conftest.Reading


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kofi Mensah was born in Accra and Ama Owusu in Kumasi.",
         {"Kofi Mensah | bornIn | Accra", "Ama Owusu | bornIn | Kumasi"}),
        ("Elif Demir died in 1990 and Jonas Weiss in 1995.",
         {"Elif Demir | diedOn | 1990", "Jonas Weiss | diedOn | 1995"}),
        ("Rosa Lima studied at Oxford University and Diego Paz at Yale University.",
         {"Rosa Lima | educatedAt | Oxford University", "Diego Paz | educatedAt | Yale University"}),
        ("Ingrid Braun flew to Vienna on Monday, Otto Kern to Prague and Jan Novak to Riga.",
         {"Ingrid Braun | visited | Vienna", "Otto Kern | visited | Prague", "Jan Novak | visited | Riga"}),
        # one clause, or a verb of its own
        ("Mei Tanaka lives in Osaka and in Kobe.", {"Mei Tanaka | livesIn | Osaka", "Mei Tanaka | livesIn | Kobe"}),
        ("Ingrid Braun met Otto Kern in Vienna and Jan Novak in Prague.",
         {"Ingrid Braun | metWith | Otto Kern", "Ingrid Braun | metWith | Jan Novak"}),
        ("Mei Tanaka lives in Osaka and Yuki Mori died in Kobe.", {"Mei Tanaka | livesIn | Osaka"}),
        ("Leila Haddad did not live in Tunis and Karim Haddad in Lyon.", set()),
    ],
)  # fmt: skip
def test_a_clause_without_a_verb_has_its_own_ends(read: Read, text: str, told: set[str]) -> None:
    assert read(text).asserted == told
