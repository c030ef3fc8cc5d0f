"""Check a build against ``ontology/shapes.ttl`` and against the one rule that links facts and statements."""

from functools import cache

from rdflib import RDF, Graph
from rdflib.term import Literal, Node, URIRef

from kg.errors import InvariantError
from kg.mapping.vocabulary import KG
from kg.model import PREDICATES
from kg.resources import ontology_path

__all__ = ["validate"]

SHOWN = 5
"""How many violations a message lists."""


def validate(rdf: Graph) -> None:
    """Check the graph of a build.

    Raises:
        InvariantError: a shape is violated, a fact has no asserted statement, or an asserted statement no fact.
    """
    problems = [*_unstated(rdf), *_violations(rdf)]
    if problems:
        more = [f"... and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
        header = "the graph breaks its own rules: report this as an error of kg"
        raise InvariantError("\n".join([header, *problems[:SHOWN], *more]))


def _unstated(rdf: Graph) -> list[str]:
    """Return what is a fact without a statement, or an asserted statement without its fact."""
    stated: set[tuple[Node | None, Node, Node]] = set()
    for statement in rdf.subjects(KG.asserted, Literal(True)):
        predicate, object_ = rdf.value(statement, RDF.predicate), rdf.value(statement, RDF.object)
        subject = rdf.value(statement, RDF.subject)
        if predicate is None or object_ is None:
            continue  # a role without an organization; a missing predicate is a violation of the shapes
        stated.add((subject, predicate, object_))
        if predicate in _symmetric():
            stated.add((object_, predicate, subject or object_))
    facts = {triple for name in PREDICATES for triple in rdf.triples((None, KG[name], None))}
    unstated = [f"a fact without a statement: {_show(*triple)}" for triple in facts - stated]
    unasserted = [f"an asserted statement without its fact: {_show(*triple)}" for triple in stated - facts]
    return sorted(unstated) + sorted(unasserted)


def _symmetric() -> frozenset[Node]:
    return frozenset(KG[name] for name, predicate in PREDICATES.items() if predicate.symmetric)


def _show(*terms: Node | None) -> str:
    return " ".join(term.n3() if isinstance(term, URIRef | Literal) else str(term) for term in terms)


def _violations(rdf: Graph) -> list[str]:
    from pyshacl import validate as check
    from rdflib.namespace import SH

    conforms, report, _ = check(rdf, shacl_graph=_shapes(), inference="none", advanced=False, allow_warnings=False)
    if conforms:
        return []
    results = report.subjects(RDF.type, SH.ValidationResult)
    return sorted(
        f"{_show(report.value(result, SH.focusNode))}: {report.value(result, SH.resultMessage)} "
        f"({_show(report.value(result, SH.resultPath))}, {_show(report.value(result, SH.value))})"
        for result in results
    )


@cache
def _shapes() -> Graph:
    return Graph().parse(ontology_path("shapes.ttl"), format="turtle")
