"""Word documents: the text of paragraphs and tables in their order, by python-docx; a table is its rows."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, BinaryIO

from kg.documents.content import Content, one_line
from kg.documents.headline import find_headline
from kg.documents.limits import MAX_PARTS, MAX_UNPACKED, MAX_XML
from kg.documents.marks import is_mark
from kg.documents.tables import MOST_CELLS, cell_text, is_data, table_text
from kg.errors import InputError
from kg.quiet import quiet

__all__ = ["read_docx"]

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN = (f"{_WORD}{name}" for name in ("p", "tbl", "tr", "tc", "r"))
_SPACING = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
# What is deleted or moved away, the second copy of a text box, and the definitions of tab stops.
_SKIPPED = frozenset({
    f"{_WORD}del",
    f"{_WORD}moveFrom",
    f"{_WORD}pPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
})  # fmt: skip
_BROKEN = "it is no Word document or is damaged: save it again as .docx"
_DEEP = "its tables or text boxes are nested too deeply: save its text as .txt"


def read_docx(data: bytes) -> list[Content]:
    """Read a .docx file, one paragraph a block; text inserted under review counts, deleted not.

    The date on which the file was made is not taken for the date of publication.
    """
    import docx
    from docx.text.paragraph import Paragraph

    stream = io.BytesIO(data)
    _check_size(stream)

    try:
        with quiet("docx"):
            document = docx.Document(stream)
        paragraphs = list(_with_tabs(_paragraphs(document.element.body)))
        first = (block for block in islice(document.iter_inner_content(), 20) if isinstance(block, Paragraph))
        titled = next((p.text for p in first if p.style and p.style.name == "Title"), "")
        named = document.core_properties.title
    except Exception as error:  # a damaged or hostile archive may fail anywhere below python-docx
        raise InputError(_DEEP if "depth" in str(error) else _BROKEN) from error
    text = "\n\n".join(paragraphs)
    title = titled.strip() or find_headline(text) or named
    return [Content(text=text, title=one_line(title) if title else None)]


def _check_size(stream: BinaryIO) -> None:
    """Refuse an archive that would unpack to more than any article; zipfile holds a part to its declared size."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputError(_BROKEN) from error
    if len(parts) > MAX_PARTS:
        raise InputError(f"it has more than {MAX_PARTS:,} parts: save its text as .txt")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise InputError(f"it unpacks to more than {MAX_UNPACKED:,} bytes: save its text as .txt")
    if sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))) > MAX_XML:
        raise InputError(
            f"its text and layout unpack to more than {MAX_XML:,} bytes: split it, or save its text as .txt"
        )
    stream.seek(0)


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the text of every paragraph in document order, those of text boxes each for itself, a table as one."""
    stack = [body]
    while stack:
        node = stack.pop()
        if node.tag in _SKIPPED:
            continue
        if node.tag == _PARAGRAPH and (text := "".join(_pieces(node)).strip()):
            yield text
        if node.tag == _TABLE and (table := _table(node)):
            yield table
        else:
            stack.extend(reversed(node))


def _with_tabs(paragraphs: Iterable[str]) -> Iterator[str]:
    """Join paragraphs that follow one another with tabs in them: they are the rows of a table."""
    for tabbed, group in groupby(paragraphs, key=lambda text: "\t" in text and "\n" not in text):
        if tabbed:
            yield "\n".join(group)
        else:
            yield from group


def _table(table: Any) -> str | None:
    """Return a table as text, None where it lays out a page: what it holds is paragraphs then."""
    if next(table.iterdescendants(_TABLE), None) is not None:
        return None
    rows: list[list[str]] = []
    above: dict[int, str] = {}
    for row in table.iter(_ROW):
        cells: list[str] = []
        for cell in row.iter(_CELL):
            text = cell_text(" ".join("".join(_pieces(p)) for p in cell.iter(_PARAGRAPH)))
            merged = cell.find(f"{_WORD}tcPr/{_WORD}vMerge")
            if merged is not None and merged.get(f"{_WORD}val") != "restart":
                text = text or above.get(len(cells), "")
            above[len(cells)] = text
            cells += [text, *[""] * (_columns(cell) - 1)]
        rows.append(cells[: MOST_CELLS + 1])
    return table_text(rows) if is_data(rows) else None


def _columns(cell: Any) -> int:
    """Return over how many columns a cell goes."""
    span = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
    value = span.get(f"{_WORD}val", "1") if span is not None else "1"
    return min(max(int(value), 1), MOST_CELLS) if value.isdecimal() and len(value) < 4 else 1


def _pieces(paragraph: Any) -> Iterator[str]:
    """Yield the text of a paragraph's runs; a paragraph nested in it (a text box) is not its own."""
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag == f"{_WORD}t":
            yield node.text or ""
        elif node.tag in _SPACING:
            yield _SPACING[node.tag]
        elif node.tag != _PARAGRAPH and node.tag not in _SKIPPED and not (node.tag == _RUN and _is_mark(node)):
            stack.extend(reversed(node))


def _is_mark(run: Any) -> bool:
    """Whether a run is the mark of a footnote: raised, and no exponent of a unit."""
    raised = run.find(f"{_WORD}rPr/{_WORD}vertAlign")
    if raised is None or raised.get(f"{_WORD}val") != "superscript":
        return False
    before = run.getprevious()
    return is_mark(_text(run), before=_text(before) if before is not None else "")


def _text(run: Any) -> str:
    return "".join(piece.text or "" for piece in run.iter(f"{_WORD}t"))
