"""Whose death a text tells, so that nobody holds a post after it."""

from collections.abc import Callable
from typing import Any

import pytest

from kg.extraction.reference.reading import read_discourse
from kg.extraction.relations.framing import those_who_died
from kg.extraction.time.dates import dates_in
from kg.model import Document, RoleStatus

Read = Callable[..., Any]  # text -> conftest.Reading

DEAD = [  # a sentence and who is dead by it
    ("Farid Noorzai, the deputy head of Halden Bank, was killed in Zahedan.", {"Farid Noorzai"}),
    ("A car bomb killed Farid Noorzai, who commanded the Border Guard.", {"Farid Noorzai"}),
    ("Ngozi Obi was shot dead at a market in Asaba.", {"Ngozi Obi"}),
    ("Paulo Reis was stabbed to death in Huambo.", {"Paulo Reis"}),
    ("The assassination of General Farid Noorzai and Idris Sabri shocked the town.", {"Farid Noorzai", "Idris Sabri"}),
    ("Margit Moberg mourned the death of Per Dahl, a former rector.", {"Per Dahl"}),
    ("Margit Moberg passed away on Friday.", {"Margit Moberg"}),
    ("The late Chilean president Salvador Allende was honoured.", {"Salvador Allende"}),
    ("A crowd cheered the slain journalist Daphne Galizia.", {"Daphne Galizia"}),
    # alive, or not told
    ("Farid Noorzai survived an attempt on his life.", set()),
    ("Idris Sabri tried to kill Farid Noorzai.", set()),
    ("Idris Sabri planned the murder of Farid Noorzai.", set()),
    ("Jin Park was not killed in the crash.", set()),
    ("Jin Park was almost killed in a crash.", set()),
    ("Jin Park was sentenced to death.", set()),
    ("Jin Park faces execution for an attack on Ho Kim.", set()),
    ("Jin Park was poisoned in August.", set()),
    ("If Ngozi Obi dies, the bank will be sold.", set()),
    ("Two guards of Ngozi Obi were killed on Friday.", set()),
    ("Ngozi Obi said that her husband Emeka Obi had died.", {"Emeka Obi"}),
    ("Ngozi Obi was late on Friday.", set()),
    ("In late March Ngozi Obi left.", set()),
    ("Kofi Mensah killed the bill of Ama Owusu.", set()),
]


@pytest.mark.parametrize(("text", "died"), DEAD)
def test_whose_death_is_told(analyzer: Any, text: str, died: set[str]) -> None:
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    discourse = read_discourse(doc)
    assert {discourse.entities[i].name for i in those_who_died(discourse, dates_in(doc))} == died


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Farid Noorzai, the head of Halden Bank, was killed.", "former"),
        ("Farid Noorzai is the head of Halden Bank. He was appointed in 2019. Noorzai was shot dead.", "former"),
        ("The late Farid Noorzai, the head of Halden Bank, was feared.", "former"),
        ("Farid Noorzai, the head of Halden Bank, was wounded. Two of his men were killed.", "current"),
        ("Farid Noorzai, the head of Halden Bank, killed Idris Sabri.", "current"),
    ],
)
def test_the_dead_hold_no_post(read: Read, text: str, status: str) -> None:
    held = [c for c in read(text).extraction.claims if c.title == "head"]
    assert {c.status for c in held} == {RoleStatus(status)}
