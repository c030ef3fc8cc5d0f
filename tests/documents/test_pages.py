"""A page's article, its day and its stories, told from what stands beside them. All pages and people are invented."""

import json
from pathlib import Path

import pytest

from kg.config import Settings
from kg.documents import read_documents
from kg.documents.content import Content
from kg.documents.html import read_html
from kg.model import Document

FIRST = "Ama Boateng, the governor of Takora, met Ilir Hoxha, who heads the bank Lumen, in Porto on Monday."
SECOND = "The two spoke for an hour about the bridge and the debts of the province, an official said after the talks."
OTHER = "Sota Mori, a climber, married Jana Novotná in a small town in the north on Saturday, a friend of both said."
DAY = "2018-06-12"
LONG = (
    FIRST,
    SECOND,
    "Boateng said that a second round would follow. " * 3,
    "Hoxha left without a word to reporters. " * 4,
)
DIALOG = (
    "<h2>Before you read on</h2><p>We and our partners, led by Rasmus Kvist of Trackwell, use cookies to personalise content"
    " and to analyse our traffic. Rasmus Kvist is the chief data officer of Trackwell. You may change your choices at any"
    " time.</p>"
)


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def story(*paragraphs: str, meta: str = "") -> str:
    return f"<h1>Governor meets banker</h1>{meta}" + "".join(f"<p>{p}</p>" for p in paragraphs or LONG)


def article(*paragraphs: str, meta: str = "") -> str:
    return f"<main><article>{story(*paragraphs, meta=meta)}</article></main>"


def ld(*things: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things)


def one(html: bytes, **options: str) -> Content:
    (content,) = read_html(html, **options)
    return content


def thing(kind: object, day: object, **more: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": kind, "datePublished": day, **more}


MAIN = {"headline": "Governor meets banker"}


@pytest.mark.parametrize(
    "html",
    [
        # linked data: the article's, not the site's, its change or another story's
        page(article(), ld({"@graph": [thing("WebSite", "2001-01-01"), thing("NewsArticle", f"{DAY}T08:00:00+02:00")]})),
        page(article(), ld(thing("Organization", "2001-01-01"), thing("Article", "June 12, 2018 8:00 AM"))),
        page(article(), ld({**thing("NewsArticle", DAY), "dateModified": "2022-01-01"})),
        page(article(), ld(thing(["Article", "NewsArticle"], DAY))),
        page(article(), ld({"@type": "WebPage", "mainEntity": thing("ReportageNewsArticle", DAY)})),
        page(article(), ld(thing("NewsArticle", DAY, **MAIN), thing("NewsArticle", "2016-01-01", headline="Climber weds"))),
        page(article(), ld({"@type": "ItemList", "itemListElement": [thing("NewsArticle", "2016-01-01")]}, thing("NewsArticle", DAY))),
        page(article(), ld(thing("BlogPosting", DAY, isPartOf=thing("Article", "2011-01-01")))),
        page(article(), "<script type='application/ld+json'>{broken</script>" + ld(thing("NewsArticle", DAY))),
        page(article(), ld(thing("WebPage", DAY))),
        # metadata
        page(article(), f"<meta property='article:modified_time' content='2022-01-01'><meta property='article:published_time' content='{DAY}T23:30:00-05:00'>"),
        page(article(), f"<meta name='date' content='2022-01-01'><meta name='parsely-pub-date' content='{DAY}'>"),
        page(article(), "<meta name='pubdate' content='12 June 2018'>"),
        page(article(), "<meta name='pubdate' content='20180612'>"),
        page(article(), "<meta name='sailthru.date' content='Tue, 12 Jun 2018 07:05:00 +0000'>"),
        page(article(), ld(thing("NewsArticle", 1528787100))),
        page(article(), f"<meta name='DC.date' content='{DAY}'>"),
        # a time in the article, not one beside or in it that is of something else
        page(f"<aside><a href=/x>Old</a> <time datetime=2011-02-03>3 February 2011</time></aside>{article(meta=f'<time datetime={DAY}T08:00>12 June</time>')}"),
        page(f"<header><time datetime=2022-05-05>Today, 5 May 2022</time></header>{article(meta=f'<time datetime={DAY}>12 June</time>')}"),
        page(article(meta=f"<time class=updated datetime=2022-01-01>1 Jan</time><time class=published datetime={DAY}>12 June</time>")),
        page(article(meta=f"<p>Updated <time datetime=2022-01-01>1 Jan</time></p><p>Published <time datetime={DAY}>12 June</time></p>")),
        page(article(f"The bridge fell on <time datetime=1988-01-02>2 January 1988</time>, when {FIRST}", *LONG, meta=f"<span itemprop=datePublished content={DAY}></span>")),
        page(article() + "<div class=related-stories><h3><a href=/o>Climber weds</a></h3><time datetime=2011-01-01>x</time></div>", f"<meta property=og:pubdate content={DAY}>"),
        # its text
        page(article(meta="<div class=meta>12 June 2018</div>")),
        page(article(meta="<p class=byline>By Efua Mensah</p><p>Published: 12 June 2018</p>"), "<meta property='article:modified_time' content='2022-01-01'>"),
        page(article(meta="<p>By Efua Mensah | June 12, 2018</p>") + "<footer>Page generated 1 January 2022</footer>"),
        page(article("PORTO, June 12, 2018 (Lumen Wire) - " + FIRST, SECOND)),
        # its address
        page(article(), "<link rel=canonical href='https://a.example/2018/06/12/governor-meets-banker'>"),
    ],
)  # fmt: skip
def test_the_day_of_a_page_is_its_articles(html: bytes) -> None:
    assert one(html).published == DAY


@pytest.mark.parametrize(
    "html",
    [
        page(article() + "<footer>&copy; 2022 Takora Post. Page generated 1 January 2022.</footer>"),
        page(article() + "<aside><time datetime=2011-02-03>3 February 2011</time></aside>"),
        page(article(), "<meta property='article:modified_time' content='2022-01-01'>"),
        page(article(), "<meta name='pubdate' content='2018-06'>"),
        page(article(), ld(thing("WebSite", "2001-01-01"))),
        page(article(), ld({"@type": "NewsArticle", "dateModified": "2022-01-01"})),
        page(article(), ld(thing("NewsArticle", "12/06/2018"))),  # two days
        page(article(), ld(thing("NewsArticle", "2016-01-01", headline="Climber weds"), thing("NewsArticle", "2017-01-01", headline="Hall burns"))),
        page(article(f"The bridge fell on <time datetime=1988-01-02>2 January 1988</time>, long before anybody spoke of debts. {FIRST}", *LONG)),
        page(f"<header>Tuesday, 5 May 2022</header>{article()}"),
        page(article() + "<div class=comments><p>Bo <time datetime=2019-01-01>1 January 2019</time></p><a href=#>Reply</a></div>"),
    ],
)  # fmt: skip
def test_no_other_day_takes_its_place(html: bytes) -> None:
    assert one(html).published is None


@pytest.mark.parametrize(
    "beside",
    [
        f"<div id=cookie-banner role=dialog>{DIALOG}<button>Accept</button></div>",
        f"<div class='cmp-container'>{DIALOG}<a href=#>Manage options</a></div>",
        f"<section aria-modal=true>{DIALOG}</section>",
        f"<dialog open>{DIALOG}</dialog>",
        f"<div class=x17>{DIALOG}<button>Reject all</button></div>",  # no name tells
        f"<div class=x17><div>{DIALOG}</div><div><button>I agree</button></div></div>",
        f"<div style='display: none'>{DIALOG}</div>",
        f"<aside><h3>Climber weds</h3><p>{OTHER}</p></aside>",
        f"<div class=related-stories><h3>Climber weds</h3><p>{OTHER}</p></div>",
        f"<section id=most-read><a href=/o>Climber weds</a><p>{OTHER}</p></section>",
        f"<div class='c-teaser'><a href=/o><h3>Climber weds</h3></a><p>{OTHER}</p></div>",
        f"<footer><p>{OTHER}</p></footer>",
        f"<nav><ul><li><a href=/o>{OTHER}</a></li></ul></nav>",
        f"<form class=newsletter><p>{OTHER}</p><input></form>",
    ],
)
@pytest.mark.parametrize("paragraphs", [(FIRST,), LONG])
@pytest.mark.parametrize("inside", [False, True])
def test_what_stands_beside_an_article_is_not_read(beside: str, paragraphs: tuple[str, ...], *, inside: bool) -> None:
    body = f"<div class=c>{story(*paragraphs)}{beside if inside else ''}</div>"
    content = one(page(body if inside else beside + body))
    assert FIRST in content.text and content.title == "Governor meets banker"
    assert "Kvist" not in content.text and "Mori" not in content.text


CONSENT = "The court ruled that sites may not use cookies without your consent, Ama Boateng, a judge, wrote. " * 3


@pytest.mark.parametrize(
    "html",
    [
        page(f"<main><h1>Judge bars cookies</h1><p>{CONSENT}</p><p>{FIRST}</p></main>"),
        page(f"<div class='page cookie-law'><h1>Judge bars cookies</h1><p>{CONSENT}</p><p>{FIRST}</p></div>"),
        page(f"<form id=aspnet><h1>Judge bars cookies</h1><p>{CONSENT}</p><p>{FIRST}</p></form>"),
        page(
            f"<div class=with-sidebar><article><h1>Judge bars cookies</h1><p>{CONSENT}</p><p>{FIRST}</p></article></div>"
        ),
        page(f"<article><h1>Judge bars cookies</h1><p class=teaser>{CONSENT}</p><p>{FIRST}</p></article>"),
        page(f"<article><header><h1>Judge bars cookies</h1></header><p>{CONSENT}</p><p>{FIRST}</p></article>"),
    ],
)
def test_an_article_is_not_taken_for_what_stands_beside_one(html: bytes) -> None:
    text = one(html).text
    assert FIRST in text and "the court ruled" in text.lower()


def brief(heading: str, *paragraphs: str, day: str = "") -> str:
    time = f"<time datetime={day}>x</time>" if day else ""
    return f"<h2>{heading}</h2>{time}" + "".join(f"<p>{p}</p>" for p in paragraphs)


@pytest.mark.parametrize("element", ["article", "div class='story'", "section class=news-item", "div itemscope itemtype=https://schema.org/NewsArticle"])  # fmt: skip
def test_each_of_several_stories_is_an_article(element: str) -> None:
    end = element.split()[0]
    stories = [("Governor meets banker", (FIRST, SECOND), DAY), ("Climber weds", (OTHER,), "2018-06-10")]
    body = "".join(f"<{element}>{brief(h, *p, day=d)}</{end}>" for h, p, d in stories)
    found = read_html(page(f"<h1>In brief</h1>{body}", ld(thing("WebSite", "2001-01-01"))))
    assert [(c.title, c.published, c.where) for c in found] == [
        ("Governor meets banker", DAY, "article 1"),
        ("Climber weds", "2018-06-10", "article 2"),
    ]
    assert [("Boateng" in c.text, "Mori" in c.text) for c in found] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{story()}</article><article><h3><a href=/o>Climber weds</a></h3><p>{OTHER}</p></article>",
        f"<article>{story()}<article><h3>Climber weds</h3><p>{OTHER}</p></article></article>",
        f"<article>{story()}<div class=comments><article><p>{OTHER}</p><a href=#>Reply</a></article></div></article>",
    ],
)
def test_a_teaser_is_no_story(body: str) -> None:
    content = one(page(body))
    assert content.where is None and FIRST in content.text and "Mori" not in content.text


LIVE = (
    ("2018-06-12T10:15", FIRST),
    ("2018-06-12T11:30", "Boateng left the hall at noon."),
    ("2018-06-11T22:00", OTHER),
)


@pytest.mark.parametrize(
    ("head", "wrap", "entry"),
    [
        (ld(thing("LiveBlogPosting", DAY)), "<main>{}</main>", "<article>{}</article>"),
        ("", "<div class=liveblog>{}</div>", "<div class='entry'>{}</div>"),
        ("", "<section id=live-updates-7><ol>{}</ol></section>", "<li class=post>{}</li>"),
        ("", "<div itemscope itemtype=https://schema.org/LiveBlogPosting>{}</div>", "<div itemprop=liveBlogUpdate>{}</div>"),
    ],
)  # fmt: skip
def test_a_live_blog_is_an_article_a_day(head: str, wrap: str, entry: str) -> None:
    entries = "".join(entry.format(f"<time datetime={day}>x</time><p>{text}</p>") for day, text in LIVE)
    lead = "<h1>The talks as they happened</h1><p>The governor and the banker talked for two days.</p>"
    found = read_html(page(lead + wrap.format(entries), head))
    assert "talked for two days" in "".join(c.text for c in found)
    days = {c.published: c.text for c in found if FIRST in c.text or "Mori" in c.text}
    assert list(days) == [DAY, "2018-06-11"] and {c.title for c in found} == {"The talks as they happened"}
    assert "Boateng left" in days[DAY] and FIRST in days[DAY] and "Mori" not in days[DAY]


def test_articles_of_one_page_have_ids_of_their_own(tmp_path: Path) -> None:
    body = f"<article>{brief('Governor meets banker', FIRST, SECOND)}</article><article>{brief('Climber weds', OTHER)}</article>"
    (tmp_path / "briefs.html").write_bytes(page(body))
    found = [d for d in read_documents([str(tmp_path)], settings=Settings()) if isinstance(d, Document)]
    assert [d.id for d in found] == ["briefs-1", "briefs-2"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Ama Boateng<sup>1</sup>, the governor", "Ama Boateng, the governor"),
        ("Ama Boateng<sup><a href=#fn2>[2]</a></sup>, the governor", "Ama Boateng, the governor"),
        ("Ama Boateng<a href='#note-3'>[3]</a>, the governor", "Ama Boateng, the governor"),
        ("Ama Boateng,<sup>*</sup> the governor", "Ama Boateng, the governor"),
        ("in 2018<sup>4</sup> the governor", "in 2018 the governor"),
        ("a hall of 90 m<sup>2</sup> with CO<sup>2</sup>", "a hall of 90 m2 with CO2"),
        ("the 3<sup>rd</sup> of May, 10<sup>6</sup> votes", "the 3rd of May, 106 votes"),
        ("<a href='/b'>[Boateng]</a> met <a href='#top'>him</a>", "[Boateng] met him"),
        ("A<wbr>ma Boa&shy;teng&nbsp;met", "Ama Boateng\xa0met"),
        ("<span class=cap>A</span>ma <b>Boa</b>teng", "Ama Boateng"),
        ("Ama Boateng met<br>Ilir Hoxha", "Ama Boateng met\nIlir Hoxha"),
        ("One.<br><br>Two.", "One.\n\nTwo."),
        ("One.<div>Two.</div>Three.", "One.\n\nTwo.\n\nThree."),
    ],
)
def test_the_text_of_elements(html: str, expected: str) -> None:
    assert one(page(f"<div>{html}</div>")).text == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "<table><tr><th>Name</th><th>Post</th></tr><tr><td>Ama <b>Boateng</b></td><td><p>Governor</p></td></tr></table>",
            "| Name | Post |\n| Ama Boateng | Governor |",
        ),
        (
            "<table><tr><td rowspan=2>Takora</td><td>Ama Boateng</td></tr><tr><td>Sota Mori</td></tr></table>",
            "| Takora | Ama Boateng |\n| Takora | Sota Mori |",
        ),
        (
            "<table><tr><td colspan=2>Takora</td></tr><tr><td>A | B</td><td>C<br>D</td></tr><tr><td>E</td><td></td></tr><tr><td>F</td><td>G</td></tr></table>",
            "| Takora |  |\n| A / B | C D |\n| E |  |\n| F | G |",
        ),
        (
            "<dl><dt>Governor</dt><dd>Ama Boateng</dd><dt>Clerks</dt><dd>Ilir Hoxha</dd><dd>Sota Mori</dd></dl>",
            "| Governor | Ama Boateng |\n| Clerks | Ilir Hoxha, Sota Mori |",
        ),
        (f"<table><tr><td>Menu</td><td><p>{FIRST} {SECOND}</p><p>{OTHER}</p></td></tr></table>", f"Menu\n\n{FIRST} {SECOND}\n\n{OTHER}"),
        ("<table><tr><td><table><tr><td>One.</td></tr></table></td></tr></table>", "One."),
    ],
)  # fmt: skip
def test_a_table_is_its_rows(table: str, expected: str) -> None:
    assert expected in one(page(f"<article>{story(FIRST, SECOND)}{table}<p>{OTHER}</p></article>")).text
    assert expected in one(page(f"<div>{table}</div>")).text
