"""Reading one short text with the real pipeline and the real rules."""

from collections.abc import Callable

import pytest

from kg.analysis import Analyzer
from kg.config import DEFAULT_SPACY_MODEL
from kg.extraction import extract, make_extractors
from kg.model import Claim, Document, Extraction

PUBLISHED = "2020-11-16"  # a Monday


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(model=DEFAULT_SPACY_MODEL)


@pytest.fixture(scope="session")
def read(analyzer: Analyzer) -> Callable[..., Extraction]:
    """Return a function: text -> extraction by rules."""

    def run(text: str, *, published: str | None = PUBLISHED) -> Extraction:
        (doc,) = analyzer.analyze([Document(id="d", text=text, published=published)])
        return extract(doc, extractors=make_extractors("rules"))

    return run


def row(claim: Claim, extraction: Extraction) -> str:
    """Write a claim as "subject | predicate | object", with " | title" for a role."""
    name = [e.name for e in extraction.entities]
    end = name[claim.object] if claim.object is not None else claim.literal or "-"
    return " | ".join([name[claim.subject], claim.predicate, end, *([claim.title or "-"] if claim.predicate == "holdsRole" else [])])


def asserted(extraction: Extraction) -> set[str]:
    return {row(c, extraction) for c in extraction.claims if c.asserted}


def unasserted(extraction: Extraction) -> set[tuple[str, str]]:
    """(row, reading) of what is not asserted; reading is the modality, or "negated"."""
    return {
        (row(c, extraction), "negated" if c.polarity == "negated" and c.modality == "actual" else str(c.modality))
        for c in extraction.claims
        if not c.asserted
    }
