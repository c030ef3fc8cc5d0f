"""Who is charged with what, convicted of what and held for what: the charge is a fact, the offence is only what it is for."""

import pytest

from kg.config import Settings
from kg.model import Document, Extraction
from kg.reader import Reader

LAW = {"chargedBy", "convictedBy", "detainedBy"}


@pytest.fixture(scope="module")
def told():
    """Return a function: what a text says of charges, verdicts and arrests."""
    reader = Reader(Settings(extractor="rules"))

    def read(text: str) -> set[tuple[str, str, str | None, str]]:
        read = reader.read(Document(id="d", text=text, published="2020-11-16"), enter=lambda _stage: None)
        assert isinstance(read, Extraction)
        return {
            (c.predicate, read.entities[c.subject].name, c.offence, "fact" if c.asserted else c.modality.value)
            for c in read.claims
            if c.predicate in LAW
        }

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prosecutors charged Marta Horvat with fraud and bribery.", ("chargedBy", "fraud and bribery", "fact")),
        ("Marta Horvat was charged with two counts of money laundering.", ("chargedBy", "money laundering", "fact")),
        ("Prosecutors charged Marta Horvat with bribery on Thursday.", ("chargedBy", "bribery", "fact")),
        ("Marta Horvat was charged with bribery yesterday.", ("chargedBy", "bribery", "fact")),
        ("Marta Horvat was charged with murders on Bloody Sunday.", ("chargedBy", "murders on Bloody Sunday", "fact")),
        ("Police detained Marta Horvat for questioning.", ("detainedBy", None, "fact")),
        ("Marta Horvat was indicted on corruption charges.", ("chargedBy", "corruption", "fact")),
        ("Marta Horvat faces charges of tax evasion.", ("chargedBy", "tax evasion", "fact")),
        ("Marta Horvat will be charged with theft.", ("chargedBy", "theft", "planned")),
        ("Marta Horvat has been accused of embezzlement by a colleague.", ("chargedBy", "embezzlement", "possible")),
        ("Marta Horvat was convicted in 2014 of the murder of a clerk.", ("convictedBy", "murder of a clerk", "fact")),
        ("Marta Horvat was jailed for five years for arson.", ("detainedBy", "arson", "fact")),
        ("Marta Horvat was sentenced to ten years in prison for spying.", ("convictedBy", "spying", "fact")),
        ("Marta Horvat was arrested on suspicion of smuggling.", ("detainedBy", "smuggling", "fact")),
        ("Marta Horvat was arrested in connection with a robbery.", ("detainedBy", "robbery", "fact")),
        ("Marta Horvat was reportedly arrested for smuggling.", ("detainedBy", "smuggling", "possible")),
        ("A jury found Marta Horvat guilty of perjury.", ("convictedBy", "perjury", "fact")),
        ("Marta Horvat was convicted of Lind's murder.", ("convictedBy", "Lind's murder", "fact")),
        (
            "Marta Horvat was jailed for killing a clerk, whom she had robbed.",
            ("detainedBy", "killing a clerk", "fact"),
        ),
        ("Efforts were made toward the arrest of Marta Horvat.", ("detainedBy", None, "planned")),
    ],
)
def test_the_offence_is_told_as_worded(told, text, expected):
    predicate, offence, holds = expected
    assert told(text) == {(predicate, "Marta Horvat", offence, holds)}


@pytest.mark.parametrize(
    "text",
    [
        "Marta Horvat was charged with leading the reform of the courts.",
        "Marta Horvat was charged with the task of finding a successor.",
        "Marta Horvat was charged a fee of five euros.",
        "Marta Horvat was accused of delaying the vote.",
        "Marta Horvat was accused of arrogance.",
        "Marta Horvat held a meeting in the prison.",
        "The police arrested a brother of Marta Horvat.",
    ],
)
def test_what_is_no_charge_tells_none(told, text):
    assert not told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Marta Horvat was charged with killing Jonas Lind.",
        "Marta Horvat was arrested on suspicion of murdering Jonas Lind.",
        "Aino Berg accused Marta Horvat of murdering Jonas Lind.",
    ],
)
def test_what_somebody_is_charged_with_is_not_done(text):
    reader = Reader(Settings(extractor="rules"))
    read = reader.read(Document(id="d", text=text, published="2020-11-16"), enter=lambda _stage: None)
    assert isinstance(read, Extraction)
    assert not [c for c in read.claims if c.predicate == "killed" and c.asserted]


def test_an_acquittal_is_a_negated_verdict(told):
    text = "The court acquitted Marta Horvat of fraud."
    assert told(text) == {("convictedBy", "Marta Horvat", "fraud", "actual")}


@pytest.mark.parametrize(
    ("text", "date", "place"),
    [
        ("Marta Horvat was arrested in Lisbon on Friday on suspicion of fraud.", "2020-11-13", "Lisbon"),
        ("Marta Horvat was charged on Friday with a murder in Porto in 1999.", "2020-11-13", None),
        ("Marta Horvat was indicted for the murder of a clerk in 2011.", None, None),
    ],
)
def test_when_and_where_are_those_of_the_charge_not_of_the_deed(text, date, place):
    reader = Reader(Settings(extractor="rules"))
    read = reader.read(Document(id="d", text=text, published="2020-11-16"), enter=lambda _stage: None)
    assert isinstance(read, Extraction)
    (claim,) = [c for c in read.claims if c.predicate in LAW]
    assert claim.date == date
    assert (None if claim.place is None else read.entities[claim.place].name) == place


def test_custody_is_no_journey():
    reader = Reader(Settings(extractor="rules"))
    text = "Marta Horvat was detained in Lisbon on Friday."
    read = reader.read(Document(id="d", text=text, published="2020-11-16"), enter=lambda _stage: None)
    assert isinstance(read, Extraction)
    assert [c.predicate for c in read.claims if c.relation.is_event] == ["detainedBy"]
