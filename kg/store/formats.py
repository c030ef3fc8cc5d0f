"""Rows of terms as text, CSV, JSON or Turtle, piece by piece, so that an answer of any size takes little memory."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

import pyoxigraph as ox

from kg.errors import QueryError

__all__ = ["Row", "Term", "csv_text", "json_text", "shown", "turtle_text"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]

_PIECE = 1_000  # rows
_LOCAL = re.compile(r"[\w][\w.-]*(?<!\.)")
_STRING = "http://www.w3.org/2001/XMLSchema#string"

# What a spreadsheet takes for the beginning of a formula, full width too; a number is none.
_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def shown(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows as text: literals bare, IRIs by prefix where there is one, unbound cells empty."""
    spaces = sorted(prefixes.items(), key=lambda space: len(space[1]), reverse=True)

    @lru_cache(maxsize=10_000)
    def short(iri: str) -> str:
        name, start = next((space for space in spaces if iri.startswith(space[1])), ("", ""))
        local = iri[len(start) :]
        return f"{name}:{local}" if start and _LOCAL.fullmatch(local) else iri

    for row in rows:
        yield tuple(short(term.value) if isinstance(term, ox.NamedNode) else _value(term) for term in row)


def csv_text(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield CSV by the SPARQL 1.1 results format: IRIs in full, values without their types.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for piece in _pieces(rows):
        writer.writerows([[_inert(_value(term)) for term in row] for row in piece])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def json_text(form: str, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield JSON by the SPARQL 1.1 results format, a line a row; triples are rows of subject, predicate and object."""
    if form == "ask":
        [(answer,)] = rows
        yield json.dumps({"head": {}, "boolean": _value(answer) == "true"}) + "\n"
        return
    yield f'{{"head": {json.dumps({"vars": list(columns)})}, "results": {{"bindings": ['
    comma = ""
    for piece in _pieces(rows):
        bindings = (
            {column: _binding(term) for column, term in zip(columns, row, strict=True) if term is not None}
            for row in piece
        )
        yield comma + ",".join("\n" + json.dumps(binding, ensure_ascii=False) for binding in bindings)
        comma = ","
    yield "\n]}}\n"


def turtle_text(form: str, rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the triples as Turtle; a prefix is declared before it is first used.

    Raises:
        QueryError: the query does not give triples.
    """
    if form != "construct":
        raise QueryError(f"a {form.upper()} query gives no triples for Turtle: use CONSTRUCT or DESCRIBE")
    declared: set[str] = set()
    for piece in _pieces(rows):
        triples = [ox.Triple(*row) for row in piece]  # type: ignore[arg-type]
        body = (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b"").decode()
        text = "\n".join(line for line in body.split("\n") if not line.startswith("@prefix "))
        used = [name for name in sorted(prefixes.keys() - declared) if f"{name}:" in text]
        declared.update(used)
        yield "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in used) + text


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while piece := list(islice(iterator, _PIECE)):
        yield piece


def _inert(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _value(term: Term | None) -> str:
    match term:
        case None:
            return ""
        case ox.NamedNode() | ox.Literal():
            return term.value
    return str(term)


def _binding(term: Term) -> dict[str, object]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal():
            extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
            return {"type": "literal", "value": term.value, **({} if extra.get("datatype") == _STRING else extra)}
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _binding(part) for name, part in parts.items()}}
