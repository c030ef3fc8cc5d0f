"""From trained weights to the folder that ships: export, tune, measure, and say so on the card."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kg.analysis import Analyzer
from kg.extraction.learned.labels import PAIR_OUTPUTS
from kg.extraction.learned.network import Network
from kg.training.card import model_card
from kg.training.config import Config
from kg.training.export import export, write_config
from kg.training.measure import Figure, bar, benchmark_figures, knowledgenet_figures, passage_figures
from kg.training.model import Reader
from kg.training.sources import Sources, read_sources
from kg.training.tune import Tuned, probe, reliability, tune

__all__ = ["finish", "measure"]

VERSION = "2"
_PRECISION = 0.78  # of rules and network together on the passages kept for tuning, near that of the rules alone
Say = Callable[[str], None]


def _export_tuned(
    reader: Reader, config: Config, sources: Sources, *, folder: Path, tokenizer: Path, analyzer: Analyzer
) -> Tuned:
    """Export, and find thresholds, calibration and the bar for what only the network says on the part kept for it."""
    start: dict[str, Any] = {
        "version": VERSION,
        "most_pieces": config.model.most_pieces,
        "thresholds": {},
        "calibration": [1, 0],
    }
    export(reader, folder, tokenizer=tokenizer, opset=config.opset, config=start)
    network = Network(folder, threads=config.training.threads)
    tuned = tune([probe(found, network, analyzer=analyzer) for found in sources.dev.values()])
    found = {**start, "thresholds": tuned.thresholds, "calibration": list(tuned.calibration)}
    write_config(folder, found)
    alone = bar(sources.dev["passages"], folder, analyzer, precision=_PRECISION)
    write_config(folder, {**found, "alone": alone})
    return tuned


def measure(reader: Reader, config: Config, *, data: Path, folder: Path, tokenizer: Path, say: Say) -> None:
    """Export the weights of the second run into a folder and write their figures on the test part beside them."""
    sources = read_sources(config, data)
    analyzer = Analyzer(model=config.data.pipeline)
    _export_tuned(reader, config, sources, folder=folder, tokenizer=tokenizer, analyzer=analyzer)
    figures: list[Figure] = []
    for name in config.data.test:
        for figure in knowledgenet_figures(data / name, folder, analyzer):
            say(": ".join(figure))
            figures.append(figure)
    (folder / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf8")


def finish(
    reader: Reader, config: Config, *, data: Path, measured: Path, folder: Path, tokenizer: Path, say: Say
) -> None:
    """Write the final model, its thresholds and its card into a folder.

    Args:
        data: the folder of the data sets, for the part to tune on and the benchmarks to measure.
        measured: the folder that ``measure`` wrote.
    """
    sources = read_sources(config, data)
    analyzer = Analyzer(model=config.data.pipeline)
    tuned = _export_tuned(reader, config, sources, folder=folder, tokenizer=tokenizer, analyzer=analyzer)
    figures: list[Figure] = [*map(tuple, json.loads((measured / "figures.json").read_text(encoding="utf8")))]
    figures += [*passage_figures(sources.dev["passages"], folder, analyzer)]
    figures += [*benchmark_figures(data, folder, analyzer)]
    for figure in figures:
        say(": ".join(figure))
    (folder / "MODEL_CARD.md").write_text(_card(config, sources, tuned, figures), encoding="utf8")


def _card(config: Config, sources: Sources, tuned: Tuned, figures: Sequence[Figure]) -> str:
    parts = {**sources.learned, "dev": sources.dev}
    return model_card(
        config,
        version=VERSION,
        sizes={(source, part): len(found) for part, by in parts.items() for source, found in by.items()},
        outputs=PAIR_OUTPUTS,
        figures=figures,
        thresholds=tuned.thresholds,
        bins=reliability(tuned.judged, tuned.calibration),
    )
