"""Reading one short text with the real pipeline and the real rules."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kg.analysis import Analyzer
from kg.config import DEFAULT_SPACY_MODEL
from kg.extraction.extractor import Extractors, extract_one
from kg.extraction.reference.reading import read_discourse
from kg.extraction.relations import RuleExtractor
from kg.model import Claim, Document, EntityType, Extraction, LocalEntity, Modality, Polarity

PUBLISHED = "2020-11-16"  # a Monday
TYPES = {"P": EntityType.PERSON, "O": EntityType.ORGANIZATION, "L": EntityType.PLACE}

_MARK = re.compile(r"\[([^\]]+)\]([POLD])([12]?)")


def marked(sentence: str) -> tuple[str, list[tuple[int, int, str, int]]]:
    """A sentence without its marks, and of each mark the span, the letter and which end of the relation it is."""
    text, marks, last = "", [], 0
    for n, match in enumerate(_MARK.finditer(sentence), start=1):
        text += sentence[last : match.start()]
        marks.append((len(text), len(text) + len(match[1]), match[2], int(match[3] or n)))
        text += match[1]
        last = match.end()
    return text + sentence[last:], marks


def entities(analyzer: Analyzer, text: str) -> tuple[LocalEntity, ...]:
    """What a text mentions, before anything is related."""
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    return read_discourse(doc).entities


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
