"""Claims about the local entities of a document -> facts about the entities of the whole build, checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.mapping.titles import content_words, normalize_title
from kg.model import (
    PREDICATES,
    Claim,
    EntityType,
    Evidence,
    Extraction,
    Modality,
    Polarity,
    Predicate,
    Relational,
    RoleStatus,
)
from kg.terms import is_iso_date

__all__ = ["Fact", "read_facts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Relational):
    """A claim with IRIs for local indices.

    ``post`` holds the content words of the post that its title stands for; ``occasion`` tells apart what happened
    more than once between the same two. Both are settled by ``kg.mapping.merging``.
    """

    subject: str
    predicate: str
    object: str | None
    literal: str | None
    polarity: Polarity
    modality: Modality
    title: str | None
    post: frozenset[str]
    status: RoleStatus | None
    start: str | None
    end: str | None
    date: str | None
    place: str | None
    offence: str | None
    confidence: float
    evidence: Evidence
    occasion: tuple[str | None, ...] = ()

    @property
    def document(self) -> str:
        """Return the id of the document that states it."""
        return self.evidence.document

    @property
    def factuality(self) -> tuple[Polarity, Modality]:
        """Return whether it is affirmed or negated, and how it is meant."""
        return self.polarity, self.modality

    def distance(self, other: "Fact") -> int:
        """Return how many characters lie between the sentences of two facts of one document."""
        return abs(self.evidence.start - other.evidence.start)


def read_facts(extractions: Sequence[Extraction], assignment: Mapping[tuple[str, int], str]) -> Iterator[Fact]:
    """Yield the claims that the ontology allows, symmetric pairs in one order.

    Left out: unknown predicates, ends of a type that the predicate does not take, ends that resolution did not
    assign, relations of a thing with itself, dates that are none, claims without a quote.
    """
    for extraction in extractions:
        for claim in extraction.claims:
            fact = _fact(claim, extraction, assignment)
            if fact is not None:
                yield fact


def _fact(claim: Claim, extraction: Extraction, assignment: Mapping[tuple[str, int], str]) -> Fact | None:
    predicate = PREDICATES.get(claim.predicate)

    def resolve(index: int | None, allowed: frozenset[EntityType]) -> str | None:
        if index is None or not 0 <= index < len(extraction.entities):
            return None
        known = extraction.entities[index].type in allowed
        return assignment.get((extraction.document, index)) if known else None

    if predicate is None or not claim.evidence.text.strip() or not claim.confidence > 0:
        return None
    subject, object_ = resolve(claim.subject, predicate.domain), resolve(claim.object, predicate.range)
    if subject is None or subject == object_ or not _object_fits(claim, predicate, object_):
        return None
    title = normalize_title(claim.title)
    fact = Fact(
        subject=subject,
        predicate=claim.predicate,
        object=object_,
        literal=claim.literal,
        polarity=claim.polarity,
        modality=claim.modality,
        title=title,
        post=content_words(title),
        status=claim.status,
        start=_date(claim.start),
        end=_date(claim.end),
        date=_date(claim.date),
        place=resolve(claim.place, frozenset({EntityType.PLACE})),
        offence=" ".join(claim.offence.split()) if claim.offence else None,
        confidence=min(claim.confidence, 1.0),
        evidence=replace(
            claim.evidence,
            document=extraction.document,
            attributed_to=resolve(claim.attributed_to, frozenset(EntityType)),
        ),
    )
    return _in_order(fact) if predicate.symmetric else fact


def _object_fits(claim: Claim, predicate: Predicate, object_: str | None) -> bool:
    if not predicate.range:
        return claim.object is None and is_iso_date(claim.literal)
    if claim.literal is not None:
        return False
    return object_ is not None or (claim.object is None and predicate.object_optional)


def _in_order(fact: Fact) -> Fact:
    """Return a symmetric fact with its ends, and the spans that stand for them, sorted by IRI."""
    if fact.object is None or fact.subject < fact.object:
        return fact
    evidence = fact.evidence
    span = evidence.object or (evidence.start, evidence.end)  # the sentence, where no mention stands for the object
    swapped = replace(evidence, subject=span, object=evidence.subject)
    return replace(fact, subject=fact.object, object=fact.subject, evidence=swapped)


def _date(text: str | None) -> str | None:
    return text if is_iso_date(text) else None
