"""Who is charged with what, convicted of what and held for what: the charge is a fact, the offence is only what it is for."""

import pytest

from kg.config import Settings
from kg.model import Document, Extraction, Polarity
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
        ("Prosecutors filed charges of bribery against Marta Horvat.", ("chargedBy", "bribery", "fact")),
        ("Marta Horvat was charged with crimes against humanity.", ("chargedBy", "crimes against humanity", "fact")),
        (
            "Marta Horvat was convicted of kidnapping a cleric in what was the first trial of its kind.",
            ("convictedBy", "kidnapping a cleric", "fact"),
        ),
        (
            'Marta Horvat was charged with attempting "a terrorist murder", Oslo Radio reported.',
            ("chargedBy", "attempting a terrorist murder", "fact"),
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
    ("text", "offence"),
    [
        ("The charges against Marta Horvat were dropped on Friday.", None),
        ("Prosecutors dropped fraud charges against Marta Horvat.", "fraud"),
        ("Charges of bribery against Marta Horvat have been withdrawn.", "bribery"),
        ("A judge threw out the indictment of Marta Horvat.", None),
        ("The case against Marta Horvat was dismissed.", None),
    ],
)
def test_charges_that_were_dropped_are_held_no_more(text, offence):
    reader = Reader(Settings(extractor="rules"))
    read = reader.read(Document(id="d", text=text, published="2020-11-16"), enter=lambda _stage: None)
    assert isinstance(read, Extraction)
    assert {(c.predicate, c.polarity, c.offence) for c in read.claims} == {("chargedBy", Polarity.NEGATED, offence)}


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("Prosecutors charged Marta Horvat with fraud, but the charges were later dropped.", [True]),
        ("Prosecutors refused to drop the charges against Marta Horvat.", []),
        ("Prosecutors have not dropped the charges against Marta Horvat.", []),
        ("Marta Horvat hopes that the charges against her will be dropped.", []),
        ("The court refused to acquit Marta Horvat of fraud.", []),
        ("A court rejected Marta Horvat's appeal against her conviction for fraud.", [True]),
        ("Marta Horvat dropped a hint against Jonas Lind.", []),
        ("Marta Horvat dismissed the case for a reform.", []),
    ],
)
def test_that_there_were_charges_stays(told, text, asserted):
    assert [holds == "fact" for _, _, _, holds in told(text)] == asserted


@pytest.mark.parametrize(
    ("text", "based"),
    [
        ("Jonas Lind sued Oslo University in London for libel.", False),
        ("Jonas Lind filed a lawsuit against Oslo University in London.", False),
        ("Oslo University in London was sued by Jonas Lind.", True),
        ("Jonas Lind studied at Oslo University in London.", True),
    ],
)
def test_where_a_body_is_sued_is_not_where_it_is_based(text, based):
    for extractor in ("rules",) if based else ("rules", "both"):
        reader = Reader(Settings(extractor=extractor))
        read = reader.read(Document(id="d", text=text, published="2020-11-16"), enter=lambda _stage: None)
        assert isinstance(read, Extraction)
        assert ("basedIn" in {c.predicate for c in read.claims}) == based


@pytest.mark.parametrize(
    ("text", "date", "place"),
    [
        ("Marta Horvat was arrested in Lisbon on Friday on suspicion of fraud.", "2020-11-13", "Lisbon"),
        ("Marta Horvat was charged on Friday with a murder in Porto in 1999.", "2020-11-13", None),
        ("Marta Horvat was indicted for the murder of a clerk in 2011.", None, None),
        ("Marta Horvat was convicted of a murder on 3 March 2019.", None, None),
        ("Marta Horvat was charged with killing Jonas Lind on 3 March 2019.", None, None),
        ("Marta Horvat was convicted of murder on 3 March 2019.", "2019-03-03", None),
        ("Marta Horvat was convicted on 3 March 2019 of a murder.", "2019-03-03", None),
        ("Marta Horvat was charged with a murder on Friday.", "2020-11-13", None),
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
