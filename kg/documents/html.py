"""Web pages: the main text, without navigation, comments and footers, by trafilatura."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from kg.documents.content import Content, one_line, storable
from kg.documents.decoding import decode
from kg.documents.limits import MAX_PAGE
from kg.documents.markup import drop_marks, parse, remove, spread_cells, text_of
from kg.documents.page_date import PageFacts, date_of_page, published_of, story_date
from kg.documents.page_parts import heading_of, live_entries, stories_of, without_furniture, without_link_lists
from kg.errors import InputError
from kg.quiet import quiet

__all__ = ["read_html"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LEAD = 6  # paragraphs before which the headline of a short page stands


def read_html(data: bytes, *, charset: str | None = None, url: str | None = None) -> list[Content]:
    """Extract the articles of a page: headline and main text, one paragraph a block, with title, date and address.

    Of several stories each is an article; of a live blog what was written on each day.

    Args:
        data: the page's bytes.
        charset: encoding that the server declared, if known; else the page's own declaration counts.
        url: address of the page where it is known; else the page's canonical address is taken.

    Raises:
        InputError: the page is too large, is no text or has no article in it.
    """
    if len(data) > MAX_PAGE:
        raise InputError(f"the page is larger than {MAX_PAGE:,} bytes: save the article alone")
    declared = _CHARSET.search(data[:4096])
    page = decode(data, declared=charset or (declared[1].decode("ascii", "replace") if declared else None))
    with quiet("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer"):
        try:
            found = list(_contents(parse(storable(page)), url))
        except InputError:
            raise
        except Exception as error:  # a parser of hostile markup may fail in any way; the page is skipped, and said so
            raise InputError(f"its HTML cannot be parsed ({type(error).__name__}): save it as text") from error
    if not found:
        raise InputError("no article was found in the page: save its text as .txt")
    return found


def _contents(root: Any, url: str | None) -> Iterator[Content]:
    from trafilatura.metadata import extract_metadata

    facts, said = PageFacts.of(root), extract_metadata(root, default_url=url, extensive=False)
    title, address = _without_site(said.title, said.sitename), url or said.url
    without_furniture(root)
    drop_marks(root)
    spread_cells(root)
    if title and (heading := _other_heading(root, title)):
        title = heading
    if entries := live_entries(root, live=facts.live):
        yield from _days(root, entries, facts, title, address)
        return
    stories = stories_of(root)
    for number, story in enumerate(stories, start=1):
        alone = len(stories) == 1
        own = title if alone else heading_of(story)
        headline = one_line(own) if own else None
        top = text_of(story)
        if alone:
            day = published_of(facts, story, text=top, headline=headline, url=address)
        else:
            day = story_date(facts, story, text=top, headline=headline)
        text = _main_text(story, headline)
        if any(character.isalpha() for character in text):
            yield Content(
                text=text if not headline or text.startswith(headline) else f"{headline}\n\n{text}",
                title=headline,
                published=day,
                source=address,
                where=None if alone else f"article {number}",
            )


def _other_heading(root: Any, title: str) -> str | None:
    """Return the one main heading of a page whose title, as its linked data has it, is that of another story."""
    headings = [_words(element) for element in root.iter("h1")]
    shown = " ".join(_words(element) for element in root.iter("title"))
    if len(headings) != 1 or not headings[0] or title.casefold() in f"{shown} {headings[0]}".casefold():
        return None
    return one_line(headings[0])


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _days(
    root: Any, entries: Sequence[Any], facts: PageFacts, title: str | None, address: str | None
) -> Iterator[Content]:
    """Yield what a live blog's entries of one day say as an article; what has no day of its own is of the page's."""
    page_day = published_of(facts, root, text="", headline=title, url=address)
    by_day: dict[str | None, list[str]] = {}
    for entry in entries:
        by_day.setdefault(date_of_page(entry) or page_day, []).append(text_of(entry))
        remove(entry)
    lead = _main_text(root, title)
    if lead and lead != title:
        by_day.setdefault(page_day, []).insert(0, lead)
    for number, (day, written) in enumerate(by_day.items(), start=1):
        text = "\n\n".join(written)
        yield Content(
            text=text if not title or text.startswith(title) else f"{title}\n\n{text}",
            title=title,
            published=day,
            source=address,
            where=None if len(by_day) == 1 else f"article {number}",
        )


def _main_text(scope: Any, headline: str | None) -> str:
    """Return the main text of a part of a page: all from the headline on where it is too short for trafilatura."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    found = bare_extraction(_as_page(scope), include_comments=False, with_metadata=False)
    body = found.body if isinstance(found, Page) else None
    if body is not None and len(body) > 1:  # else it falls back on all the text in one piece
        return text_of(body)
    without_link_lists(scope)
    paragraphs = text_of(scope).split("\n\n")
    first = paragraphs.index(headline) if headline in paragraphs[:_LEAD] else 0
    return "\n\n".join(paragraphs[first:])


def _as_page(scope: Any) -> Any:
    """Return a copy of an element as a page of its own."""
    from lxml import html

    if scope.tag == "html":
        return deepcopy(scope)
    page = html.Element("html")
    body = html.Element("body")
    page.append(body)
    body.append(deepcopy(scope))
    return page


def _without_site(title: str | None, site: str | None) -> str | None:
    """Take the name of the site off the end of a page's title ("Headline | The Review")."""
    if not title:
        return None
    title = one_line(title)
    if site:
        title = re.sub(rf"\s+[|–—·-]\s+{re.escape(one_line(site))}$", "", title, flags=re.IGNORECASE)
    return title
