"""What stands beside what on a page of a PDF: columns, tables and notes. All people and texts are invented."""

from collections.abc import Sequence
from itertools import zip_longest
from textwrap import wrap

import pytest

from kg.documents.content import Content
from kg.documents.pdf import read_pdf
from kg.errors import InputError

from .samples import alone, make_pdf, make_pdf_of

Drawn = list[tuple[str, float, float, float]]
BODY = 10.0
FIRST = (
    "Ama Boateng, the governor of Takora, met Ilir Hoxha, who heads the bank Lumen, in Porto on Monday. The two spoke for an "
    "hour about the bridge and the debts of the province, an official said after the talks. Boateng left without a word."
)
SECOND = (
    "Sota Mori, a climber, married Jana Novotná, a painter, in a small town in the north on Saturday. Kofi Mensah, who was born "
    "in Bern, sang for the guests. They will live in Porto, said a friend of both, once the house there is finished."
)
THIRD = (
    "Rain fell on the islands for nine days, the longest spell since the books of the weather service begin. Nobody was hurt, "
    "the mayor of the harbour town said, but two of the bridges that lead to the mills will have to be built anew."
)


def read(*pages: Drawn) -> Content:
    return alone(read_pdf(make_pdf(pages)))


def set_in(text: str, width: int) -> list[str]:
    return wrap(text, width, break_on_hyphens=False)


def beside(*columns: Sequence[str], lefts: Sequence[float], top: float = 700, pitch: float = 13, size: float = BODY) -> Drawn:  # fmt: skip
    """Draw columns line by line, as some programs do: across the page, then down."""
    return [
        (line, left, top - pitch * n, size)
        for n, row in enumerate(zip_longest(*columns))
        for line, left in zip(row, lefts, strict=True)
        if line
    ]


@pytest.mark.parametrize("width", [26, 34, 42])
def test_columns_drawn_line_by_line_are_read_one_after_the_other(width: int) -> None:
    columns = [set_in(FIRST, width), set_in(SECOND, width)]
    content = read([("Two stories of one day", 57, 750, 18), *beside(*columns, lefts=(57, 310))])
    assert content.text == f"Two stories of one day\n\n{FIRST}\n\n{SECOND}" and content.lost == ()


def test_three_columns() -> None:
    columns = [set_in(text, 24) for text in (FIRST, SECOND, THIRD)]
    assert read(beside(*columns, lefts=(40, 210, 380))).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_columns_with_headings_of_their_own_and_text_around() -> None:
    lead = set_in(THIRD, 95)
    drawn = beside(lead, lefts=(57,), top=760)
    drawn += [("Governor meets banker", 57, 700, 13), ("Climber weds painter", 310, 700, 13)]
    drawn += beside(set_in(FIRST, 40), set_in(SECOND, 40), lefts=(57, 310), top=680)
    drawn += beside(lead, lefts=(57,), top=500)
    assert (
        read(drawn).text
        == f"{THIRD}\n\nGovernor meets banker\n\n{FIRST}\n\nClimber weds painter\n\n{SECOND}\n\n{THIRD}"
    )


def test_columns_drawn_one_after_the_other_stay_so() -> None:
    left, right = set_in(FIRST, 40), set_in(SECOND, 40)
    drawn = beside(left, lefts=(57,)) + beside(right, lefts=(310,))
    assert read(drawn).text.replace("\n\n", " ") == f"{FIRST} {SECOND}"


def test_a_column_goes_on_on_the_next_page() -> None:
    lines = set_in(FIRST, 40)
    pages = [beside(lines[:4], set_in(THIRD, 40)[:4], lefts=(57, 310)), beside(lines[4:], lefts=(57,))]
    text = read(*pages).text
    assert " ".join(lines[:4]) in text and " ".join(lines[4:]) in text


BOARD = [("Name", "Position"), ("Ama Boateng", "Governor"), ("Ilir Hoxha", "Chief executive"), ("Jana Novotná", "Chief financial officer")]  # fmt: skip
AROUND = ("The bank announced its board on Monday.", "The board takes office in June.")


def rows(table: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in table)


@pytest.mark.parametrize("lefts", [(57, 200), (200, 300), (57, 130)])
@pytest.mark.parametrize("pitch", [13, 18, 24])
def test_a_table_is_its_rows(lefts: tuple[float, float], pitch: float) -> None:
    before, after = [(AROUND[0], 57, 730, BODY)], [(AROUND[1], 57, 690 - pitch * 4 - 10, BODY)]
    table = beside(*zip(*BOARD, strict=True), lefts=lefts, top=700, pitch=pitch)
    assert read([*before, *table, *after]).text == f"{AROUND[0]}\n\n{rows(BOARD)}\n\n{AROUND[1]}"


def test_a_table_drawn_column_after_column_is_its_rows() -> None:
    before, after = [(AROUND[0], 57, 730, BODY)], [(AROUND[1], 57, 600, BODY)]
    names, held = (
        beside(column, lefts=(left,)) for column, left in zip(zip(*BOARD, strict=True), (57, 200), strict=True)
    )
    assert read([*before, *names, *held, *after]).text == f"{AROUND[0]}\n\n{rows(BOARD)}\n\n{AROUND[1]}"
    bodies = beside(["Body", "Takora", "Lumen", "Lumen"], lefts=(380,))
    wide = [(*row, body) for row, body in zip(BOARD, ("Body", "Takora", "Lumen", "Lumen"), strict=True)]
    assert read([*before, *names, *held, *bodies, *after]).text == f"{AROUND[0]}\n\n{rows(wide)}\n\n{AROUND[1]}"


def test_columns_whose_lines_are_not_level_are_read_one_after_the_other() -> None:
    columns = [set_in(FIRST, 40), set_in(SECOND, 40)]
    left, right = beside(columns[0], lefts=(57,)), beside(columns[1], lefts=(310,), top=697)
    drawn = [line for pair in zip_longest(left, right) for line in pair if line]
    assert read(drawn).text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (  # three columns, one cell empty
            beside(["Name", "Ama Boateng", "Ilir Hoxha"], ["Post", None, "Clerk"], ["Body", "Lumen Bank", "Takora Port"], lefts=(57, 200, 350)),
            [("Name", "Post", "Body"), ("Ama Boateng", "", "Lumen Bank"), ("Ilir Hoxha", "Clerk", "Takora Port")],
        ),
        (  # a cell of two lines, nearer to each other than rows
            [
                ("Ama Boateng", 57, 700, BODY), ("Governor of the province", 200, 700, BODY), ("And head of its port", 200, 688, BODY),
                ("Ilir Hoxha", 57, 665, BODY), ("Clerk", 200, 665, BODY), ("Sota Mori", 57, 642, BODY), ("Guard", 200, 642, BODY),
            ],
            [("Ama Boateng", "Governor of the province And head of its port"), ("Ilir Hoxha", "Clerk"), ("Sota Mori", "Guard")],
        ),
        (  # one that goes on in lower case, at the distance of rows
            [
                ("Ama Boateng", 57, 700, BODY), ("Governor of the province", 200, 700, BODY), ("and head of its port", 200, 687, BODY),
                ("Ilir Hoxha", 57, 674, BODY), ("Clerk", 200, 674, BODY),
            ],
            [("Ama Boateng", "Governor of the province and head of its port"), ("Ilir Hoxha", "Clerk")],
        ),
        (  # posts in lower case
            beside(["Ama Boateng", "Ilir Hoxha", "Sota Mori"], ["governor", "chief executive of the bank", "guard"], lefts=(57, 200)),
            [("Ama Boateng", "governor"), ("Ilir Hoxha", "chief executive of the bank"), ("Sota Mori", "guard")],
        ),
        (  # set in the middle beside two lines
            [
                ("Chief executive of the bank", 200, 706, BODY), ("Ama Boateng", 57, 700, BODY), ("and of its funds", 200, 694, BODY),
                ("Ilir Hoxha", 57, 670, BODY), ("Clerk", 200, 670, BODY), ("Sota Mori", 57, 646, BODY), ("Guard", 200, 646, BODY),
            ],
            [("Ama Boateng", "Chief executive of the bank and of its funds"), ("Ilir Hoxha", "Clerk"), ("Sota Mori", "Guard")],
        ),
    ],
)  # fmt: skip
def test_the_cells_of_a_table(drawn: Drawn, expected: list[tuple[str, ...]]) -> None:
    assert read(drawn).text == rows(expected)


def test_lines_of_prose_are_no_table_for_a_wide_gap() -> None:
    drawn = [("Ama Boateng, the governor of", 57, 700, BODY), ("Takora, met", 215, 700, BODY), ("Ilir Hoxha in Porto on Monday.", 57, 687, BODY)]  # fmt: skip
    assert read(drawn).text == "Ama Boateng, the governor of Takora, met Ilir Hoxha in Porto on Monday."


def test_what_stands_far_apart_on_one_line_is_no_sentence() -> None:
    drawn = [
        ("By Efua Mensah", 57, 720, BODY),
        ("12 June 2018", 450, 720, BODY),
        *beside(set_in(FIRST, 95), lefts=(57,)),
    ]
    assert read(drawn).text == f"By Efua Mensah\n\n12 June 2018\n\n{FIRST}"


UNCLEAR = beside(
    ["Ama Boateng, the governor", "of Takora, met the banker", "on Monday and spoke with", "him about the bridge."],
    ["Sota Mori", "Jana Novotná", "Kofi Mensah", "Ilir Hoxha"],
    lefts=(57, 230),
)


def test_where_it_cannot_be_told_what_goes_with_what_nothing_is_read() -> None:
    content = read(UNCLEAR + beside(set_in(FIRST, 95), lefts=(57,), top=600), beside(set_in(SECOND, 95), lefts=(57,)))
    assert content.text == f"{FIRST}\n\n{SECOND}"
    (line,) = content.lost
    assert line.startswith("page 1: it cannot be told which of its columns or cells go together")
    with pytest.raises(InputError, match="page 1: it cannot be told"):
        read(UNCLEAR)


@pytest.mark.parametrize(
    ("mark", "note"),
    [("1", "1 Her father built it."), ("*", "* Her father built it."), ("2", "[2] Her father built it.")],
)
def test_notes_at_the_foot_stand_at_the_end(mark: str, note: str) -> None:
    before = [f"Ama Boateng,{mark} the governor of Takora, met Ilir Hoxha in Porto on Monday, and", "the two agreed to"]
    after = ["build the bridge anew.", "It fell in 2018."]
    first = [*beside(before, lefts=(57,)), (note, 57, 90, 7), ("He was long the head of the port.", 57, 80, 7)]
    text = read(first, beside(after, lefts=(57,))).text
    assert text.split("\n\n") == [
        f"{before[0].replace(mark, '')} the two agreed to build the bridge anew. It fell in 2018.",
        "Her father built it. He was long the head of the port.",
    ]


def test_small_type_at_the_foot_without_a_mark_is_text() -> None:
    drawn = [*beside(set_in(FIRST, 95), lefts=(57,)), ("Efua Mensah is a reporter in Porto.", 57, 90, 7)]
    assert read(drawn).text == f"{FIRST}\n\nEfua Mensah is a reporter in Porto."


@pytest.mark.parametrize("rise", [0, 3, 5])
@pytest.mark.parametrize(
    ("before", "mark", "behind", "expected"),
    [
        ("Ama Boateng", "1", ", the governor, met Hoxha.", "Ama Boateng, the governor, met Hoxha."),
        ("Ama Boateng,", "12", " the governor, met Hoxha.", "Ama Boateng, the governor, met Hoxha."),
        ("a hall of 90 m", "2", " in Takora", "a hall of 90 m2 in Takora"),
    ],
)
def test_raised_figures_are_left_out(rise: float, before: str, mark: str, behind: str, expected: str) -> None:
    page = (
        f"BT /F1 12 Tf 1 0 0 1 57 700 Tm ({before}) Tj /F1 7 Tf {rise} Ts ({mark}) Tj 0 Ts /F1 12 Tf ({behind}) Tj ET"
    )
    assert alone(read_pdf(make_pdf_of([page.encode("cp1252")]))).text == expected


@pytest.mark.parametrize("text", ["Apollo11 and Covid19 rose", "He met Hoxha (1) in 2018.", "It won 3,1 to 2.", "Section 4.1 of Act 12"])  # fmt: skip
def test_other_figures_stay(text: str) -> None:
    assert read([(text, 57, 700, BODY)]).text == text
