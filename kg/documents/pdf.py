"""PDF: the text of the pages put together into paragraphs, by pypdfium2."""

import io
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kg.documents.content import Content, one_line, storable
from kg.documents.headline import find_headline
from kg.documents.limits import MAX_PDF_PAGES
from kg.errors import InputError
from kg.quiet import quiet

__all__ = ["read_pdf"]

_CUT = 32_767  # bytes after which PDFium leaves the rest of a string unread
_DIVIDED = "\ufffe"  # PDFium's mark for a hyphen at the end of a line; older versions have the control character
_HYPHENS = f"{_DIVIDED}\x02\xad"
_DIVISION = re.compile(f"[{_HYPHENS}]")
_HYPHENATED = re.compile(r"(?=\b(\w{1,100}-\w{1,100}))")
_WORD_AT_START, _WORD_AT_END = re.compile(r"\w{0,100}"), re.compile(r"\w*\Z")
_LONGEST_WORD = 100  # characters; what is longer is no word that a line divides
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


def read_pdf(data: bytes) -> list[Content]:
    """Read a PDF, one paragraph a block, running heads and page numbers left out.

    The date on which the file was made is not taken for the date of publication.
    """
    import pypdfium2

    try:
        with quiet("pypdfium2"), pypdfium2.PdfDocument(data) as pdf:
            if len(pdf) > MAX_PDF_PAGES:
                raise InputError(f"it has more than {MAX_PDF_PAGES:,} pages: split it")
            pages = [_lines(page) for page in pdf]
            for number, page in enumerate(pages):
                if any(len(line.text) > _CUT // 4 for line in page):  # two bytes a character, or spaces left out
                    pages[number] = _lines_with_long_strings(data, number) or page
            named = pdf.get_metadata_value("Title")
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "it is locked with a password: save it without" if locked else "it is no PDF or is damaged: save it again"
        raise InputError(why) from error
    text = storable(_undivided("\n\n".join(_paragraphs(_without_running_heads(pages)))))
    if not text:
        raise InputError("there is no text in it, as in a scan: run text recognition (OCR) on it first")
    title = find_headline(text) or (named if named and not _USELESS_TITLE.match(named) else None)
    return [Content(text=text, title=one_line(title) if title else None)]


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


def _lines_with_long_strings(data: bytes, number: int) -> list[_Line]:
    """Return the lines of a page if it has a string that PDFium cuts, read by pypdf; else none."""
    from pypdf import PdfReader

    longest = 0

    def measure(operator: bytes, operands: Sequence[Any], *_: Any) -> None:
        nonlocal longest
        if operator in {b"Tj", b"TJ", b"'", b'"'}:
            shown = [part for operand in operands for part in (operand if isinstance(operand, list) else [operand])]
            longest = max([longest, *(len(getattr(part, "original_bytes", b"")) for part in shown)])

    try:
        with quiet("pypdf"):
            text = PdfReader(io.BytesIO(data)).pages[number].extract_text(visitor_operand_before=measure)
    except Exception:  # what only PDFium can read
        return []
    bodies = [line.strip() for line in text.splitlines() if line.strip()] if longest > _CUT else []
    return [_Line(body, 72, -15 * i, -15 * i, 500, 12) for i, body in enumerate(bodies)]


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
    paragraph: list[str] = []
    previous = None
    for page in pages:
        spacing = _spacing(page)
        margin = min((line.left for line in page), default=0.0)
        edge = max((line.right for line in page), default=0.0)
        for line in page:
            if previous is not None and _begins(line, previous, spacing=spacing, margin=margin, edge=edge):
                yield "".join(paragraph)
                paragraph = []
            _add(paragraph, line.text)
            previous = line
    if paragraph:
        yield "".join(paragraph)


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


def _add(paragraph: list[str], line: str) -> None:
    """Add a line to a paragraph; where a hyphen divides a word, it is marked as PDFium marks it."""
    if paragraph:
        last = paragraph[-1]
        if last[-1] not in _HYPHENS:
            divided = last.endswith("-") and last[-2:-1].isalpha()
            paragraph[-1] = last[:-1] + _DIVIDED if divided else f"{last} "
    paragraph.append(line)


def _undivided(text: str) -> str:
    """Put divided words together: with their hyphen before a capital, or if the text has them so elsewhere."""
    first, *others = _DIVISION.split(text)
    hyphenated = sorted({match[1] for match in _HYPHENATED.finditer(text)}) if others else []
    pieces = [first]
    for piece in others:
        head = _WORD_AT_END.search(pieces[-1][-_LONGEST_WORD:])
        tail = _WORD_AT_START.match(piece)
        word = f"{head[0] if head else ''}-{tail[0] if tail else ''}"
        at = bisect_left(hyphenated, word)
        kept = not piece[:1].islower() or (at < len(hyphenated) and hyphenated[at].startswith(word))
        pieces += ["-", piece] if kept else [piece]
    return "".join(pieces)
