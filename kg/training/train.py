"""The training loop: batches of about equal length, a checkpoint each epoch that a later run takes up."""

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor

from kg.training.config import Config, Training
from kg.training.dropout import Dropout
from kg.training.encoder import load_weights
from kg.training.examples import Example
from kg.training.loss import Batch, loss_of
from kg.training.model import ReaderNetwork

__all__ = ["collate", "new_reader", "train"]

_MASK = 103  # number of [MASK] in the vocabulary of BERT; those below it mark and pad
Say = Callable[[str], None]


def collate(examples: Sequence[Example], *, pieces: int, shares: Mapping[str, float], seed: int) -> list[list[Example]]:
    """Return an epoch's batches: of about ``pieces`` word pieces of similar length, in an order drawn with the seed.

    Args:
        shares: of the examples of a source that an epoch sees.
    """
    noise = random.Random(seed)
    drawn = [e for e in examples if noise.random() < shares.get(e.source, 1.0)]
    order = sorted(drawn, key=lambda e: len(e.pieces) * noise.uniform(0.85, 1.15))
    groups: list[list[Example]] = []
    longest = 0
    for example in order:
        longest = max(longest, len(example.pieces))
        if not groups or longest * (len(groups[-1]) + 1) > pieces:
            groups.append([])
            longest = len(example.pieces)
        groups[-1].append(example)
    noise.shuffle(groups)
    return groups


def new_reader(config: Config, *, vocabulary: int, weights: Path | None, **shape: int) -> ReaderNetwork:
    """Return a network with the encoder's weights from a checkpoint (random where None)."""
    torch.manual_seed(config.seed)
    reader = ReaderNetwork(vocabulary=vocabulary, config=config.model, **shape)
    if weights is not None:
        load_weights(reader.tokens.encoder, weights)
    return reader


def train(
    reader: ReaderNetwork, examples: Sequence[Example], *, settings: Training, seed: int, target: Path, say: Say
) -> None:
    """Train; after each epoch ``target`` holds the weights so far, and the ``.jsonl`` beside it a line on each epoch.

    Where the settings ask for it the weights are the running mean over the steps (Polyak and Juditsky, 1992).

    An unfinished run leaves ``target.resume``, from which the next call with the same arguments goes on.
    """
    torch.set_num_threads(settings.threads)
    target.parent.mkdir(parents=True, exist_ok=True)
    log, resume = target.with_suffix(".jsonl"), target.with_suffix(".resume")
    reader.tokens.encoder.words.weight.requires_grad_(False)  # half of the weights, and they move little
    encoder = [p for p in reader.tokens.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in reader.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": settings.learning_rate}, {"params": heads, "lr": settings.head_learning_rate}],
        weight_decay=settings.weight_decay,
        fused=True,
    )
    epochs = [
        collate(examples, pieces=settings.pieces, shares=settings.shares, seed=seed + n) for n in range(settings.epochs)
    ]
    steps = sum(map(len, epochs))
    warm = max(1, round(settings.warmup * steps))
    falls = max(warm, round(settings.constant * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, (n + 1) / warm, max(0.01, (steps - n) / max(1, steps - falls)))
    )
    mean = _Mean(reader, most=settings.average)
    start = 0
    if resume.exists():
        state = torch.load(resume, weights_only=True)
        reader.load_state_dict(state["reader"])
        mean.weights, mean.steps = state["mean"], state["steps"]
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        start = state["epoch"]
    else:
        log.unlink(missing_ok=True)
    began, done = time.monotonic(), sum(map(len, epochs[:start]))
    for epoch in range(start, settings.epochs):
        reader.train()
        torch.manual_seed(seed + epoch)
        for module in reader.modules():
            if isinstance(module, Dropout):
                module.reseed()  # a run that goes on draws the masks of one that never stopped
        totals: dict[str, float] = {}
        for group in epochs[epoch]:
            batch = Batch(group)
            with torch.autocast("cpu", torch.bfloat16, enabled=settings.bfloat16):
                pairs, tags = reader(_hidden(batch.pieces, settings.hidden), batch.features, batch.spans)
            losses = loss_of(
                batch,
                pairs.float(),
                tags.float(),
                weights=[settings.weights.get(e.source, 1.0) for e in batch.examples],
                focused=epoch < settings.focused_epochs,
            )
            optimizer.zero_grad()
            sum(losses.values(), torch.tensor(0.0)).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(reader.parameters(), settings.clip)
            optimizer.step()
            schedule.step()
            mean.take(reader)
            done += 1
            for name, value in losses.items():
                totals[name] = totals.get(name, 0.0) + float(value.detach())
            if done % 50 == 0:
                say(f"step {done}/{steps}  {time.monotonic() - began:.0f} s  " + _show(totals))
        _save(mean.weights, target)
        state = {"reader": reader.state_dict(), "mean": mean.weights, "steps": mean.steps}
        state |= {"optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "epoch": epoch + 1}
        _save(state, resume)
        line = {"epoch": epoch + 1, "seconds": round(time.monotonic() - began), **totals}
        with log.open("a", encoding="utf8") as lines:
            lines.write(json.dumps(line) + "\n")
        say(f"epoch {epoch + 1}  " + _show(totals))
    reader.load_state_dict(mean.weights)
    resume.unlink(missing_ok=True)


class _Mean:
    """The running mean of a network's weights: over few steps at first, then with a constant decay (0: the last)."""

    def __init__(self, reader: ReaderNetwork, *, most: float) -> None:
        self.most, self.steps = most, 0
        self.weights = {name: value.clone() for name, value in reader.state_dict().items()}

    def take(self, reader: ReaderNetwork) -> None:
        self.steps += 1
        kept = min(self.most, self.steps / (self.steps + 10))
        with torch.no_grad():
            for name, value in reader.state_dict().items():
                self.weights[name].lerp_(value, 1 - kept)


def _hidden(pieces: Tensor, share: float) -> Tensor:
    """Put [MASK] in the place of some word pieces, so that what stands around them is learned from."""
    return pieces.masked_fill((torch.rand(pieces.shape) < share) & (pieces > _MASK), _MASK) if share else pieces


def _save(state: object, target: Path) -> None:
    unfinished = target.with_suffix(".tmp")
    torch.save(state, unfinished)
    unfinished.replace(target)


def _show(totals: dict[str, float]) -> str:
    return "  ".join(f"{k} {v:.1f}" for k, v in totals.items())
