"""The answer to a query: rows that are read as they are found, or all of them at hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.store.formats import Format, Row, Term, answer_text, shown

__all__ = ["Answer", "QueryResult", "Row", "Term"]


@dataclass(slots=True, kw_only=True)
class Answer:
    """Rows of terms under named columns, to be read once; an unbound cell is None.

    ``form`` is "select", "ask" (one cell, ``true`` or ``false``) or "construct" (also DESCRIBE: subject, predicate,
    object). After the last row ``count`` is their number, and ``truncated`` is true where a limit left rows out.
    """

    form: str
    columns: tuple[str, ...]
    prefixes: Mapping[str, str]
    rows: Iterator[Row]
    limit: int | None = None
    count: int = 0
    truncated: bool = False

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            if self.count == self.limit:
                self.truncated = True
                return
            self.count += 1
            yield row

    def table(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows as text: literals bare, IRIs by prefix where there is one, unbound cells empty."""
        return shown(self, self.prefixes)

    def text(self, format_: Format) -> Iterator[str]:
        """Yield the answer in a format, in pieces, as ``answer_text``.

        Raises:
            QueryError: it is a format of triples, and there are none.
        """
        return answer_text(format_, form=self.form, columns=self.columns, rows=self, prefixes=self.prefixes)

    def collect(self) -> "QueryResult":
        """Return all the rows."""
        rows = tuple(self)
        return QueryResult(
            form=self.form, columns=self.columns, rows=rows, prefixes=self.prefixes, truncated=self.truncated
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """An answer with all its rows at hand; the fields are those of ``Answer``."""

    form: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    prefixes: Mapping[str, str]
    truncated: bool = False

    def __bool__(self) -> bool:
        """Whether there is an answer: a row, or for ASK the answer itself."""
        return self.table()[0] == ("true",) if self.form == "ask" else bool(self.rows)

    def table(self) -> list[tuple[str, ...]]:
        """Return the rows as text, as ``Answer.table``."""
        return list(shown(self.rows, self.prefixes))

    def text(self, format_: Format) -> str:
        """Return the answer in a format, as ``Answer.text``.

        Raises:
            QueryError: it is a format of triples, and there are none.
        """
        return "".join(
            answer_text(format_, form=self.form, columns=self.columns, rows=self.rows, prefixes=self.prefixes)
        )
