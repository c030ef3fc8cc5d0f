"""What the heads of a table's columns tell of the names below: a person, a body or a place."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span

from kg.extraction.language.title_words import titles
from kg.lines import heads_of
from kg.model import Document, EntityType

__all__ = ["full_names", "types_by_column"]

_TYPES = {
    "name": EntityType.PERSON,
    "organization": EntityType.ORGANIZATION,
    "party": EntityType.ORGANIZATION,
    "country": EntityType.PLACE,
    "nationality": EntityType.PLACE,
}
_SHARED = "shared"  # what a table without heads repeats from row to row beside one column of full names: no people
_LONGEST_NAME = 5  # words


def types_by_column(doc: Doc) -> Mapping[int, EntityType | None]:
    """Return the types of names that columns tell, by token; None where they tell of no person."""
    return {token.i: _TYPES.get(kind) for kind, cell in _cells(doc) if kind in (*_TYPES, _SHARED) for token in cell}


def full_names(doc: Doc) -> Iterator[Span]:
    """Yield the cells of columns of people that are nothing but words with a capital, two at least."""
    for kind, cell in _cells(doc):
        words = [token for token in cell if not token.is_space]
        capital = all(token.text[0].isupper() and not token.is_stop for token in words)
        if kind == "name" and 1 < len(words) <= _LONGEST_NAME and capital:
            yield cell


def _cells(doc: Doc) -> Iterator[tuple[str, Span]]:
    document: Document | None = doc.user_data.get("document")
    for table in doc.user_data.get("tables", ()) if document else ():
        text = document.text if document else ""
        cells = [[text[a:b] for a, b in row] for row in table.rows]
        above, kinds = heads_of(cells)
        heads = {n: kind for kind, n in kinds.items()} or _shared(cells)
        for row in table.rows[above:] if heads else ():
            for n, (start, end) in enumerate(row):
                cell = doc.char_span(start, end, alignment_mode="expand") if n in heads and start < end else None
                if cell is not None:
                    yield heads[n], cell


def _shared(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return the columns of a table without heads that repeat a cell, where one other column has full names.

    These are of people where a column beside them has posts.
    """
    columns = dict(enumerate(zip(*rows, strict=False)))
    named = [n for n, cells in columns.items() if len({*cells}) == len(cells) and all(map(_is_full_name, cells))]
    if len(named) != 1:
        return {}
    people = {named[0]: "name"} if any(all(map(_is_post, cells)) for cells in columns.values()) else {}
    return people | {n: _SHARED for n, cells in columns.items() if len({*cells}) < len(cells)}


def _is_post(cell: str) -> bool:
    return not titles().heads.isdisjoint(cell.lower().split())


def _is_full_name(cell: str) -> bool:
    words = cell.split()
    capital = 1 < len(words) <= _LONGEST_NAME and all(word[0].isupper() for word in words)
    return capital and titles().heads.isdisjoint({words[0].lower(), words[-1].lower()})
