"""What can be asked in SPARQL, whatever it lies in: named queries, names, and what a query should not have been."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

import pyoxigraph as ox

from kg.errors import QueryError, UnknownEntityError
from kg.finding import NamedThing, find
from kg.store.named import Kind, NamedQuery, bind, date_value, named_queries
from kg.store.results import Answer, QueryResult
from kg.store.vocabulary import unknown_terms

__all__ = ["MEMORY", "TIMEOUT", "Source"]

TIMEOUT = 60.0
"""Seconds until a query is given up."""

MEMORY = 2**30
"""Bytes that a query may take beyond the graph; some millions of rows can be sorted in it."""


class Source(ABC):
    """A graph that is asked in SPARQL.

    ``prefixes`` need no declaration in a query; ``notes`` say what a reader should know of where an answer comes from.
    """

    __slots__ = ()

    prefixes: Mapping[str, str]
    notes: tuple[str, ...]

    @abstractmethod
    def stream(
        self,
        sparql: str,
        *,
        limit: int | None = None,
        timeout: float | None = TIMEOUT,
        memory: int = MEMORY,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> AbstractContextManager[Answer]:
        """Give the answer to a SELECT, ASK, CONSTRUCT or DESCRIBE query; its rows are found while they are read.

        Args:
            sparql: the query.
            limit: at most so many rows; the answer says in the end whether there were more.
            timeout: for how many seconds rows may be waited for in all, None or infinity for ever.
            memory: bytes that the query may take beyond the graph, where it is answered on this machine.
            default_graphs: IRIs of the graphs whose union is the default graph, by the SPARQL protocol; None for the
                one that the query says.
            named_graphs: likewise, those that GRAPH finds.

        Raises:
            QueryError: the query cannot be parsed, would change the graph or reach the network, takes too long or
                too much memory, or goes too deep; also while the rows are read.
        """

    @abstractmethod
    def names(self) -> Iterable[NamedThing]:
        """Return what has a name."""

    @abstractmethod
    def knows(self, iri: str) -> bool:
        """Whether something is said of an IRI."""

    def query(
        self, sparql: str, *, limit: int | None = None, timeout: float | None = TIMEOUT, memory: int = MEMORY
    ) -> QueryResult:
        """Return the whole answer to a query, as ``stream`` gives it.

        Raises:
            QueryError: as ``stream``.
        """
        with self.stream(sparql, limit=limit, timeout=timeout, memory=memory) as answer:
            return answer.collect()

    def slips(self, sparql: str) -> tuple[str, ...]:
        """Return a line for each term of kg's own namespaces in a query that the vocabulary does not have."""
        return unknown_terms(sparql, self.prefixes)

    def prepare(self, name: str, parameters: Mapping[str, str] | None = None) -> tuple[str, int | None]:
        """Return a named query with its parameters bound, and how many of its rows are shown unless told otherwise.

        An entity is given by its name as ``kg.finding.find`` reads it, prefixed name or IRI.

        Raises:
            QueryError: no such query, or its parameters are not as it declares them.
            UnknownEntityError: no entity, or more than one, has the name that a parameter gives.
        """
        query = _named(name)
        given = query.check(parameters or {})
        values = {p.name: self._value(p.kind, given[p.name]) for p in query.parameters if p.name in given}
        return bind(query, values), query.limit

    def ask(
        self,
        name: str,
        parameters: Mapping[str, str] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = TIMEOUT,
    ) -> QueryResult:
        """Answer a named query.

        Raises:
            QueryError: as ``prepare`` and ``stream``.
            UnknownEntityError: as ``prepare``.
        """
        sparql, rows = self.prepare(name, parameters)
        return self.query(sparql, limit=limit if limit is not None else rows, timeout=timeout)

    def find(self, name: str) -> str:
        """Return the IRI of the entity that a name means.

        Raises:
            UnknownEntityError: there is none, or more than one.
        """
        iri = self._iri(name)
        if iri is not None and self.knows(iri):
            return iri
        return find(self.names(), name if iri is None else iri).id

    def _value(self, kind: Kind, text: str) -> ox.NamedNode | ox.Literal:
        match kind:
            case Kind.ENTITY:
                return ox.NamedNode(self.find(text))
            case Kind.DATE:
                return date_value(text)
            case Kind.TEXT:
                return ox.Literal(text.encode("utf8", "replace").decode())
        from kg.model import iri_segment

        for iri in (self._iri(text), self._iri(f"{kind.value}:{iri_segment(text.strip())}")):
            if iri is not None and self.knows(iri):
                return ox.NamedNode(iri)
        raise UnknownEntityError(f"there is no {kind.value} {text!r}: give its id or its IRI")

    def _iri(self, text: str) -> str | None:
        """Return the IRI that a text is, in full or by a prefix."""
        prefix, colon, local = text.strip().partition(":")
        if not colon:
            return None
        expanded = self.prefixes[prefix] + local if prefix in self.prefixes else text.strip().strip("<>")
        try:
            return ox.NamedNode(expanded).value
        except ValueError:
            return None


def _named(name: str) -> NamedQuery:
    queries = named_queries()
    if name not in queries:
        raise QueryError(f"no query is named {name!r}: choose one of {', '.join(queries)}")
    return queries[name]
