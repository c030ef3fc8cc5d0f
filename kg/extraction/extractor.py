"""Run the extractors over one document and give every claim its sentence."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, runtime_checkable

from spacy.tokens import Doc

from kg.errors import UsageError
from kg.extraction.decision.combination import combine
from kg.extraction.discourse import Discourse
from kg.extraction.learned import LearnedExtractor
from kg.extraction.naming.states import with_states
from kg.extraction.reference.reading import read_discourse
from kg.extraction.relations import RuleExtractor
from kg.extraction.relations.tables import at_tables
from kg.model import Claim, Document, Extraction

__all__ = ["EXTRACTORS", "Extractor", "extract", "make_extractors"]


class Extractor(Protocol):
    """Anything that reads claims off a document and its mentions."""

    name: str

    def __call__(self, doc: Doc, discourse: Discourse) -> Iterable[Claim]:
        """Yield claims whose subject, object and place index ``discourse.entities``."""
        ...


@runtime_checkable
class Refiner(Protocol):
    """An extractor that completes what others found: its mentions, and claims with a confidence that was calibrated.

    ``alone`` is the least confidence of a claim of its own that no extractor before it seconds.
    """

    @property
    def alone(self) -> float: ...

    def refine(self, doc: Doc, discourse: Discourse, *, nameless: bool = False) -> Discourse:
        """Return the discourse with further mentions; ``nameless`` keeps entities that have no name."""
        ...


EXTRACTORS = {"rules": ("rules",), "model": ("model",), "both": ("rules", "model")}
# value of the setting `extractor` -> names of the extractors it runs


def make_extractors(name: str) -> tuple[Extractor, ...]:
    """Return the extractors that the setting ``extractor`` names.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in EXTRACTORS:
        raise UsageError(f"no extractor {name!r}: choose one of {', '.join(sorted(EXTRACTORS))}")
    makers: dict[str, Callable[[], Extractor]] = {"rules": RuleExtractor, "model": LearnedExtractor}
    return tuple(makers[part]() for part in EXTRACTORS[name])


def extract(doc: Doc, *, extractors: Sequence[Extractor], nameless: bool = False) -> Extraction:
    """Return the entities of one analyzed document and what the extractors claim of them.

    With ``nameless``, what the text never names ("he" throughout) is an entity too, with an empty name.
    """
    document: Document = doc.user_data["document"]
    discourse = read_discourse(doc)
    for extractor in extractors:
        if isinstance(extractor, Refiner):
            discourse = extractor.refine(doc, discourse, nameless=nameless)
    discourse = with_states(discourse)
    claims: tuple[Claim, ...] = ()
    for n, extractor in enumerate(extractors):
        least = extractor.alone if n and isinstance(extractor, Refiner) else 0.0
        claims = combine(claims, extractor(doc, discourse), least=least)
    return Extraction(
        document=document.id, entities=discourse.entities, claims=at_tables(claims), cut=doc.user_data.get("cut", 0)
    )
