"""Reading one short text with the real pipeline and the real rules."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kg.analysis import Analyzer
from kg.config import DEFAULT_SPACY_MODEL
from kg.extraction.extractor import Extractors, extract_one
from kg.extraction.relations import RuleExtractor
from kg.model import Claim, Document, Extraction, Modality, Polarity

PUBLISHED = "2020-11-16"  # a Monday


@dataclass(frozen=True)
class Reading:
    """An extraction, its claims as rows "subject | predicate | object" with " | title" for a role."""

    extraction: Extraction

    @property
    def asserted(self) -> set[str]:
        return {self.row(claim) for claim in self.extraction.claims if claim.asserted}

    @property
    def unasserted(self) -> set[tuple[str, str]]:
        """(row, reading); the reading is the modality, or "negated"."""
        return {(self.row(claim), _reading(claim)) for claim in self.extraction.claims if not claim.asserted}

    def row(self, claim: Claim) -> str:
        names = [entity.name for entity in self.extraction.entities]
        end = names[claim.object] if claim.object is not None else claim.literal or "-"
        title = [claim.title or "-"] if claim.predicate == "holdsRole" else []
        return " | ".join([names[claim.subject], claim.predicate, end, *title])


def _reading(claim: Claim) -> str:
    return (
        "negated" if claim.polarity is Polarity.NEGATED and claim.modality is Modality.ACTUAL else str(claim.modality)
    )


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(model=DEFAULT_SPACY_MODEL)


@pytest.fixture(scope="session")
def read(analyzer: Analyzer) -> Callable[..., Reading]:
    """Return a function: text -> reading by rules, every claim as the rules make it."""
    extractors = Extractors((RuleExtractor(),))

    def run(text: str, *, published: str | None = PUBLISHED) -> Reading:
        (doc,) = analyzer.analyze([Document(id="d", text=text, published=published)])
        return Reading(extract_one(doc, extractors=extractors))

    return run
