"""A graph of statements -> RDF as ``ontology/kg.ttl`` describes it.

Each entity, document, statement and piece of evidence is named by an IRI, so there is no blank node and the same graph
always gives the same triples. A fact is one direct triple beside its statement; what is not asserted has a statement
only, and one that no tool takes for a membership or an event.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

import pyoxigraph as ox

from kg.errors import InvariantError
from kg.mapping.dates import precision
from kg.mapping.vocabulary import (
    DCTERMS,
    KG,
    OA,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    SUBTYPES,
    XSD,
    extractor_iri,
    is_iri,
)
from kg.model import PREDICATES, Document, Entity, EntityType, Evidence, Graph, Statement, document_iri
from kg.terms import held_span, is_iso_date, lasts

__all__ = ["date_literal", "text_literal", "to_quads", "triples"]

Node = ox.NamedNode | ox.Literal
Stated = tuple[ox.NamedNode, ox.NamedNode, Node, Iterable[str]]
"""Subject, predicate and object of a triple, and the ids of the documents that say it."""

CONTEXT = 32
"""Code points quoted before and after a sentence, so that it is found again where a text has it twice."""

_UNSTORABLE = dict.fromkeys((0, 0xFFFE, 0xFFFF), 0xFFFD)  # raptor takes no file that holds one
_DATE_TYPES = {1: XSD.gYear, 2: XSD.gYearMonth, 3: XSD.date}
_BOOLEANS = {value: ox.Literal(value) for value in (False, True)}


def triples(graph: Graph, *, base_iri: str) -> Iterator[ox.Triple]:
    """Yield the triples subject by subject: entities with their facts, documents, extractors, statements.

    Raises:
        InvariantError: evidence is not what its document says at its offsets, or names a document that is not there;
            something is no IRI where one must stand.
    """
    for subject, predicate, object_, _ in _stated(graph, base_iri):
        yield ox.Triple(subject, predicate, object_)


def to_quads(graph: Graph, *, base_iri: str) -> Iterator[ox.Quad]:
    """Yield the same triples in the default graph, and each in the graph of every document that says it.

    The graph of a document is named by its IRI. It holds the entities that the document speaks of, its statements with
    the evidence that it gives for them, and what is known of itself: all of them together are the default graph, but
    for entities that no document speaks of.

    Raises:
        InvariantError: as ``triples``.
    """
    names = {d.id: iri_node(document_iri(d.id, base_iri=base_iri)) for d in graph.documents}
    for subject, predicate, object_, documents in _stated(graph, base_iri):
        yield ox.Quad(subject, predicate, object_)
        for document in documents:
            yield ox.Quad(subject, predicate, object_, names[document])


def text_literal(text: str) -> ox.Literal:
    """Return a plain literal; what no RDF file can hold (lone surrogates, ``_UNSTORABLE``) is replaced by U+FFFD."""
    return ox.Literal(text.translate(_UNSTORABLE).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def date_literal(date: str) -> ox.Literal:
    """Return an ISO date as xsd:gYear, xsd:gYearMonth or xsd:date, as precise as it is."""
    return ox.Literal(date, datatype=_DATE_TYPES[precision(date)])


@lru_cache(maxsize=100_000)
def iri_node(iri: str) -> ox.NamedNode:
    """Return the node of an IRI.

    Raises:
        InvariantError: it is none.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise InvariantError(f"{iri!r} is not a valid IRI ({error}): report this as an error of kg") from error


def _stated(graph: Graph, base_iri: str) -> Iterator[Stated]:
    facts: dict[str, dict[tuple[str, Node], set[str]]] = {}
    speaking = {entity.id: {mention.document for mention in entity.mentions} for entity in graph.entities}
    extractors: dict[str, set[str]] = {}
    for statement in graph.statements:
        sources = _documents(statement)
        for subject, predicate, object_ in _direct(statement):
            facts.setdefault(subject, {}).setdefault((predicate, object_), set()).update(sources)
        for end in (statement.subject, statement.object, statement.place):
            if end in speaking:
                speaking[end].update(sources)
        for evidence in statement.evidence:
            for extractor in evidence.extractors:
                extractors.setdefault(extractor, set()).add(evidence.document)
            if evidence.attributed_to in speaking:
                speaking[evidence.attributed_to].add(evidence.document)
    documents = {document.id: document for document in graph.documents}
    for entity in graph.entities:
        yield from _entity(entity, facts.get(entity.id, {}), sorted(speaking[entity.id] & documents.keys()))
    for document in graph.documents:
        yield from _document(document, base_iri)
    for extractor, found_in in sorted(extractors.items()):
        agent = iri_node(extractor_iri(extractor, base_iri=base_iri))
        yield agent, RDF.type, PROV.SoftwareAgent, sorted(found_in)
        yield agent, RDFS.label, text_literal(extractor), sorted(found_in)
    types = {entity.id: entity.type for entity in graph.entities}
    for statement in graph.statements:
        yield from _statement(statement, types, documents, base_iri)
        for number, evidence in enumerate(statement.evidence, start=1):
            yield from _evidence(_evidence_iri(statement, number, base_iri), evidence, documents, base_iri)


def _documents(statement: Statement) -> list[str]:
    return sorted({evidence.document for evidence in statement.evidence})


def _direct(statement: Statement) -> Iterator[tuple[str, str, Node]]:
    """Yield the direct triples of a fact: one, or one each way where the relation is symmetric."""
    if not statement.asserted:
        return
    if statement.literal is not None:
        yield statement.subject, statement.predicate, date_literal(statement.literal)
    elif statement.object is not None:
        yield statement.subject, statement.predicate, iri_node(statement.object)
        if statement.relation.symmetric:
            yield statement.object, statement.predicate, iri_node(statement.subject)


def _entity(
    entity: Entity, facts: Mapping[tuple[str, Node], Iterable[str]], documents: Iterable[str]
) -> Iterator[Stated]:
    node = iri_node(entity.id)
    yield node, RDF.type, KG[entity.type], documents
    if entity.subtype in SUBTYPES:
        yield node, RDF.type, KG[entity.subtype], documents
    yield node, RDFS.label, text_literal(entity.name), documents
    for alias in sorted(set(entity.aliases) - {entity.name}):
        yield node, SKOS.altLabel, text_literal(alias), documents
    for other in sorted(entity.same_as):
        yield node, OWL.sameAs, iri_node(other), documents
    for term, value in _checked(entity):
        yield node, term, value, documents
    order = _order()
    for predicate, object_ in sorted(facts, key=lambda fact: (order[fact[0]], str(fact[1]))):
        yield node, KG[predicate], object_, sorted(facts[predicate, object_])


def _document(document: Document, base_iri: str) -> Iterator[Stated]:
    node, said = iri_node(document_iri(document.id, base_iri=base_iri)), (document.id,)
    yield node, RDF.type, KG.Document, said
    yield node, DCTERMS.identifier, text_literal(document.id), said
    if document.title:
        yield node, DCTERMS.title, text_literal(document.title), said
    if document.published:
        yield node, DCTERMS.issued, _date_or_text(document.published), said
    if document.source:
        yield node, DCTERMS.source, _iri_or_text(document.source), said


def _statement(
    statement: Statement, types: Mapping[str, EntityType], known: Mapping[str, Document], base_iri: str
) -> Iterator[Stated]:
    node, documents = iri_node(statement.id), _documents(statement)
    for predicate, object_ in _described(statement, types, known):
        yield node, predicate, object_, documents
    for document in documents:
        yield node, PROV.wasDerivedFrom, iri_node(document_iri(document, base_iri=base_iri)), (document,)
    for number, evidence in enumerate(statement.evidence, start=1):
        yield node, KG.evidence, _evidence_iri(statement, number, base_iri), (evidence.document,)


def _described(
    statement: Statement, types: Mapping[str, EntityType], documents: Mapping[str, Document]
) -> Iterator[tuple[ox.NamedNode, Node]]:
    yield RDF.type, KG.Statement
    yield from _event(statement, types)
    yield RDF.subject, iri_node(statement.subject)
    yield RDF.predicate, KG[statement.predicate]
    if statement.object:
        yield RDF.object, iri_node(statement.object)
    elif statement.literal is not None:
        yield RDF.object, date_literal(statement.literal)
    yield KG.asserted, _BOOLEANS[statement.asserted]
    yield KG.polarity, KG[statement.polarity]
    yield KG.modality, KG[statement.modality]
    if statement.title:
        yield KG["title"], text_literal(statement.title)
    if statement.role:
        yield KG.role, iri_node(statement.role)
    if statement.status:
        yield KG.status, KG[statement.status]
    for term, date in ((KG.start, statement.start), (KG.end, statement.end), (KG.date, statement.date)):
        if date:
            yield term, date_literal(date)
    if statement.place:
        yield KG.place, iri_node(statement.place)
    if statement.offence:
        yield KG.offence, text_literal(statement.offence)
    yield KG.confidence, ox.Literal(str(round(statement.confidence, 3)), datatype=XSD.decimal)
    yield KG.documents, _count(statement.documents)
    yield KG.sources, _count(statement.sources)
    yield from _checked(statement)
    if lasts(statement):
        span = held_span(statement, documents)
        for term, day in ((KG.firstSeen, span.first_seen), (KG.lastSeen, span.last_seen)):
            if is_iso_date(day):
                yield term, date_literal(str(day))


def _checked(told: Statement | Entity) -> Iterator[tuple[ox.NamedNode, Node]]:
    if told.checked_by:
        yield KG.checkedBy, text_literal(told.checked_by)
    if is_iso_date(told.checked_on):
        yield KG.checkedOn, date_literal(told.checked_on)


def _event(statement: Statement, types: Mapping[str, EntityType]) -> Iterator[tuple[ox.NamedNode, Node]]:
    """Yield what makes a fact a membership (W3C ORG) or a meeting; what is not asserted is neither."""
    if not statement.asserted:
        return
    if statement.relation.titled:
        yield RDF.type, KG.RoleStatement
        yield ORG.member, iri_node(statement.subject)
        if statement.object and types.get(statement.object) is EntityType.ORGANIZATION:
            yield ORG.organization, iri_node(statement.object)
        if statement.role:
            yield ORG.role, iri_node(statement.role)
    elif statement.relation.together:
        yield RDF.type, KG.MeetingStatement
        for party in (statement.subject, statement.object):
            if party:
                yield KG.participant, iri_node(party)


def _evidence_iri(statement: Statement, number: int, base_iri: str) -> ox.NamedNode:
    return ox.NamedNode(f"{base_iri}evidence/{statement.id.rpartition('/')[2]}-{number}")


def _evidence(
    node: ox.NamedNode, evidence: Evidence, documents: Mapping[str, Document], base_iri: str
) -> Iterator[Stated]:
    document = documents.get(evidence.document)
    if document is None or document.text[evidence.start : evidence.end] != evidence.text:
        where = f"{evidence.document}:{evidence.start}-{evidence.end}"
        raise InvariantError(f"{evidence.extractor} quotes what {where} does not say: report this as an error of kg")
    source, said = document_iri(document.id, base_iri=base_iri), (document.id,)
    quote, position = ox.NamedNode(f"{node.value}-quote"), ox.NamedNode(f"{node.value}-position")

    def characters(start: int, end: int) -> ox.NamedNode:
        return ox.NamedNode(f"{source}#char={start},{end}")  # RFC 5147

    yield node, RDF.type, KG.Evidence, said
    yield node, OA.hasSource, iri_node(source), said
    yield node, OA.hasSelector, quote, said
    yield node, OA.hasSelector, position, said
    yield node, KG.subjectMention, characters(*evidence.subject), said
    if evidence.object is not None:
        yield node, KG.objectMention, characters(*evidence.object), said
    for extractor in evidence.extractors:
        yield node, PROV.wasAttributedTo, iri_node(extractor_iri(extractor, base_iri=base_iri)), said
    if evidence.attributed_to is not None:
        yield node, PROV.wasAttributedTo, iri_node(evidence.attributed_to), said
        yield node, KG.attributedTo, iri_node(evidence.attributed_to), said
    yield quote, RDF.type, OA.TextQuoteSelector, said
    yield quote, OA.exact, text_literal(evidence.text), said
    yield quote, OA.prefix, text_literal(document.text[max(0, evidence.start - CONTEXT) : evidence.start]), said
    yield quote, OA.suffix, text_literal(document.text[evidence.end : evidence.end + CONTEXT]), said
    yield position, RDF.type, OA.TextPositionSelector, said
    yield position, OA.start, _offset(evidence.start), said
    yield position, OA.end, _offset(evidence.end), said


def _count(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=XSD.integer)


def _offset(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=XSD.nonNegativeInteger)


def _date_or_text(text: str) -> ox.Literal:
    return date_literal(text) if is_iso_date(text) else text_literal(text)


def _iri_or_text(source: str) -> Node:
    """Return a web address as an IRI; a file name, or an address that is no valid IRI, as text."""
    return (
        ox.NamedNode(source) if source.startswith(("http://", "https://")) and is_iri(source) else text_literal(source)
    )


@cache
def _order() -> dict[str, int]:
    return {name: number for number, name in enumerate(PREDICATES)}
