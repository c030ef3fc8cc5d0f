"""The day on which a page's article was published, from what the page says of this article and of nothing else.

The site's own date, that of a story beside the article, a footer's or a change's is none.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Self

from kg.documents.dateline import published_in
from kg.documents.record_dates import read_date
from kg.lexicons import lexicon

__all__ = ["PageFacts", "date_of_page", "published_of", "story_date"]

_MAX_DATA, _MAX_NODES = 1_000_000, 5_000  # characters of linked data and things in it that are looked at
_ARTICLE = re.compile(r"(?:https?://schema\.org/)?\w*(?:Article|Posting|Report|Review)")
_LIVE = re.compile(r"(?:https?://schema\.org/)?LiveBlogPosting")
_PAGE = re.compile(r"(?:https?://schema\.org/)?\w*(?:WebPage|ItemPage)")
_OTHERS = frozenset({  # what an article is about, is part of or stands beside
    "about", "associatedMedia", "audio", "author", "citation", "comment", "hasPart", "image", "isPartOf",
    "itemListElement", "liveBlogUpdate", "mentions", "publisher", "relatedLink", "review", "significantLink",
    "thumbnail", "video",
})  # fmt: skip
_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:[/-]|$)")
_CHANGED = re.compile(r"\b(?:date)?-?_?(?:updated|modified|dateupdated|datemodified)\b", re.IGNORECASE)
_CHANGED_TEXT = re.compile(r"\b(?:updated|modified|edited)\b[^.]{0,30}$", re.IGNORECASE)
_TELLING = 15  # characters of a headline
_PROSE = 80  # characters of a paragraph around a <time> that speaks of some day


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself besides its text: things that its linked data describes, and its metadata by name."""

    things: tuple[Mapping[str, Any], ...]
    meta: Mapping[str, str]

    @classmethod
    def of(cls, root: Any) -> Self:
        """Read them off a whole page."""
        meta: dict[str, str] = {}
        for element in root.iter("meta"):
            for key in ("property", "name", "itemprop"):
                meta.setdefault((element.get(key) or "").strip().lower(), element.get("content") or "")
        return cls(tuple(_things(root)), meta)

    @property
    def live(self) -> bool:
        """Whether it calls the page a live blog."""
        return any(_is_a(thing, _LIVE) for thing in self.things)

    def date(self, kind: re.Pattern[str], headline: str | None, *, named: bool = False) -> str | None:
        """Return the day of publication of the things of a kind: of the one with the headline, if several differ.

        With ``named`` it is that one's or none.
        """
        dated: list[tuple[bool, str]] = []
        for thing in self.things:
            if _is_a(thing, kind):
                day = _day(thing.get("datePublished") or thing.get("dateCreated"))
                if day:
                    dated.append((_same(thing.get("headline") or thing.get("name"), headline), day))
        if named or len({day for _, day in dated}) > 1:
            dated = [item for item in dated if item[0]]
        return dated[0][1] if dated else None

    def meta_date(self, names: str) -> str | None:
        """Return the first day among metadata of the names that a list of ``pages.yaml`` gives."""
        values = (self.meta.get(name, "") for name in lexicon("pages")[names])
        return next((found for value in values if (found := _day(value))), None)


def published_of(facts: PageFacts, scope: Any, *, text: str, headline: str | None, url: str | None) -> str | None:
    """Return the day of publication as an ISO date.

    Taken in this order: linked data about the article, the page's metadata, a time element of the article, the top of
    its text, linked data and metadata of the page, its address.

    Args:
        facts: of the page.
        scope: the article in it, without what stands beside.
        text: the article's text.
        headline: the article's, which tells it from others.
        url: the page's address.
    """
    return (
        facts.date(_ARTICLE, headline)
        or facts.meta_date("published_meta")
        or date_of_page(scope)
        or published_in(text)
        or facts.date(_PAGE, headline)
        or facts.meta_date("other_meta")
        or _date_in_address(url)
    )


def story_date(facts: PageFacts, story: Any, *, text: str, headline: str | None) -> str | None:
    """Return the day of one of several stories of a page: its own, none of the page."""
    return facts.date(_ARTICLE, headline, named=True) or date_of_page(story) or published_in(text)


def _day(value: object) -> str | None:
    """Return a value as a whole day; what says no more than a month or a year is none."""
    found = read_date(value)
    return found if found and len(found) == len("2021-05-04") else None


def _date_in_address(url: str | None) -> str | None:
    """Return the day in an address ("/2021/05/04/mayor-meets-banker")."""
    match = _PATH.search(url or "")
    return _day("-".join(match.groups())) if match else None


def date_of_page(scope: Any) -> str | None:
    """Return the day that an element marks as its day of publication, or the first that it tells by a time element."""
    elements = [e for e in scope.iter() if isinstance(e.tag, str)]
    marked = (e for e in elements if (e.get("itemprop") or "").lower() in {"datepublished", "datecreated"})
    times = (e for e in elements if e.tag in {"time", "abbr"} and not _is_of_change(e) and not _in_prose(e))
    return next((found for e in chain(marked, times) if (found := _value(e))), None)


def _is_of_change(element: Any) -> bool:
    """Whether an element is marked as the day of a change."""
    return bool(_CHANGED.search(" ".join(element.get(name) or "" for name in ("class", "itemprop", "id"))))


def _value(element: Any) -> str | None:
    values = (element.get("content"), element.get("datetime"), element.get("title"), "".join(element.itertext()))
    return next((found for value in values if value and (found := _day(value))), None)


def _in_prose(element: Any) -> bool:
    """Whether a time stands in a sentence, or behind a word that makes it the day of a change."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return False
    before = (previous.tail if previous is not None else parent.text) or ""
    if not before.strip() and previous is not None:
        before = "".join(previous.itertext())
    if _CHANGED_TEXT.search(before.strip()[-60:]):
        return True
    return parent.tag == "p" and len("".join(parent.itertext())) > _PROSE


def _things(root: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the things that linked data describes, without those that a thing is only related to."""
    room = _MAX_DATA
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        raw = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script.text or "").strip().rstrip(";")
        room -= len(raw)
        if room < 0:
            return
        try:
            data = json.loads(raw, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _nodes(data)


def _nodes(data: object) -> Iterator[Mapping[str, Any]]:
    stack, seen = [data], 0
    while stack and seen < _MAX_NODES:
        node = stack.pop()
        seen += 1
        if isinstance(node, list):
            stack += reversed(node)
        elif isinstance(node, dict):
            yield node
            stack += [value for key, value in node.items() if key not in _OTHERS and isinstance(value, dict | list)]


def _is_a(thing: Mapping[str, Any], kind: re.Pattern[str]) -> bool:
    types = thing.get("@type")
    return any(
        isinstance(name, str) and kind.fullmatch(name) for name in (types if isinstance(types, list) else [types])
    )


def _same(title: object, headline: str | None) -> bool:
    """Whether two headlines are one, a subtitle or a kicker aside."""
    one, two = (" ".join(re.findall(r"\w+", str(text or "").casefold())) for text in (title, headline))
    return bool(one) and (one == two or (min(len(one), len(two)) > _TELLING and (one in two or two in one)))
