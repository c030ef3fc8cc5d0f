"""Write what follows from ``ontology/predicates.yaml``: ``make ontology`` runs it, the tests compare.

The relations of ``kg.ttl`` and ``shapes.ttl``, the list in the README and the table in ``docs/annotating.md``, each
between two marks.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.errors import ModelError
from kg.predicates import PREDICATES, EntityType, Predicate

__all__ = ["contents", "main"]

ROOT = Path(__file__).resolve().parents[1]
_LETTERS = {EntityType.PERSON: "P", EntityType.ORGANIZATION: "O", EntityType.PLACE: "L"}
_WIDTH = 120


def contents() -> Mapping[Path, str]:
    """Return each file with what follows from the declaration written into it."""
    terms = "\n\n".join(_term(name, p) for name, p in PREDICATES.items())
    shapes = "\n\n".join((_events(), *(_shape(name, p) for name, p in PREDICATES.items())))
    table = "\n".join(("| predicate | from -> to | meaning |", "| --- | --- | --- |", *_rows()))
    return {
        ROOT / path: _between((ROOT / path).read_text(encoding="utf8"), text, path)
        for path, text in (
            ("ontology/kg.ttl", f"\n{terms}\n"),
            ("ontology/shapes.ttl", f"\n{shapes}\n"),
            ("README.md", f"\n{_sentence()}\n"),
            ("docs/annotating.md", f"\n{table}\n"),
        )
    }


def _between(text: str, made: str, path: str) -> str:
    parts = re.split(r"(?m)(^.*\bmake ontology: begin\b.*\n)((?:.*\n)*?)(^.*\bmake ontology: end\b.*\n)", text)
    if len(parts) != 5:
        raise ModelError(f"{path} needs a line with 'make ontology: begin' and one with 'make ontology: end'")
    return f"{parts[0]}{parts[1]}{made}\n{parts[3]}{parts[4]}"


def _classes(types: frozenset[EntityType]) -> list[str]:
    return [f"kg:{t}" for t in EntityType if t in types]


def _class(types: frozenset[EntityType]) -> str:
    names = _classes(types)
    return names[0] if len(names) == 1 else f"[ a owl:Class ; owl:unionOf ( {' '.join(names)} ) ]"


def _term(name: str, p: Predicate) -> str:
    kinds = ["owl:ObjectProperty" if p.range else "owl:DatatypeProperty", *["owl:SymmetricProperty"] * p.symmetric]
    above = [f"kg:{p.broader}" if p.broader else "kg:relation"] if p.range else []
    above += p.aligned.get("subPropertyOf", ())
    lines = [
        f"kg:{name} a {', '.join(kinds)}",
        f'rdfs:label "{p.label}"@en',
        f'kg:inverseLabel "{p.inverse}"@en',
        f'rdfs:comment "{p.comment}"@en',
        *([f"rdfs:subPropertyOf {', '.join(above)}"] if above else []),
        f"rdfs:domain {_class(p.domain)}",
        f"rdfs:range {_class(p.range) if p.range else 'rdfs:Literal'}",
        *(f"skos:{how} {', '.join(p.aligned[how])}" for how in ("closeMatch", "relatedMatch") if how in p.aligned),
        *([f'skos:editorialNote "{p.note}"@en'] if p.note else []),
    ]
    return " ;\n    ".join(lines) + " ."


def _events() -> str:
    """Return of which relations a statement may be that is a membership or a meeting."""
    return "\n".join(
        f"kg:{shape} sh:property [ sh:path rdf:predicate ; sh:in ( {' '.join(f'kg:{name}' for name in names)} ) ] ."
        for shape, names in (
            ("RoleStatementShape", [name for name, p in PREDICATES.items() if p.titled]),
            ("MeetingStatementShape", [name for name, p in PREDICATES.items() if p.together]),
        )
    )


def _shape(name: str, p: Predicate) -> str:
    def allowed(types: frozenset[EntityType]) -> str:
        names = _classes(types)
        if not names:
            return "sh:or kg:DateTypes"
        one = f"sh:class {names[0]}"
        return one if len(names) == 1 else f"sh:or ( {' '.join(f'[ sh:class {n} ]' for n in names)} )"

    return (
        f"kg:{name}Shape a sh:NodeShape ;\n"
        f"    sh:targetSubjectsOf kg:{name} ;\n"
        f"    {allowed(p.domain)} ;\n"
        f"    sh:property [ sh:path kg:{name} ; {allowed(p.range)} ] ."
    )


def _sentence() -> str:
    *most, last = (f"`{name}`" for name in PREDICATES)
    lines, line = [], ""
    for word in f"The relations are {', '.join(most)} and {last}.".split(" "):
        if len(line) + 1 + len(word) > _WIDTH:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join((*lines, line))


def _rows() -> Iterator[str]:
    for name, p in PREDICATES.items():
        subject, object_ = (", ".join(_LETTERS[t] for t in EntityType if t in types) for types in (p.domain, p.range))
        arrow = "<->" if p.symmetric else "->"
        yield f"| `{name}` | {subject} {arrow} {object_ or 'D'}{' or nothing' * p.object_optional} | {p.comment} |"


def main() -> None:
    """Write the files."""
    for path, text in contents().items():
        path.write_text(text, encoding="utf8")


if __name__ == "__main__":
    main()
