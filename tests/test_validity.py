"""What a person may not say of a statement, and in which words that is told."""

from dataclasses import replace

import pytest

from kg.errors import UsageError
from kg.model import EntityType, Statement
from kg.resolution import Edit, EditKind
from kg.validity import amiss, check_relation, misfit, values_of

ANA, BO, ACME = (f"https://kg.example/{name}" for name in ("person/ana", "person/bo", "organization/acme"))
TYPES = {ANA: EntityType.PERSON, BO: EntityType.PERSON, ACME: EntityType.ORGANIZATION}
MET = Statement(id="s", subject=ANA, predicate="metWith", object=BO, confidence=0.9, evidence=())

MISFITS = {
    "fits": ({}, ""),
    "a subject of another type": ({"predicate": "spouseOf", "subject": ACME}, "the subject of spouseOf is a Person"),
    "an object of another type": ({"predicate": "spouseOf", "object": ACME}, "the object of spouseOf is a Person"),
    "one with itself": ({"object": ANA}, "both ends are one"),
    "a date for an object": ({"literal": "1979"}, "metWith has no date of its own (literal)"),
    "an object for a date": ({"predicate": "bornOn"}, "bornOn has a date (literal)"),
    "a date": ({"predicate": "bornOn", "object": None, "literal": "1979"}, ""),
    "no object": ({"object": None}, "metWith has an object"),
    "a post nowhere": ({"predicate": "holdsRole", "object": None}, ""),
}


@pytest.mark.parametrize("case", MISFITS)
def test_what_the_ontology_does_not_allow(case: str) -> None:
    changes, reason = MISFITS[case]
    assert misfit(replace(MET, **changes), TYPES) == reason


def test_a_relation_that_there_is_not_is_named_with_the_nearest() -> None:
    check_relation(Edit(kind=EditKind.REJECT, subject="Ana", predicate="metWith"))
    check_relation(Edit(kind=EditKind.DROP, subject="Ana"))
    with pytest.raises(UsageError, match="there is no relation 'metWiht'; one is metWith"):
        check_relation(Edit(kind=EditKind.REJECT, subject="Ana", predicate="metWiht"))


AMISS = {
    "a title of a meeting": ({"title": "chair"}, {}, "metWith has no title"),
    "an offence of a meeting": ({"offence": "fraud"}, {}, "metWith has no offence"),
    "a date of a meeting": ({"date": "2021"}, {}, ""),
    "an end before the start": (
        {"end": "2011"},
        {"predicate": "holdsRole", "object": ACME, "start": "2012-05", "end": "2011"},
        "it ends (2011) before it begins (2012-05)",
    ),
}


@pytest.mark.parametrize("case", AMISS)
def test_which_values_a_statement_of_its_kind_cannot_have(case: str) -> None:
    sets, changes, reason = AMISS[case]
    assert amiss(replace(MET, **changes), correcting(sets)) == reason


WRONG = {"status": "status cannot be 'retired'", "start": "start 'last May' is no ISO date", "literal": "no ISO date"}


@pytest.mark.parametrize(("name", "text"), [("status", "retired"), ("start", "last May"), ("literal", "1979-02-30")])
def test_values_that_no_field_has(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=WRONG[name]):
        values_of(correcting({name: text}))


def test_values_are_those_of_a_statement() -> None:
    values = values_of(correcting({"title": "Chief Executive", "start": "2021", "end": ""}))
    assert values["start"] == "2021"
    assert values["end"] is None
    assert values["title"] == "chief executive"
    assert values["role"]


def correcting(sets: dict[str, str]) -> Edit:
    return Edit(kind=EditKind.CORRECT, subject=(), sets=tuple(sorted(sets.items())))
