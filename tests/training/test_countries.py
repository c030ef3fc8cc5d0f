from typing import Any

import pytest

from kg.geography import Country
from kg.training.countries import identifiers, rewritten


def territory(code: str, name: str, qid: str, **others: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "qid": qid, **others}


TERRITORIES = [
    territory("dk", "Denmark", "Q1", other_qids=["Q2", "Q3"]),
    territory("no", "Norway", "Q4"),
    territory("suhh", "Soviet Union", "Q5"),
    territory("us-ga", "Georgia", "Q6", parent="us"),
    territory("ge", "Georgia", "Q7"),
    territory("nk", "Nagorno-Karabakh", "Q8"),
]


@pytest.mark.parametrize(
    ("country", "item"),
    [
        (Country(name="Norway", code="NO"), "Q4"),
        (Country(name="Denmark", code="DK"), "Q2"),  # not the realm
        (Country(name="Nowhere", code="XX"), None),
        (Country(name="USSR", names=("Soviet Union",)), "Q5"),
        (Country(name="Georgia", part_of="US"), "Q6"),
        (Country(name="Georgia"), None),  # which one?
        (Country(name="Nagorno-Karabakh"), None),
    ],
)
def test_identifiers(country: Country, item: str | None) -> None:
    found = identifiers([country], TERRITORIES)
    assert {**found["codes"], **found["names"]} == ({country.code or country.name: item} if item else {})


def test_the_lexicon_keeps_its_comments_and_codes_stay_strings() -> None:
    text = "# codes: by ISO\n\ncodes:\n  {AD: Q0}\n\nnames:\n  {Old: Q9}\n"
    found = {"codes": {"SE": "Q34", "NO": "Q20"}, "names": {"Wales": "Q25"}}
    assert rewritten(text, found) == '# codes: by ISO\n\ncodes:\n  {"NO": Q20, SE: Q34}\n\nnames:\n  {Wales: Q25}\n'
