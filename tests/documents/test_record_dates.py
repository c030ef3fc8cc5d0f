"""Dates as databases, feeds and spreadsheets write them; what may be two days is none, and said so."""

from pathlib import Path

import pytest

from kg.config import Settings
from kg.documents import read_documents
from kg.documents.content import Notice
from kg.documents.record_dates import has_date, read_date, unread_date
from kg.model import Document

DAY = "2019-11-23"


@pytest.mark.parametrize(
    "value",
    [
        DAY, "2019-11-23 07:05:00", "2019-11-23T07:05:00Z", "2019-11-23 07:05:00.123+00:00", "2019-11-23T07:05+0100",
        "20191123", "20191123T070500Z", "20191123070500", "201911230705", "2019112307", "2019/11/23", "2019.11.23",
        "Sat, 23 Nov 2019 07:05:00 GMT", "Sat, 23 Nov 2019 07:05:00 +0000", "Saturday, 23-Nov-19 07:05:00 GMT",
        "Sat Nov 23 07:05:00 2019", "Sat Nov 23 07:05:00 UTC 2019", "Sat Nov 23 07:05:00 +0000 2019",
        "23-Nov-19", "23 Nov 19", "23-Nov-2019", "23NOV2019", "Nov 23, 19", "November 23rd, 2019", "November 23, 2019 Saturday",
        "Saturday, November 23, 2019 - 07:05", "November 23, 2019, 7:05 AM Eastern Standard Time", "23 November 2019 07:05 GMT",
        "23/11/2019", "11/23/2019", "11/23/2019 7:05:00 AM", "23.11.2019", "23-11-2019",
        "Published 23 November 2019", "Publication date: November 23, 2019", "posted on Nov 23, 2019 at 7:05 pm",
        "23 novembre 2019", "23. November 2019", "23 de noviembre de 2019", "sábado 23 noviembre 2019", "23 listopada 2019",
        "23. november 2019", "2019年11月23日", '"2019-11-23"', " 2019-11-23 ",
        1574492700, 1574492700.5, "1574492700", "1574492700000", "1574492700000000", "/Date(1574492700000)/",
        43792, "43792", "43792.295", {"$date": "2019-11-23T07:05:00Z"}, {"$date": {"$numberLong": "1574492700000"}},
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(value: object) -> None:
    assert read_date(value) == DAY and has_date(value) and unread_date(value) == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-11", "2019-11"), ("11/2019", "2019-11"), ("November 2019", "2019-11"), ("noviembre 2019", "2019-11"),
        ("2019", "2019"), (2019, "2019"), ("1-Jan-70", "1970-01-01"), ("1-Jan-68", "2068-01-01"), ("31/12/1999", "1999-12-31"),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_written(value: object, expected: str) -> None:
    assert read_date(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "5/4/2021", "05/04/2021 8:15", "05-04-2021", "5.4.2021", "5/4/21", "13/05/21", "yesterday", "Monday", "spring 2021", "1/13", "2021-13-45",
        "20211345", "February 30, 2021", "32 May 2021", "May 4-5, 2021", "12345678901234567890", "99999", "1e400", "x" * 500, [2021, 5, 4], True and "maybe",
        {"year": 2021, "month": 5}, float("inf"), "5 de Mordor de 2021",
    ],
)  # fmt: skip
def test_what_may_be_two_days_or_none_is_not_guessed_and_told(value: object) -> None:
    assert read_date(value) is None and has_date(value)
    assert unread_date(value) == ("its date is not read, it may be two days or none: write it like 2021-03-14",)


@pytest.mark.parametrize("value", [None, "", " ", "null", "N/A", "none", "-", "unknown", "n.d.", "0000-00-00", True])
def test_a_field_may_say_that_there_is_no_date(value: object) -> None:
    assert read_date(value) is None and not has_date(value) and unread_date(value) == ()


def test_a_date_that_is_not_read_is_told_and_none_takes_its_place(tmp_path: Path) -> None:
    rows = ("1,5/4/2021,He met her.", "2,,He met her.", "3,7/8/2021,He met her.", "4,4-May-21,He met her.")
    dated = '5,1/2/2021,"OSLO, May 5, 2021 - He met her."'
    (tmp_path / "a.csv").write_text("\n".join(("id,published,text", *rows, dated)))
    found = list(read_documents([str(tmp_path)], settings=Settings(published="2019-01-10")))
    days = {d.id: d.published for d in found if isinstance(d, Document)}
    assert days == {"1": None, "2": "2019-01-10", "3": None, "4": "2021-05-04", "5": "2021-05-05"}
    (notice,) = (str(item) for item in found if isinstance(item, Notice))
    assert notice == f"{tmp_path / 'a.csv'}: line 2, line 4, line 6: {unread_date('5/4/2021')[0]}"


def test_the_date_of_front_matter_is_one_of_a_record(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndate: 20210504\n---\nHe met her.")
    (tmp_path / "b.md").write_text("---\ndate: 5/4/2021\n---\nHe met her.")
    a, b, notice = read_documents([str(tmp_path)], settings=Settings(published="2019-01-10"))
    assert (a.published, b.published) == ("2021-05-04", None) and "b.md: its date is not read" in str(notice)
