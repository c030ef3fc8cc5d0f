"""Posts that tables tell, and what is read from no table. All names are invented."""

from collections.abc import Callable

import pytest

from kg.analysis import Analyzer
from kg.extraction import extract_one, make_extractors
from kg.model import Document
from tests.extraction.conftest import Reading

ROWS = (("Name", "Position"), ("Ama Boateng", "Governor"), ("Ilir Hoxha", "Chief executive"), ("Jana Novotná", "Chief financial officer"))  # fmt: skip
BOARD = {"Ama Boateng | holdsRole | - | governor", "Ilir Hoxha | holdsRole | - | chief executive", "Jana Novotná | holdsRole | - | chief financial officer"}  # fmt: skip
BEFORE, AFTER = "Lumen announced its board on Monday.\n\n", "\n\nThe board takes office in June."


@pytest.fixture(scope="module", params=["both", "model", "rules"])
def roster(analyzer: Analyzer, request: pytest.FixtureRequest) -> Callable[[str], Reading]:
    extractors = make_extractors(request.param)

    def run(text: str) -> Reading:
        (doc,) = analyzer.analyze([Document(id="d", text=text, published="2021-05-04")])
        return Reading(extract_one(doc, extractors=extractors))

    return run


def framed(*rows: tuple[str, ...]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def posts(reading: Reading) -> set[str]:
    return {row for row in reading.asserted if "holdsRole" in row}


@pytest.mark.parametrize(
    "table",
    [
        framed(*ROWS),
        framed(*ROWS[1:]),  # by what stands in the columns
        framed(ROWS[0], ("---", "---"), *ROWS[1:]),
        framed(*(row[::-1] for row in ROWS)),
        framed(("No.", "Full name", "Job title"), *((str(n), *row) for n, row in enumerate(ROWS[1:], start=1))),
        "\n".join("\t".join(row) for row in ROWS),
        "\n".join(" | ".join(row) for row in ROWS),
        "\n".join(f"{row[0]:<20}{row[1]}" for row in ROWS),
    ],
)
def test_a_row_tells_a_post(roster: Callable[[str], Reading], table: str) -> None:
    reading = roster(BEFORE + table + AFTER)
    assert posts(reading) == BOARD
    assert {entity.name for entity in reading.extraction.entities} >= {"Ama Boateng", "Ilir Hoxha", "Jana Novotná"}
    assert not {"Name", "Position", "Full", "Job"} & {entity.name for entity in reading.extraction.entities}
    for claim in reading.extraction.claims:
        told = claim.evidence
        if told.extractor == "rule:table":
            assert (BEFORE + table + AFTER)[told.start : told.end] == told.text and claim.title in told.text.lower()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [("Name", "Organization", "Post"), ("Kofi Mensah", "Lumen Bank", "Director"), ("Ama Boateng", "Takora University", "Professor")],
            {"Kofi Mensah | holdsRole | Lumen Bank | director", "Ama Boateng | holdsRole | Takora University | professor"},
        ),
        (
            [("Name", "Role"), ("Kofi Mensah", "Director of Lumen Bank"), ("Ama Boateng", "Former president, Norway")],
            {"Kofi Mensah | holdsRole | Lumen Bank | director", "Ama Boateng | holdsRole | - | president"},
        ),
        (
            [("Delegation", "Name", "Post"), ("Norway", "Kofi Mensah", "Foreign minister"), ("Ghana", "Ama Boateng", "Ambassador to Norway")],
            {"Kofi Mensah | holdsRole | Norway | foreign minister", "Ama Boateng | holdsRole | Ghana | ambassador to norway"},
        ),
        (
            [("Country", "Name", "Post"), ("Norway", "Kofi Mensah", "Professor"), ("Ghana", "Ama Boateng", "Coach")],
            {"Kofi Mensah | holdsRole | - | professor", "Ama Boateng | holdsRole | - | coach"},  # not of the state
        ),
        (
            [("Position", "Officer"), ("Chairman and chief executive", "Kofi Mensah"), ("Clerk", "Ama Boateng")],
            {"Kofi Mensah | holdsRole | - | chairman", "Kofi Mensah | holdsRole | - | chief executive", "Ama Boateng | holdsRole | - | clerk"},
        ),
        (
            [("Name", "Post"), ("Kofi Mensah", "Keeper of the seal"), ("Ama Boateng", "vacant"), ("Ilir Hoxha", "4,000 votes")],
            {"Kofi Mensah | holdsRole | - | keeper of the seal"},
        ),
        (
            [("The cabinet", "", ""), ("Portfolio", "Minister", "Party"), ("Minister of Justice", "Kofi Mensah", "Green Party"), ("Minister of Health", "Ama Boateng", "Labour Party")],
            {"Kofi Mensah | holdsRole | - | minister of justice", "Ama Boateng | holdsRole | - | minister of health"},
        ),
        (
            [("Minister of Justice", "Kofi Mensah", "Green Party"), ("Minister of Health", "Ama Boateng", "Labour Party")],
            {"Kofi Mensah | holdsRole | - | minister of justice", "Ama Boateng | holdsRole | - | minister of health"},
        ),
        (
            [("Name", "Age", "Votes"), ("Kofi Mensah", "44", "4,000"), ("Ama Boateng", "51", "3,000")],
            set(),
        ),
        (
            [("Winner", "Loser"), ("Kofi Mensah", "Ama Boateng"), ("Ilir Hoxha", "Jana Novotná")],
            set(),
        ),
        (
            [("Minister", "Predecessor", "Portfolio"), ("Kofi Mensah", "Ama Boateng", "Finance"), ("Ilir Hoxha", "Jana Novotná", "Health")],
            {"Kofi Mensah | holdsRole | - | finance", "Ilir Hoxha | holdsRole | - | health"},
        ),
    ],
)  # fmt: skip
def test_the_heads_of_the_columns_count(
    roster: Callable[[str], Reading], rows: list[tuple[str, ...]], expected: set[str]
) -> None:
    assert posts(roster(BEFORE + framed(*rows) + AFTER)) == expected


def test_terms_parties_and_bodies(roster: Callable[[str], Reading]) -> None:
    rows = [
        ("Name", "Party", "Post", "Term"),
        ("Kofi Mensah", "Green Party", "Mayor", "2010–2014"),
        ("Ama Boateng", "Labour Party", "Mayor", "since 2014"),
    ]
    reading = roster(framed(*rows))
    names = [entity.name for entity in reading.extraction.entities]
    held = {(names[c.subject], c.status, c.start, c.end) for c in reading.extraction.claims if c.predicate == "holdsRole"}  # fmt: skip
    assert held == {("Kofi Mensah", "former", "2010", "2014"), ("Ama Boateng", "current", "2014", None)}
    parties = {row for row in reading.asserted if "politicalAffiliation" in row}
    assert parties == {"Kofi Mensah | politicalAffiliation | Green Party", "Ama Boateng | politicalAffiliation | Labour Party"}  # fmt: skip
    members = roster(framed(("Participant", "Affiliation"), ("Kofi Mensah", "Lumen Bank"), ("Ama Boateng", "Takora University")))  # fmt: skip
    assert members.asserted == {"Kofi Mensah | memberOf | Lumen Bank", "Ama Boateng | memberOf | Takora University"}


@pytest.mark.parametrize(
    "text",
    [
        "Ama Boateng | governor",  # a single line
        "By Kofi Mensah | Lumen Wire",
        framed(("Ama Boateng", "Ilir Hoxha"), ("Kofi Mensah", "Jana Novotná")),
        framed(("Item", "Price"), ("Bread", "3"), ("Salt", "1")),
    ],
)
def test_no_post_is_read_off_other_lines(roster: Callable[[str], Reading], text: str) -> None:
    claims = roster(BEFORE + text + AFTER).extraction.claims
    assert not [claim for claim in claims if claim.evidence.extractor == "rule:table"]


def test_sentences_in_a_cell_are_read_as_sentences(roster: Callable[[str], Reading]) -> None:
    cell = "Ama Boateng, the governor of Takora, met Ilir Hoxha on Monday."
    reading = roster(framed(("Day", "What happened"), ("Monday", cell), ("Tuesday", "The talks went on.")))
    assert "Ama Boateng | metWith | Ilir Hoxha" in {*reading.asserted, *(r.replace("Ilir Hoxha | metWith | Ama Boateng", "Ama Boateng | metWith | Ilir Hoxha") for r in reading.asserted)}  # fmt: skip


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (
            ["Ama Boateng, governor", "Jana Novotná, head of Lumen Bank"],
            {"Ama Boateng | holdsRole | - | governor", "Jana Novotná | holdsRole | Lumen Bank | head"},
        ),
        (
            ["- Ama Boateng: acting chairman", "- Jana Novotná: clerk"],
            {"Ama Boateng | holdsRole | - | acting chairman", "Jana Novotná | holdsRole | - | clerk"},
        ),
    ],
)
def test_items_of_a_list_are_rows(roster: Callable[[str], Reading], items: list[str], expected: set[str]) -> None:
    for between in ("\n", "\n\n"):
        reading = roster(f"{BEFORE}{between.join(items)}{AFTER}")
        assert posts(reading) == expected
        held = [claim for claim in reading.extraction.claims if claim.predicate == "holdsRole"]
        assert {claim.evidence.extractor for claim in held} == {"rule:list"} and len(held) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Ama Boateng, governor\n\nThe board met. Jana Novotná, clerk, left.",  # one item
        "Ama Boateng, governor, left.\n\nJana Novotná, clerk, stayed.",
        "Ama Boateng, Lumen Wire\n\nJana Novotná, Takora Courier",
        "Ama Boateng, governor nominee\n\nJana Novotná, would-be clerk",
    ],
)
def test_other_lines_are_no_list(roster: Callable[[str], Reading], text: str) -> None:
    claims = roster(BEFORE + text + AFTER).extraction.claims
    assert not [claim for claim in claims if claim.evidence.extractor == "rule:list"]


@pytest.mark.parametrize(
    "text",
    [
        "Ama Boateng, the governor of\nTakora, met Jana\nNovotná in Porto on\nMonday, and the two spoke.",
        "Ama\nBoateng, the governor of Takora, met Jana\nNovotná in Porto on Monday.",
        "On Monday morning Ama\nBoateng met Jana\nNovotná in the hall of\nthe bank.",
    ],
)
def test_a_name_that_a_line_break_parts_is_one(roster: Callable[[str], Reading], text: str) -> None:
    reading = roster(text)
    assert {"Ama Boateng", "Jana Novotná"} <= {" ".join(e.name.split()) for e in reading.extraction.entities}
    assert any("metWith" in row for row in reading.asserted)
