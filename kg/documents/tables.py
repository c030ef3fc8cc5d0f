"""Tables as text: a row a line, its cells between bars as in Markdown; extraction reads posts off them."""

from collections.abc import Sequence

__all__ = ["LONGEST_CELL", "MOST_CELLS", "cell_text", "is_data", "table_text"]

MOST_CELLS = 60
"""Cells of a row; a longer one is no table that says who holds what."""

LONGEST_CELL = 200
"""Characters of a cell; what is longer is prose that a table lays out."""


def cell_text(text: str) -> str:
    """Return what stands in a cell on one line; a bar in it would end the cell."""
    return " ".join(text.replace("|", "/").split())


def is_data(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows of cells are a table, and not a page laid out in one: short cells, two in a row at least twice."""
    filled = [[cell for cell in row if cell] for row in rows]
    if any(len(cell) > LONGEST_CELL for row in filled for cell in row) or any(len(row) > MOST_CELLS for row in rows):
        return False
    return sum(len(row) > 1 for row in filled) > 1


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows of a table, empty ones left out, each with as many cells as the longest."""
    kept = [row for row in rows if any(row)]
    width = max((len(row) for row in kept), default=0)
    return "\n".join(f"| {' | '.join((*row, *[''] * (width - len(row))))} |" for row in kept)
