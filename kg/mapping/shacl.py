"""SHACL shapes compiled to SPARQL: what pySHACL checks in milliseconds a statement, an engine finds in microseconds.

A constraint becomes a query for its violations. Only the part of SHACL that ``ontology/shapes.ttl`` uses is known; what
else a shape says is an error rather than passed over. ``kg validate`` asks pySHACL itself, and a test compares the two.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ModelError
from kg.mapping.vocabulary import RDF, XSD, Namespace

__all__ = ["Check", "compile_shapes"]

SH = Namespace("http://www.w3.org/ns/shacl#")

_Term = ox.NamedNode | ox.BlankNode | ox.Literal
_Shape = dict[str, list[_Term]]

_OTHER = frozenset({"targetClass", "targetSubjectsOf", "message", "path", "property", "class", "qualifiedValueShape"})
_COUNTS = frozenset({"minCount", "maxCount", "qualifiedMinCount", "hasValue"})
_KINDS = {str(SH.IRI): "isIRI", str(SH.Literal): "isLITERAL", str(SH.BlankNode): "isBLANK"}
_COMPARISONS = {"minExclusive": ">", "minInclusive": ">=", "maxExclusive": "<", "maxInclusive": "<="}
_LEXICAL = {
    XSD.string: ".*",
    XSD.boolean: "true|false|1|0",
    XSD.integer: "[+-]?[0-9]+",
    XSD.nonNegativeInteger: "[+]?[0-9]+|-0+",
    XSD.decimal: r"[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)",
    XSD.gYear: "-?[0-9]{4,}",
    XSD.gYearMonth: "-?[0-9]{4,}-(0[1-9]|1[0-2])",
    XSD.date: "-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One constraint: ``query`` selects the ``?focus`` nodes, and the ``?value``, that violate it.

    ``path`` is the property that it is about, in SPARQL, or empty; ``message`` says what should be.
    """

    query: str
    path: str
    message: str


def compile_shapes(path: Path) -> tuple[Check, ...]:
    """Return the checks of all shapes of a Turtle file that have a target.

    Raises:
        ModelError: a shape says what is not known here.
    """
    graph: dict[_Term, _Shape] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        graph[quad.subject][quad.predicate.value.removeprefix(SH.iri)].append(quad.object)
    return tuple(check for node in list(graph) for check in _Compiler(path, graph).checks(node))


@dataclass(slots=True)
class _Compiler:
    path: Path
    graph: dict[_Term, _Shape]
    names: int = 0

    def checks(self, node: _Term) -> Iterator[Check]:
        shape = self.graph[node]
        targets = [f"?focus a {target} ." for target in shape.get("targetClass", ())]
        targets += [f"?focus {predicate} ?any ." for predicate in shape.get("targetSubjectsOf", ())]
        for target in targets:
            for constraint, condition in self._conditions(shape, "?focus"):
                yield self._check(f"{target} FILTER({_not(condition)}) BIND(?focus AS ?value)", "", shape, constraint)
            for inner in shape.get("property", ()):
                yield from self._property_checks(target, self.graph[inner])

    def _property_checks(self, target: str, shape: _Shape) -> Iterator[Check]:
        path = self._path(shape)
        for constraint, condition in self._conditions(shape, "?value"):
            yield self._check(f"{target} ?focus {path} ?value FILTER({_not(condition)})", path, shape, constraint)
        # By joins over the whole graph: within EXISTS the engine would go through it again for each node.
        for constraint, wanted, pattern in self._counts(shape, "?focus"):
            yield self._check(
                f"{target} MINUS {{ {pattern} }}" if wanted else f"{target} {pattern}", path, shape, constraint
            )

    def _check(self, pattern: str, path: str, shape: _Shape, constraint: str) -> Check:
        messages = [m.value for m in shape.get("message", ()) if isinstance(m, ox.Literal)]
        said = ", ".join(map(self._words, shape.get(constraint, ())))
        return Check(
            query=f"SELECT DISTINCT ?focus ?value {{ {pattern} }}",
            path=path,
            message=messages[0] if messages else f"{constraint} {said}".strip(),
        )

    def _words(self, term: _Term) -> str:
        return "of these shapes" if isinstance(term, ox.BlankNode) else str(term)

    def _conforms(self, node: _Term, variable: str) -> str:
        """Return the condition that a value conforms to a shape inside another."""
        shape = self.graph[node]
        conditions = [condition for _, condition in self._conditions(shape, variable)]
        for inner in shape.get("property", ()):
            conditions += self._property_conforms(self.graph[inner], variable)
        return " && ".join(f"({condition})" for condition in conditions) or "true"

    def _property_conforms(self, shape: _Shape, variable: str) -> Iterator[str]:
        for _, wanted, pattern in self._counts(shape, variable):
            yield f"{'' if wanted else 'NOT '}EXISTS {{ {pattern} }}"
        value = self._name()
        for _, condition in self._conditions(shape, value):
            yield f"NOT EXISTS {{ {variable} {self._path(shape)} {value} FILTER({_not(condition)}) }}"

    def _conditions(self, shape: _Shape, variable: str) -> Iterator[tuple[str, str]]:
        """Yield constraints on one value with the condition that it satisfies them."""
        for class_ in shape.get("class", ()):
            yield "class", f"EXISTS {{ {variable} a {class_} }}"
        for name in shape.keys() - _OTHER - _COUNTS - {RDF.type.value}:
            if name not in _CONDITIONS:
                raise ModelError(f"{self.path}: {name} is no constraint that kg knows: validate by pySHACL instead")
            for value in shape[name]:
                yield name, _CONDITIONS[name](self, value, variable)

    def _counts(self, shape: _Shape, focus: str) -> Iterator[tuple[str, bool, str]]:
        """Yield constraints on how many values there are, each with whether its pattern must match or must not."""
        path = self._path(shape)
        for value in shape.get("hasValue", ()):
            yield "hasValue", True, f"{focus} {path} {value}"
        for name, more in (("minCount", 0), ("maxCount", 1), ("qualifiedMinCount", 0)):
            for number in shape.get(name, ()):
                if not isinstance(number, ox.Literal):
                    raise ModelError(f"{self.path}: {name} {number} is no number")
                qualified = shape.get("qualifiedValueShape", []) if name == "qualifiedMinCount" else []
                yield name, not more, self._several(focus, path, int(number.value) + more, qualified)

    def _several(self, focus: str, path: str, number: int, shapes: list[_Term]) -> str:
        """Return the pattern of so many different values, each of them conforming to shapes."""
        values = [self._name() for _ in range(number)]
        pattern = "".join(f"{focus} {path} {value} . " for value in values)
        different = [f"!sameTerm({a}, {b})" for a, b in combinations(values, 2)]
        conforming = [self._conforms(shape, value) for shape in shapes for value in values]
        return pattern + "".join(f"FILTER({condition}) " for condition in (*different, *conforming))

    def _path(self, shape: _Shape) -> str:
        [path] = shape["path"]
        return "/".join(map(str, self.items(path))) if isinstance(path, ox.BlankNode) else str(path)

    def items(self, node: _Term) -> Iterator[_Term]:
        """Yield the members of an RDF list."""
        while node != RDF.nil:
            cell = self.graph[node]
            yield cell[RDF.first.value][0]
            node = cell[RDF.rest.value][0]

    def shapes(self, node: _Term, variable: str) -> list[str]:
        """Return the conditions that a value conforms to each shape of a list."""
        return [f"({self._conforms(shape, variable)})" for shape in self.items(node)]

    def _name(self) -> str:
        self.names += 1
        return f"?v{self.names}"


def _not(condition: str) -> str:
    return f"!COALESCE({condition}, false)"


def _datatype(_: _Compiler, value: _Term, variable: str) -> str:
    if not isinstance(value, ox.NamedNode) or value not in _LEXICAL:
        raise ModelError(f"{value} is no datatype that kg checks: validate by pySHACL instead")
    types = f"{value}, {XSD.integer}" if value == XSD.nonNegativeInteger else str(value)  # Oxigraph stores both as one
    lexical = f' && REGEX(STR({variable}), "^({_LEXICAL[value]})$")' if value != XSD.string else ""
    return f"isLITERAL({variable}) && DATATYPE({variable}) IN ({types}){lexical}"


def _compared(sign: str) -> "Callable[[_Compiler, _Term, str], str]":
    return lambda _, value, variable: f"{variable} {sign} {value}"


_CONDITIONS: "dict[str, Callable[[_Compiler, _Term, str], str]]" = {
    "datatype": _datatype,
    "nodeKind": lambda _, value, variable: f"{_KINDS[str(value)]}({variable})",
    "in": lambda compiler, value, variable: f"{variable} IN ({', '.join(map(str, compiler.items(value)))})",
    "minLength": lambda _, value, variable: f"STRLEN(STR({variable})) >= {value}",
    "or": lambda compiler, value, variable: " || ".join(compiler.shapes(value, variable)),
    "xone": lambda compiler, value, variable: (
        " + ".join(f"IF({condition}, 1, 0)" for condition in compiler.shapes(value, variable)) + " = 1"
    ),
    **{name: _compared(sign) for name, sign in _COMPARISONS.items()},
}
