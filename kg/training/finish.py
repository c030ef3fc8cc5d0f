"""From trained weights to the folder that ships: export, fit the decision, measure, and say so on the card."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from kg.analysis import Analyzer
from kg.extraction.decision.witnesses import kind_of
from kg.extraction.extractor import EXTRACTORS
from kg.extraction.learned import LearnedExtractor
from kg.training.card import model_card
from kg.training.config import Config
from kg.training.export import export
from kg.training.fit import FITTED_ON, Fitted, fit, read, rows_of
from kg.training.model import ReaderNetwork
from kg.training.rules import score_rules
from kg.training.sources import Sources, read_sources

__all__ = ["VERSION", "finish", "fit_decision"]

VERSION = "7"
THRESHOLDS = {"same": 0.5, "titleOf": 0.3, "titleAt": 0.35, "unasserted": 0.5}  # chosen on the held part of open/train
Say = Callable[[str], None]


def finish(reader: ReaderNetwork, config: Config, *, data: Path, folder: Path, tokenizer: Path, say: Say) -> None:
    """Write the model, the weights of the decision and the card into a folder.

    Args:
        data: the folder of the data sets, for the part that was kept from learning.
    """
    settings = {"version": VERSION, "most_pieces": config.model.most_pieces, "thresholds": THRESHOLDS}
    export(reader, folder, tokenizer=tokenizer, opset=config.opset, config=settings)
    sources = read_sources(config, data)
    fitted = fit_decision(config, sources, folder=folder, say=say)
    (folder / "MODEL_CARD.md").write_text(
        model_card(config, sources, version=VERSION, fitted=fitted, thresholds=THRESHOLDS), encoding="utf8"
    )


def fit_decision(config: Config, sources: Sources, *, folder: Path, say: Say) -> dict[str, Fitted]:
    """Fit the decision for each setting on the held texts and write ``decision.json`` beside the network."""
    analyzer = Analyzer(model=config.data.pipeline)
    scores = list(score_rules(sources.news, analyzer))
    precision = {name: round(p, 3) for s in scores for name, p in ((kind_of(s.rule), s.family), (s.rule, s.precision))}
    say(f"{len(scores)} rules scored")
    held = [a for source in FITTED_ON for a in sources.held.get(source, ())]
    texts = read(held, analyzer)
    learned = LearnedExtractor(folder=folder)
    found: dict[str, Fitted] = {}
    for name in EXTRACTORS:
        rows, gold = rows_of(texts, extractor=name, learned=learned, precision=precision)
        found[name] = fit(rows, gold, precision)
        say(f"{name}: {_show(found[name])}")
    written = {"precision": precision, "weights": dict(_weights(found))}
    (folder / "decision.json").write_text(json.dumps(written, indent=1, sort_keys=True) + "\n", encoding="utf8")
    return found


def _weights(found: Mapping[str, Fitted]) -> Iterator[tuple[str, dict[str, object]]]:
    for name, fitted in found.items():
        fields = asdict(fitted.weights)
        del fields["precision"], fields["of_rules"]
        yield name, fields


def _show(fitted: Fitted) -> str:
    least = fitted.weights.least
    precision, recall, f1 = fitted.rates(least)
    return f"from {least:.2f} on: P {precision:.3f}, R {recall:.3f}, F1 {f1:.3f}"
