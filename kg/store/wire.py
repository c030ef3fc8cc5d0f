"""An answer on its way from the process that finds it to the one that reads it: a line for its form, then its rows."""

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.formats import Row, Term

__all__ = ["RowLimit", "read_answer", "rows_of", "write_answer"]

MAX_ROW = 2**20
"""Bytes of a row of an answer; a parser takes four times as long for one of twice the length."""


class RowLimit(io.RawIOBase):
    """Hands rows on, each a line, as long as none is too long for the other end."""

    def __init__(self, output: BinaryIO) -> None:
        self._output, self._length = output, 0

    def writable(self) -> bool:
        """Whether it can be written to: yes."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Write a part of the rows.

        Raises:
            QueryError: a row is longer than ``MAX_ROW``.
        """
        first, last = data.find(b"\n"), data.rfind(b"\n")
        if self._length + (len(data) if first < 0 else first) > MAX_ROW:
            raise QueryError(f"a row of the answer is longer than {MAX_ROW:,} bytes: ask for less in one")
        self._length = self._length + len(data) if last < 0 else len(data) - last - 1
        return self._output.write(data)


def write_answer(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, output: BinaryIO) -> None:
    """Write an answer as the engine finds it: its form on a line, then rows as TSV, triples as N-Triples."""
    match answer:
        case ox.QueryTriples():
            output.write(b"construct\n")
            answer.serialize(output, format=ox.RdfFormat.N_TRIPLES)
        case _:
            output.write(b"ask\n" if isinstance(answer, ox.QueryBoolean) else b"select\n")
            answer.serialize(output, format=ox.QueryResultsFormat.TSV)


def read_answer(output: BinaryIO) -> tuple[str, tuple[str, ...], Iterator[Row]]:
    """Return form, columns and rows of an answer that ``write_answer`` writes.

    Raises:
        QueryError: from the rows: there are terms too deep to be read.
    """
    form = output.readline().decode().rstrip("\n")
    if form == "construct":
        triples = ox.parse(output, format=ox.RdfFormat.N_TRIPLES)
        return form, ("subject", "predicate", "object"), rows_of(quad.triple for quad in triples)
    return (form, *solutions(ox.parse_query_results(output, format=ox.QueryResultsFormat.TSV)))


def solutions(found: ox.QuerySolutions | ox.QueryBoolean) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Return the columns and rows of results that were parsed; ASK has one, ``answer``."""
    if isinstance(found, ox.QueryBoolean):
        return ("answer",), iter([(ox.Literal(bool(found)),)])
    return tuple(v.value for v in found.variables), rows_of(found)


def rows_of(found: Iterable[Iterable[Term | None]]) -> Iterator[Row]:
    """Yield rows as tuples.

    Raises:
        QueryError: one cannot be parsed.
    """
    try:
        yield from map(tuple, found)
    except SyntaxError as error:  # triples within triples, down to where the parser gives up
        line = " ".join(str(error).split())[:120]
        raise QueryError(f"the answer cannot be read: {line}") from error
