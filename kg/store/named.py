"""The named queries of ``kg/data/queries``: a header that says what they are for, and SPARQL.

A header line is ``# title: TEXT``, ``# param NAME: DESCRIPTION`` (optional if the description says so in a last
``(optional)``) or ``# limit: ROWS``. A parameter is the variable of that name in the query.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ModelError, QueryError
from kg.resources import data_path

__all__ = ["NamedQuery", "Parameter", "bind", "named_queries"]

_HEADER = re.compile(r"#\s*(title|limit|param (\w+)):\s*(.+)")
_OPTIONAL = "(optional)"
_WHERE = "\nWHERE {\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """An entity that a named query is about."""

    name: str
    description: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query that people often ask; ``limit`` is how many rows are shown unless told otherwise."""

    name: str
    title: str
    sparql: str
    parameters: tuple[Parameter, ...] = ()
    limit: int | None = None

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


def named_queries() -> dict[str, NamedQuery]:
    """Return the named queries by name, sorted."""
    return {path.stem: _parse(path) for path in sorted(data_path("queries").glob("*.rq"))}


def bind(query: NamedQuery, values: Mapping[str, Sequence[str]]) -> str:
    """Return the query with its parameters bound to IRIs, each written by the engine, never pasted as given.

    The VALUES clause goes to the start of the outermost WHERE, where the engine begins with it.
    """
    if not values:
        return query.sparql
    variables = " ".join(f"?{name}" for name in values)
    rows = " ".join(f"({' '.join(str(ox.NamedNode(iri)) for iri in row)})" for row in product(*values.values()))
    return query.sparql.replace(_WHERE, f"{_WHERE}  VALUES ({variables}) {{ {rows} }}\n", 1)


def _parse(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf8")
    headers = [match.groups() for match in map(_HEADER.match, text.splitlines()) if match]
    titles = [value for key, _, value in headers if key == "title"]
    limits = [int(value) for key, _, value in headers if key == "limit"]
    if len(titles) != 1 or _WHERE not in text:
        raise ModelError(f"{path} needs one header line '# title: ...' and a line 'WHERE {{'")
    return NamedQuery(
        name=path.stem,
        title=titles[0].strip(),
        sparql=text,
        parameters=tuple(_parameter(name, value.strip()) for _, name, value in headers if name),
        limit=limits[0] if limits else None,
    )


def _parameter(name: str, description: str) -> Parameter:
    bare = description.removesuffix(_OPTIONAL).strip()
    return Parameter(name=name, description=bare, required=bare == description)
