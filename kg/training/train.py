"""The training loop: batches of about equal length, partly supervised losses, a checkpoint each epoch."""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kg.extraction.learned.labels import ASSERTED, REASON_AT, REASONS, STATUS_AT, STATUSES
from kg.training.config import Config, Training
from kg.training.encoder import load_weights
from kg.training.examples import Example
from kg.training.model import Reader

__all__ = ["Batch", "collate", "loss_of", "mean_weights", "new_reader", "train"]

Say = Callable[[str], None]
_OUTPUT_WEIGHTS = torch.ones(
    REASON_AT
)  # coreferent and title pairs are many and easy: they shall not drown the relations
for _name, _weight in (("same", 0.2), ("titleOf", 0.4), ("titleAt", 0.4)):
    _OUTPUT_WEIGHTS[ASSERTED[_name]] = _weight


class Batch:
    """Padded arrays of some examples."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = examples
        # few different shapes: the kernels of a shape are made when it is first met
        size, length = len(examples), _round_up(max(len(e.pieces) for e in examples), 8)
        count = _round_up(max(1, max(len(e.spans) for e in examples)), 4)
        self.pieces = torch.zeros(size, length, dtype=torch.long)
        self.features = torch.zeros(size, length, examples[0].features.shape[1], dtype=torch.long)
        self.spans = torch.zeros(size, count, 3, dtype=torch.long)
        self.types = torch.full((size, count), -1, dtype=torch.long)
        self.tags = torch.full((size, length), -1, dtype=torch.long)
        self.target = torch.zeros(size, count, count, REASON_AT)
        self.weight = torch.zeros(size, count, count, REASON_AT)
        self.statuses: list[tuple[int, int, int, int]] = []
        self.reasons: list[tuple[int, int, int, int]] = []
        for b, e in enumerate(examples):
            n, c = len(e.pieces), len(e.spans)
            self.pieces[b, :n] = torch.from_numpy(e.pieces.astype(np.int64))
            self.features[b, :n] = torch.from_numpy(e.features.astype(np.int64))
            self.tags[b, :n] = torch.from_numpy(e.tags.astype(np.int64))
            self.spans[b, :c] = torch.from_numpy(e.spans[:, :3].astype(np.int64))
            self.types[b, :c] = torch.from_numpy(e.spans[:, 3].astype(np.int64))
            supervised = torch.zeros(REASON_AT)
            supervised[list(e.supervised)] = 1.0
            self.weight[b, :c, :c] = supervised * (1 - torch.eye(c)).unsqueeze(-1)
            for rows, value, weight in ((e.unknown, 0.0, 0.0), (e.zeros, 0.0, 1.0), (e.ones, 1.0, 1.0)):
                s, o, p = (torch.from_numpy(rows[:, k].astype(np.int64)) for k in range(3))
                self.target[b, s, o, p] = value
                self.weight[b, s, o, p] = weight
            self.statuses += [(b, s, o, k) for s, o, k in e.statuses.tolist()]
            self.reasons += [(b, s, o, k) for s, o, k in e.reasons.tolist()]


def _round_up(number: int, step: int) -> int:
    return -(-number // step) * step


def collate(examples: Sequence[Example], *, size: int, seed: int | None) -> Iterator[Batch]:
    """Yield batches of similar length, in an order drawn with the seed (in order of length where None)."""
    noise = random.Random(seed)
    order = sorted(examples, key=lambda e: len(e.pieces) * (noise.uniform(0.85, 1.15) if seed is not None else 1.0))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if seed is not None:
        noise.shuffle(groups)
    for group in groups:
        yield Batch(group)


def new_reader(config: Config, *, vocabulary: int, weights: Path | None, **shape: int) -> Reader:
    """Return a network with the encoder's weights from a checkpoint (random where None)."""
    torch.manual_seed(config.seed)
    reader = Reader(vocabulary=vocabulary, config=config.model, **shape)
    if weights is not None:
        load_weights(reader.tokens.encoder, weights)
    return reader


def loss_of(
    batch: Batch, pairs: Tensor, types: Tensor, tags: Tensor, *, passages_weight: float, focused: bool = False
) -> dict[str, Tensor]:
    """Return the parts of the loss: sums over pairs per passage, means elsewhere."""
    scale = torch.tensor([passages_weight if e.source == "passages" else 1.0 for e in batch.examples])
    raw = functional.binary_cross_entropy_with_logits(pairs[..., :REASON_AT], batch.target, reduction="none")
    # a sum over pairs, divided by the number of candidates: a fact weighs about the same in a short and a long passage
    counts = torch.tensor([max(1, len(e.spans)) for e in batch.examples])
    # easy negatives count little (Ridnik et al., 2021, asymmetric loss), so that rare relations are learned early
    chance = torch.sigmoid(pairs[..., :REASON_AT]).detach()
    focus = torch.where(batch.target > 0, 1.0, chance) if focused else torch.ones_like(chance)
    weights = batch.weight * _OUTPUT_WEIGHTS * focus
    losses = {"pairs": 2.0 * ((raw * weights).sum((1, 2, 3)) * scale / counts).mean()}
    for name, rows, at, size in (
        ("status", batch.statuses, STATUS_AT, len(STATUSES)),
        ("reason", batch.reasons, REASON_AT, len(REASONS)),
    ):
        if rows:
            index = torch.tensor(rows)
            logits = pairs[index[:, 0], index[:, 1], index[:, 2], at : at + size]
            losses[name] = 0.2 * functional.cross_entropy(logits, index[:, 3])
    if (batch.types >= 0).any():
        losses["types"] = 0.3 * functional.cross_entropy(types.flatten(0, 1), batch.types.flatten(), ignore_index=-1)
    if (batch.tags >= 0).any():
        losses["tags"] = functional.cross_entropy(tags.flatten(0, 1), batch.tags.flatten(), ignore_index=-1)
    return losses


def train(
    reader: Reader,
    variants: Sequence[Sequence[Example]],
    *,
    settings: Training,
    seed: int,
    target: Path,
    say: Say,
) -> None:
    """Train; epoch ``n`` sees variant ``n`` (modulo).

    After each epoch ``target`` holds the weights so far, and the ``.jsonl`` beside it a line on each epoch.
    """
    torch.set_num_threads(settings.threads)
    torch.manual_seed(seed)
    target.parent.mkdir(parents=True, exist_ok=True)
    log = target.with_suffix(".jsonl")
    log.unlink(missing_ok=True)
    reader.tokens.encoder.words.weight.requires_grad_(False)  # half of the weights, and they move little
    encoder = [p for p in reader.tokens.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in reader.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": settings.learning_rate}, {"params": heads, "lr": settings.head_learning_rate}],
        weight_decay=settings.weight_decay,
        fused=True,
    )
    steps = settings.epochs * -(-max(len(v) for v in variants) // settings.batch)
    warm = max(1, round(settings.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / warm, max(0.0, (steps - n) / max(1, steps - warm)))
    )
    began, done = time.monotonic(), 0
    for epoch in range(settings.epochs):
        reader.train()
        totals: dict[str, float] = {}
        for batch in collate(variants[epoch % len(variants)], size=settings.batch, seed=seed + epoch):
            with torch.autocast("cpu", torch.bfloat16, enabled=settings.bfloat16):
                states, tags = reader.tokens(batch.pieces, batch.features)
                pairs, types = reader.pairs(states, batch.pieces, batch.spans)
            losses = loss_of(
                batch,
                pairs.float(),
                types.float(),
                tags.float(),
                passages_weight=settings.passages_weight,
                focused=epoch < settings.focused_epochs,
            )
            optimizer.zero_grad()
            sum(losses.values(), torch.tensor(0.0)).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(reader.parameters(), settings.clip)
            optimizer.step()
            schedule.step()
            done += 1
            for name, value in losses.items():
                totals[name] = totals.get(name, 0.0) + float(value.detach())
            if done % 50 == 0:
                say(f"step {done}/{steps}  {time.monotonic() - began:.0f} s  " + _show(totals))
        unfinished = target.with_suffix(".tmp")
        torch.save(reader.state_dict(), unfinished)
        unfinished.replace(target)
        line = {"epoch": epoch + 1, "seconds": round(time.monotonic() - began), **totals}
        with log.open("a", encoding="utf8") as lines:
            lines.write(json.dumps(line) + "\n")
        say(f"epoch {epoch + 1}  " + _show(totals))


def mean_weights(sources: Sequence[Path], target: Path) -> None:
    """Write the mean of weights that runs from one start ended in (Wortsman et al., 2022, model soups)."""
    states = [torch.load(path, weights_only=True) for path in sources]
    mean = {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    torch.save(mean, target)


def _show(totals: dict[str, float]) -> str:
    return "  ".join(f"{k} {v:.1f}" for k, v in totals.items())
