"""The lines of a page, told by where they stand: columns drawn line by line, rows of a table, notes at the foot."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kg.documents.tables import cell_text, is_data, table_text

__all__ = ["WIDE", "DrawnLine", "Unclear", "arranged", "without_notes"]

WIDE = 0.9
"""Distance between two words, in heights of their line, that parts columns and cells; a loose line may have one."""

_GAP = 0.55  # heights: what columns and cells are apart at least, all lines taken together
_APART = 3.0  # heights: what stands that far apart on a line alone is no sentence
_NEAR = 2.6  # heights from one line of a table or column to the next
_SAME_LINE = 0.5  # of the lower height: two lines that overlap by more are one
_RUNS_ON, _CELLS_RUN_ON = 0.3, 0.2  # share of lines that begin in lower case: of prose at least, of cells at most
_PROSE_WORDS, _FEW_WORDS, _CELL_WORDS = 4.5, 3.0, 4.5  # of a line
_FILLED = 0.6  # of a column's width, by a line of prose
_MATCHED = 0.6  # of the lines of a column of cells: they stand beside one of the column before
_NEARER = 0.85  # of the distance of rows: lines of one cell are nearer
_SMALL = 0.93  # of the body's height: a note is set smaller
_NOTE = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶]{1,3}|[a-z])[\])]?[.\s]?\s*(?=[\"'“‘(]?[A-Z])")


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line, or a part of one, as it stands on a page, in points.

    Where a word is divided two lines may be one, hence the bottom of the last. ``margin`` and ``edge`` are the bounds
    of its column, None where that is the page. ``alone`` says that it is a paragraph of its own.
    """

    text: str
    left: float
    bottom: float
    last_bottom: float
    right: float
    height: float
    margin: float | None = None
    edge: float | None = None
    alone: bool = False

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return self.bottom + self.height / 2


@dataclass(frozen=True, slots=True)
class Unclear:
    """Lines of which it cannot be told what goes with what."""


def arranged(rows: Sequence[Sequence[DrawnLine]]) -> list[DrawnLine | Unclear]:
    """Return the lines of a page in the order in which they are read.

    Args:
        rows: the lines in the order in which they are drawn, each as the parts between wide gaps. That order is kept
            but where several lines in turn go over the same gap.
    """
    found: list[DrawnLine | Unclear] = []
    rows = _with_drawn_columns(rows)
    at = 0
    while at < len(rows):
        end = _region(rows, at)
        if end - at > 1:
            found += _read(rows[at:end])
        else:
            found += _loose(rows[at])
        at = end
    return found


def _with_drawn_columns(rows: Sequence[Sequence[DrawnLine]]) -> list[Sequence[DrawnLine]]:
    """Return the lines with those of a table that is drawn column after column put row by row."""
    found: list[Sequence[DrawnLine]] = []
    for column in _runs_down(rows):
        beside = _beside_last(found, column)
        if beside:
            del found[-beside[0] :]
        found += beside[1] if beside else column
    return found


def _runs_down(rows: Sequence[Sequence[DrawnLine]]) -> Iterator[list[Sequence[DrawnLine]]]:
    """Yield lines as long as they go down the page."""
    run: list[Sequence[DrawnLine]] = []
    for row in rows:
        if run and row[0].bottom > run[-1][0].bottom + row[0].height:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _beside_last(
    above: Sequence[Sequence[DrawnLine]], column: Sequence[Sequence[DrawnLine]]
) -> tuple[int, list[Sequence[DrawnLine]]] | None:
    """Return how many of the last lines stand beside a further column of a table, and what they make together.

    The lines of both are as short as cells, and most of the new ones stand at the height of one there and right of it.
    """
    tolerance = _SAME_LINE * column[0][0].height
    start = len(above)
    while start and above[start - 1][0].middle <= column[0][0].middle + tolerance:
        if start < len(above) and above[start - 1][0].middle <= above[start][0].middle:
            break
        start -= 1
    ours, at, matched = above[start:], 0, 0
    merged: list[Sequence[DrawnLine]] = []
    for row in column:
        while at < len(ours) and ours[at][0].middle > row[0].middle + tolerance:
            merged.append(ours[at])
            at += 1
        if at < len(ours) and abs(ours[at][0].middle - row[0].middle) <= tolerance:
            if ours[at][-1].right >= row[0].left:
                return None
            merged.append([*ours[at], *row])
            at, matched = at + 1, matched + 1
        else:
            merged.append(row)
    cells = ([row[0] for row in ours], [row[0] for row in column])
    if matched < max(2, _MATCHED * len(column)) or any(_words(lines) > _CELL_WORDS for lines in cells):
        return None
    names = _running_on(cells[0], {id(line) for line in cells[0]}) <= _CELLS_RUN_ON
    return (len(ours), [*merged, *ours[at:]]) if names else None


def _loose(row: Sequence[DrawnLine]) -> Sequence[DrawnLine]:
    """Return a line by itself: one sentence in spite of its gaps, unless they are very wide."""
    if len(row) == 1:
        return row
    if any(b.left - a.right > _APART * max(a.height, b.height) for a, b in pairwise(row)):
        return [replace(part, alone=True) for part in row]
    first, last = row[0], row[-1]
    text = " ".join(part.text for part in row)
    return [replace(first, text=text, right=last.right, last_bottom=last.last_bottom)]


def _region(rows: Sequence[Sequence[DrawnLine]], at: int) -> int:
    """Return where the lines end that go over one gap from a given line on."""
    if len(rows[at]) < 2 and not (at + 1 < len(rows) and _beside(rows[at], rows[at + 1])):
        return at + 1
    height = max(part.height for part in rows[at])
    top, foot = max(p.bottom + p.height for p in rows[at]), min(p.last_bottom for p in rows[at])
    columns = _merged([], rows[at], _GAP * height)
    end = at + 1
    while end < len(rows):
        row = rows[end]
        near = all(foot - _NEAR * height <= p.bottom <= top and 0.6 < p.height / height < 1.6 for p in row)
        outside = len(row) == 1 and row[0].left < columns[0][0] - row[0].height  # below a table set in the middle
        wider = _merged(columns, row, _GAP * height)
        if not near or outside or len(wider) < 2:
            break
        columns, foot = wider, min(foot, *(p.last_bottom for p in row))
        end += 1
    several = sum(len(group) > 1 for group in _visual_rows([part for row in rows[at:end] for part in row]))
    return end if several > 1 else at + 1


def _beside(row: Sequence[DrawnLine], following: Sequence[DrawnLine]) -> bool:
    """Whether a line stands beside the one drawn before."""
    a, b = row[-1], following[0]
    overlap = min(a.bottom + a.height, b.bottom + b.height) - max(a.bottom, b.bottom)
    return overlap > _SAME_LINE * min(a.height, b.height) and (b.left - a.right > 0 or a.left - b.right > 0)


def _merged(
    columns: Sequence[tuple[float, float]], parts: Sequence[DrawnLine], gap: float
) -> list[tuple[float, float]]:
    """Return columns, left and right, widened by parts: those less than a gap apart are one."""
    found = list(columns)
    for part in parts:
        left, right = part.left, part.right
        low, high = (
            bisect_left(found, left - gap, key=lambda c: c[1]),
            bisect_right(found, right + gap, key=lambda c: c[0]),
        )
        if low < high:
            left, right = min(left, found[low][0]), max(right, found[high - 1][1])
        found[low:high] = [(left, right)]
    return found


def _visual_rows(parts: Sequence[DrawnLine]) -> list[list[DrawnLine]]:
    """Return the parts that stand on one line each, from top to bottom and left to right."""
    rows: list[list[DrawnLine]] = []
    for part in sorted(parts, key=lambda p: (-p.middle, p.left)):
        if rows and rows[-1][0].middle - part.middle < _SAME_LINE * min(rows[-1][0].height, part.height):
            rows[-1].append(part)
        else:
            rows.append([part])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _read(rows: Sequence[Sequence[DrawnLine]]) -> Iterator[DrawnLine | Unclear]:
    """Yield lines that go over gaps: column after column where they are prose, row by row where they are a table."""
    parts = [part for row in rows for part in row]
    columns = _merged([], parts, _GAP * max(part.height for part in rows[0]))
    lefts = [left for left, _ in columns]
    visual = _visual_rows(parts)
    by_column: list[list[DrawnLine]] = [[] for _ in columns]
    for row in visual:
        for part in row:
            by_column[bisect_right(lefts, part.left + 0.01) - 1].append(part)
    beside = {id(part) for row in visual if len(row) > 1 for part in row}
    if all(_is_prose(lines, bounds, beside) for lines, bounds in zip(by_column, columns, strict=True)):
        for lines, (left, right) in zip(by_column, columns, strict=True):
            yield from (replace(line, margin=left, edge=right) for line in lines)
    elif any(_is_of_cells(lines, beside) for lines in by_column) and not any(_runs_on(c, beside) for c in by_column):
        yield from _table(visual, lefts)
    else:
        yield Unclear()


def _is_prose(lines: Sequence[DrawnLine], bounds: tuple[float, float], beside: set[int]) -> bool:
    filled = median((line.right - bounds[0]) / max(bounds[1] - bounds[0], 0.1) for line in lines)
    return _runs_on(lines, beside) or (_words(lines) >= _PROSE_WORDS and filled >= _FILLED)


def _is_of_cells(lines: Sequence[DrawnLine], beside: set[int]) -> bool:
    return _words(lines) <= _CELL_WORDS and _running_on(lines, beside) <= _CELLS_RUN_ON


def _runs_on(lines: Sequence[DrawnLine], beside: set[int]) -> bool:
    """Whether sentences go on from line to line."""
    return _running_on(lines, beside) >= _RUNS_ON and _words(lines) >= _FEW_WORDS


def _words(lines: Sequence[DrawnLine]) -> float:
    return median(len(line.text.split()) for line in lines)


def _running_on(lines: Sequence[DrawnLine], beside: set[int]) -> float:
    """Return the share of a column's lines with others beside them, its first aside, that begin in lower case."""
    following = [line.text for line in lines[1:] if id(line) in beside]
    return sum(text[:1].islower() for text in following) / len(following) if following else 0.0


def _table(visual: Sequence[Sequence[DrawnLine]], lefts: Sequence[float]) -> Iterator[DrawnLine | Unclear]:
    """Yield a table as one line, and the lines below that belong to no row."""
    rows = list(visual)
    below: list[DrawnLine] = []
    while rows and len(rows[-1]) == 1 and _is_sentence(rows[-1][0].text):
        below.insert(0, rows.pop()[0])
    cells = _cells(rows, lefts)
    if not is_data(cells):
        yield Unclear()
    else:
        parts = [part for row in rows for part in row]
        foot, right = min(p.last_bottom for p in parts), max(p.right for p in parts)
        yield replace(rows[0][0], text=table_text(cells), alone=True, last_bottom=foot, right=right)
    yield from below


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "!", "?", ":")) and len(text.split()) > 3


def _cells(rows: Sequence[Sequence[DrawnLine]], lefts: Sequence[float]) -> list[list[str]]:
    """Return the cells of the rows of a table, the lines of one cell put together.

    A line that leaves cells empty goes on with those above if it is nearer to them than whole rows are, or begins in
    lower case.
    """
    filled: list[dict[int, str]] = []
    for row in rows:
        cells: dict[int, str] = {}
        for part in row:
            column = bisect_right(lefts, part.left + 0.01) - 1
            cells[column] = " ".join(filter(None, (cells.get(column), part.text)))
        filled.append(cells)
    gaps = [above[0].middle - below[0].middle for above, below in pairwise(rows)]
    whole = [gap for gap, cells in zip(gaps, filled[1:], strict=True) if len(cells) == len(lefts)]
    pitch = median(whole) if whole else 0.0
    table = [[filled[0].get(n, "") for n in range(len(lefts))]]
    for gap, cells in zip(gaps, filled[1:], strict=True):
        small = all(text[:1].islower() for text in cells.values())
        if len(cells) < len(lefts) and (gap < _NEARER * pitch or small):
            for n, text in cells.items():
                table[-1][n] = " ".join(filter(None, (table[-1][n], text)))
        else:
            table.append([cells.get(n, "") for n in range(len(lefts))])
    return [[cell_text(cell) for cell in row] for row in table]


def without_notes(rows: Sequence[Sequence[DrawnLine]]) -> tuple[list[list[DrawnLine]], list[str], list[str]]:
    """Return the lines of a page without the notes at its foot, the notes, and their marks."""
    first = len(rows)
    body = _body_height(rows)
    while first and all(line.height < _SMALL * body for line in rows[first - 1]):
        first -= 1
    while first < len(rows) and not _NOTE.match(rows[first][0].text):
        first += 1
    notes: list[str] = []
    marks: list[str] = []
    for row in rows[first:]:
        text = " ".join(line.text for line in row)
        if match := _NOTE.match(text):
            marks.append(match[1])
            notes.append(text[match.end() :])
        else:
            notes[-1] += f" {text}"
    return [list(row) for row in rows[:first]], notes, marks


def _body_height(rows: Sequence[Sequence[DrawnLine]]) -> float:
    """Return the height of the lines in which most of a page is set."""
    sizes = sorted((line.height, len(line.text)) for row in rows for line in row)
    half = sum(length for _, length in sizes) / 2
    for height, length in sizes:
        half -= length
        if half <= 0:
            return height
    return 0.0
