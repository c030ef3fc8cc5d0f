"""Web pages: the main text, without navigation, comments and footers, by trafilatura."""

import re

from kg.documents.content import Content, one_line, storable
from kg.documents.dateline import published_in
from kg.documents.decoding import decode
from kg.documents.limits import MAX_PAGE
from kg.errors import InputError
from kg.quiet import quiet

__all__ = ["read_html"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DATES = {  # metadata and time elements only: guessing from the page's text would take any date; no clock is read
    "original_date": True,
    "extensive_search": False,
    "min_date": "1700-01-01",
    "max_date": "2200-12-31",
}


def read_html(data: bytes, *, charset: str | None = None, url: str | None = None) -> Content:
    """Extract the article of a page: headline and main text, one paragraph a block, with title, date and address.

    Args:
        data: the page's bytes.
        charset: encoding that the server declared, if known; else the page's own declaration counts.
        url: address of the page where it is known; else the page's canonical address is taken.

    Raises:
        InputError: the page is too large, is no text or has no article in it.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    if len(data) > MAX_PAGE:
        raise InputError(f"the page is larger than {MAX_PAGE:,} bytes: save the article alone")
    declared = _CHARSET.search(data[:4096])
    page = decode(data, declared=charset or (declared[1].decode("ascii", "replace") if declared else None))
    with quiet("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer"):
        try:
            found = bare_extraction(
                storable(page),
                url=url,
                include_comments=False,
                with_metadata=True,
                date_extraction_params=dict(_DATES),
            )
        except Exception as error:  # a parser of hostile markup may fail in any way; the page is skipped, and said so
            raise InputError(f"its HTML cannot be parsed ({type(error).__name__}): save it as text") from error
    body = _paragraphs(found.text or "") if isinstance(found, Page) else ""
    if not isinstance(found, Page) or not body:
        raise InputError("no article was found in the page: save its text as .txt")
    title = _without_site(found.title, found.sitename)
    return Content(
        text=storable(body if not title or body.startswith(title) else f"{title}\n\n{body}"),
        title=title,
        published=found.date or published_in(body),
        source=url or found.url,
    )


def _paragraphs(text: str) -> str:
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def _without_site(title: str | None, site: str | None) -> str | None:
    """Take the name of the site off the end of a page's title ("Headline | The Review")."""
    if not title:
        return None
    title = one_line(title)
    if site:
        title = re.sub(rf"\s+[|–—·-]\s+{re.escape(one_line(site))}$", "", title, flags=re.IGNORECASE)
    return title
