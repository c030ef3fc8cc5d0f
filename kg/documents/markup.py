"""Elements of HTML -> text: a block a paragraph, a table its rows; marks of footnotes are left out.

It reads the pages' own elements and those that trafilatura turns them into.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from typing import Any

from kg.documents.content import Content, storable
from kg.documents.headline import find_headline
from kg.documents.marks import is_mark
from kg.documents.tables import LONGEST_CELL, MOST_CELLS, cell_text, is_data, table_text
from kg.errors import InputError

__all__ = ["drop_marks", "parse", "read_fragment", "remove", "spread_cells", "text_of"]

_BLOCKS = frozenset({
    *("address", "article", "aside", "blockquote", "body", "caption", "cell", "center", "dd", "details", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header"),
    *("hgroup", "hr", "item", "legend", "li", "list", "main", "menu", "nav", "ol", "p", "pre", "quote", "row"),
    *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video"),
})  # fmt: skip
_BREAKS, _CELLS = frozenset({"br", "lb"}), frozenset({"td", "th", "cell"})
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button", "title"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n\s*")
_BLOCK_TAG = re.compile(r"<(?:p|br|div|li|tr|h[1-6])\b", re.IGNORECASE)


def parse(page: str) -> Any:
    """Return the root element of a page or of a piece of one.

    Raises:
        InputError: it cannot be parsed.
    """
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(f"its HTML cannot be parsed ({type(error).__name__}): save it as text") from error
    return root


def read_fragment(data: bytes) -> list[Content]:
    """Read the HTML of a text field, UTF-8: all of it is the article.

    A blank line ends a paragraph there; where no element does, each line stands for itself.
    """
    piece = data.decode("utf-8", "replace")
    lined = not _BLOCK_TAG.search(piece)
    piece = _BLANK_LINE.sub("<p>", piece)
    root = parse(piece.replace("\n", "<br>") if lined else piece)
    drop_marks(root)
    text = text_of(root)
    if not text:
        raise InputError("there is no text in its HTML: nothing to read")
    return [Content(text=text, title=find_headline(text))]


def drop_marks(root: Any) -> None:
    """Leave out the marks of footnotes: raised figures and letters but no exponents, and bracketed links to notes."""
    for element in list(root.iter("sup", "a")):
        text = "".join(element.itertext())
        raised = element.tag == "sup" or next(element.iterancestors("sup"), None) is not None
        if (raised or _is_note(element, text)) and is_mark(text, before=_before(element)):
            remove(element)


def _is_note(link: Any, text: str) -> bool:
    return text.strip()[:1] in "[(*†‡" and (link.get("href") or "").startswith("#")


def _before(element: Any) -> str:
    """Return the text right before an element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return previous.tail or "".join(previous.itertext())
    return (parent.text or "") if parent is not None else ""


def remove(element: Any) -> None:
    """Take an element out, but not the text behind it."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if previous is not None:
        previous.tail = (previous.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def text_of(root: Any) -> str:
    """Return the text of an element, one paragraph a block, a line break kept within it."""
    paragraphs: list[str] = []
    pieces: list[str] = []

    def end() -> None:
        paragraph = "\n".join(line.strip() for line in "".join(pieces).split("\n"))
        paragraphs.extend(part for part in re.split(r"\n{2,}", paragraph.strip("\n")) if part)
        pieces.clear()

    for kind, value in _stream(root):
        if kind == "text":
            piece = _SPACES.sub(" ", _INVISIBLE.sub("", value))
            ended = not pieces or pieces[-1][-1:] in " \n"
            pieces.append(piece.lstrip(" ") if ended else piece)
        elif kind == "break":
            pieces.append("\n")
        else:
            end()
            if value:
                paragraphs.append(value)
    end()
    return storable("\n\n".join(paragraphs))


def _stream(root: Any) -> Iterator[tuple[str, str]]:
    """Yield texts, breaks and ends of blocks in document order, a table as one block."""
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            yield node
            continue
        tag = node.tag if isinstance(node.tag, str) else ""
        tail = [("text", node.tail)] if node.tail and node is not root else []
        if not tag or tag in _SILENT:
            stack += tail
        elif tag in _BREAKS:
            stack += [*tail, ("break", "")]
        elif table := _table(node):
            stack += [*tail, ("block", table)]
        else:
            bound = [("block", "")] if tag in _BLOCKS else []
            text = [("text", node.text)] if node.text else []
            stack += [*tail, *bound, *reversed(node), *text, *bound]


def _is_list_of_pairs(node: Any) -> bool:
    return bool(node.tag == "dl" or (node.tag == "list" and node.get("rend") == "dl"))


def _pairs(node: Any) -> Iterator[list[str]]:
    """Yield the terms of a list with what is said of each."""
    row: list[str] = []
    for item in node.iterdescendants("dt", "dd", "item"):
        said = cell_text(text_of(item))
        if "dt" in (item.tag, (item.get("rend") or "").partition("-")[0]):
            if row:
                yield row
            row = [said, ""]
        elif row:
            row[1] = ", ".join(filter(None, (row[1], said)))
    if row:
        yield row


def spread_cells(root: Any) -> None:
    """Repeat in each row of a table the cells that reach down to it, for readers that know no such cells."""
    for cell in [c for c in root.iter("td", "th") if _span(c, "rowspan") > 1]:
        row, rows = cell.getparent(), _span(cell, "rowspan")
        del cell.attrib["rowspan"]
        if row.tag != "tr" or len("".join(cell.itertext())) > LONGEST_CELL:
            continue
        column = row.index(cell)
        for below in list(islice(row.itersiblings("tr"), rows - 1)):
            below.insert(column, deepcopy(cell))


def _table(node: Any) -> str | None:
    """Return a table, or a list of pairs, as text; None where it lays out a page: what it holds is blocks then."""
    if (
        not (node.tag == "table" or _is_list_of_pairs(node))
        or next(node.iterdescendants("table", "dl"), None) is not None
    ):
        return None
    rows = list(_rows(node) if node.tag == "table" else _pairs(node))
    return table_text(rows) if is_data(rows) else None


def _rows(table: Any) -> Iterator[list[str]]:
    """Yield the rows of a table; what a cell says of several rows or columns stands in each."""
    above: dict[int, tuple[int, str]] = {}  # by column: in how many rows more, and what
    for row in table.iter("tr", "row"):
        cells: list[str] = []
        for cell in (cell for cell in row if cell.tag in _CELLS):
            _carry(cells, above)
            text, down = cell_text(text_of(cell)), _span(cell, "rowspan") - 1
            for column in range(len(cells), len(cells) + _span(cell, "colspan")):
                cells.append(text)
                if down:
                    above[column] = (down, text)
                text = ""
            if len(cells) > MOST_CELLS:
                break
        _carry(cells, above)
        yield cells


def _carry(cells: list[str], above: dict[int, tuple[int, str]]) -> None:
    """Add the cells that begin in a row above and go on in the next columns."""
    while (at := len(cells)) in above:
        left, text = above.pop(at)
        if left > 1:
            above[at] = (left - 1, text)
        cells.append(text)


def _span(cell: Any, name: str) -> int:
    value = cell.get(name) or ""
    return min(max(int(value), 1), MOST_CELLS) if value.isdecimal() and len(value) < 4 else 1
