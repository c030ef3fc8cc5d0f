"""A graph of statements -> RDF as ``ontology/kg.ttl`` describes it.

Each entity, document, statement and piece of evidence is named by an IRI, so there is no blank node and the same graph
always gives the same triples. A fact is one direct triple beside its statement; what is not asserted has a statement
only, and one that no tool takes for a membership or an event.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD
from rdflib import Graph as RdfGraph
from rdflib.term import Literal, Node, URIRef

from kg.errors import InvariantError
from kg.mapping.dates import is_iso_date, precision
from kg.mapping.vocabulary import KG, OA, SUBTYPES, extractor_iri, is_iri, prefixes
from kg.model import PREDICATES, Document, Entity, EntityType, Evidence, Graph, Statement, document_iri

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Triple", "date_literal", "text_literal", "to_rdf", "triples"]

Triple = tuple[URIRef, URIRef, Node]

CONTEXT = 32
"""Code points quoted before and after a sentence, so that it is found again where a text has it twice."""

_UNSTORABLE = dict.fromkeys((0, 0xFFFE, 0xFFFF), 0xFFFD)  # raptor takes no file that holds one
_DATE_TYPES = {1: XSD.gYear, 2: XSD.gYearMonth, 3: XSD.date}


def to_rdf(graph: Graph, *, base_iri: str) -> RdfGraph:
    """Return the triples of a graph as an rdflib graph."""
    rdf = RdfGraph(bind_namespaces="none")
    for prefix, namespace in prefixes(base_iri).items():
        rdf.bind(prefix, namespace)
    for triple in triples(graph, base_iri=base_iri):
        rdf.add(triple)
    return rdf


def triples(graph: Graph, *, base_iri: str) -> Iterator[Triple]:
    """Yield the triples subject by subject: entities with their facts, documents, extractors, statements.

    Raises:
        InvariantError: evidence is not what its document says at its offsets, or names a document that is not there.
    """
    facts: dict[str, list[tuple[str, Node]]] = {}
    for statement in graph.statements:
        for subject, predicate, object_ in _direct(statement):
            facts.setdefault(subject, []).append((predicate, object_))
    types = {entity.id: entity.type for entity in graph.entities}
    for entity in graph.entities:
        yield from _entity(entity, facts.get(entity.id, []))
    for document in graph.documents:
        yield from _document(document, base_iri)
    for extractor in sorted({x for statement in graph.statements for e in statement.evidence for x in e.extractors}):
        agent = URIRef(extractor_iri(extractor, base_iri=base_iri))
        yield agent, RDF.type, PROV.SoftwareAgent
        yield agent, RDFS.label, text_literal(extractor)
    documents = {document.id: document for document in graph.documents}
    for statement in graph.statements:
        yield from _statement(statement, types, base_iri)
        for number, evidence in enumerate(statement.evidence, start=1):
            yield from _evidence(_evidence_iri(statement, number, base_iri), evidence, documents, base_iri)


def text_literal(text: str) -> Literal:
    """Return a plain literal; what no RDF file can hold (lone surrogates, ``_UNSTORABLE``) is replaced by U+FFFD."""
    return Literal(text.translate(_UNSTORABLE).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def date_literal(date: str) -> Literal:
    """Return an ISO date as xsd:gYear, xsd:gYearMonth or xsd:date, as precise as it is."""
    return Literal(date, datatype=_DATE_TYPES[precision(date)], normalize=False)


def _direct(statement: Statement) -> Iterator[tuple[str, str, Node]]:
    """Yield the direct triples of a fact: one, or one each way where the relation is symmetric."""
    if not statement.asserted:
        return
    if statement.literal is not None:
        yield statement.subject, statement.predicate, date_literal(statement.literal)
    elif statement.object is not None:
        yield statement.subject, statement.predicate, URIRef(statement.object)
        if statement.relation.symmetric:
            yield statement.object, statement.predicate, URIRef(statement.subject)


def _entity(entity: Entity, facts: list[tuple[str, Node]]) -> Iterator[Triple]:
    say = partial(_triple, URIRef(entity.id))
    yield say(RDF.type, KG[entity.type])
    if entity.subtype in SUBTYPES:
        yield say(RDF.type, KG[entity.subtype])
    yield say(RDFS.label, text_literal(entity.name))
    for alias in sorted(set(entity.aliases) - {entity.name}):
        yield say(SKOS.altLabel, text_literal(alias))
    for other in sorted(entity.same_as):
        yield say(OWL.sameAs, URIRef(other))
    order = list(PREDICATES)
    for predicate, object_ in sorted(set(facts), key=lambda fact: (order.index(fact[0]), fact[1].n3())):
        yield say(KG[predicate], object_)


def _document(document: Document, base_iri: str) -> Iterator[Triple]:
    say = partial(_triple, URIRef(document_iri(document.id, base_iri=base_iri)))
    yield say(RDF.type, KG.Document)
    yield say(DCTERMS.identifier, text_literal(document.id))
    if document.title:
        yield say(DCTERMS.title, text_literal(document.title))
    if document.published:
        yield say(DCTERMS.issued, _date_or_text(document.published))
    if document.source:
        yield say(DCTERMS.source, _iri_or_text(document.source))


def _statement(statement: Statement, types: "Mapping[str, EntityType]", base_iri: str) -> Iterator[Triple]:
    say = partial(_triple, URIRef(statement.id))
    subject, object_ = URIRef(statement.subject), URIRef(statement.object) if statement.object else None
    yield say(RDF.type, KG.Statement)
    yield from _event(statement, types)
    yield say(RDF.subject, subject)
    yield say(RDF.predicate, KG[statement.predicate])
    if object_ is not None:
        yield say(RDF.object, object_)
    elif statement.literal is not None:
        yield say(RDF.object, date_literal(statement.literal))
    yield say(KG.asserted, Literal(statement.asserted))
    yield say(KG.polarity, KG[statement.polarity])
    yield say(KG.modality, KG[statement.modality])
    if statement.title:
        yield say(KG.title, text_literal(statement.title))
    if statement.role:
        yield say(KG.role, URIRef(statement.role))
    if statement.status:
        yield say(KG.status, KG[statement.status])
    for term, date in ((KG.start, statement.start), (KG.end, statement.end), (KG.date, statement.date)):
        if date:
            yield say(term, date_literal(date))
    if statement.place:
        yield say(KG.place, URIRef(statement.place))
    yield say(KG.confidence, Literal(str(round(statement.confidence, 3)), datatype=XSD.decimal, normalize=False))
    yield say(KG.documents, _count(statement.documents))
    yield say(KG.sources, _count(statement.sources))
    for document in sorted({evidence.document for evidence in statement.evidence}):
        yield say(PROV.wasDerivedFrom, URIRef(document_iri(document, base_iri=base_iri)))
    for number in range(1, len(statement.evidence) + 1):
        yield say(KG.evidence, _evidence_iri(statement, number, base_iri))


def _event(statement: Statement, types: "Mapping[str, EntityType]") -> Iterator[Triple]:
    """Yield what makes a fact a membership (W3C ORG) or a meeting; what is not asserted is neither."""
    say = partial(_triple, URIRef(statement.id))
    if not statement.asserted:
        return
    if statement.relation.titled:
        yield say(RDF.type, KG.RoleStatement)
        yield say(ORG.member, URIRef(statement.subject))
        if statement.object and types.get(statement.object) is EntityType.ORGANIZATION:
            yield say(ORG.organization, URIRef(statement.object))
        if statement.role:
            yield say(ORG.role, URIRef(statement.role))
    elif statement.relation.together:
        yield say(RDF.type, KG.MeetingStatement)
        for party in (statement.subject, statement.object):
            if party:
                yield say(KG.participant, URIRef(party))


def _evidence_iri(statement: Statement, number: int, base_iri: str) -> URIRef:
    return URIRef(f"{base_iri}evidence/{statement.id.rpartition('/')[2]}-{number}")


def _evidence(iri: URIRef, evidence: Evidence, documents: "Mapping[str, Document]", base_iri: str) -> Iterator[Triple]:
    document = documents.get(evidence.document)
    if document is None or document.text[evidence.start : evidence.end] != evidence.text:
        where = f"{evidence.document}:{evidence.start}-{evidence.end}"
        raise InvariantError(f"{evidence.extractor} quotes what {where} does not say: report this as an error of kg")
    source = document_iri(document.id, base_iri=base_iri)
    quote, position = URIRef(f"{iri}-quote"), URIRef(f"{iri}-position")

    def characters(start: int, end: int) -> URIRef:
        return URIRef(f"{source}#char={start},{end}")  # RFC 5147

    yield iri, RDF.type, KG.Evidence
    yield iri, OA.hasSource, URIRef(source)
    yield iri, OA.hasSelector, quote
    yield iri, OA.hasSelector, position
    yield iri, KG.subjectMention, characters(*evidence.subject)
    if evidence.object is not None:
        yield iri, KG.objectMention, characters(*evidence.object)
    for extractor in evidence.extractors:
        yield iri, PROV.wasAttributedTo, URIRef(extractor_iri(extractor, base_iri=base_iri))
    if evidence.attributed_to is not None:
        yield iri, PROV.wasAttributedTo, URIRef(evidence.attributed_to)
        yield iri, KG.attributedTo, URIRef(evidence.attributed_to)
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, text_literal(evidence.text)
    yield quote, OA.prefix, text_literal(document.text[max(0, evidence.start - CONTEXT) : evidence.start])
    yield quote, OA.suffix, text_literal(document.text[evidence.end : evidence.end + CONTEXT])
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, _offset(evidence.start)
    yield position, OA.end, _offset(evidence.end)


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer, normalize=False)


def _offset(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.nonNegativeInteger, normalize=False)


def _date_or_text(text: str) -> Literal:
    return date_literal(text) if is_iso_date(text) else text_literal(text)


def _iri_or_text(source: str) -> Node:
    """Return a web address as an IRI; a file name, or an address that is no valid IRI, as text."""
    return URIRef(source) if source.startswith(("http://", "https://")) and is_iri(source) else text_literal(source)


def _triple(subject: URIRef, predicate: URIRef, object_: Node) -> Triple:
    return subject, predicate, object_
