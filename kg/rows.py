"""The rows of a CSV file, each told from the next even where a quotation mark is not closed; cells that stay text."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from kg.errors import InputError

__all__ = ["NumberedRow", "inert", "read_rows", "separator"]

_SEPARATOR = re.compile(r'"?sep=([^\w"\s]|\t)"?', re.IGNORECASE)
# What a spreadsheet takes for the beginning of a formula, full width too; a number is none.
_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")

_MAX_FIELD = 2**31 - 1  # what the csv module can be told on every platform

_ESCAPED_MARK = re.compile(r"(\\\\)|\\\"")  # a backslash that is escaped, or a mark
_UNCLOSED = "a quotation mark in it is not closed: mend it, or save the file again as CSV"


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """The fields of a row, and the number of the line on which it begins."""

    line: int
    fields: list[str]


def read_rows(text: TextIO, *, delimiter: str, limit: int, first: int = 1) -> Iterator[NumberedRow | InputError]:
    """Yield the rows of a text opened with ``newline=""``; an error for each that cannot be read, then the next one.

    A quotation mark that is not closed makes one row of all up to the next mark. Such a row is given up, and its lines
    but the first are read again as rows. Marks that stand within a field of one line are taken as they are. A row that
    can be read only so has its marks escaped by backslashes, as databases write them.

    Args:
        text: what is left of the file.
        delimiter: the character between two fields.
        limit: characters of a row; a longer one is skipped.
        first: number of the first line.
    """
    csv.field_size_limit(max(csv.field_size_limit(), min(limit, _MAX_FIELD)))  # ours bounds the whole row
    lines, width = _Lines(text, limit, first), 0
    while True:
        item = _read_row(lines, delimiter, limit, width)
        if item is None:
            return
        if isinstance(item, NumberedRow):
            width = width or len(item.fields)
        yield item


def separator(first_line: str) -> str | None:
    """Return the delimiter that the first line of a file by Excel names ("sep=;"), None where it is a usual line."""
    match = _SEPARATOR.fullmatch(first_line.rstrip("\r\n"))
    return match[1] if match else None


class _Lines:
    """The lines of a text, some of which can be put back; of one longer than the limit the rest is left out."""

    def __init__(self, text: TextIO, limit: int, first: int) -> None:
        self._text, self._limit, self.number = text, limit, first
        self._again: deque[str] = deque()

    def next(self) -> str:
        """Return the next line, empty at the end."""
        if self._again:
            line = self._again.popleft()
        else:
            line = self._text.readline(self._limit + 1)
            rest = line if len(line) > self._limit else ""
            while rest and not rest.endswith(("\n", "\r")):
                rest = self._text.readline(1 << 20)
        self.number += bool(line)
        return line

    def put_back(self, lines: list[str]) -> None:
        """Have lines returned once more."""
        self._again.extendleft(reversed(lines))
        self.number -= len(lines)


class _TooLongError(Exception):
    """A row grows beyond the limit."""


def _read_row(lines: _Lines, delimiter: str, limit: int, width: int) -> NumberedRow | InputError | None:
    feed = _Feed(lines, limit)
    where = f"line {feed.start}"
    try:
        fields = next(csv.reader(feed.lines(), delimiter=delimiter, strict=True))
    except StopIteration:
        return None
    except _TooLongError:
        too_long = f"it is longer than {limit:,} characters: split it"
        closed = len(feed.taken) == 1 or _skip_quotation(lines, delimiter)
        unclosed = f"{_UNCLOSED}; {lines.number - feed.start:,} lines are skipped"
        return InputError(too_long if closed else unclosed, where=where)
    except csv.Error:
        if row := _read_escaped(feed, delimiter, width):
            return row
        one, ended = len(feed.taken) == 1, feed.ended
        feed.put_back(1)
        loose = next(csv.reader(feed.taken, delimiter=delimiter))
        if one and not ended and len(loose) == width:
            return NumberedRow(feed.start, loose)
        return InputError(_UNCLOSED, where=where)
    if width and len(fields) > width and (row := _read_escaped(feed, delimiter, width)):
        return row
    return NumberedRow(feed.start, fields)


class _Feed:
    """The lines of one row, as a reader asks for them."""

    def __init__(self, lines: _Lines, limit: int) -> None:
        self._lines, self._limit, self.start = lines, limit, lines.number
        self.taken: list[str] = []
        self.ended = False

    def take(self) -> str:
        """Return the next line, empty at the end."""
        line = self._lines.next()
        self.taken += [line] if line else []
        return line

    def put_back(self, first: int = 0) -> None:
        """Have the lines from the given one on read again."""
        self._lines.put_back(self.taken[first:])
        del self.taken[first:]

    def lines(self, *, escaped: bool = False) -> Iterator[str]:
        """Yield lines as long as the row is not too long."""
        size = 0
        while line := self.take():
            size += len(line)
            if size > self._limit:
                raise _TooLongError
            yield _ESCAPED_MARK.sub(lambda m: m[1] or '""', line) if escaped else line
        self.ended = True


def _read_escaped(feed: _Feed, delimiter: str, width: int) -> NumberedRow | None:
    """Read a row again, its marks escaped by backslashes; None, with the same lines taken, if that gives no row."""
    count = len(feed.taken)
    if not any('\\"' in line for line in feed.taken):
        return None
    feed.put_back()
    try:
        fields = next(csv.reader(feed.lines(escaped=True), delimiter=delimiter, strict=True))
    except (csv.Error, _TooLongError):
        fields = []
    if fields and (not width or len(fields) == width):
        return NumberedRow(feed.start, fields)
    feed.put_back()
    for _ in range(count):
        feed.take()
    return None


def _skip_quotation(lines: _Lines, delimiter: str) -> bool:
    """Go past the line on which a quoted field ends; False, and before the line, where none ends as a field does."""
    while line := lines.next():
        try:
            next(csv.reader([f'"{line}'], delimiter=delimiter, strict=True))
        except csv.Error as error:
            if "end of data" not in str(error):
                lines.put_back([line])
                return False
        else:
            return True
    return False


def inert(cell: str) -> str:
    """Return a cell of a table that a spreadsheet shows as text: what it would run as a formula gets an apostrophe."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
