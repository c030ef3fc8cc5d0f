"""Run the extractors over one document and give every claim its sentence."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from spacy.tokens import Doc

from kg.errors import UsageError
from kg.extraction.discourse import Discourse
from kg.extraction.reading import read_discourse
from kg.extraction.rules import RuleExtractor
from kg.extraction.states import with_states
from kg.model import Claim, Document, Extraction

__all__ = ["EXTRACTORS", "Extractor", "extract", "make_extractors"]


class Extractor(Protocol):
    """Anything that reads claims off a document and its mentions."""

    name: str

    def __call__(self, doc: Doc, discourse: Discourse) -> Iterable[Claim]:
        """Yield claims whose subject, object and place index ``discourse.entities``."""
        ...


EXTRACTORS = {"rules": ("rules",)}  # value of the setting `extractor` -> names of the extractors it runs


def make_extractors(name: str) -> tuple[Extractor, ...]:
    """Return the extractors that the setting ``extractor`` names.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in EXTRACTORS:
        raise UsageError(f"no extractor {name!r}: choose one of {', '.join(sorted(EXTRACTORS))}")
    makers: dict[str, Callable[[], Extractor]] = {"rules": RuleExtractor}
    return tuple(makers[part]() for part in EXTRACTORS[name])


def extract(doc: Doc, *, extractors: Sequence[Extractor]) -> Extraction:
    """Return the entities of one analyzed document and what the extractors claim of them."""
    document: Document = doc.user_data["document"]
    discourse = with_states(read_discourse(doc))
    claims = tuple(claim for extractor in extractors for claim in extractor(doc, discourse))
    return Extraction(document=document.id, entities=discourse.entities, claims=claims)
