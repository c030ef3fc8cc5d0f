"""What the commands print on: consoles, plain tables, a progress bar, and article text made harmless."""

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["clean", "console", "print_table", "progress_bar"]

# They reorder what a terminal shows, so that a line reads differently from what it says.
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


_SHORT, _LONG_WORD = 12, 20  # characters
_NO_LIMIT = 100_000
_MEASURED = 1_000  # rows from which a table takes the widths of its columns


class _Harmless(dict[int, int]):
    """A translation table that decides on each character once."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        safe = character not in _BIDI_CONTROLS and unicodedata.category(character) not in _UNSAFE_CATEGORIES
        self[code] = code if safe else ord(" ") if character.isspace() else 0xFFFD
        return self[code]


_HARMLESS = _Harmless()


def clean(text: str) -> str:
    """Return text that a terminal only shows: one line, without control, escape or direction-changing characters.

    Each of those becomes one space or one replacement character, so offsets into the text stay right.
    """
    return text.translate(_HARMLESS)


def console(*, stderr: bool = False) -> "Console":
    """Return a console that takes nothing in a text for markup; a file or a pipe is as wide as what goes there."""
    from rich.console import Console

    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = _NO_LIMIT
    return made


def print_table(header: Sequence[str], rows: Iterable[Sequence[Any]], *, numbers: Iterable[int] = ()) -> None:
    """Print a table of cleaned cells; ``numbers`` are the columns aligned to the right, None is an empty cell.

    Where the terminal is narrow long cells break between words; short ones, such as dates, stay whole. The columns are
    as wide as the first thousand rows need; those that follow are printed as they come, and a longer cell moves the
    rest of its row.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    cleaned = (["" if cell is None else clean(str(cell)) for cell in row] for row in rows)
    cells = list(islice(cleaned, _MEASURED))
    right = set(numbers)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for i, name in enumerate(map(clean, header)):
        column = [row[i] for row in cells]
        whole = i in right or max(map(len, column), default=0) <= _SHORT
        words = column if whole else [word for cell in column for word in cell.split()]
        table.add_column(
            Text(name),
            justify="right" if i in right else "left",
            overflow="fold",
            no_wrap=whole,
            min_width=max(len(name), min(max(map(len, words), default=0), _LONG_WORD)),
        )
    for row in cells:
        table.add_row(*map(Text, row))
    screen = console()
    screen.print(table, crop=False, overflow="ignore")  # rather a line too long than one cut short
    _print_rest(screen, [header, *cells], cleaned, right)


def _print_rest(
    screen: "Console", measured: Sequence[Sequence[Any]], rows: Iterator[list[str]], right: set[int]
) -> None:
    """Print rows below a table, each on a line, in columns as wide as the rows measured."""
    from rich.cells import cell_len

    widths: list[int] = []
    while piece := list(islice(rows, _MEASURED)):
        widths = widths or [max(cell_len(str(cell)) for cell in column) for column in zip(*measured, strict=True)]
        for row in piece:
            padding = [" " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
            cells = (
                space + cell if i in right else cell + space
                for i, (cell, space) in enumerate(zip(row, padding, strict=True))
            )
            screen.file.write("  ".join(cells).rstrip() + "\n")
        screen.file.flush()


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[int, int | None], None] | None]:
    """Give a function of documents done and in all that moves a bar on standard error; None where no one watches."""
    screen = console(stderr=True)
    if quiet or not screen.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
