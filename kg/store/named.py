"""The named queries of ``kg/data/queries``: a header that says what they are for, and SPARQL.

A header line is ``# title: TEXT``, ``# param NAME: DESCRIPTION`` (optional if the description says so in a last
``(optional)``), ``# limit: ROWS`` or ``# order: NUMBER`` (its place in the list). A parameter is the variable of that
name in the query: an entity, or, with ``date NAME``, ``text NAME``, ``statement NAME`` or ``document NAME`` in place of
``param NAME``, what these words say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ModelError, QueryError
from kg.resources import data_path
from kg.terms import is_iso_date

__all__ = ["Kind", "NamedQuery", "Parameter", "bind", "date_value", "named_queries"]

_HEADER = re.compile(r"#\s*(title|limit|order|(param|date|text|statement|document) (\w+)):\s*(.+)")
_OPTIONAL = "(optional)"
_WHERE = "\nWHERE {\n"


class Kind(StrEnum):
    """What the value of a parameter is."""

    ENTITY = "param"
    DATE = "date"
    TEXT = "text"
    STATEMENT = "statement"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a named query is about."""

    name: str
    description: str
    required: bool
    kind: Kind = Kind.ENTITY


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query that people often ask; ``limit`` is how many rows are shown unless told otherwise."""

    name: str
    title: str
    sparql: str
    parameters: tuple[Parameter, ...] = ()
    limit: int | None = None
    order: int = 1_000

    def check(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the values in the order of the parameters.

        Raises:
            QueryError: a value is missing or belongs to no parameter.
        """
        known = ", ".join(parameter.name for parameter in self.parameters) or "none"
        for name in values:
            if name not in {parameter.name for parameter in self.parameters}:
                raise QueryError(f"the query {self.name} has no parameter {name!r}: it takes {known}")
        for parameter in self.parameters:
            if parameter.required and not values.get(parameter.name, "").strip():
                raise QueryError(f"the query {self.name} needs {parameter.name}: {parameter.description}")
        return {p.name: values[p.name] for p in self.parameters if values.get(p.name, "").strip()}


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Return the named queries by name, in the order in which they are listed."""
    queries = map(_parse, data_path("queries").glob("*.rq"))
    return {query.name: query for query in sorted(queries, key=lambda query: (query.order, query.name))}


def bind(query: NamedQuery, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Return the query with its parameters bound to terms, each written by the engine, never pasted as given.

    The VALUES clauses go to the start of the outermost WHERE, where the engine begins with them; one for each, since
    Virtuoso takes no row of several where one of them is only compared with.
    """
    given = "".join(f"  VALUES ?{name} {{ {value} }}\n" for name, value in values.items())
    return query.sparql.replace(_WHERE, f"{_WHERE}{given}", 1)


def date_value(text: str) -> ox.Literal:
    """Return an ISO date (2021, 2021-03 or 2021-03-14) as text that compares as dates do.

    Raises:
        QueryError: it is none.
    """
    day = text.strip()
    if not is_iso_date(day):
        raise QueryError(f"{text!r} is no ISO date: write it like 2021-03-14, 2021-03 or 2021")
    return ox.Literal(day)


def _parse(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf8")
    headers = [match.groups() for match in map(_HEADER.match, text.splitlines()) if match]
    single = {key: value.strip() for key, kind, _, value in headers if kind is None}
    if "title" not in single or _WHERE not in text:
        raise ModelError(f"{path} needs one header line '# title: ...' and a line 'WHERE {{'")
    return NamedQuery(
        name=path.stem,
        title=single["title"],
        sparql=text,
        parameters=tuple(_parameter(Kind(kind), name, value.strip()) for _, kind, name, value in headers if kind),
        limit=int(single["limit"]) if "limit" in single else None,
        order=int(single.get("order", 1_000)),
    )


def _parameter(kind: Kind, name: str, description: str) -> Parameter:
    bare = description.removesuffix(_OPTIONAL).strip()
    return Parameter(name=name, description=bare, required=bare == description, kind=kind)
