"""The answer to a query, as rows to show or as CSV, JSON or Turtle."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError

__all__ = ["QueryResult", "Term"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_LOCAL = re.compile(r"[\w][\w.-]*(?<!\.)")
_STRING = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """Rows of terms under named columns; an unbound cell is None.

    ``form`` is "select", "ask" (one cell, ``true`` or ``false``) or "construct" (also DESCRIBE: subject, predicate,
    object). ``truncated`` is true where a limit left rows out.
    """

    form: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    prefixes: Mapping[str, str]
    truncated: bool = False

    def __bool__(self) -> bool:
        """Whether there is an answer: a row, or for ASK the answer itself."""
        return self.table()[0] == ("true",) if self.form == "ask" else bool(self.rows)

    def table(self) -> list[tuple[str, ...]]:
        """Return the rows as text: literals bare, IRIs by prefix where there is one, unbound cells empty."""
        return [tuple(self._shown(term) for term in row) for row in self.rows]

    def to_csv(self) -> str:
        """Return CSV by the SPARQL 1.1 results format: IRIs in full, values without their types."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows([[_value(term) for term in row] for row in self.rows])
        return out.getvalue()

    def to_json(self) -> str:
        """Return JSON by the SPARQL 1.1 results format; triples are rows of subject, predicate and object."""
        if self.form == "ask":
            return json.dumps({"head": {}, "boolean": bool(self)}) + "\n"
        bindings = [
            {column: _binding(term) for column, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.rows
        ]
        body = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(body, ensure_ascii=False, indent=2) + "\n"

    def to_turtle(self) -> str:
        """Return the triples as Turtle.

        Raises:
            QueryError: the query does not give triples.
        """
        if self.form != "construct":
            raise QueryError(f"a {self.form.upper()} query gives no triples for Turtle: use CONSTRUCT or DESCRIBE")
        triples = [ox.Triple(*row) for row in self.rows]  # type: ignore[arg-type]
        body = (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(self.prefixes)) or b"").decode()
        lines = [line for line in body.split("\n") if not line.startswith("@prefix ")]
        text = "\n".join(lines)
        used = [f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(self.prefixes.items()) if f"{name}:" in text]
        return "".join(used) + text

    def _shown(self, term: Term | None) -> str:
        if not isinstance(term, ox.NamedNode):
            return _value(term)
        spaces = [(len(iri), name, iri) for name, iri in self.prefixes.items() if term.value.startswith(iri)]
        _, name, iri = max(spaces, default=(0, "", ""))
        local = term.value[len(iri) :]
        return f"{name}:{local}" if iri and _LOCAL.fullmatch(local) else term.value


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
