"""PDF: the text of the pages put together into paragraphs, by pypdfium2."""

import io
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from kg.documents.content import Content, one_line, storable
from kg.documents.exports import is_field
from kg.documents.headline import find_headline
from kg.documents.layout import WIDE, DrawnLine, Unclear, arranged, without_notes
from kg.documents.limits import MAX_PDF_PAGES
from kg.documents.marks import is_mark
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
_SPACES = re.compile(r" +")
_GLUED = re.compile(r"(?<=[^\d\s(\[$£€-])\d{1,3}(?:,\d{1,3}){0,3}(?!\w)")  # a figure behind a word
_BEFORE_POINT = frozenset({" ,", " .", " ;", " :", " )"})
_RAISED = 0.85  # of the size of the letters before
_MARKED = r"(?<=[^\s\d(\[$£€#-]){}(?![\w%]|[.,]\d)"
_NAMED = 10  # pages that a message names
_UNCLEAR = (
    "it cannot be told which of its columns or cells go together, nothing is read from them: save its text as .txt"
)
_NO_TEXT = "there is no text in it, as in a scan: run text recognition (OCR) on it first"
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]]*$")
_USELESS_TITLE = re.compile(r"untitled|microsoft word|document\d*$|.*\.\w{2,5}$", re.IGNORECASE)

_Box = tuple[float, float, float, float]  # left, bottom, right, top


def read_pdf(data: bytes) -> list[Content]:
    """Read a PDF, one paragraph a block, running heads and page numbers left out; notes stand at the end.

    Columns that are drawn line by line are read one after the other, a table is its rows; where it cannot be told what
    goes with what, nothing is read.

    The date on which the file was made is not taken for the date of publication.
    """
    import pypdfium2

    try:
        with quiet("pypdfium2"), pypdfium2.PdfDocument(data) as pdf:
            if len(pdf) > MAX_PDF_PAGES:
                raise InputError(f"it has more than {MAX_PDF_PAGES:,} pages: split it")
            pages = [_rows(page) for page in pdf]
            for number, page in enumerate(pages):
                if any(len(line.text) > _CUT // 4 for row in page for line in row):  # spaces left out, two bytes each
                    pages[number] = _rows_with_long_strings(data, number) or page
            named = pdf.get_metadata_value("Title")
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "it is locked with a password: save it without" if locked else "it is no PDF or is damaged: save it again"
        raise InputError(why) from error
    lines, notes, unclear = _read(_without_running_heads(pages))
    text = storable(_undivided("\n\n".join([*_paragraphs(lines), *notes])))
    if not text:
        raise InputError(unclear[0] if unclear else _NO_TEXT)
    title = find_headline(text) or (named if named and not _USELESS_TITLE.match(named) else None)
    return [Content(text=text, title=one_line(title) if title else None, lost=tuple(unclear))]


def _read(pages: Sequence[Sequence[Sequence[DrawnLine]]]) -> tuple[list[list[DrawnLine]], list[str], list[str]]:
    """Return the lines of each page as they are read, the notes of all, and what cannot be read."""
    read: list[list[DrawnLine]] = []
    every: list[str] = []
    unclear: list[int] = []
    for number, page in enumerate(pages, start=1):
        rows, notes, marks = without_notes(page)
        found = arranged(rows)
        unclear += [number] if any(isinstance(line, Unclear) for line in found) else []
        read.append([_without_marks(line, marks) for line in found if isinstance(line, DrawnLine)])
        every += notes
    named = ", ".join(map(str, unclear[:_NAMED])) + (
        f" and {len(unclear) - _NAMED} more" if len(unclear) > _NAMED else ""
    )
    return read, every, [f"page {named}: {_UNCLEAR}"] if unclear else []


def _without_marks(line: DrawnLine, marks: Sequence[str]) -> DrawnLine:
    """Take the marks of the notes at the foot of a page out of one of its lines."""
    text = line.text
    for mark in marks:
        text = re.sub(_MARKED.format(re.escape(mark)), "", text)
    return replace(line, text=text) if text and text != line.text else line


def _rows(page: Any) -> list[list[DrawnLine]]:
    """Return the lines of a page in the order in which they are drawn, each as the parts between wide gaps."""
    textpage = page.get_textpage()
    text: str = textpage.get_text_range()
    rows, start = [], 0
    for raw in text.split("\r\n"):
        body = raw.strip()
        if body and (row := _row(textpage, body, start + raw.index(body))):
            rows.append(row)
        start += len(raw) + 2
    return _together(rows)


def _row(textpage: Any, body: str, offset: int) -> list[DrawnLine]:
    from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex as index

    raw = textpage.raw
    first, last = index(raw, offset), index(raw, offset + len(body) - 1)
    if first < 0 or last < 0:
        return []
    box = partial(textpage.get_charbox, loose=True)
    lefts: list[_Box] = [box(first)]
    rights: list[_Box] = []
    height, cuts = lefts[0][3] - lefts[0][1], [0]
    for match in _SPACES.finditer(body):
        start, end = match.span()
        at = index(raw, offset + start - 1)
        before, behind = box(at), box(at + end - start + 1)
        # Parted by a wide gap, or not side by side at all, whatever PDFium takes for a line.
        if not before[0] <= behind[0] <= before[2] + WIDE * height or abs(behind[1] - before[1]) > height / 2:
            rights.append(before)
            lefts.append(behind)
            cuts.append(end)
    rights.append(box(last))
    cuts.append(len(body) + 1)
    texts = ((body[low:high].rstrip(), offset + low) for low, high in pairwise(cuts))
    return [
        DrawnLine(_plain(textpage, text, at), a[0], a[1], b[1], b[2], a[3] - a[1])
        for (text, at), a, b in zip(texts, lefts, rights, strict=True)
    ]


def _plain(textpage: Any, text: str, offset: int) -> str:
    """Return a text without ligatures and without raised figures that are marks of notes."""
    from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex, FPDFText_GetFontSize

    def size(at: int) -> float:
        return float(FPDFText_GetFontSize(textpage, FPDFText_GetCharIndexFromTextIndex(textpage, offset + at)))

    pieces, at = [], 0
    for match in _GLUED.finditer(text):
        if size(match.start()) < _RAISED * size(match.start() - 1) and is_mark(match[0], before=text[: match.start()]):
            pieces.append(text[at : match.start()])
            at = match.end() + (text[match.end() : match.end() + 2] in _BEFORE_POINT)
    return "".join((*pieces, text[at:])).translate(_LIGATURES)


def _together(rows: Sequence[list[DrawnLine]]) -> list[list[DrawnLine]]:
    """Put together what PDFium tells as several lines because a mark was raised between: "Kral", "1", ", the mayor"."""
    found: list[list[DrawnLine]] = []
    raised = 0.0  # width of a mark that was left out
    for row in rows:
        above, line = found[-1][-1] if found else None, row[0]
        if above and not raised and len(row) == 1 and _is_raised(line, above):
            raised = line.right - above.right
        elif (
            above
            and abs(line.bottom - above.bottom) < 1
            and -1 < line.left - above.right < WIDE * above.height + raised
        ):
            glue = "" if line.text[0] in ",.;:)" else " "
            text = f"{above.text}{glue}{line.text}"
            found[-1][-1] = replace(above, text=text, right=line.right, last_bottom=line.last_bottom)
            found[-1] += row[1:]
            raised = 0.0
        else:
            found.append(row)
            raised = 0.0
    return found


def _is_raised(line: DrawnLine, above: DrawnLine) -> bool:
    """Whether a line is a mark raised right behind the one before."""
    beside = abs(line.bottom - above.bottom) < above.height and -1 < line.left - above.right < WIDE * above.height
    return line.height < _RAISED * above.height and beside and is_mark(line.text, before=above.text)


def _rows_with_long_strings(data: bytes, number: int) -> list[list[DrawnLine]]:
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
    return [[DrawnLine(body, 72, -15 * i, -15 * i, 500, 12)] for i, body in enumerate(bodies)]


def _without_running_heads(pages: Sequence[list[list[DrawnLine]]]) -> list[list[list[DrawnLine]]]:
    """Take off page numbers, and what stands (digits aside) first or last on two pages and at least half of them."""

    def text(row: Sequence[DrawnLine]) -> str:
        return " ".join(line.text for line in row)

    def shape(row: Sequence[DrawnLine]) -> str:
        return re.sub(r"\d+", "0", text(row))

    counts = Counter(edge for page in pages for edge in {shape(page[i]) for i in (0, -1) if page})
    running = {text for text, n in counts.items() if n >= max(2, len(pages) / 2)}
    kept = []
    for page in pages:
        rows = list(page)
        for i in (0, -1):
            while rows and (shape(rows[i]) in running or _PAGE_NUMBER.fullmatch(text(rows[i]))):
                del rows[i]
        kept.append(rows)
    return kept


def _paragraphs(pages: Sequence[Sequence[DrawnLine]]) -> Iterator[str]:
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


def _begins(line: DrawnLine, previous: DrawnLine, *, spacing: float, margin: float, edge: float) -> bool:
    """Whether a line begins a paragraph, by type size, gap, indentation or a short line before it."""
    if line.alone or previous.alone or is_field(line.text) or is_field(previous.text):
        return True
    margin = margin if previous.margin is None else previous.margin
    edge = edge if previous.edge is None else previous.edge
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


def _spacing(page: Sequence[DrawnLine]) -> float:
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
