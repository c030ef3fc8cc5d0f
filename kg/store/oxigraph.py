"""The graph in memory, asked by SPARQL: read only, without a network, bounded in time, memory and depth."""

import io
import mmap
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.errors import OutputError, QueryError, UnknownEntityError
from kg.resources import ontology_path
from kg.store.bounded import bounded
from kg.store.folder import TURTLE, check_file, check_readable
from kg.store.guard import check_query
from kg.store.named import NamedQuery, bind, named_queries
from kg.store.results import Answer, QueryResult, Row, Term

__all__ = ["Store"]

ONTOLOGY_GRAPH = ox.NamedNode("https://kg.example/ontology")
"""The named graph of the vocabulary and the role concepts: ``GRAPH <https://kg.example/ontology> { ... }``."""

TIMEOUT = 60.0
"""Seconds until a query is given up."""

MEMORY = 2**30
"""Bytes that a query may take beyond the graph; some millions of rows can be sorted in it."""

MAX_ROW = 2**20
"""Bytes of a row of an answer; a parser takes four times as long for one of twice the length."""

_LOADING, _GROWTH = 220_000_000, 6  # bytes that the engine takes to load anything, and for each byte of Turtle

_FOR_EVER = 1_000_000.0  # seconds

LABEL, ALIAS = "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#altLabel"
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"


@dataclass(frozen=True, slots=True)
class Store:
    """A graph to query; the ontology lies beside it in a named graph of its own."""

    path: Path
    prefixes: Mapping[str, str]
    _store: ox.Store

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Read the graph of a build's folder, or any Turtle file.

        Raises:
            OutputError: there is no such file, or it is no Turtle.
        """
        turtle = path / TURTLE if os.path.isdir(path) else path  # noqa: PTH112 (it may be too long, or not be entered)
        if turtle.name == TURTLE:
            check_file(turtle.parent, TURTLE)
        else:
            check_readable(turtle)
        _check_memory(os.path.getsize(turtle))  # noqa: PTH202
        store = ox.Store()
        prefixes: dict[str, str] = {}
        for name in ("kg.ttl", "roles.ttl"):
            prefixes |= _load(store, ontology_path(name), ONTOLOGY_GRAPH)
        prefixes |= _load(store, turtle, ox.DefaultGraph())
        return cls(path, prefixes, store)

    @contextmanager
    def stream(
        self, sparql: str, *, limit: int | None = None, timeout: float | None = TIMEOUT, memory: int = MEMORY
    ) -> Iterator[Answer]:
        """Give the answer to a SELECT, ASK, CONSTRUCT or DESCRIBE query; its rows are found while they are read.

        The prefixes of the graph need no declaration.

        Args:
            sparql: the query.
            limit: at most so many rows; the answer says in the end whether there were more.
            timeout: for how many seconds rows may be waited for in all, None or infinity for ever.
            memory: bytes that the query may take beyond the graph (on Linux).

        Raises:
            QueryError: the query cannot be parsed, would change the graph or reach the network, takes too long or
                too much memory, or goes too deep; also while the rows are read.
        """
        check_query(sparql)
        if timeout is not None and not timeout > 0:
            raise QueryError(f"{timeout:g} is no time to wait for an answer: give seconds above 0")
        prefixes = dict(self.prefixes)

        def work(output: BinaryIO) -> None:
            try:
                _write(self._store.query(sparql, prefixes=prefixes), cast("BinaryIO", _Rows(output)))
            except (SyntaxError, ValueError, RuntimeError) as error:
                raise QueryError(f"the query cannot be {_problem(error)}") from error

        seconds = None if timeout is None or timeout > _FOR_EVER else timeout
        with bounded(work, seconds=seconds, memory=memory) as output:
            form, columns, rows = _read(output)
            yield Answer(form=form, columns=columns, prefixes=self.prefixes, rows=rows, limit=limit)

    def query(
        self, sparql: str, *, limit: int | None = None, timeout: float | None = TIMEOUT, memory: int = MEMORY
    ) -> QueryResult:
        """Return the whole answer to a query, as ``stream`` gives it.

        Raises:
            QueryError: as ``stream``.
        """
        with self.stream(sparql, limit=limit, timeout=timeout, memory=memory) as answer:
            return answer.collect()

    def prepare(self, name: str, parameters: Mapping[str, str] | None = None) -> tuple[str, int | None]:
        """Return a named query with its parameters bound, and how many of its rows are shown unless told otherwise.

        A parameter is an entity's name (in any case), prefixed name or IRI.

        Raises:
            QueryError: no such query, or its parameters are not as it declares them.
            UnknownEntityError: no entity has the name that a parameter gives.
        """
        query = _named(name)
        values = {key: self._known(text) for key, text in query.check(parameters or {}).items()}
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

    def find(self, name: str) -> tuple[str, ...]:
        """Return the IRIs of the entities that a label, else an alias, names in any case.

        An IRI stands for itself, or for the entity that it was merged into.
        """
        iri = self._iri(name)
        if iri is not None:
            if any(self._store.quads_for_pattern(iri, None, None, ox.DefaultGraph())):
                return (iri.value,)
            merged = self._store.quads_for_pattern(None, ox.NamedNode(SAME_AS), iri, ox.DefaultGraph())
            if subjects := sorted(q.subject.value for q in merged if isinstance(q.subject, ox.NamedNode)):
                return tuple(subjects)
        wanted = _folded(name)
        for predicate in (LABEL, ALIAS):
            labels = self._store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph())
            found = {
                quad.subject.value
                for quad in labels
                if isinstance(quad.object, ox.Literal)
                and isinstance(quad.subject, ox.NamedNode)
                and _folded(quad.object.value) == wanted
            }
            if found:
                return tuple(sorted(found))
        return ()

    def _known(self, name: str) -> tuple[str, ...]:
        found = self.find(name)
        if not found:
            labels = self._store.quads_for_pattern(None, ox.NamedNode(LABEL), None, ox.DefaultGraph())
            names = sorted({quad.object.value for quad in labels if isinstance(quad.object, ox.Literal)})
            close = get_close_matches(name, names, n=3)
            hint = f"did you mean {' or '.join(close)}?" if close else "list all with `kg query --named names`"
            raise UnknownEntityError(f"nothing in the graph is named {name!r}: {hint}")
        return found

    def _iri(self, text: str) -> ox.NamedNode | None:
        prefix, colon, local = text.strip().partition(":")
        expanded = self.prefixes[prefix] + local if colon and prefix in self.prefixes else text.strip().strip("<>")
        try:
            return ox.NamedNode(expanded)
        except ValueError:
            return None


class _Rows(io.RawIOBase):
    """Hands rows on, each a line, as long as none is too long for the other end."""

    def __init__(self, output: BinaryIO) -> None:
        self._output, self._length = output, 0

    def writable(self) -> bool:
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


def _write(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, output: BinaryIO) -> None:
    """Write an answer as the engine finds it: its form on a line, then rows as TSV, triples as N-Triples."""
    match answer:
        case ox.QueryTriples():
            output.write(b"construct\n")
            answer.serialize(output, format=ox.RdfFormat.N_TRIPLES)
        case _:
            output.write(b"ask\n" if isinstance(answer, ox.QueryBoolean) else b"select\n")
            answer.serialize(output, format=ox.QueryResultsFormat.TSV)


def _read(output: BinaryIO) -> tuple[str, tuple[str, ...], Iterator[Row]]:
    """Return form, columns and rows of an answer that ``_write`` writes."""
    form = output.readline().decode().rstrip("\n")
    if form == "construct":
        triples = ox.parse(output, format=ox.RdfFormat.N_TRIPLES)
        return form, ("subject", "predicate", "object"), _rows(quad.triple for quad in triples)
    match ox.parse_query_results(output, format=ox.QueryResultsFormat.TSV):
        case ox.QueryBoolean() as answer:
            return form, ("answer",), iter([(ox.Literal(bool(answer)),)])
        case solutions:
            return form, tuple(v.value for v in solutions.variables), _rows(solutions)


def _rows(found: Iterable[Iterable[Term | None]]) -> Iterator[Row]:
    try:
        yield from map(tuple, found)
    except SyntaxError as error:  # triples within triples, down to where the parser gives up
        raise QueryError(f"the answer cannot be read: {_first_line(error)}") from error


def _check_memory(size: int) -> None:
    """See that a Turtle file of so many bytes can be loaded: the engine ends the process where memory is refused.

    Raises:
        OSError: there is too little.
    """
    mmap.mmap(-1, _LOADING + _GROWTH * size).close()  # asks for it, but takes none


def _named(name: str) -> NamedQuery:
    queries = named_queries()
    if name not in queries:
        raise QueryError(f"no query is named {name!r}: choose one of {', '.join(queries)}")
    return queries[name]


def _load(store: ox.Store, path: Path, graph: ox.NamedNode | ox.DefaultGraph) -> dict[str, str]:
    """Load a Turtle file and return its prefixes."""
    try:
        reader = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in reader)
        return dict(reader.prefixes)
    except (SyntaxError, ValueError) as error:
        raise OutputError(f"{path} is no valid Turtle ({_first_line(error)}): build it again") from error
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}: check the file") from error


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _problem(error: BaseException) -> str:
    known = "parsed" if isinstance(error, SyntaxError) else "run"
    return f"{known}: {_first_line(error)}"


def _first_line(error: BaseException) -> str:
    """Return the error's first line, cut short: the engine lists every character that it would have accepted."""
    line = next(iter(str(error).splitlines()), type(error).__name__)
    return line if len(line) <= 120 else line[:120] + "..."
