"""Lines that belong together, and lines that do not: broken paragraphs and lists, tables and what looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lines import heads_of, lines_of, paragraph_breaks, tables_in


def joined(text: str) -> list[str]:
    """Return the paragraphs that the lines of a text make."""
    lines = text.split("\n")
    found = [lines[0]]
    for line, begins in zip(lines[1:], paragraph_breaks(lines), strict=True):
        if begins:
            found.append(line)
        else:
            found[-1] += f" {line}"
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Ama Boateng, the governor of\nTakora, met Ilir\nHoxha, who heads the bank\nLumen, in Porto on Monday.",
        "Ama\nBoateng, the governor of Takora, met Ilir\nHoxha in Porto on Monday.",
        "the governor of the\nprovince said on Monday that\nhe would meet Ama\nBoateng in Porto",
        "Sota Mori, a climber, and Jana\nNovotná were married in\nPorto on Saturday, said\nKofi Boateng, an uncle.",
        "He met the governor,\nAma Boateng, and her\ndeputy, Ilir Hoxha, in the\nhall.",
        "He was named by Mr.\nBoateng to the board of\nLumen, of which J.\nHoxha is the head.",
        "Boateng met Hoxha in the U.S.\nembassy in\nPorto.",
        "The talks between Takora and\nPorto went on",
    ],
)
def test_a_broken_paragraph_is_one(text: str) -> None:
    assert joined(text) == [text.replace("\n", " ")]


@pytest.mark.parametrize(
    "text",
    [
        "Ama Boateng, governor\nIlir Hoxha, chief executive\nSota Mori, climber",
        "Ama Boateng, governor\nIlir Hoxha, chief executive\nSota Mori, climber.",
        "Ama Boateng\nIlir Hoxha\nSota Mori",
        "- the first item\n- the second item\n- the third",
        "1. the first\n2. the second",
        "Governor meets banker\nBy Efua Mensah\n18 words\n12 June 2018",
        "Governor meets banker in Porto\nAma Boateng met Ilir Hoxha on Monday.\nBoth were pleased.",
        "Boateng met Hoxha.\nMori left for Porto.",
        "Photo: Efua Mensah\nLumen Wire\nTakora Courier",
        "Present:\nAma Boateng\nIlir Hoxha",
        "What a day\nThe minister met her.",
        "12 High Street\nPorto\nPortugal",
    ],
)
def test_lines_of_their_own_stay_apart(text: str) -> None:
    assert joined(text) == text.split("\n")


def cells(text: str) -> list[list[list[str]]]:
    return [[[text[a:b] for a, b in row] for row in table.rows] for table in tables_in(text)]


BOARD = [["Name", "Post"], ["Ama Boateng", "Governor"], ["Ilir Hoxha", "Banker"]]


@pytest.mark.parametrize(
    "text",
    [
        "| Name | Post |\n| Ama Boateng | Governor |\n| Ilir Hoxha | Banker |",
        "| Name | Post |\n|:---|---:|\n| Ama Boateng | Governor |\n| Ilir Hoxha | Banker |",
        "Name | Post\nAma Boateng | Governor\nIlir Hoxha | Banker",
        "Name\tPost\nAma Boateng\tGovernor\nIlir Hoxha\tBanker",
        "Name          Post\nAma Boateng   Governor\nIlir Hoxha    Banker",
        "He spoke.\n\n|Name|Post|\n|Ama Boateng|Governor|\n|Ilir Hoxha|Banker|\n\nShe left.",
        "He spoke.\n  | Name | Post |\r\n  | Ama Boateng | Governor |\r\n  | Ilir Hoxha | Banker |\r\nShe left.",
    ],
)
def test_a_table_is_rows_of_cells(text: str) -> None:
    assert cells(text) == [BOARD]
    (table,) = tables_in(text)
    assert text[table.start] in "|N" and "Banker" in text[table.start : table.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| A |  | C |\n|  | B | D |", [[["A", "", "C"], ["", "B", "D"]]]),
        ("| A | B |\n\n| C | D |", [[["A", "B"]], [["C", "D"]]]),
        ("A | B\nC | D\nE | F | G\nH | I | J", [[["A", "B"], ["C", "D"]], [["E", "F", "G"], ["H", "I", "J"]]]),
        ("By Efua Mensah | 12 June 2018", []),
        ("Home | News | Sport\nGovernor meets banker", []),
        ("Ama Boateng      left.\nShe      slept.", []),  # two gaps may be chance
        ("one\ttwo", []),
        ("|", []),
        ("----------\n----------", []),
        ("No table at all. It ends.", []),
        ("", []),
    ],
)
def test_what_is_a_table(text: str, expected: list[list[list[str]]]) -> None:
    assert cells(text) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Name", "Post"], ["a", "b"]], (1, {"name": 0, "position": 1})),
        ([["The board", ""], ["Post held", "Name of holder"], ["a", "b"]], (2, {"position": 0, "name": 1})),
        ([["Job title", "Full name", "Company name", "Party", "Since"]], (1, {"position": 0, "name": 1, "organization": 2, "party": 3, "start": 4})),
        ([["Ama Boateng", "Governor"]], (0, {})),
        ([["Item", "Price"]], (0, {})),
        ([["Minister of Justice", "Ama Boateng", "Green Party"]], (0, {})),
        ([["Post Office", "Ama Boateng"]], (0, {})),
        ([["Name", "Age", "Votes"]], (1, {"name": 0})),
        ([["Party", "Seats"]], (0, {})),
        ([], (0, {})),
    ],
)  # fmt: skip
def test_the_heads_of_columns(rows: list[list[str]], expected: tuple[int, dict[str, int]]) -> None:
    assert heads_of(rows) == expected


@given(st.text(alphabet=st.sampled_from("|-\t \nAb.,:"), max_size=200))
def test_any_text_has_lines_and_cells_in_order(text: str) -> None:
    lines = lines_of(text)
    assert [text[line.start : line.start + len(line.text)] for line in lines] == [line.text for line in lines]
    assert len(paragraph_breaks([line.text for line in lines if line.text])) <= len(lines)
    spans = [span for table in tables_in(text) for row in table.rows for span in row]
    assert all(start <= end for start, end in spans) and spans == sorted(spans)


def test_hostile_lines_take_no_time() -> None:
    for line in (
        "-" * 100_000 + "x",
        "| " * 50_000,
        "\t" * 100_000,
        "   a" * 30_000,
        "a\n" * 50_000,
        "A.\nb\n" * 30_000,
    ):
        tables_in(line)
        paragraph_breaks(line.split("\n"))
