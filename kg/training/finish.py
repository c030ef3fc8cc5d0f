"""From trained weights to the folder that ships: export, tune, measure, and say so on the card."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg.analysis import Analyzer
from kg.evaluation import open_benchmark, views_of_extractions
from kg.extraction.discourse import Discourse
from kg.extraction.learned import LearnedExtractor
from kg.extraction.learned.labels import PAIR_OUTPUTS
from kg.extraction.learned.network import Network
from kg.extraction.reading import read_discourse
from kg.model import Document, Extraction
from kg.training.card import model_card
from kg.training.config import Config
from kg.training.export import export
from kg.training.model import Reader
from kg.training.sources import read_sources
from kg.training.tune import Tuned, probe, reliability, tune

__all__ = ["extractions", "finish"]

VERSION = "1"
_ALONE = 0.6  # where rules and network together reach a precision of 0.75 on the passages kept for tuning


def extractions(
    documents: Iterable[Document],
    *,
    folder: Path,
    analyzer: Analyzer,
    read: Callable[[Doc], Discourse] = read_discourse,
) -> Iterator[Extraction]:
    """Read documents with the model alone, entities that have no name included."""
    extractor = LearnedExtractor(folder=folder)
    for doc in analyzer.analyze(documents):
        discourse = extractor.refine(doc, read(doc), nameless=True)
        claims = tuple(extractor(doc, discourse))
        document: Document = doc.user_data["document"]
        yield Extraction(document=document.id, entities=discourse.entities, claims=claims)


def finish(
    reader: Reader,
    config: Config,
    *,
    data: Path,
    folder: Path,
    tokenizer: Path,
    say: Callable[[str], None],
    read: Callable[[Doc], Discourse] = read_discourse,
) -> None:
    """Write the model, its thresholds and its card into a folder.

    Args:
        data: the folder of the data sets, for the part to tune on and the test part of the configuration.
        read: how the mentions of a document are found: thresholds hold for this reading.
    """
    sources = read_sources(config, data)
    analyzer = Analyzer(model=config.data.pipeline)
    start: dict[str, Any] = {
        "version": VERSION,
        "most_pieces": config.model.most_pieces,
        "thresholds": {},
        "calibration": [1, 0],
    }
    export(reader, folder, tokenizer=tokenizer, opset=config.opset, config=start)
    network = Network(folder, threads=config.training.threads)
    tuned = tune([probe(found, network, analyzer=analyzer, read=read) for found in sources.dev.values()])
    say(f"thresholds {tuned.thresholds}")
    config_of = {**start, "thresholds": tuned.thresholds, "calibration": list(tuned.calibration), "alone": _ALONE}
    export(reader, folder, tokenizer=tokenizer, opset=config.opset, config=config_of)
    figures = []
    for name in config.data.test:
        benchmark = open_benchmark("knowledgenet", data / name)
        found = extractions(benchmark.documents, folder=folder, analyzer=analyzer, read=read)
        rows = benchmark.score(views_of_extractions(found))[0].rows
        for row, rates in rows.items():
            figures.append((f"{name}, {row}", f"P {rates.precision:.3f}, R {rates.recall:.3f}, F1 {rates.f1:.3f}"))
            say(" ".join(figures[-1]))
    sizes = {
        f"{k}{suffix}": len(v)
        for part, suffix in ((sources.learned, ""), (sources.dev, " dev"))
        for k, v in part.items()
    }
    (folder / "MODEL_CARD.md").write_text(_card(config, tuned, figures, sizes), encoding="utf8")


def _card(config: Config, tuned: Tuned, figures: list[tuple[str, str]], sizes: Mapping[str, int]) -> str:
    return model_card(
        replace(config),
        version=VERSION,
        sizes=sizes,
        outputs=PAIR_OUTPUTS,
        figures=figures,
        thresholds=tuned.thresholds,
        bins=reliability(tuned.judged, tuned.calibration),
    )
