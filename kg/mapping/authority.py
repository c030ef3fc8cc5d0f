"""Read known persons, organizations and places from RDF: SKOS concepts, FOAF and schema.org descriptions."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import FOAF, ORG, RDF, RDFS, SDO, SKOS, BNode, Graph, Namespace, URIRef
from rdflib.term import Literal, Node

from kg.errors import InputError, UsageError
from kg.files import read_utf8
from kg.mapping import vocabulary
from kg.model import AuthorityRecord, EntityType

__all__ = ["read_turtle"]

KG, SCHEMA = Namespace(vocabulary.KG.iri), Namespace("https://schema.org/")

_NAMES = (SKOS.prefLabel, RDFS.label, FOAF.name, SCHEMA.name, SDO.name)
_ALIASES = (SKOS.altLabel, FOAF.nick, SCHEMA.alternateName, SDO.alternateName)
_POSITIONS = (SCHEMA.jobTitle, SDO.jobTitle)
_RELATED = (SCHEMA.nationality, SDO.nationality, SCHEMA.worksFor, SDO.worksFor, SCHEMA.addressCountry, ORG.memberOf)
_SUBJECT = re.compile(r"<|@|[\w.-]*:")  # how a line begins a statement
_POSITION = re.compile(r"^Parser error (at|between) .*?: | \(line \d+\)$")
_MOST_BROKEN = 1000  # statements after which the rest of a file is left out
_MAX_BYTES = 50_000_000  # rdflib takes 30 to 60 times that in memory
_PERSON, _ORGANIZATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_WIKIDATA = "http://www.wikidata.org/entity/"
_TYPES: dict[Node, EntityType] = {
    **dict.fromkeys((FOAF.Person, SCHEMA.Person, SDO.Person, KG.Person, URIRef(f"{_WIKIDATA}Q5")), _PERSON),
    **dict.fromkeys((FOAF.Organization, ORG.Organization, ORG.FormalOrganization, KG.Organization), _ORGANIZATION),
    **dict.fromkeys((SCHEMA.Organization, SDO.Organization, SCHEMA.Corporation, SDO.Corporation), _ORGANIZATION),
    **dict.fromkeys((SCHEMA.Place, SDO.Place, SCHEMA.Country, SDO.Country, SCHEMA.City, SDO.City, KG.Place), _PLACE),
}


def read_turtle(path: Path) -> Iterator[AuthorityRecord | InputError]:
    """Yield an error for each statement that breaks the syntax, then a record for each person, organization or place.

    What follows the thousandth of them is not read.

    Raises:
        UsageError: the file cannot be read, is too large or is no Turtle.
    """
    text = read_utf8(path, limit=_MAX_BYTES, name=f"the authority {path}")
    graph, broken = _parsed(text, base_iri=path.resolve().as_uri())
    if broken and not len(graph):
        raise UsageError(f"the authority {path} is no Turtle: {broken[0].where}: {broken[0].reason}")
    yield from broken
    for subject in sorted(set(graph.subjects(RDF.type)), key=str):
        types = [_TYPES[kind] for kind in sorted(graph.objects(subject, RDF.type), key=str) if kind in _TYPES]
        names = _texts(graph, subject, *_NAMES)
        if isinstance(subject, URIRef) and types and names:
            yield AuthorityRecord(
                id=str(subject),
                type=types[0],
                name=names[0],
                aliases=tuple(dict.fromkeys((*names[1:], *_texts(graph, subject, *_ALIASES)))),
                positions=_texts(graph, subject, *_POSITIONS),
                related=_texts(graph, subject, *_RELATED),
                born=next(iter(_texts(graph, subject, SCHEMA.birthDate, SDO.birthDate)), None),
                died=next(iter(_texts(graph, subject, SCHEMA.deathDate, SDO.deathDate)), None),
            )


def _parsed(text: str, *, base_iri: str) -> tuple[Graph, list[InputError]]:
    """Parse Turtle; after an error, from the next line on that begins a statement, with the prefixes so far."""
    graph, broken = Graph(), list[InputError]()
    header, lines, first = "", text.splitlines(keepends=True), 0
    while first < len(lines) and len(broken) < _MOST_BROKEN:
        rest = header + "".join(lines[first:])
        quads = ox.parse(rest, format=ox.RdfFormat.TURTLE, base_iri=base_iri, without_named_graphs=True)
        try:
            for quad in quads:
                graph.add((_node(quad.subject), URIRef(quad.predicate.value), _node(quad.object)))
            break
        except SyntaxError as error:
            at = first + (error.lineno or 1) - 1 - header.count("\n")
            reason = _POSITION.sub("", " ".join(str(error).split()))[:120]
            broken.append(InputError(f"{reason}: mend it or leave it out", where=f"line {at + 1}"))
        header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in quads.prefixes.items())
        first = next((n for n in range(at + 1, len(lines)) if _SUBJECT.match(lines[n])), len(lines))
    return graph, broken


def _node(term: object) -> Node:
    if isinstance(term, ox.Literal):
        return Literal(term.value, lang=term.language) if term.language else Literal(term.value)
    return BNode(term.value) if isinstance(term, ox.BlankNode) else URIRef(getattr(term, "value", ""))


def _texts(graph: Graph, subject: Node, *predicates: URIRef) -> tuple[str, ...]:
    """Return the texts of properties, English and unmarked ones first; for a thing its own name."""
    found: list[tuple[bool, int, str]] = []
    for number, predicate in enumerate(predicates):
        for value in graph.objects(subject, predicate):
            if isinstance(value, Literal):
                foreign = value.language is not None and not value.language.casefold().startswith("en")
                found.append((foreign, number, " ".join(str(value).split())))
            elif predicate not in _NAMES:
                found.extend((False, number, name) for name in _texts(graph, value, *_NAMES))
    return tuple(dict.fromkeys(text for *_, text in sorted(found) if text))
