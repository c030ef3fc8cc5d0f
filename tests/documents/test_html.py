import logging

import pytest

from kg.documents.html import read_html
from kg.errors import InputError

from .samples import alone

SENTENCE = "The minister met the general in Tehran on Sunday, and the two agreed to reopen the border road to lorries. "
PAGE = """<!DOCTYPE html><html lang="en"><head>{charset}
<title>Road to reopen | The Review</title>
<meta property="og:title" content="Road to reopen | The Review"><meta property="og:site_name" content="The Review">
<meta property="article:published_time" content="2021-03-14T23:30:00-05:00">
<link rel="canonical" href="https://review.example/road"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Road to reopen</h1><p>{first}</p><p>{second}</p></article>
<div class="comments"><p>Nonsense, wrote a reader called Bob Smith.</p></div>
<footer>© 2021 The Review. All rights reserved.</footer></body></html>"""


def page(*, charset: str = "", first: str = SENTENCE * 3) -> str:
    return PAGE.format(charset=charset, first=first, second=SENTENCE * 2)


def test_the_article_is_taken_without_the_page_around_it() -> None:
    content = alone(read_html(page().encode()))
    assert content.text == f"Road to reopen\n\n{(SENTENCE * 3).strip()}\n\n{(SENTENCE * 2).strip()}"
    assert content.title == "Road to reopen"
    assert content.published == "2021-03-14"
    assert content.source == "https://review.example/road"


@pytest.mark.parametrize(
    ("encoding", "charset", "server"),
    [
        ("utf-8", "", None),
        ("utf-16", "", None),
        ("cp1252", '<meta charset="iso-8859-1">', None),
        ("cp1252", "", "windows-1252"),
        ("cp1250", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', None),
        ("cp1252", "", None),
    ],
)
def test_the_encoding_is_the_declared_one(encoding: str, charset: str, server: str | None) -> None:
    first = "General Šarčević said: “No.” " if encoding == "cp1250" else "General Müller said: “No.” "
    content = alone(read_html(page(charset=charset, first=first + SENTENCE * 3).encode(encoding), charset=server))
    assert first.strip() in content.text


def test_a_date_in_prose_is_no_date_of_publication() -> None:
    html = (
        f"<html><body><article><h1>Road</h1><p>He was born on May 3, 1937. {SENTENCE * 4}</p></article></body></html>"
    )
    assert alone(read_html(html.encode())).published is None


def test_the_address_that_was_fetched_counts() -> None:
    assert (
        alone(read_html(page().encode(), url="https://review.example/fetched")).source
        == "https://review.example/fetched"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<",
        "<html><script>alert(1)</script>",
        "<div>" * 50_000,
    ],
)
def test_a_page_without_an_article_is_refused_quietly(html: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(InputError, match=r"no article|cannot be parsed"):
        read_html(html.encode())
    assert [r for r in caplog.records if r.levelno >= logging.WARNING] == []


def test_a_page_is_bounded() -> None:
    with pytest.raises(InputError, match="larger than"):
        read_html(b"<p>" * 4_000_000)


def test_a_script_does_not_reach_the_text() -> None:
    html = page(first=SENTENCE * 3 + "<script>alert('x')</script><b onclick=x()>&lt;b&gt;</b>")
    content = alone(read_html(html.encode()))
    assert "alert" not in content.text and "onclick" not in content.text
