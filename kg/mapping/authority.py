"""Read known persons, organizations and places from RDF: SKOS concepts, FOAF and schema.org descriptions."""

from collections.abc import Iterator
from pathlib import Path

from rdflib import FOAF, ORG, RDF, RDFS, SDO, SKOS, Graph, Namespace, URIRef
from rdflib.term import Literal, Node

from kg.errors import UsageError
from kg.files import read_utf8
from kg.mapping import vocabulary
from kg.model import AuthorityRecord, EntityType
from kg.quiet import quiet

__all__ = ["read_turtle"]

KG, SCHEMA = Namespace(vocabulary.KG.iri), Namespace("https://schema.org/")

_NAMES = (SKOS.prefLabel, RDFS.label, FOAF.name, SCHEMA.name, SDO.name)
_ALIASES = (SKOS.altLabel, FOAF.nick, SCHEMA.alternateName, SDO.alternateName)
_POSITIONS = (SCHEMA.jobTitle, SDO.jobTitle)
_RELATED = (SCHEMA.nationality, SDO.nationality, SCHEMA.worksFor, SDO.worksFor, SCHEMA.addressCountry, ORG.memberOf)
_MAX_BYTES = 50_000_000  # rdflib takes 30 to 60 times that in memory
_PERSON, _ORGANIZATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_WIKIDATA = "http://www.wikidata.org/entity/"
_TYPES: dict[Node, EntityType] = {
    **dict.fromkeys((FOAF.Person, SCHEMA.Person, SDO.Person, KG.Person, URIRef(f"{_WIKIDATA}Q5")), _PERSON),
    **dict.fromkeys((FOAF.Organization, ORG.Organization, ORG.FormalOrganization, KG.Organization), _ORGANIZATION),
    **dict.fromkeys((SCHEMA.Organization, SDO.Organization, SCHEMA.Corporation, SDO.Corporation), _ORGANIZATION),
    **dict.fromkeys((SCHEMA.Place, SDO.Place, SCHEMA.Country, SDO.Country, SCHEMA.City, SDO.City, KG.Place), _PLACE),
}


def read_turtle(path: Path) -> Iterator[AuthorityRecord]:
    """Yield a record for each named thing whose class says that it is a person, an organization or a place.

    Raises:
        UsageError: the file cannot be read, is too large or is no Turtle.
    """
    text = read_utf8(path, limit=_MAX_BYTES, name=f"the authority {path}")
    try:
        with quiet("rdflib"):
            graph = Graph().parse(data=text, format="turtle")
    except Exception as error:  # rdflib's parser raises many kinds
        raise UsageError(f"the authority {path} is no Turtle: {' '.join(str(error).split())[:120]}") from error
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
