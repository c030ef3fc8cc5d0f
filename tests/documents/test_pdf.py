import pytest

from kg.documents.pdf import read_pdf
from kg.errors import InputError

from .samples import alone, make_pdf, make_pdf_of

BODY = 12.0
TALKS = "The minister met the general in Tehran on Sunday, and the two"


def column(*lines: str, top: float = 700, x: float = 72) -> list[tuple[str, float, float, float]]:
    return [(line, x, top - 15 * i, BODY) for i, line in enumerate(lines)]


FIRST = column(
    TALKS,
    "agreed to reopen the border road to lorries next month. The govern-",
    "ment of Al-",
    "Karim agreed.",
)
SECOND = column("“We leave with a date,” the minister told reporters (in Tehran).", top=700 - 15 * 3 - 30)


def test_lines_become_paragraphs() -> None:
    content = alone(read_pdf(make_pdf([[("Road to reopen", 72, 750, 20), *FIRST, *SECOND]])))
    assert content.text.split("\n\n") == [
        "Road to reopen",
        f"{TALKS} agreed to reopen the border road to lorries next month. The government of Al-Karim agreed.",
        "“We leave with a date,” the minister told reporters (in Tehran).",
    ]
    assert content.title == "Road to reopen"
    assert content.published is None  # the day the file was made says nothing


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    left = column("The minister met the general in", "Tehran on Sunday,")
    right = column("and the two agreed to", "reopen the road at", x=330)
    text = alone(read_pdf(make_pdf([[*left, *right], column("the end of the month.")]))).text
    assert text == f"{TALKS} agreed to reopen the road at the end of the month."


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            (f"The Review, 14 March, page {n}", 72, 800, 9),
            *column(f"The {word} man met the minister in Oslo."),
            ("7", 290, 30, 9),
        ]
        for n, word in enumerate(("tall", "short", "old"), start=1)
    ]
    text = alone(read_pdf(make_pdf(pages))).text
    assert text == "\n\n".join(f"The {word} man met the minister in Oslo." for word in ("tall", "short", "old"))


@pytest.mark.parametrize(
    ("named", "expected"),
    [("Road to reopen", "Road to reopen"), ("Microsoft Word - draft.doc", None), ("untitled", None), ("", None)],
)
def test_the_title_of_the_file_counts_where_there_is_no_headline(named: str, expected: str | None) -> None:
    assert alone(read_pdf(make_pdf([column("The minister met the general on Sunday.")], title=named))).title == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.4 and nothing more", "damaged"),
        (b"no pdf at all", "damaged"),
        (make_pdf([[]]), "OCR"),
        (make_pdf([column("x")])[:300], "damaged"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_pdf(data)


SENTENCE = "The minister met the general in Tehran on Sunday. "
LAST = "The last man met the first."


@pytest.mark.parametrize(
    "operators",
    [
        f"({SENTENCE * 1_000}{LAST}) Tj",
        f"<{(SENTENCE * 1_000 + LAST).encode().hex()}> Tj",
        f"[({SENTENCE * 500}) 5 ({SENTENCE * 900}{LAST})] TJ",
        f"({SENTENCE * 1_000}) ' ({LAST}) '",
    ],
)
def test_a_string_longer_than_pdfium_reads_is_read_whole(operators: str) -> None:
    page = b"BT /F1 12 Tf 15 TL 72 700 Td " + operators.encode() + b" ET"
    text = alone(read_pdf(make_pdf_of([page, b"BT /F1 12 Tf 72 700 Td (Page two.) Tj ET"]))).text
    assert text.count(SENTENCE.strip()) >= 1_000 and LAST in text and text.endswith("Page two.")


def test_a_long_pdf_whose_lines_end_no_sentence_is_one_paragraph() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"  # what differs by digits alone is a running head
    pages = [column(*(f"Mr {letters[n % 26]}{letters[n // 26]} met the" for _ in range(40))) for n in range(150)]
    text = alone(read_pdf(make_pdf(pages))).text
    assert "\n" not in text and text.count(" met the") == 150 * 40


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["the decision-", "maker met decision-makers of a govern-", "ment"], "the decision-maker met decision-makers of a government"),
        (["the co-opera-", "tion of Al-", "Karim"], "the co-operation of Al-Karim"),
        (["a" * 50 + "-", "b" * 50 + "-", "c"], "a" * 50 + "b" * 50 + "c"),
    ],
)  # fmt: skip
def test_a_divided_word_is_put_together_as_the_text_has_it(lines: list[str], expected: str) -> None:
    assert alone(read_pdf(make_pdf([column(*lines)]))).text == expected
