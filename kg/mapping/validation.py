"""Check a build against ``ontology/shapes.ttl`` and against the one rule that links facts and statements."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InvariantError, OutputError
from kg.files import read_regular
from kg.mapping.shacl import Check, compile_shapes
from kg.mapping.vocabulary import KG, RDF
from kg.model import PREDICATES
from kg.resources import ontology_path

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["check_turtle", "validate", "validate_turtle"]

_MAX_BYTES = 200_000_000  # pySHACL takes 20 times that in memory, and two milliseconds a statement

SHOWN = 5
"""How many violations a message lists."""

_ASSERTED = "?statement rdf:predicate {relation} ; kg:asserted true ; rdf:subject {s} ; rdf:object {o}"


def validate(store: ox.Store) -> None:
    """Check the default graph of a store.

    Raises:
        InvariantError: a shape is violated, a fact has no asserted statement, or an asserted statement no fact.
    """
    problems = sorted({*_unstated(store), *_violations(store)})
    if problems:
        more = [f"... and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
        header = "the graph breaks its own rules: report this as an error of kg"
        raise InvariantError("\n".join([header, *problems[:SHOWN], *more]))


def validate_turtle(turtle: bytes) -> None:
    """Check a graph in Turtle; in memory, where it takes a fifth of the time that it takes on disk.

    Raises:
        InvariantError: as ``validate``.
    """
    store = ox.Store()
    store.bulk_load(turtle, format=ox.RdfFormat.TURTLE)
    validate(store)


def check_turtle(path: Path) -> list[str]:
    """Return what is wrong with a Turtle file by pySHACL, and by the rule on facts; a line a violation, sorted.

    Raises:
        UsageError: it cannot be read, or is too large.
        OutputError: it is no Turtle.
    """
    from rdflib import Graph

    turtle, store = read_regular(path, limit=_MAX_BYTES), ox.Store()
    try:
        store.bulk_load(turtle, format=ox.RdfFormat.TURTLE)
        rdf = Graph().parse(data=turtle, format="turtle")
    except (SyntaxError, ValueError) as error:
        reason = next(iter(str(error).splitlines()), "")[:120]
        raise OutputError(f"{path} is no valid Turtle ({reason}): mend it, or build it again") from error
    return sorted([*_unstated(store), *by_pyshacl(rdf)])


def by_pyshacl(rdf: "Graph") -> list[str]:
    """Return the violations of the shapes that pySHACL finds."""
    from pyshacl import validate as check
    from rdflib import Graph
    from rdflib.namespace import RDF, SH

    shapes = Graph().parse(ontology_path("shapes.ttl"), format="turtle")
    conforms, report, _ = check(rdf, shacl_graph=shapes, inference="none", advanced=False, allow_warnings=False)
    if conforms:
        return []

    def show(result: object, term: object) -> str:
        value = report.value(result, term)
        return "" if value is None else str(value.n3())

    results = report.subjects(RDF.type, SH.ValidationResult)
    return sorted(
        _line(show(r, SH.focusNode), str(report.value(r, SH.resultMessage)), show(r, SH.resultPath), show(r, SH.value))
        for r in results
    )


def _unstated(store: ox.Store) -> Iterator[str]:
    """Yield what is a fact without a statement, or an asserted statement without its fact."""
    for name, predicate in PREDICATES.items():
        relation = str(KG[name])
        ways = [("?s", "?o"), ("?o", "?s")][: 1 + predicate.symmetric]
        # By joins over the whole graph: within EXISTS the engine would go through it again for each fact.
        asserted = [_ASSERTED.format(relation=relation, s=s, o=o) for s, o in ways]
        unstated = " ".join(f"MINUS {{ {statement} }}" for statement in asserted)
        factless = " UNION ".join(f"{{ {asserted[0]} MINUS {{ {s} {relation} {o} }} }}" for s, o in ways)
        for pattern, problem in (
            (f"?s {relation} ?o {unstated}", "a fact without a statement"),
            (factless, "an asserted statement without its fact"),
        ):
            query = f"SELECT DISTINCT ?s ?o {{ {pattern} }}"
            for s, o in store.query(query, prefixes={"kg": KG.iri, "rdf": RDF.iri}):  # type: ignore[union-attr]
                yield f"{problem}: {s} {relation} {o}"


def _violations(store: ox.Store) -> Iterator[str]:
    for check in _checks():
        for focus, value in store.query(check.query):  # type: ignore[union-attr]
            yield _line(str(focus), check.message, check.path, "" if value is None else str(value))


def _line(focus: str, message: str, path: str, value: str) -> str:
    return f"{focus}: {message} ({path}, {value})"


@cache
def _checks() -> tuple[Check, ...]:
    return compile_shapes(ontology_path("shapes.ttl"))
