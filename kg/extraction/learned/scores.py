"""Read one document with the network: its mentions, and what it says of every pair of them that share a window."""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.extraction.learned.features import MentionCandidate, Window, windows
from kg.extraction.learned.labels import SAME, TAGS
from kg.extraction.learned.tagging import mentions_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.extraction.learned.network import Network

    Floats = NDArray[np.float32]

__all__ = ["PairTable", "Scores", "read_scores"]

_MOST = 96  # candidates of a window of which pairs are scored; a window of a hundred names is a list


@dataclass(frozen=True, slots=True)
class PairTable:
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

    candidates: tuple[MentionCandidate, ...]
    tables: tuple[PairTable, ...]

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
    """Find the mentions of a document and score their pairs.

    Window by window: what the network says of one does not depend on others, and nothing is padded.
    """
    import numpy as np

    tags = np.zeros((len(doc), len(TAGS)), dtype=np.float32)
    seen = np.zeros(len(doc), dtype=np.float32)
    encoded: list[tuple[Window, NDArray[np.int64], Floats]] = []
    for window in windows(doc, network.pieces, special=network.pieces.special, most_pieces=network.config.most_pieces):
        pieces, states, logits = network.encode([window])
        encoded.append((window, pieces, states))
        first = np.array(window.first)
        rows = np.flatnonzero(np.diff(first) > 0)  # words that have pieces
        tags[window.start + rows] += _softmax(logits[0, first[rows]])
        seen[window.start + rows] += 1
    tags /= np.maximum(seen, 1)[:, None]
    found = mentions_of(doc, tags)
    starts = [candidate.start for candidate in found]
    tables: list[PairTable] = []
    for window, pieces, states in encoded:
        low, high = (bisect_left(starts, i) for i in (window.start, window.end))
        spans = {
            i: (*place, found[i].form)
            for i in range(low, min(high, low + _MOST))
            if (place := window.piece_span(found[i].start, found[i].end))
        }
        if spans:
            tables.append(PairTable(tuple(spans), network.score(states, pieces, [list(spans.values())])[0]))
    return Scores(tuple(found), tuple(tables))


def _softmax(logits: "Floats") -> "Floats":
    import numpy as np

    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result
