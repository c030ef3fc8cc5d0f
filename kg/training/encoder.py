"""A BERT encoder (Devlin et al., 2019) in plain PyTorch: just what a MiniLM checkpoint needs."""

import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.training.dropout import Dropout

__all__ = ["Encoder", "load_weights"]


class _Layer(nn.Module):
    """Self-attention and feed-forward, each with a residual connection and layer normalization after it."""

    def __init__(self, *, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, Dropout(dropout)
        self.qkv = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.output_norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        size = width // self.heads
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(size) + bias, dim=-1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, width)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        result: Tensor = self.output_norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return result


class Encoder(nn.Module):
    """Word pieces and token features -> one vector a piece.

    Args:
        vocabulary: number of word pieces.
        features: sizes of the embeddings of the token features (entity tag, part of speech, shape).
        width, layers, heads, inner: the shape of the checkpoint.
        positions: most word pieces of an input.
    """

    def __init__(
        self,
        *,
        vocabulary: int,
        features: tuple[int, ...],
        width: int = 384,
        layers: int = 6,
        heads: int = 12,
        inner: int = 1536,
        positions: int = 512,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.width, self.dropout = width, Dropout(dropout)
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.features = nn.ModuleList(nn.Embedding(size, width) for size in features)
        self.segment = nn.Parameter(torch.zeros(width))
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(
            _Layer(width=width, heads=heads, inner=inner, dropout=dropout) for _ in range(layers)
        )
        for embedding in self.features:
            nn.init.normal_(embedding.weight, std=0.02)  # type: ignore[arg-type]

    def forward(self, pieces: Tensor, features: Tensor) -> Tensor:
        """Encode [batch, length] piece ids (0 pads) with [batch, length, n] features -> [batch, length, width]."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x: Tensor = self.words(pieces) + self.positions(positions) + self.segment
        for i, embedding in enumerate(self.features):
            x = x + embedding(features[:, :, i])
        x = self.dropout(self.norm(x))
        bias = (pieces == 0)[:, None, None, :].to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


def load_weights(encoder: Encoder, path: Path) -> None:
    """Fill an encoder from a BERT checkpoint in safetensors format (names as in the Hugging Face implementation)."""
    source = read_safetensors(path)
    with torch.no_grad():
        encoder.words.weight.copy_(source["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(source["embeddings.position_embeddings.weight"])
        encoder.segment.copy_(source["embeddings.token_type_embeddings.weight"][0])
        _copy(encoder.norm, source, "embeddings.LayerNorm")
        for i, layer in enumerate(encoder.layers):
            name = f"encoder.layer.{i}."
            parts = [name + f"attention.self.{part}" for part in ("query", "key", "value")]
            layer.qkv.weight.copy_(torch.cat([source[p + ".weight"] for p in parts]))  # type: ignore[union-attr,operator]
            layer.qkv.bias.copy_(torch.cat([source[p + ".bias"] for p in parts]))  # type: ignore[union-attr,operator]
            _copy(layer.output, source, name + "attention.output.dense")
            _copy(layer.attention_norm, source, name + "attention.output.LayerNorm")
            _copy(layer.up, source, name + "intermediate.dense")
            _copy(layer.down, source, name + "output.dense")
            _copy(layer.output_norm, source, name + "output.LayerNorm")


def _copy(module: Any, source: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(source[name + ".weight"])
    module.bias.copy_(source[name + ".bias"])


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """Read the float32 tensors of a safetensors file: an 8-byte length, a JSON header, then the raw values."""
    import json

    raw = bytearray(path.read_bytes())
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + size + offset for offset in entry["data_offsets"])
            tensors[name] = torch.frombuffer(raw[start:end], dtype=torch.float32).view(entry["shape"])
    return tensors
