import pytest

from kg.documents.pdf import read_pdf
from kg.errors import InputError

from .samples import make_pdf

BODY = 12.0
TALKS = "The minister met the general in Tehran on Sunday, and the two"


def column(*lines: str, top: float = 700, x: float = 72, pitch: float = 15) -> list[tuple[str, float, float, float]]:
    return [(line, x, top - pitch * i, BODY) for i, line in enumerate(lines)]


FIRST = column(
    TALKS,
    "agreed to reopen the border road to lorries next month. The govern-",
    "ment of Al-",
    "Karim agreed.",
)
SECOND = column("“We leave with a date,” the minister told reporters (in Tehran).", top=700 - 15 * 3 - 30)


def test_lines_become_paragraphs() -> None:
    content = read_pdf(make_pdf([[("Road to reopen", 72, 750, 20), *FIRST, *SECOND]]))
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
    text = read_pdf(make_pdf([[*left, *right], column("the end of the month.")])).text
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
    text = read_pdf(make_pdf(pages)).text
    assert text == "\n\n".join(f"The {word} man met the minister in Oslo." for word in ("tall", "short", "old"))


@pytest.mark.parametrize(
    ("named", "expected"),
    [("Road to reopen", "Road to reopen"), ("Microsoft Word - draft.doc", None), ("untitled", None), ("", None)],
)
def test_the_title_of_the_file_counts_where_there_is_no_headline(named: str, expected: str | None) -> None:
    assert read_pdf(make_pdf([column("The minister met the general on Sunday.")], title=named)).title == expected


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
