"""A SPARQL endpoint, asked by the SPARQL 1.1 protocol: the one source of answers that is not on this machine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, BinaryIO, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.finding import NamedThing
from kg.store.formats import Row
from kg.store.guard import check_query, gives_triples
from kg.store.results import Answer
from kg.store.source import MEMORY, TIMEOUT, Source
from kg.store.syntax import explain_syntax
from kg.store.vocabulary import declared, used_prefixes
from kg.store.wire import rows_of, solutions

if TYPE_CHECKING:
    from http.client import HTTPResponse

__all__ = ["Endpoint"]

# Of both at once Virtuoso gives triples as a table.
_ROWS = "application/sparql-results+xml, application/sparql-results+json;q=0.9"  # Virtuoso writes true as 1 in JSON
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_ASKED = "__ASK_RETVAL"  # a column, in which Virtuoso answers ASK with a 1 or with no row
_BAD_REQUEST = 400
_TOLD = 2_000  # bytes of what an endpoint says of an error
_LONGEST = 86_400.0  # seconds

_NAMES = """
SELECT ?thing ?says ?text WHERE {
  VALUES ?class { kg:Person kg:Organization kg:Place }
  ?thing a ?class ; ?says ?text .
  VALUES ?says { rdfs:label skos:altLabel owl:sameAs }
}"""


@dataclass(frozen=True, slots=True)
class Endpoint(Source):
    """An endpoint by its address; ``prefixes`` are put before a query that uses them without declaring them."""

    url: str
    prefixes: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @contextmanager
    def stream(
        self,
        sparql: str,
        *,
        limit: int | None = None,
        timeout: float | None = TIMEOUT,
        memory: int = MEMORY,  # noqa: ARG002 (it is the endpoint's)
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Iterator[Answer]:
        """Give the answer to a query, as ``Source.stream``; the timeout is how long the endpoint may be silent."""
        check_query(sparql)
        fields = [("query", self._declaring(sparql))]
        fields += [("default-graph-uri", iri) for iri in default_graphs or ()]
        fields += [("named-graph-uri", iri) for iri in named_graphs or ()]
        with self._asked(fields, None if timeout is None else min(timeout, _LONGEST)) as response:
            kind = response.headers.get_content_type()
            form, columns, rows = _parsed(cast("BinaryIO", response), kind, self.url)
            yield Answer(
                form=form, columns=columns, prefixes=self.prefixes, rows=self._guarded(rows, timeout), limit=limit
            )

    def names(self) -> Iterable[NamedThing]:
        """Return the names of persons, organizations and places."""
        said: dict[str, dict[str, list[str]]] = {}
        for thing, says, text in self.query(_NAMES).rows:
            if isinstance(thing, ox.NamedNode) and isinstance(says, ox.NamedNode) and text is not None:
                value = getattr(text, "value", "")
                said.setdefault(thing.value, {}).setdefault(says.value, []).append(value)
        label, alias, same = (self._full(name) for name in ("rdfs:label", "skos:altLabel", "owl:sameAs"))
        for iri, values in said.items():
            yield NamedThing(
                id=iri,
                name=values.get(label, [iri])[0],
                aliases=tuple(sorted(values.get(alias, ()))),
                same_as=tuple(values.get(same, ())),
            )

    def knows(self, iri: str) -> bool:
        """Whether something is said of an IRI."""
        return bool(self.query(f"ASK {{ {ox.NamedNode(iri)} ?p ?o }}"))

    def _full(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local

    def _declaring(self, sparql: str) -> str:
        own = declared(sparql)
        used = sorted({name for name, _ in used_prefixes(sparql)} & self.prefixes.keys() - own.keys())
        return "".join(f"PREFIX {name}: <{self.prefixes[name]}>\n" for name in used) + sparql

    @contextmanager
    def _asked(self, fields: list[tuple[str, str]], timeout: float | None) -> "Iterator[HTTPResponse]":
        from urllib.error import HTTPError
        from urllib.parse import urlencode
        from urllib.request import Request, urlopen

        accept = _TRIPLES if gives_triples(fields[0][1]) else _ROWS
        headers = {"Accept": accept, "User-Agent": "kg"}
        try:
            request = Request(self.url, data=urlencode(fields).encode(), headers=headers)
            response = urlopen(request, timeout=timeout)
        except HTTPError as error:
            with error:
                said = " ".join(error.read(_TOLD).decode("utf8", "replace").split())[:200]
            reason = explain_syntax(fields[0][1], said, self.prefixes) if error.code == _BAD_REQUEST else said
            raise QueryError(f"{self.url} refuses the query ({error.code} {error.reason}): {reason}") from error
        except (OSError, ValueError, HTTPException) as error:
            raise self._silent(error, timeout) from error
        with response:
            yield response

    def _guarded(self, rows: Iterator[Row], timeout: float | None) -> Iterator[Row]:
        try:
            yield from rows
        except (OSError, HTTPException) as error:
            raise self._silent(error, timeout) from error

    def _silent(self, error: Exception, timeout: float | None) -> QueryError:
        reason = getattr(error, "reason", error)
        if isinstance(error, TimeoutError) or isinstance(reason, TimeoutError):
            return QueryError(f"{self.url} says nothing within {timeout:g} seconds: narrow the query or give more time")
        return QueryError(f"{self.url} cannot be asked ({reason}): check the address")


def _parsed(response: BinaryIO, kind: str, url: str) -> tuple[str, tuple[str, ...], Iterator[Row]]:
    results, triples = ox.QueryResultsFormat.from_media_type(kind), ox.RdfFormat.from_media_type(kind)
    try:
        if results is not None:
            found = ox.parse_query_results(response, format=results)
            columns, rows = solutions(found)
            if columns == (_ASKED,):
                return "ask", ("answer",), iter([(ox.Literal(any(True for _ in rows)),)])
            return "ask" if isinstance(found, ox.QueryBoolean) else "select", columns, rows
        if triples is not None:
            rows = rows_of(quad.triple for quad in ox.parse(response, format=triples))
            return "construct", ("subject", "predicate", "object"), rows
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"{url} answers what is no {kind} ({' '.join(str(error).split())[:100]})") from error
    raise QueryError(f"{url} answers with {kind}, which is no answer in SPARQL: is it the address of an endpoint?")
