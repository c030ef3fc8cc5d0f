import pytest

from kg.documents.dateline import is_dateline, parse_date, published_in


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-11-15", "2020-11-15"),
        ("2020-11-15T07:30:00+00:00", "2020-11-15"),
        ("2020-11-15T07:30:00.123Z", "2020-11-15"),
        ("2020-11-15 23:59", "2020-11-15"),
        ("2020/11/5", "2020-11-05"),
        ("November 15, 2020", "2020-11-15"),
        ("Nov. 15, 2020", "2020-11-15"),
        ("nov 15 2020", "2020-11-15"),
        ("Sept. 5th, 2020", "2020-09-05"),
        ("15 November 2020", "2020-11-15"),
        ("the 15th of November 2020", None),
        ("15th of November, 2020", "2020-11-15"),
        ("Sunday, November 15, 2020", "2020-11-15"),
        ("Sun, 15 Nov 2020 10:00:00 GMT", "2020-11-15"),
        ("15-Nov-2020", "2020-11-15"),
        ("11/15/2020", "2020-11-15"),
        ("15.11.2020", "2020-11-15"),
        ("15-11-2020", "2020-11-15"),
        ("November 15, 2020 Sunday", "2020-11-15"),
        ("November 15, 2020 Sunday [8:05 PM GMT]", "2020-11-15"),
        ("November 15, 2020 08:05 AM Eastern Standard Time", "2020-11-15"),
        ("15 November 2020 08:05 Central European Summer Time", "2020-11-15"),
        ("Publication date: November 15, 2020", "2020-11-15"),
        ("Date of issue: 15 Nov 2020", "2020-11-15"),
        ("November 15, 2020 Sunday talks", None),
        ("November 15, 2020 was the time", None),
        ("11/12/2020", None),  # could be two days
        ("11/11/2020", "2020-11-11"),
        ("February 30, 2020", None),
        ("November 2020", None),
        ("2020", None),
        ("", None),
        ("yesterday", None),
        ("0001-01-01", None),
        ("9" * 5000, None),
    ],
)
def test_a_value_is_read_as_a_date(value: str, expected: str | None) -> None:
    assert parse_date(value) == expected


PUBLISHED = [
    # a line of its own
    ("Headline of the day\n\nApril 20, 2020 - 20:5\n\nTEHRAN - Chief of Staff X said.", "2020-04-20"),
    ("Headline\n\n15 November 2020\n\nText.", "2020-11-15"),
    ("Headline\n2020-11-15\nText.", "2020-11-15"),
    ("Published: Nov 15, 2020\nText.", "2020-11-15"),
    ("Posted on 15 Nov 2020 at 10:30 pm\nText.", "2020-11-15"),
    ("This story is from October 9, 2019\n\nText.", "2019-10-09"),
    ("Case Study\nAugust 12, 2010, 5:00PM EST\nText", "2010-08-12"),
    ("Updated\n\n5:27 am CST, Wednesday, November 20, 2019\n\nText", "2019-11-20"),
    ("8:42 a.m. EDT October 3, 2014\nText", "2014-10-03"),
    ("Our Foreign Staff\n\n16 November 2017 • 2:15pm\n\nText", "2017-11-16"),
    ("NEWS STORY\n\n04/24/1998 11:49:00\n\nbackground", "1998-04-24"),
    ("Headline\r\n\r\n15 November 2020\r\n\r\nText.", "2020-11-15"),
    ("By Jane Roe | March 14, 2021\nText.", "2021-03-14"),
    ("By Jane Roe, March 14, 2021\nText.", "2021-03-14"),
    ("# Headline\n\n*March 14, 2021*\n\nText.", "2021-03-14"),
    ("Geneva, 15 November 2020\n\nThe envoy met nobody.", "2020-11-15"),
    # a dateline
    ("TEHRAN, April 20, 2020 - Chief of Staff X said.", "2020-04-20"),
    ("TEHRAN, April 20, 2020 (Reuters) - Chief of Staff X said.", "2020-04-20"),
    ("TEHRAN (Reuters), 20 April 2020 — Chief of Staff X said.", "2020-04-20"),
    ("N'DJAMENA, May 27, 2021 -- “Soldiers,” he said.", "2021-05-27"),
    ("Mexico City, Mexico, May 27, 2021 – The president said.", "2021-05-27"),
    ("Headline\n\nApril 20, 2020 - TEHRAN: The president said.", "2020-04-20"),
    # published before updated, a line of its own before a dateline
    ("Updated: April 22, 2020\nPublished: April 20, 2020\nText", "2020-04-20"),
    ("Last updated: April 22, 2020\nText", "2020-04-22"),
    ("April 21, 2020\n\nTEHRAN, April 20, 2020 - The president said.", "2020-04-21"),
    # never from running prose
    ("He was born on April 20, 1960 in Qom.", None),
    ("On November 15, 2020 - a Sunday - he met the minister.", None),
    ("The minister and the general meet in Tehran on November 15, 2020. (Photo by an agency)", None),
    ("In Tehran, November 15, 2020 - The day is remembered.", None),
    ("November 15, 2020 was a Sunday.", None),
    ("By November 15, 2020 the work was done.", None),
    ("LONDON, Mar 2 - Exco said it bought a broker.", None),  # no year
    ("Timeline\n\n15 March 2003\n\nThe war begins.\n\n9 April 2003\n\nThe city falls.", None),  # two dates tell nothing
    ("Text.\n" * 20 + "15 November 2020\n", None),  # far from the top
    ("November 31, 2020\nText.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), PUBLISHED)
def test_the_date_of_publication_is_read_at_the_top(text: str, expected: str | None) -> None:
    assert published_in(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("TEHRAN - Chief of Staff X said", True),
        ("LONDON, Mar 2 - Exco said", True),
        ("OSLO (Nordlight) - Prime Minister X named Y", True),
        ("15 November 2020", True),
        ("Report: German MPs advised not to visit Turkey", False),
        ("Iran and Iraq sign treaty", False),
    ],
)
def test_a_dateline_is_no_headline(line: str, expected: bool) -> None:
    assert is_dateline(line) is expected


def test_a_hostile_line_takes_no_time() -> None:
    for line in ("By " + "a, " * 20_000, "A" * 50_000, "A. " * 20_000, " " * 50_000 + "1", "1:" * 30_000):
        assert published_in(line) is None
