"""Read one document with the network: its mentions, and what it says of every pair of them that share a window."""

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.extraction.learned.features import Candidate, Window, windows
from kg.extraction.learned.labels import SAME, TAGS
from kg.extraction.learned.tagging import mentions_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.extraction.learned.network import Network

    Floats = NDArray[np.float32]

__all__ = ["Scores", "Table", "read_scores"]

_BATCH = 4  # windows at once: bounds memory, about 40 MB
_MOST = 96  # candidates of a window of which pairs are scored; a window of a hundred names is a list
_MOST_PAIRS = 26_000  # pairs scored at once, the padding counted; windows with more are scored one by one


@dataclass(frozen=True, slots=True)
class Table:
    """Logits [candidates, candidates, outputs] of the ordered pairs of candidates ``numbers`` of one window."""

    numbers: tuple[int, ...]
    logits: "Floats" = field(repr=False)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one document.

    Attributes:
        candidates: in text order; none overlap.
        tables: what it says of pairs, one table a window; windows overlap.
    """

    candidates: tuple[Candidate, ...]
    tables: tuple[Table, ...]

    def same(self) -> dict[tuple[int, int], float]:
        """Return how likely two candidates point to one thing, for each pair (lower number first) of a window."""
        import numpy as np

        found: dict[tuple[int, int], float] = {}
        for table in self.tables:
            logits = table.logits[..., SAME]
            chances = 1 / (1 + np.exp(-(logits + logits.T) / 2))
            for a, i in enumerate(table.numbers):
                for b, j in enumerate(table.numbers[a + 1 :], a + 1):
                    found[i, j] = max(found.get((i, j), 0.0), float(chances[a, b]))
        return found


def read_scores(doc: Doc, network: "Network") -> Scores:
    """Find the mentions of a document and score their pairs."""
    import numpy as np

    every = list(windows(doc, network.pieces, special=network.pieces.special, most_pieces=network.config.most_pieces))
    tags = np.zeros((len(doc), len(TAGS)), dtype=np.float32)
    seen = np.zeros(len(doc), dtype=np.float32)
    encoded: list[tuple[list[Window], NDArray[np.int64], Floats]] = []
    remaining = iter(every)
    while group := list(islice(remaining, _BATCH)):
        pieces, states, logits = network.encode(group)
        encoded.append((group, pieces, states))
        for row, window in enumerate(group):
            for i in range(window.start, window.end):
                low, after = window.first[i - window.start : i - window.start + 2]
                if after > low:
                    tags[i] += _softmax(logits[row, low])
                    seen[i] += 1
    tags /= np.maximum(seen, 1)[:, None]
    found = mentions_of(doc, tags)
    starts = [candidate.start for candidate in found]
    tables: list[Table] = []
    for group, pieces, states in encoded:
        members: list[list[int]] = []
        spans: list[list[tuple[int, int, int]]] = []
        for window in group:
            low, high = (bisect_left(starts, i) for i in (window.start, window.end))
            inside = [
                (i, (*place, found[i].form))
                for i in range(low, min(high, low + _MOST))
                if (place := window.piece_span(found[i].start, found[i].end))
            ]
            members.append([i for i, _ in inside])
            spans.append([span for _, span in inside])
        step = len(group) if len(group) * max(map(len, spans)) ** 2 <= _MOST_PAIRS else 1
        for at in range(0, len(group), step):
            some = slice(at, at + step)
            outputs = network.score(states[some], pieces[some], spans[some])
            tables += [
                Table(tuple(numbers), logits[: len(numbers), : len(numbers)].copy())
                for numbers, logits in zip(members[some], outputs, strict=True)
                if numbers
            ]
    return Scores(tuple(found), tuple(tables))


def _softmax(logits: "Floats") -> "Floats":
    import numpy as np

    powers = np.exp(logits - logits.max())
    result: Floats = powers / powers.sum()
    return result
