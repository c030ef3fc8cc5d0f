"""PDF: the text of the pages put together into paragraphs, by pypdfium2."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kg.documents.content import Content, one_line, storable
from kg.documents.headline import find_headline
from kg.documents.quiet import quiet
from kg.errors import InputError

__all__ = ["read_pdf"]

_MAX_PAGES = 2_000
_DIVIDED = "\ufffe"  # PDFium's mark for a hyphen at the end of a line; older versions have the control character
_HYPHENS = f"{_DIVIDED}\x02\xad"
_DIVISION = re.compile(rf"(\w*)[{_HYPHENS}](\w*)")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_PAGE_NUMBER = re.compile(  # or what a browser prints above and below a page: the time and the address
    r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?|\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d\d(?: [AP]M)?\b.*"
    r"|(?:https?|file)://\S+(?: \d+/\d+)?",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]]*$")
_USELESS_TITLE = re.compile(r"untitled|microsoft word|document\d*$|.*\.\w{2,5}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it stands on a page, in points; two where PDFium joins a divided word, hence the bottom of the last."""

    text: str
    left: float
    bottom: float
    last_bottom: float
    right: float
    height: float


def read_pdf(data: bytes) -> Content:
    """Read a PDF, one paragraph a block, running heads and page numbers left out.

    The date on which the file was made is not taken for the date of publication.
    """
    import pypdfium2

    try:
        with quiet("pypdfium2"), pypdfium2.PdfDocument(data) as pdf:
            if len(pdf) > _MAX_PAGES:
                raise InputError(f"it has more than {_MAX_PAGES:,} pages: split it")
            pages = [_lines(page) for page in pdf]
            named = pdf.get_metadata_value("Title")
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "it is locked with a password: save it without" if locked else "it is no PDF or is damaged: save it again"
        raise InputError(why) from error
    text = storable(_undivided("\n\n".join(_paragraphs(_without_running_heads(pages)))))
    if not text:
        raise InputError("there is no text in it, as in a scan: run text recognition (OCR) on it first")
    title = find_headline(text) or (named if named and not _USELESS_TITLE.match(named) else None)
    return Content(text=text, title=one_line(title) if title else None)


def _lines(page: Any) -> list[_Line]:
    from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex

    textpage = page.get_textpage()
    text: str = textpage.get_text_range()
    lines, start = [], 0
    for raw in text.split("\r\n"):
        body = raw.strip()
        if body:
            offset = start + raw.index(body)
            first, last = (FPDFText_GetCharIndexFromTextIndex(textpage, i) for i in (offset, offset + len(body) - 1))
            if first >= 0 and last >= 0:
                left, bottom, _, top = textpage.get_charbox(first, loose=True)
                _, last_bottom, right, _ = textpage.get_charbox(last, loose=True)
                lines.append(_Line(body.translate(_LIGATURES), left, bottom, last_bottom, right, top - bottom))
        start += len(raw) + 2
    return lines


def _without_running_heads(pages: Sequence[list[_Line]]) -> list[list[_Line]]:
    """Take off page numbers, and what stands (digits aside) first or last on two pages and at least half of them."""

    def shape(line: _Line) -> str:
        return re.sub(r"\d+", "0", line.text)

    counts = Counter(shape(line) for page in pages for line in {page[i] for i in (0, -1) if page})
    running = {text for text, n in counts.items() if n >= max(2, len(pages) / 2)}
    kept = []
    for page in pages:
        lines = list(page)
        for i in (0, -1):
            while lines and (shape(lines[i]) in running or _PAGE_NUMBER.fullmatch(lines[i].text)):
                del lines[i]
        kept.append(lines)
    return kept


def _paragraphs(pages: Sequence[list[_Line]]) -> Iterator[str]:
    paragraph, previous = "", None
    for page in pages:
        spacing = _spacing(page)
        margin = min((line.left for line in page), default=0.0)
        edge = max((line.right for line in page), default=0.0)
        for line in page:
            if previous is not None and _begins(line, previous, spacing=spacing, margin=margin, edge=edge):
                yield paragraph
                paragraph = ""
            paragraph = _join(paragraph, line.text)
            previous = line
    if paragraph:
        yield paragraph


def _begins(line: _Line, previous: _Line, *, spacing: float, margin: float, edge: float) -> bool:
    """Whether a line begins a paragraph, by type size, gap, indentation or a short line before it."""
    size = max(line.height, previous.height, 0.1)
    if abs(line.height - previous.height) > 0.12 * size:
        return True
    gap = previous.last_bottom - line.bottom
    ended = bool(_ENDS_SENTENCE.search(previous.text))
    if gap <= 0:  # the next column or page
        return ended
    if gap > 1.3 * spacing * size:
        return True
    short = edge - previous.right > 0.2 * (edge - margin)
    indented = line.left - previous.left > 0.7 * size
    return ended and (short or indented)


def _spacing(page: Sequence[_Line]) -> float:
    """Return the distance of lines within a paragraph, in heights of a line: the lower quartile of all distances."""
    gaps = [(a.last_bottom - b.bottom, b.height) for a, b in pairwise(page)]
    ratios = sorted(gap / height for gap, height in gaps if gap > 0 and height > 0)
    return max(ratios[len(ratios) // 4], 0.9) if ratios else 1.0


def _join(paragraph: str, line: str) -> str:
    """Add a line to a paragraph; where a hyphen divides a word, it is marked as PDFium marks it."""
    if not paragraph:
        return line
    if paragraph[-1] in _HYPHENS:
        return f"{paragraph}{line}"
    return f"{paragraph[:-1]}{_DIVIDED}{line}" if re.search(r"[^\W\d_]-$", paragraph) else f"{paragraph} {line}"


def _undivided(text: str) -> str:
    """Put divided words together: with their hyphen before a capital, or if the text has them so elsewhere."""

    def whole(match: re.Match[str]) -> str:
        head, tail = match.groups()
        hyphenated = f"{head}-{tail}"
        return hyphenated if not tail[:1].islower() or hyphenated in text else head + tail

    return _DIVISION.sub(whole, text)
