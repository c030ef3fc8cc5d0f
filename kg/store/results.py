"""The answer to a query: rows that are read as they are found, or all of them at hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.store.formats import Row, Term, csv_text, json_text, shown, turtle_text

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

    def csv(self) -> Iterator[str]:
        """Yield the pieces of ``csv_text``."""
        return csv_text(self.columns, self)

    def json(self) -> Iterator[str]:
        """Yield the pieces of ``json_text``."""
        return json_text(self.form, self.columns, self)

    def turtle(self) -> Iterator[str]:
        """Yield the pieces of ``turtle_text``.

        Raises:
            QueryError: the query does not give triples.
        """
        return turtle_text(self.form, self, self.prefixes)

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

    def to_csv(self) -> str:
        """Return what ``csv_text`` says."""
        return "".join(csv_text(self.columns, self.rows))

    def to_json(self) -> str:
        """Return what ``json_text`` says."""
        return "".join(json_text(self.form, self.columns, self.rows))

    def to_turtle(self) -> str:
        """Return what ``turtle_text`` says.

        Raises:
            QueryError: the query does not give triples.
        """
        return "".join(turtle_text(self.form, self.rows, self.prefixes))
