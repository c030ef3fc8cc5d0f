"""When and where a meeting or a visit was, by the words around it."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]  # text -> conftest.Reading

MET = "Angela Merkel met Emmanuel Macron"

# (text, predicate, date, place); the conftest's day of publication is Monday, 16 November 2020
CASES = [
    (f"{MET} in Paris on Sunday.", "metWith", "2020-11-15", "Paris"),
    (f"On Sunday, {MET} in Paris.", "metWith", "2020-11-15", "Paris"),
    (f"{MET} in Paris on Sunday, John Keller said.", "metWith", "2020-11-15", "Paris"),
    ("Angela Merkel visited Paris on Sunday, where she met Emmanuel Macron.", "metWith", "2020-11-15", "Paris"),
    (f"{MET} in the French capital, Paris, on Sunday.", "metWith", "2020-11-15", "Paris"),
    (f"Paris was hot. {MET} in the French capital.", "metWith", None, "Paris"),
    (f"{MET} in the city of Lyon.", "metWith", None, "Lyon"),
    ("Angela Merkel held talks in Paris with Emmanuel Macron.", "metWith", None, "Paris"),
    ("Sunday's meeting between Angela Merkel and Emmanuel Macron in Paris ended.", "metWith", "2020-11-15", "Paris"),
    # told around it
    (f"Angela Merkel arrived in Paris on Saturday. {MET} on Sunday.", "metWith", "2020-11-15", "Paris"),
    ("Angela Merkel, visiting Paris, met Emmanuel Macron.", "metWith", None, "Paris"),
    ("Angela Merkel, who arrived in Paris on Saturday, met Emmanuel Macron.", "metWith", None, "Paris"),
    (f"{MET}. The meeting in Paris took place on Sunday.", "metWith", "2020-11-15", "Paris"),
    ("Angela Merkel will travel to Paris. She will meet Emmanuel Macron there.", "metWith", None, "Paris"),
    (f"Paris - {MET} here on Sunday.", "metWith", "2020-11-15", "Paris"),
    # of something else
    ("Angela Merkel, the winner of the vote in 2017 in Hamburg, met Emmanuel Macron.", "metWith", None, None),
    ("Angela Merkel, head of the party, met Emmanuel Macron in Paris in 2017.", "metWith", "2017", "Paris"),
    ("Anger has been running high in Iraq since the assassination of Karim Saleh by Israel.", "killed", None, None),
    (f"PARIS - {MET} on Sunday.", "metWith", "2020-11-15", None),
    (f"John Keller arrived in Paris on Saturday. {MET}.", "metWith", None, None),
    (f"Angela Merkel visited France. {MET}.", "metWith", None, None),
    (f"Angela Merkel plans to visit Paris. {MET}.", "metWith", None, None),
    (
        "Angela Merkel visited Paris. It was hot. It was dry. It was late. She had met Emmanuel Macron.",
        "metWith",
        None,
        None,
    ),
    (f"{MET} before travelling to London.", "metWith", None, None),
    (f"{MET} ahead of a summit in London.", "metWith", None, None),
    (f"{MET} after the elections in Austria.", "metWith", None, None),
    (f"{MET} at a summit in London.", "metWith", None, "London"),
    (f"Angela Merkel visited Paris in March. {MET} on Sunday.", "metWith", "2020-11-15", None),
    (f"{MET}. The meeting with Boris Johnson in London was cancelled.", "metWith", None, None),
    (f"John Keller said on Sunday that {MET}.", "metWith", None, None),
    (f"{MET}, John Keller said in London on Sunday.", "metWith", None, None),
    (f'"{MET}," John Keller said at a news conference in London.', "metWith", None, None),
    (f"{MET}, and John Keller flew to London on Sunday.", "metWith", None, None),
    ("Emmanuel Macron, who was born in Amiens in 1977, met Angela Merkel.", "metWith", None, None),
    ("Angela Merkel visited Paris on Sunday.", "visited", "2020-11-15", None),
]


@pytest.mark.parametrize(("text", "predicate", "date", "place"), CASES)
def test_when_and_where(read: Read, text: str, predicate: str, date: str | None, place: str | None) -> None:
    extraction = read(text).extraction
    [claim] = [claim for claim in extraction.claims if claim.predicate == predicate][:1]
    found = None if claim.place is None else extraction.entities[claim.place].name
    assert (claim.date, found) == (date, place)
