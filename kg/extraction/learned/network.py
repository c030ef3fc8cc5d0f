"""The two exported graphs and their tokenizer, loaded from a folder at the first use."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError
from kg.extraction.learned.features import PIECE_FEATURES, Window
from kg.extraction.learned.labels import LEARNED, OUTPUTS, TAGS
from kg.extraction.learned.pieces import Pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["FILES", "Network", "NetworkConfig"]

_NEVER = -30.0  # logit of what the weights do not know
FILES = ("config.json", "tokenizer.json", "encoder.onnx", "pairs.onnx")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkConfig:
    """What ``config.json`` says of the weights.

    Attributes:
        version: appears in the evidence ("model:pairs@version").
        thresholds: least score of each predicate (and of "same", "titleOf", "titleAt", "unasserted").
    """

    version: str
    most_pieces: int
    thresholds: dict[str, float]


class Network:
    """Run the model on windows of one document; deterministic for a document whatever was read before.

    Outputs are matched by their names: weights that do not know a predicate say nothing of it.

    Args:
        folder: holds ``FILES``.
        threads: of ONNX Runtime within one call.

    Raises:
        ModelError: a file is missing or of another version of the outputs.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # it is read at the import: else the library calls its maker's host
        from onnxruntime import InferenceSession, SessionOptions

        for name in FILES:
            if not (folder / name).is_file():
                raise ModelError(f"{folder / name} is missing: install kg again, or build with --extractor rules")
        raw: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf8"))
        trained: list[str] = raw.get("outputs") or []
        if raw.get("tags") != list(TAGS) or not set(OUTPUTS) - _of_predicates() <= set(trained):
            raise ModelError(f"{folder} holds weights of another version of kg: install kg again")
        self._columns = [trained.index(name) if name in trained else len(trained) for name in OUTPUTS]
        self.config = NetworkConfig(
            version=raw["version"], most_pieces=raw["most_pieces"], thresholds=raw["thresholds"]
        )
        self.pieces = Pieces(folder / "tokenizer.json")
        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._encoder, self._pairs = (
            InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"]) for name in FILES[2:]
        )

    def encode(self, windows: Sequence[Window]) -> "tuple[NDArray[np.int64], Floats, Floats]":
        """Return padded pieces [windows, length], states [windows, length, width] and tag logits of some windows."""
        import numpy as np

        length = max(len(w.pieces) for w in windows)
        pieces = np.zeros((len(windows), length), dtype=np.int64)
        features = np.zeros((len(windows), length, len(PIECE_FEATURES)), dtype=np.int64)
        for i, window in enumerate(windows):
            pieces[i, : len(window.pieces)] = window.pieces
            features[i, : len(window.pieces)] = window.features
        states, tags = self._encoder.run(None, {"pieces": pieces, "features": features})
        return pieces, states, tags

    def score(
        self, states: "Floats", pieces: "NDArray[np.int64]", spans: Sequence[Sequence[tuple[int, int, int]]]
    ) -> "Floats":
        """Return pair logits [windows, candidates, candidates, outputs].

        Args:
            spans: for each window the first piece, last piece and form of its candidates.
        """
        import numpy as np

        count = max(1, *(len(s) for s in spans))
        padded = np.zeros((len(spans), count, 3), dtype=np.int64)
        for i, rows in enumerate(spans):
            if rows:
                padded[i, : len(rows)] = rows
        (pairs,) = self._pairs.run(None, {"states": states, "pieces": pieces, "spans": padded})
        result: Floats = pairs
        if self._columns != list(range(result.shape[-1])):
            nothing = np.full((*result.shape[:-1], 1), _NEVER, dtype=result.dtype)
            result = np.concatenate((result, nothing), axis=-1)[..., self._columns]
        return result


def _of_predicates() -> set[str]:
    return {name for predicate in LEARNED for name in (predicate, f"not {predicate}")}
