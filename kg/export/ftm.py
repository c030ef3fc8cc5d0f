"""The graph as entities of FollowTheMoney, one a line of JSON: for OpenAleph, yente and its other readers."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from kg.geography import country_of
from kg.model import Document, Entity, EntityType, Graph, Statement

__all__ = ["to_ftm"]

Properties = Mapping[str, Iterable[str | None]]
Record = dict[str, object]

_WIKIDATA = "http://www.wikidata.org/entity/"
_PUBLIC = frozenset({"GovernmentBody", "Ministry", "MilitaryForce", "Parliament", "Court"})
_LITERALS = {"bornOn": "birthDate", "diedOn": "deathDate", "foundedOn": "incorporationDate"}
_NAMED = {"bornIn": "birthPlace"}
_FAMILY = {"spouseOf": "spouse", "siblingOf": "sibling", "childOf": "parent"}


def to_ftm(graph: Graph) -> bytes:
    """Return entities, posts, links and articles; what is not asserted is left out.

    People, companies, public bodies, organizations and articles are entities of these schemata, places are addresses.
    A post at an organization is an Employment, one of a state an Occupancy of a Position; memberships and families have
    schemata of their own, and any other relation is an UnknownLink that says which. Each link has its articles as proof
    and a sentence as description.
    """
    kinds = {entity.id: entity for entity in graph.entities}
    facts = [s for s in graph.statements if s.asserted]
    records: dict[str, Record] = {}
    for record in (
        *(_entity(entity, facts_of, kinds) for entity, facts_of in _with_facts(graph.entities, facts)),
        *map(_article, graph.documents),
        *(record for s in facts for record in _links(s, kinds)),
    ):
        records.setdefault(str(record["id"]), record)
    lines = (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in records.values())
    return "".join(f"{line}\n" for line in lines).encode("utf8", "replace")


def _with_facts(entities: Iterable[Entity], facts: Iterable[Statement]) -> Iterator[tuple[Entity, list[Statement]]]:
    found: dict[str, list[Statement]] = {}
    for fact in facts:
        found.setdefault(fact.subject, []).append(fact)
    return ((entity, found.get(entity.id, [])) for entity in entities)


def _entity(entity: Entity, facts: Iterable[Statement], kinds: Mapping[str, Entity]) -> Record:
    wikidata = [iri.removeprefix(_WIKIDATA) for iri in entity.same_as if iri.startswith(_WIKIDATA)]
    if entity.type is EntityType.PLACE:
        part = {"City": "city", "Region": "region"}.get(entity.subtype or "", "full")
        return _record("Address", entity.id, {"full": [entity.name], part: [entity.name], "country": [_code(entity)]})
    more: dict[str, list[str | None]] = {}
    for fact in facts:
        if fact.predicate in _LITERALS:
            more.setdefault(_LITERALS[fact.predicate], []).append(fact.literal)
        elif fact.predicate in _NAMED and fact.object is not None:
            more.setdefault(_NAMED[fact.predicate], []).append(kinds[fact.object].name)
        elif fact.predicate == "citizenOf" and fact.object is not None:
            more.setdefault("nationality", []).append(_code(kinds[fact.object]))
    names = {"name": [entity.name], "alias": entity.aliases, "wikidataId": wikidata}
    return _record(_schema(entity), entity.id, {**names, **more})


def _schema(entity: Entity) -> str:
    if entity.type is EntityType.PERSON:
        return "Person"
    if entity.subtype == "Company":
        return "Company"
    return "PublicBody" if entity.subtype in _PUBLIC else "Organization"


def _article(document: Document) -> Record:
    source = document.source or ""
    address = [source] if source.startswith(("http://", "https://")) else []
    published = [document.published]
    title = [document.title or document.id]
    return _record(
        "Article", _document_key(document.id), {"title": title, "publishedAt": published, "sourceUrl": address}
    )


def _links(s: Statement, kinds: Mapping[str, Entity]) -> Iterator[Record]:
    if s.object is None:
        if s.relation.titled and s.title:
            yield from _occupancy(s, None)
        return
    a, b = _id(s.subject), _id(s.object)
    known = kinds[s.object]
    if s.relation.titled and known.type is EntityType.PLACE:
        yield from _occupancy(s, known)
    elif s.relation.titled:
        yield _link("Employment", s, {"employee": [a], "employer": [b], "role": [s.title]})
    elif s.relation.ends:
        yield _link("Membership", s, {"member": [a], "organization": [b]})
    elif s.predicate in _FAMILY:
        yield _link("Family", s, {"person": [a], "relative": [b], "relationship": [_FAMILY[s.predicate]]})
    else:
        yield _link("UnknownLink", s, {"subject": [a], "object": [b], "role": [s.title or s.predicate]})


def _occupancy(s: Statement, state: Entity | None) -> Iterator[Record]:
    name = s.title or "office holder"
    whole = f"{name} of {state.name}" if state is not None else name
    post = f"position {whole}"
    yield _record("Position", post, {"name": [whole], "country": [_code(state) if state is not None else None]})
    status = [s.status.value if s.status else None]
    yield _link("Occupancy", s, {"holder": [_id(s.subject)], "post": [_id(post)], "status": status})


def _link(schema: str, s: Statement, properties: Properties) -> Record:
    documents = sorted({evidence.document for evidence in s.evidence})
    shared: Properties = {
        "startDate": [s.start],
        "endDate": [s.end],
        "date": [s.date],
        "proof": [_id(_document_key(document)) for document in documents],
        "description": [min((evidence.text for evidence in s.evidence), default=None)],
        "recordId": [s.id],
    }
    return _record(schema, s.id, {**properties, **shared})


def _record(schema: str, key: str, properties: Properties) -> Record:
    found = {name: sorted({value for value in values if value}) for name, values in properties.items()}
    return {"id": _id(key), "schema": schema, "properties": {name: values for name, values in found.items() if values}}


def _id(key: str) -> str:
    """Return an id that FollowTheMoney takes: an IRI has characters that it does not."""
    return f"kg-{hashlib.sha256(key.encode('utf8', 'replace')).hexdigest()[:32]}"


def _document_key(document: str) -> str:
    return f"document {document}"


def _code(place: Entity) -> str | None:
    country = country_of(place.name)
    return country.code.lower() if country is not None and country.code else None
