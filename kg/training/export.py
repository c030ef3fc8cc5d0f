"""Write trained weights as two int8 ONNX graphs with the files that inference needs beside them."""

import json
import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from kg.extraction.learned.features import PIECE_FEATURES
from kg.extraction.learned.labels import OUTPUTS, TAGS
from kg.training.model import ReaderNetwork

__all__ = ["export", "write_config"]


def export(
    reader: ReaderNetwork, folder: Path, *, tokenizer: Path, opset: int, config: dict[str, Any], quantize: bool = True
) -> None:
    """Write ``encoder.onnx``, ``pairs.onnx``, ``tokenizer.json`` and ``config.json`` into a folder.

    Args:
        config: version and thresholds; the names of the outputs are added.
        quantize: int8 weights, a scale for each channel; activations are quantized as they come (dynamic).
    """
    reader.eval()
    folder.mkdir(parents=True, exist_ok=True)
    pieces = torch.tensor([[1, 2, 3, 4, 0], [1, 2, 3, 4, 5]])
    features = torch.zeros(2, 5, len(PIECE_FEATURES), dtype=torch.long)
    spans = torch.tensor([[[1, 1, 0], [2, 2, 1], [1, 2, 1]], [[1, 1, 0], [2, 3, 1], [0, 0, 0]]])
    with torch.inference_mode():
        states, _ = reader.tokens(pieces, features)
    batch, length, count = {0: "batch", 1: "length"}, {1: "length"}, {0: "batch", 1: "candidates"}
    with tempfile.TemporaryDirectory() as scratch:
        for name, module, inputs, outputs in (
            ("encoder", reader.tokens, {"pieces": (pieces, batch), "features": (features, batch)}, ("states", "tags")),
            (
                "pairs",
                reader.pairs,
                {"states": (states.clone(), batch), "pieces": (pieces, batch), "spans": (spans, count)},
                ("pairs",),
            ),
        ):
            target = Path(scratch, f"{name}.onnx")
            axes = {k: v[1] for k, v in inputs.items()} | {
                o: ({0: "batch"} | (length if name == "encoder" else {})) for o in outputs
            }
            if name == "pairs":
                axes |= {"pairs": {0: "batch", 1: "candidates", 2: "candidates"}}
            _write(module, target, [v[0] for v in inputs.values()], list(inputs), list(outputs), axes, opset)
            _quantize(target, folder / f"{name}.onnx", quantize=quantize)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    write_config(folder, config)


def write_config(folder: Path, config: dict[str, Any]) -> None:
    """Write ``config.json`` beside the graphs."""
    text = json.dumps({**config, "outputs": OUTPUTS, "tags": TAGS}, indent=1, sort_keys=True)
    (folder / "config.json").write_text(text + "\n", encoding="utf8")


def _write(
    module: nn.Module,
    target: Path,
    inputs: list[Tensor],
    names: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
    opset: int,
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own deprecations
        torch.onnx.export(
            module,
            tuple(inputs),
            str(target),
            input_names=names,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=opset,
            dynamo=False,
        )


def _quantize(source: Path, target: Path, *, quantize: bool) -> None:
    if not quantize:
        shutil.copyfile(source, target)
        return
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # as in kg.extraction.learned.network
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        per_channel=True,
        weight_type=QuantType.QInt8,
        reduce_range=True,  # seven bits: sums of eight overflow on processors without VNNI
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )
