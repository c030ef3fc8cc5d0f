"""The graph of a build or of a Turtle file, asked by SPARQL: read only, bounded in time, memory and depth."""

import mmap
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.errors import OutputError, QueryError
from kg.finding import NamedThing
from kg.store.bounded import bounded
from kg.store.disk import load_ontology, open_disk
from kg.store.folder import STORE, TURTLE, check_file, check_readable
from kg.store.guard import check_query
from kg.store.results import Answer
from kg.store.source import MEMORY, TIMEOUT, Source
from kg.store.syntax import explain_syntax
from kg.store.wire import RowLimit, read_answer, write_answer

__all__ = ["Store"]

_LOADING, _GROWTH = 220_000_000, 6  # bytes that the engine takes to load anything, and for each byte of Turtle

_FOR_EVER = 1_000_000.0  # seconds
_UNPARSED, _UNREADABLE = "unparsed: ", "unreadable: "

LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
ALIAS = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
SAME_AS = ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_AGENT = ox.NamedNode("http://www.w3.org/ns/prov#SoftwareAgent")
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Store(Source):
    """A graph to query; the ontology lies beside it in a named graph of its own.

    ``notes`` say what the reader of an answer should know of where it comes from. The store of a build is opened anew
    by each query's process where there are several threads, so that they may all ask.
    """

    path: Path
    prefixes: Mapping[str, str]
    _store: ox.Store
    notes: tuple[str, ...] = ()
    _disk: Path | None = None

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open the store of a build's folder, or read its ``graph.ttl`` where there is none, or any Turtle file.

        Raises:
            OutputError: there is no such file, or it is no Turtle.
        """
        notes: tuple[str, ...] = ()
        folder = os.path.isdir(path)  # noqa: PTH112 (it may be too long, or not be entered)
        turtle = path / TURTLE if folder else path
        if turtle.name == TURTLE:
            check_file(turtle.parent, TURTLE)
        else:
            check_readable(turtle)
        if folder and os.path.lexists(path / STORE):
            try:
                store, prefixes = open_disk(path)
                return cls(path, prefixes, store, (), path / STORE)
            except OutputError as error:
                notes = (f"{error}: answered from {turtle}; `kg build` makes the store anew",)
        store = ox.Store()
        _check_memory(os.path.getsize(turtle))  # noqa: PTH202
        return cls(path, {**load_ontology(store), **_load(store, turtle)}, store, notes)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], *, prefixes: Mapping[str, str], path: Path) -> "Store":
        """Make a store in memory of quads; ``path`` is what messages call it."""
        store = ox.Store()
        known = {**load_ontology(store), **prefixes}
        store.bulk_extend(quads)
        return cls(path, known, store)

    @contextmanager
    def stream(
        self,
        sparql: str,
        *,
        limit: int | None = None,
        timeout: float | None = TIMEOUT,
        memory: int = MEMORY,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Iterator[Answer]:
        """Give the answer to a query, as ``Source.stream``; ``memory`` is bounded on Linux.

        Raises:
            QueryError: as ``Source.stream``.
            OutputError: the files of the store cannot be read.
        """
        check_query(sparql)
        if timeout is not None and not timeout > 0:
            raise QueryError(f"{timeout:g} is no time to wait for an answer: give seconds above 0")
        prefixes = dict(self.prefixes)
        default, named = [*_nodes(default_graphs)] or None, [*_nodes(named_graphs)] or None

        # A process of several threads may be forked while one of them holds a lock of the database.
        shared = self._disk is None or threading.active_count() == 1

        def work(output: BinaryIO) -> None:
            try:
                store = self._store if shared else ox.Store.read_only(str(self._disk))
                found = store.query(
                    sparql, prefixes=prefixes, default_graph=[*default] if default else None, named_graphs=named
                )
                write_answer(found, cast("BinaryIO", RowLimit(output)))
            except SyntaxError as error:
                raise QueryError(f"{_UNPARSED}{error}") from error
            except BrokenPipeError:
                raise
            except OSError as error:
                raise QueryError(
                    f"{_UNREADABLE}{self._disk or self.path} cannot be read ({_first_line(error)}): build again"
                ) from error
            except (ValueError, RuntimeError) as error:
                raise QueryError(f"the query cannot be run: {_first_line(error)}") from error

        seconds = None if timeout is None or timeout > _FOR_EVER else timeout
        with bounded(work, seconds=seconds, memory=memory) as output:
            try:
                form, columns, rows = read_answer(output)
            except QueryError as error:
                if str(error).startswith(_UNREADABLE):
                    raise OutputError(str(error).removeprefix(_UNREADABLE)) from error
                if not str(error).startswith(_UNPARSED):
                    raise
                reason = explain_syntax(sparql, str(error).removeprefix(_UNPARSED), prefixes)
                raise QueryError(f"the query cannot be parsed: {reason}") from error
            yield Answer(form=form, columns=columns, prefixes=self.prefixes, rows=rows, limit=limit)

    def names(self) -> Iterable[NamedThing]:
        """Return the names of what has a label, but for programs."""
        aliases, same = self._values(ALIAS), self._values(SAME_AS)
        agents = {q.subject for q in self._store.quads_for_pattern(None, _TYPE, _AGENT, _DEFAULT)}
        for quad in self._store.quads_for_pattern(None, LABEL, None, _DEFAULT):
            if quad.subject in agents or not isinstance(quad.object, ox.Literal):
                continue
            if isinstance(quad.subject, ox.NamedNode):
                iri = quad.subject.value
                others = tuple(sorted(aliases.get(iri, ())))
                yield NamedThing(id=iri, name=quad.object.value, aliases=others, same_as=tuple(same.get(iri, ())))

    def knows(self, iri: str) -> bool:
        """Whether something is said of an IRI."""
        return any(self._store.quads_for_pattern(ox.NamedNode(iri), None, None, _DEFAULT))

    def _values(self, predicate: ox.NamedNode) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for quad in self._store.quads_for_pattern(None, predicate, None, _DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                found.setdefault(quad.subject.value, []).append(quad.object.value)
        return found


def _nodes(iris: Sequence[str] | None) -> Iterator[ox.NamedNode | ox.BlankNode]:
    """Yield the nodes of IRIs.

    Raises:
        QueryError: one is none.
    """
    try:
        yield from map(ox.NamedNode, iris or ())
    except ValueError as error:
        raise QueryError(f"a graph of the query has no valid IRI ({error}): write it in full") from error


def _check_memory(size: int) -> None:
    """See that a Turtle file of so many bytes can be loaded: the engine ends the process where memory is refused.

    Raises:
        OSError: there is too little.
    """
    mmap.mmap(-1, _LOADING + _GROWTH * size).close()  # asks for it, but takes none


def _load(store: ox.Store, path: Path) -> dict[str, str]:
    """Load a Turtle file and return its prefixes."""
    try:
        reader = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in reader)
        return dict(reader.prefixes)
    except (SyntaxError, ValueError) as error:
        raise OutputError(f"{path} is no valid Turtle ({_first_line(error)}): build it again") from error
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}: check the file") from error


def _first_line(error: BaseException) -> str:
    """Return the error's first line, cut short."""
    line = next(iter(str(error).splitlines()), type(error).__name__)
    return line if len(line) <= 120 else line[:120] + "..."
