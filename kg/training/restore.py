"""Weights from an exported model, to go on from them: int8 loses too little to matter to what follows."""

from pathlib import Path

import numpy as np
import torch

from kg.errors import ModelError
from kg.training.model import ReaderNetwork

__all__ = ["restore"]


def restore(reader: ReaderNetwork, folder: Path) -> None:
    """Fill a network from ``encoder.onnx`` and ``pairs.onnx``, but for its word vectors, which training does not move.

    Raises:
        ModelError: the graphs hold other weights than the network has.
    """
    fixed = "tokens.encoder.words.weight"
    found = {**_weights(folder / "encoder.onnx", "tokens."), **_weights(folder / "pairs.onnx", "pairs.")}
    state = reader.state_dict()
    if any(name not in found or found[name].shape != value.shape for name, value in state.items()):
        raise ModelError(f"{folder} holds weights of another network: train from the encoder (leave out --start)")
    reader.load_state_dict({n: value if n == fixed else torch.from_numpy(found[n]) for n, value in state.items()})


def _weights(path: Path, room: str) -> "dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]":
    """Return the weights of a graph by their names in the network; those of a product are named by its node."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    node_of = {name: node.name for node in graph.node for name in node.input}
    found = {}
    for name, value in stored.items():
        base, quantized = name.removesuffix("_quantized"), name.endswith("_quantized")
        if quantized:
            scale, zero = (stored[f"{base}_{part}"].astype(np.float32) for part in ("scale", "zero_point"))
            value = (value.astype(np.float32) - zero) * scale
            if base.startswith("onnx::"):  # the weights of a linear layer, turned; "/hidden/MatMul_quant" uses them
                base = node_of[name].strip("/").split("/MatMul")[0].replace("/", ".") + ".weight"
                base = base.removeprefix(room)
                value = value.T
        if not name.endswith(("_scale", "_zero_point")):
            found[room + base] = np.array(value, order="C")
    return found
