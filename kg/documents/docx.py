"""Word documents: the text of paragraphs and tables in their order, by python-docx."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.documents.content import Content, one_line
from kg.documents.headline import find_headline
from kg.documents.quiet import quiet
from kg.errors import InputError

__all__ = ["read_docx"]

_MAX_PARTS, _MAX_UNPACKED = 10_000, 200_000_000  # files and bytes in the archive
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH = f"{_WORD}p"
_SPACING = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
# What is deleted or moved away, the second copy of a text box, and the definitions of tab stops.
_SKIPPED = frozenset({
    f"{_WORD}del",
    f"{_WORD}moveFrom",
    f"{_WORD}pPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
})  # fmt: skip
_BROKEN = "it is no Word document or is damaged: save it again as .docx"


def read_docx(data: bytes) -> Content:
    """Read a .docx file, one paragraph a block; text inserted under review counts, deleted not.

    The date on which the file was made is not taken for the date of publication.
    """
    import docx

    stream = io.BytesIO(data)
    _check_size(stream)

    try:
        with quiet("docx"):
            document = docx.Document(stream)
        paragraphs = list(_paragraphs(document.element.body))
        titled = next((p.text for p in document.paragraphs[:20] if p.style and p.style.name == "Title"), "")
        named = document.core_properties.title
    except Exception as error:  # a damaged or hostile archive may fail anywhere below python-docx
        raise InputError(_BROKEN) from error
    text = "\n\n".join(paragraphs)
    title = titled.strip() or find_headline(text) or named
    return Content(text=text, title=one_line(title) if title else None)


def _check_size(stream: BinaryIO) -> None:
    """Refuse an archive that would unpack to more than any article; zipfile holds a part to its declared size."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputError(_BROKEN) from error
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise InputError(f"it unpacks to more than {_MAX_UNPACKED:,} bytes: save its text alone")
    stream.seek(0)


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the text of every paragraph in document order, those of tables and text boxes each for itself."""
    for paragraph in body.iter(_PARAGRAPH):
        if any(ancestor.tag in _SKIPPED for ancestor in paragraph.iterancestors()):
            continue
        text = "".join(_pieces(paragraph)).strip()
        if text:
            yield text


def _pieces(paragraph: Any) -> Iterator[str]:
    """Yield the text of a paragraph's runs; a paragraph nested in it (a text box) is not its own."""
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag == f"{_WORD}t":
            yield node.text or ""
        elif node.tag in _SPACING:
            yield _SPACING[node.tag]
        elif node.tag != _PARAGRAPH and node.tag not in _SKIPPED:
            stack.extend(reversed(node))
