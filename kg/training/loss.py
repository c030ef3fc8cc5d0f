"""What the network is taught: tags of words, pairs of mentions, and pairs of entities through their mentions."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kg.extraction.learned.labels import ASSERTED, REASON_AT, REASONS, SAME, STATUS_AT, STATUSES
from kg.training.examples import Example

__all__ = ["Batch", "loss_of"]

_WEIGHTS = {"titleOf": 0.6, "titleAt": 1.0, "same": 0.0}  # "same" is taught of mentions, not of entities
_OUTPUT_WEIGHTS = torch.tensor(
    [next((w for name, w in _WEIGHTS.items() if ASSERTED[name] == i), 1.0) for i in range(REASON_AT)]
)


class Batch:
    """Padded arrays of some examples; clusters are numbered through the batch."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = examples
        # few different shapes: the kernels of a shape are made when it is first met
        size, length = len(examples), _round_up(max(len(e.pieces) for e in examples), 16)
        count = _round_up(max(1, max(len(e.spans) for e in examples)), 4)
        self.pieces = torch.zeros(size, length, dtype=torch.long)
        self.features = torch.zeros(size, length, examples[0].features.shape[1], dtype=torch.long)
        self.spans = torch.zeros(size, count, 3, dtype=torch.long)
        self.tags = torch.full((size, length), -1, dtype=torch.long)
        self.same = torch.zeros(size, count, count)
        self.same_weight = torch.zeros(size, count, count)
        self.clusters = max(1, max((int(e.spans[:, 3].max()) + 1 for e in examples if len(e.spans)), default=1))
        k = self.clusters
        self.cluster_of = torch.full((size, count), k, dtype=torch.long)  # k: no candidate
        self.target = torch.zeros(size, k, k, REASON_AT)
        self.weight = torch.zeros(size, k, k, REASON_AT)
        self.statuses: list[tuple[int, int, int, int]] = []
        self.reasons: list[tuple[int, int, int, int]] = []
        for b, e in enumerate(examples):
            self._fill(b, e)

    def _fill(self, b: int, e: Example) -> None:
        n, c = len(e.pieces), len(e.spans)
        self.pieces[b, :n] = _long(e.pieces)
        self.features[b, :n] = _long(e.features)
        self.tags[b, :n] = _long(e.tags)
        self.spans[b, :c] = _long(e.spans[:, :3])
        self.cluster_of[b, :c] = _long(e.spans[:, 3])
        if e.exhaustive:
            self.same_weight[b, :c, :c] = 1 - torch.eye(c)
        for rows, value in ((e.apart, 0.0), (e.same, 1.0)):
            i, j = _long(rows[:, 0]), _long(rows[:, 1])
            self.same[b, i, j] = value
            self.same_weight[b, i, j] = 1.0
        k = int(e.spans[:, 3].max()) + 1 if c else 0
        supervised = torch.zeros(REASON_AT)
        supervised[list(e.supervised)] = 1.0
        self.weight[b, :k, :k] = supervised * (1 - torch.eye(k)).unsqueeze(-1)
        for rows, value, weight in ((e.unknown, 0.0, 0.0), (e.ones, 1.0, 1.0)):
            s, o, p = (_long(rows[:, column]) for column in range(3))
            self.target[b, s, o, p] = value
            self.weight[b, s, o, p] = weight
        self.statuses += [(b, *row) for row in e.statuses.tolist()]
        self.reasons += [(b, *row) for row in e.reasons.tolist()]


def _long(rows: "np.ndarray[tuple[int, ...], np.dtype[np.int32]]") -> Tensor:
    return torch.from_numpy(rows.astype(np.int64))


def _round_up(number: int, step: int) -> int:
    return -(-number // step) * step


def pooled(pairs: Tensor, cluster_of: Tensor, clusters: int) -> Tensor:
    """Return the logits of pairs of clusters: the smooth maximum over their pairs of mentions (multi-instance).

    Args:
        pairs: [batch, candidates, candidates, outputs]; cluster_of: [batch, candidates], ``clusters`` where none.

    Returns:
        [batch, clusters, clusters, outputs]; a pair of clusters without candidates has a very low logit.
    """
    batch, count, _, outputs = pairs.shape
    k = clusters + 1
    index = (cluster_of.unsqueeze(2) * k + cluster_of.unsqueeze(1)).reshape(batch, count * count, 1)
    index = index.expand(-1, -1, outputs)
    flat = pairs.reshape(batch, count * count, outputs)
    top = torch.full((batch, k * k, outputs), -30.0).scatter_reduce(1, index, flat.detach(), "amax")
    total = torch.zeros(batch, k * k, outputs).scatter_add(1, index, torch.exp(flat - top.gather(1, index)))
    result = top + torch.log(total.clamp(min=1e-6))
    return result.view(batch, k, k, outputs)[:, :clusters, :clusters]


def loss_of(batch: Batch, pairs: Tensor, tags: Tensor, *, weights: Sequence[float], focused: bool) -> dict[str, Tensor]:
    """Return the parts of the loss.

    Args:
        weights: of each example.
        focused: whether easy negatives count little (Ridnik et al., 2021, asymmetric loss), so that rare relations
            are learned early.
    """
    scale = torch.tensor(weights)
    logits = pooled(pairs[..., :REASON_AT], batch.cluster_of, batch.clusters)
    raw = functional.binary_cross_entropy_with_logits(logits, batch.target, reduction="none")
    chance = torch.sigmoid(logits).detach()
    focus = torch.where(batch.target > 0, 1.0, chance) if focused else torch.ones_like(chance)
    # a sum over pairs, divided by the root of the number of clusters: a fact weighs about the same in a short and a
    # long text
    counts = torch.tensor([max(1, int(e.spans[:, 3].max()) + 1 if len(e.spans) else 1) for e in batch.examples])
    summed = (raw * batch.weight * _OUTPUT_WEIGHTS * focus).sum((1, 2, 3))
    losses = {"pairs": 0.6 * (summed * scale / counts.sqrt()).mean()}
    same = functional.binary_cross_entropy_with_logits(pairs[..., SAME], batch.same, reduction="none")
    losses["same"] = 0.4 * ((same * batch.same_weight).sum((1, 2)) * scale / counts.sqrt()).mean()
    for name, rows, at, size in (
        ("status", batch.statuses, STATUS_AT, len(STATUSES)),
        ("reason", batch.reasons, REASON_AT, len(REASONS)),
    ):
        if rows:
            losses[name] = 0.3 * _choice(batch, pairs, rows, at, size)
    known = batch.tags >= 0
    if known.any():
        losses["tags"] = 2.0 * functional.cross_entropy(tags[known], batch.tags[known])
    return losses


def _choice(batch: Batch, pairs: Tensor, rows: Sequence[tuple[int, int, int, int]], at: int, size: int) -> Tensor:
    """The loss of a choice among outputs, taken where a pair of clusters is most plainly related."""
    best = []
    strength = pairs[..., :REASON_AT].detach().amax(-1)
    for b, s, o, _ in rows:
        i = (batch.cluster_of[b] == s).nonzero().flatten()
        j = (batch.cluster_of[b] == o).nonzero().flatten()
        block = strength[b][i][:, j]
        n = int(block.argmax())
        best.append((b, int(i[n // len(j)]), int(j[n % len(j)])))
    b, i, j = torch.tensor(best).unbind(1)
    return functional.cross_entropy(pairs[b, i, j, at : at + size], torch.tensor([row[3] for row in rows]))
