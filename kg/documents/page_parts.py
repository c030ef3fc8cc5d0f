"""The parts of a page: what stands beside its article is taken off, and several stories are told apart."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from kg.documents.markup import remove
from kg.lexicons import lexicon

__all__ = ["heading_of", "live_entries", "stories_of", "without_furniture", "without_link_lists"]

_SILENT = frozenset({"script", "style", "noscript", "template"})
_BESIDE = frozenset({"nav", "footer", "aside", "menu"})
_WRAPPERS = frozenset({"form", "dialog"})  # some programs put a whole page into one
_ROLES = frozenset({"navigation", "contentinfo", "complementary", "search", "banner", "dialog", "alertdialog", "menu"})
_NAMED = frozenset({"div", "section", "ul", "ol", "table", "figure"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STORY_TYPE = re.compile(r"schema\.org/\w*(?:Article|Posting|Report)$")
_CONSENT_LONGEST = 6_000  # characters of a dialog
_OWN_TEXT = 200  # characters from which an article with others in it is one itself
_STORY_TEXT = 40  # characters of a story, at least
_TEASER = 0.5  # of the main story's length: what is shorter is no story beside it
_LINKS = 0.7  # share of an element's text that makes it a list of links
_MOST = 500  # stories of a page


def without_furniture(root: Any) -> None:
    """Take off a page what is no article: scripts, navigation, dialogs, other stories, comments."""
    for element in list(root.iter(*_SILENT)):
        remove(element)
    whole = _length(root)
    stack = [root]
    while stack:
        for element in list(stack.pop()):
            if not isinstance(element.tag, str):
                continue
            if _is_furniture(element) and not _holds_article(element, whole):
                remove(element)
            else:
                stack.append(element)
    for dialog in list(_unmarked_dialogs(root)):
        remove(dialog)


def _is_furniture(element: Any) -> bool:
    tag = element.tag
    if tag in {"body", "main", "article", "h1", "p"}:
        return False
    if tag == "header":
        return next(element.iterancestors("article", "main"), None) is None
    marked = (
        tag in _BESIDE
        or tag in _WRAPPERS
        or (element.get("role") or "").lower() in _ROLES
        or element.get("aria-modal") == "true"
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style") or "")
        or _is_called(element, "consent")
    )
    if marked or tag not in _NAMED or not _is_called(element, "beside"):
        return bool(marked)
    return next(element.iter("a", *_HEADINGS), None) is not None


def _holds_article(element: Any, whole: int) -> bool:
    """Whether the main part of the page, its main heading or most of its text is in an element."""
    if next(element.iter("main"), None) is not None:
        return True
    large = element.tag not in _BESIDE and 2 * _length(element) > whole
    return (large or next(element.iter("h1"), None) is not None) and not _speaks_of_consent(element)


def _unmarked_dialogs(root: Any) -> Iterator[Any]:
    """Yield the smallest elements that ask for consent by their words and buttons."""
    labels = frozenset(lexicon("pages")["consent_buttons"])
    found: dict[Any, None] = {}
    for button in root.iter("button", "a", "input"):
        label = " ".join((button.get("value") or "".join(button.itertext())).casefold().split()).strip(" .!")
        if label not in labels:
            continue
        for parent in button.iterancestors("div", "section", "span", "p"):
            if _length(parent) > _CONSENT_LONGEST:
                break
            if _speaks_of_consent(parent):
                if next(parent.iter("article", "main"), None) is None:
                    found[parent] = None
                break
    yield from found


def _speaks_of_consent(element: Any) -> bool:
    text = " ".join("".join(element.itertext()).casefold().split())[:_CONSENT_LONGEST]
    return sum(phrase in text for phrase in lexicon("pages")["consent_phrases"]) > 1


def without_link_lists(root: Any) -> None:
    """Take off a page the elements that are nearly all links, three at least."""
    for element in list(root.iterdescendants("div", "p", "ul", "ol", "section", "td", "span")):
        links = list(element.iter("a"))
        if len(links) > 2 and sum(map(_length, links)) > _LINKS * _length(element):
            remove(element)


def stories_of(root: Any) -> list[Any]:
    """Return the elements of the stories of a page without furniture: the page itself where it holds one.

    Short ones beside a long one, and others within one, are teasers and are taken off.
    """
    tops = _tops(root)
    if len(tops) == 1:
        inner = _tops(tops[0])
        if len(inner) < 2 or _length(tops[0]) - sum(map(_length, inner)) >= _OWN_TEXT:
            for other in inner:
                remove(other)
            return tops if 2 * _length(tops[0]) > _length(root) else [root]
        tops = inner
    tops = [story for story in tops if _length(story) >= _STORY_TEXT][:_MOST]
    if len(tops) < 2:
        return [root]
    longest = max(tops, key=_length)
    main = next((story for story in tops if next(story.iter("h1"), None) is not None), longest)
    others = [story for story in tops if story is not main and _length(story) >= _TEASER * _length(main)]
    if main is longest and not others:
        return [main]
    return tops


def _tops(root: Any) -> list[Any]:
    """Return the outermost stories below an element."""
    found: list[Any] = []
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if _is_story(element):
            found.append(element)
        else:
            stack += reversed(element)
    return found


def _is_story(element: Any) -> bool:
    if element.tag == "article" or _STORY_TYPE.search(element.get("itemtype") or ""):
        return True
    if element.tag not in {"div", "section", "li"} or not _is_called(element, "stories"):
        return False
    return next(element.iter(*_HEADINGS), None) is not None and next(element.iter("p"), None) is not None


def live_entries(root: Any, *, live: bool) -> list[Any]:
    """Return the outermost entries of a live blog with a time each, none of another page.

    Args:
        root: a page without furniture.
        live: whether its linked data calls it a live blog.
    """
    marked = [e for e in root.iter() if isinstance(e.tag, str) and e.get("itemprop") == "liveBlogUpdate"]
    if not marked and not live:
        live = any(_is_called(e, "live") for e in root.iter("html", "body", "main", "article", "section", "div"))
        if not live:
            return []
    entries: dict[Any, None] = {}
    for element in marked or root.iter("article", "div", "section", "li"):
        named = bool(marked) or element.tag == "article" or _is_called(element, "entries")
        timed = named and not _is_called(element, "live") and next(element.iter("time"), None) is not None
        if timed and not any(parent in entries for parent in element.iterancestors()):
            entries[element] = None
    return list(entries) if len(entries) > 1 else []


def heading_of(story: Any) -> str | None:
    """Return the text of a story's first heading."""
    heading = next(story.iter(*_HEADINGS), None)
    return " ".join("".join(heading.itertext()).split()) or None if heading is not None else None


def _length(element: Any) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _is_called(element: Any, key: str) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return any(_called(key).fullmatch(name) for name in names[:20])


@lru_cache(maxsize=8)
def _called(key: str) -> re.Pattern[str]:
    words: Sequence[str] = lexicon("pages")[key]
    return re.compile(rf"(?:[\w-]{{0,40}}[-_])?(?:{'|'.join(map(re.escape, words))})(?:[-_][\w-]{{0,40}})?")
