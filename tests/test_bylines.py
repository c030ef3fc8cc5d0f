"""Lines that tell who wrote an article, and lines that only seem to."""

import pytest

from kg.bylines import byline_runs, is_byline


@pytest.mark.parametrize(
    "line",
    [
        "By Lena Hartwick",
        "BY LENA HARTWICK AND MARCUS OYELARAN",
        "By Lena Hartwick, Marcus Oyelaran and Paul Stone, Reuters",
        "By Lena Hartwick, science correspondent",
        "By Lena Hartwick in Portmere",
        "Edgars Stanley, science correspondent",
        "Lena Hartwick and Paul Stone, staff writers",
        "Lena Hartwick, Political Editor, The Portmere Gazette",
        "Lena Hartwick / AFP",
        "Photo: Hau Dinh, AP",
        "Reporting by Lena Hartwick and Marcus Oyelaran; editing by Paul Stone",
        "(Reporting by Lena Hartwick in Riga; Writing by Marcus Oyelaran; Editing by Paul Stone)",
    ],
)
def test_a_byline_is_one(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday Ann Lee had resigned",
        "By Friday, Ann Lee",
        "By Ann Lee standards, the museum did well.",
        "Reporting by Reuters showed that Ann Lee had left.",
        "Ann Lee, chief executive",
        "NA/PA",
        "Ann Lee, Former Editor, Dies",
        "Ann Lee, the editor of the Halden Times, resigned.",
        "Port authority chief steps down",
        "By",
        "",
    ],
)
def test_prose_and_headlines_are_none(line: str) -> None:
    assert not is_byline(line)


def test_what_stands_below_goes_with_it() -> None:
    lines = [
        "A Headline Here",
        "Lena Hartwick",
        "Political editor",
        "Reuters",
        "12 May 2023",
        "By Ann Lee and",
        "Jan Dee",
    ]
    assert byline_runs(lines) == [(1, 3), (5, 6)]
