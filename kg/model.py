"""The records that pass between the stages, all frozen.

A *mention* is a place in one text that points to an entity; a *local entity* is everything one document says of one
thing (a coreference chain); a *claim* is a relation that one sentence states between two mentions. Resolution merges
local entities into *entities*, mapping turns claims into *statements*. Offsets are Python string offsets (code points)
into ``Document.text``, end exclusive.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from kg.predicates import PREDICATES, EntityType, Predicate

__all__ = [
    "IN_OFFICE",
    "MINTED",
    "PREDICATES",
    "Apart",
    "AuthorityRecord",
    "Claim",
    "Document",
    "Entity",
    "EntityType",
    "Evidence",
    "Extraction",
    "Graph",
    "LocalEntity",
    "Mention",
    "MentionAt",
    "MentionKind",
    "Modality",
    "Polarity",
    "Predicate",
    "Relational",
    "RoleStatus",
    "Span",
    "Statement",
    "document_iri",
    "iri_segment",
]

Span = tuple[int, int]

MINTED = ("document", "evidence", "extractor", "organization", "person", "place", "statement")
"""What IRIs are minted for: each begins with the base IRI and one of these; it is the prefix of its names too."""


class MentionKind(StrEnum):
    """How a text points to an entity."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Polarity(StrEnum):
    """Whether the text affirms or negates the claim."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """Whether the text holds the claim for a fact."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class RoleStatus(StrEnum):
    """Whether a role is held at the time of the article."""

    CURRENT = "current"
    FORMER = "former"
    ACTING = "acting"
    DESIGNATE = "designate"


IN_OFFICE = frozenset({RoleStatus.CURRENT, RoleStatus.ACTING})
"""Of a post that somebody has at the time of the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text to read. ``id`` is unique within a build; ``published`` is an ISO date; ``sha256`` is the text's."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A place in a document that points to an entity."""

    start: int
    end: int
    kind: MentionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEntity:
    """One thing as one document speaks of it.

    ``name`` is the best full name without rank or honorific, ``aliases`` the other names (no description, no pronoun).
    ``gender`` is "masculine", "feminine" or None where the text does not tell. ``country`` is the ISO 3166-1 alpha-2
    code of a place that is a country, else None. ``trades`` are nouns by which a person is called ("plumber"), ``born``
    the first and the last year in which a person of the age told can be born.
    """

    type: EntityType
    name: str
    subtype: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    gender: str | None = None
    country: str | None = None
    trades: tuple[str, ...] = ()
    born: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sentence that says it, and the spans of the two mentions that carry it.

    ``extractor`` names what found it first, ``also`` what else reads the same off the sentence.
    ``attributed_to`` is the IRI of the entity that says it by the text's own words, or that denies it where it is
    denied; None where the text itself says it. Before resolution the claim holds it.
    """

    document: str
    start: int
    end: int
    text: str
    subject: Span
    object: Span | None
    extractor: str
    attributed_to: str | None = None
    also: tuple[str, ...] = ()

    @property
    def extractors(self) -> tuple[str, ...]:
        """All that found it."""
        return (self.extractor, *self.also)


class Relational:
    """What a claim, a fact and a statement share: a predicate, and whether it is so."""

    __slots__ = ()

    predicate: str
    polarity: Polarity
    modality: Modality

    @property
    def relation(self) -> Predicate:
        """What its predicate is."""
        return PREDICATES[self.predicate]

    @property
    def asserted(self) -> bool:
        """Whether it is stated as a fact, and so an edge of the graph."""
        return self.polarity is Polarity.AFFIRMED and self.modality is Modality.ACTUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Relational):
    """A relation as one sentence states it; ``subject``, ``object``, ``place`` and ``attributed_to`` index
    ``Extraction.entities``.

    ``literal``, ``start``, ``end`` and ``date`` are ISO dates as precise as the text ("1979", "1979-02", "1979-02-01").
    ``title`` is the role as worded, lower case, without rank; ``offence`` what somebody is charged with, convicted of,
    held or sued for, as worded. ``confidence`` lies in (0, 1].
    """

    subject: int
    predicate: str
    evidence: Evidence
    object: int | None = None
    literal: str | None = None
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    title: str | None = None
    status: RoleStatus | None = None
    start: str | None = None
    end: str | None = None
    date: str | None = None
    place: int | None = None
    offence: str | None = None
    attributed_to: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Two entities of one document (indices of ``Extraction.entities``) whose names are alike, and why the text tells
    them apart, in words."""

    one: int
    other: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything read from one document, knowing nothing of the others.

    ``parts`` counts the parts that a long text was read in, ``cut`` the sentences too long to be read as one.
    """

    document: str
    entities: tuple[LocalEntity, ...] = ()
    claims: tuple[Claim, ...] = ()
    apart: tuple[Apart, ...] = ()
    parts: int = 1
    cut: int = 0


@dataclass(frozen=True, slots=True, order=True)
class MentionAt:
    """A mention together with its document."""

    document: str
    start: int
    end: int
    kind: MentionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person, organization or place over all documents; ``id`` is its IRI, ``same_as`` other IRIs of it.

    ``checked_by`` names the person who said what it is called or what it is, and ``checked_on`` the day; empty where
    nobody did.
    """

    id: str
    type: EntityType
    name: str
    subtype: str | None = None
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    mentions: tuple[MentionAt, ...] = ()
    checked_by: str = ""
    checked_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Relational):
    """A relation over all documents with everything that supports it; fields as ``Claim``, ids are IRIs.

    ``role`` is the IRI of the role concept that ``title`` was normalized to. ``sources`` counts the documents that
    support it, copies of one story as one. ``checked_by`` names the person who confirmed, corrected or added it, and
    ``checked_on`` the day; empty where nobody did.
    """

    id: str
    subject: str
    predicate: str
    object: str | None = None
    literal: str | None = None
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    title: str | None = None
    role: str | None = None
    status: RoleStatus | None = None
    start: str | None = None
    end: str | None = None
    date: str | None = None
    place: str | None = None
    offence: str | None = None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    sources: int = 1
    checked_by: str = ""
    checked_on: str = ""

    @property
    def documents(self) -> int:
        """The number of documents that support it."""
        return len({evidence.document for evidence in self.evidence})


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRecord:
    """A person, organization or place that an authority knows; ``id`` is its identifier there, an IRI where it has one.

    ``positions`` are titles of posts, ``related`` names of organizations and countries it belongs to, ``gender`` is
    "masculine" or "feminine", ``born`` and ``died`` are ISO dates as precise as known.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    gender: str | None = None
    born: str | None = None
    died: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The result of a build: documents by id, entities by IRI, statements by id, each sorted by that key."""

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]


def document_iri(document: str, *, base_iri: str) -> str:
    """Return the IRI of the document with the given id."""
    return f"{base_iri}document/{iri_segment(document)}"


def iri_segment(text: str) -> str:
    """Return any text as one segment of an IRI; ``unquote`` gives it back."""
    if text in {".", ".."}:  # as they stand they would lead away
        return text.replace(".", "%2E")
    return quote(text, safe="", errors="replace")
