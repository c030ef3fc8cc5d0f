"""One document -> its extraction, in this process; whatever goes wrong with it becomes a ``DocumentError``."""

import json
from collections.abc import Callable
from pathlib import Path

from kg.config import Settings
from kg.errors import DocumentError, failure
from kg.model import Document, Extraction
from kg.predicates import PREDICATES
from kg.resources import data_path

__all__ = ["ANALYSIS", "EXTRACTION", "Reader", "left_to_rules"]

ANALYSIS, EXTRACTION = "analysis", "extraction"


class Reader:
    """Reads documents one by one, each as if it were the only one.

    Args:
        settings: its pipeline and extractors are loaded here, so that the first document takes no longer than others.

    Raises:
        ModelError: a model is missing or not the recorded one.
        UsageError: no extractor has the name in the settings.
    """

    def __init__(self, settings: Settings) -> None:
        from kg.analysis import Analyzer
        from kg.extraction import make_extractors

        self._nameless = settings.nameless
        self._extractors = make_extractors(settings.extractor)
        self._analyzer = Analyzer(model=settings.spacy_model)
        self._read(Document(id="", text="Jane Roe spoke."), lambda _stage: None)

    def read(self, document: Document, *, enter: Callable[[str], None]) -> Extraction | DocumentError:
        """Return what a document says, or why that cannot be known.

        Args:
            document: its text may be anything.
            enter: called with ``ANALYSIS`` and ``EXTRACTION`` when these begin.
        """
        stages = []

        def note(stage: str) -> None:
            stages.append(stage)
            enter(stage)

        try:
            return self._read(document, note)
        except Exception as error:
            return DocumentError(document.id, stages[-1], failure(error))

    def _read(self, document: Document, enter: Callable[[str], None]) -> Extraction:
        from kg.extraction import extract_one, in_parts, join

        read = []
        for part in in_parts(document):
            enter(ANALYSIS)
            (doc,) = self._analyzer.analyze([part.document])
            enter(EXTRACTION)
            read.append((part.offset, extract_one(doc, extractors=self._extractors, nameless=self._nameless)))
        return join(read)


def left_to_rules(extractor: str, *, model: Path | None = None) -> tuple[str, ...]:
    """Return the predicates that the network of a setting should know and does not; nothing heavy is loaded for it.

    Args:
        model: the folder of the weights, those that ship where None.
    """
    if extractor == "rules":
        return ()
    config = ((model or data_path("model")) / "config.json").read_text(encoding="utf8")
    trained = json.loads(config)["outputs"]
    return tuple(name for name, relation in PREDICATES.items() if not relation.by_rules and name not in trained)
