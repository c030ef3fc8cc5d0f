"""What the commands print on: consoles, plain tables, a progress bar, and article text made harmless."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

__all__ = ["clean", "console", "progress_bar", "table"]

# They reorder what a terminal shows, so that a line reads differently from what it says.
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


_SHORT = 12


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
    """Return a console that takes nothing in a text for markup."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


def table(header: Sequence[str], rows: Iterable[Sequence[Any]], *, numbers: Iterable[int] = ()) -> "Table":
    """Return a table of cleaned cells; ``numbers`` are the columns aligned to the right, None is an empty cell.

    A column of short cells, such as dates, is never broken: where the terminal is narrow, the long ones give way.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    cells = [["" if cell is None else clean(str(cell)) for cell in row] for row in rows]
    right = set(numbers)
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for i, name in enumerate(map(clean, header)):
        widest = max((len(row[i]) for row in cells), default=0)
        whole = i in right or widest <= _SHORT
        made.add_column(
            Text(name),
            justify="right" if i in right else "left",
            overflow="fold",
            no_wrap=whole,
            min_width=max(len(name), widest if whole else 0),
        )
    for row in cells:
        made.add_row(*map(Text, row))
    return made


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
