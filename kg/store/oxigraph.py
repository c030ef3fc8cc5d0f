"""The graph in memory, asked by SPARQL: read only, without a network, bounded in time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from threading import Thread

import pyoxigraph as ox

from kg.errors import KgError, OutputError, QueryError, UnknownEntityError
from kg.resources import ontology_path
from kg.store.folder import TURTLE, check_file
from kg.store.guard import check_query
from kg.store.named import NamedQuery, bind, named_queries
from kg.store.results import QueryResult, Term

__all__ = ["Store"]

ONTOLOGY_GRAPH = ox.NamedNode("https://kg.example/ontology")
"""The named graph of the vocabulary and the role concepts: ``GRAPH <https://kg.example/ontology> { ... }``."""

TIMEOUT = 60.0
"""Seconds until a query is given up."""

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
        turtle = path / TURTLE if path.is_dir() else path
        if turtle.name == TURTLE:
            check_file(turtle.parent, TURTLE)
        store = ox.Store()
        prefixes: dict[str, str] = {}
        for name in ("kg.ttl", "roles.ttl"):
            prefixes |= _load(store, ontology_path(name), ONTOLOGY_GRAPH)
        if not turtle.is_file():
            raise OutputError(f"{turtle} is missing: name the folder of a build, or make one with `kg build`")
        prefixes |= _load(store, turtle, ox.DefaultGraph())
        return cls(path, prefixes, store)

    def query(self, sparql: str, *, limit: int | None = None, timeout: float | None = TIMEOUT) -> QueryResult:
        """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE query; the prefixes of the graph need no declaration.

        Args:
            sparql: the query.
            limit: at most so many rows; the result says whether there were more.
            timeout: seconds until the query is given up, None for never.

        Raises:
            QueryError: the query cannot be parsed, would change the graph or reach the network, or takes too long.
        """
        check_query(sparql)
        outcome: list[QueryResult | BaseException] = []

        def work() -> None:
            try:
                outcome.append(self._run(sparql, limit))
            except BaseException as error:  # handed to the caller's thread
                outcome.append(error)

        # The engine cannot be interrupted: in a thread of its own it keeps neither Ctrl-C nor the clock from working.
        worker = Thread(target=work, daemon=True, name="kg-query")
        worker.start()
        worker.join(timeout)
        if not outcome:
            raise QueryError(f"no answer within {timeout:g} seconds: narrow the query down or give it more time")
        match outcome[0]:
            case QueryResult() as result:
                return result
            case KgError() as error:
                raise error
            case BaseException() as error:
                raise QueryError(f"the query cannot be {_problem(error)}") from error

    def ask(
        self,
        name: str,
        parameters: Mapping[str, str] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = TIMEOUT,
    ) -> QueryResult:
        """Answer a named query; a parameter is an entity's name (in any case), prefixed name or IRI.

        Raises:
            QueryError: no such query, or its parameters are not as it declares them.
            UnknownEntityError: no entity has the name that a parameter gives.
        """
        query = _named(name)
        values = {key: self._known(text) for key, text in query.check(parameters or {}).items()}
        rows = limit if limit is not None else query.limit
        return self.query(bind(query, values), limit=rows, timeout=timeout)

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

    def _run(self, sparql: str, limit: int | None) -> QueryResult:
        answer = self._store.query(sparql, prefixes=dict(self.prefixes))
        match answer:
            case ox.QueryBoolean():
                value = ox.Literal(bool(answer))
                return QueryResult(form="ask", columns=("answer",), rows=((value,),), prefixes=self.prefixes)
            case ox.QuerySolutions():
                form, columns = "select", tuple(variable.value for variable in answer.variables)
                rows: Iterator[tuple[Term | None, ...]] = (tuple(solution) for solution in answer)
            case _:
                form, columns = "construct", ("subject", "predicate", "object")
                rows = (tuple(triple) for triple in answer)
        kept = tuple(islice(rows, limit))
        truncated = limit is not None and next(rows, None) is not None
        return QueryResult(form=form, columns=columns, rows=kept, prefixes=self.prefixes, truncated=truncated)


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
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _problem(error: BaseException) -> str:
    known = "parsed" if isinstance(error, SyntaxError) else "run"
    return f"{known}: {_first_line(error)}"


def _first_line(error: BaseException) -> str:
    """Return the error's first line, cut short: the engine lists every character that it would have accepted."""
    line = next(iter(str(error).splitlines()), type(error).__name__)
    return line if len(line) <= 120 else line[:120] + "..."
