"""Read one document with the network: what it says of every pair of mention candidates that stand close together."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.extraction.learned.features import KINDS, Candidate, Window, candidates, title_candidate, windows
from kg.extraction.learned.labels import REASON_AT, STATUS_AT, TAGS, TYPES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.extraction.learned.network import Network

    Floats = NDArray[np.float32]

__all__ = ["Scores", "read_scores"]

_TITLE = KINDS.index("title")
_BATCH = 8  # windows at once: bounds memory, about 40 MB
_MOST, _MOST_TITLES = 80, 30  # candidates of a window; one of an article has up to about 60 and 15
_FLOOR = 0.05  # a pair of which no output reaches this is forgotten


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one document.

    Attributes:
        candidates: in text order, titles after the others; none of the others overlap.
        types: probabilities [candidates, types].
        pairs: probabilities of each output for ordered pairs of candidates; statuses and reasons each sum to 1.
    """

    candidates: tuple[Candidate, ...]
    types: "Floats"
    pairs: dict[tuple[int, int], "Floats"] = field(repr=False)
    _partners: dict[int, list[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        partners: dict[int, dict[int, None]] = defaultdict(dict)
        for a, b in self.pairs:
            partners[a][b] = partners[b][a] = None
        object.__setattr__(self, "_partners", {i: list(others) for i, others in partners.items()})

    def partners(self, i: int) -> Sequence[int]:
        """Return the candidates with which a candidate is in a pair."""
        return self._partners.get(i, ())

    def of(self, subject: int, target: int, output: int) -> float:
        """Return the probability of an output for an ordered pair, 0 where it was forgotten."""
        vector = self.pairs.get((subject, target))
        return float(vector[output]) if vector is not None else 0.0


def read_scores(doc: Doc, network: "Network", *, given: Iterable[tuple[int, int]] = ()) -> Scores:
    """Score the candidates of a document: the given token spans first, then what spaCy suggests beside them."""
    import numpy as np

    found: list[Candidate] = candidates(doc, given)
    plain = len(found)
    titled: set[int] = set()
    types: dict[int, Floats] = {}
    pairs: dict[tuple[int, int], Floats] = {}
    seen = 0  # tokens before this one have had their titles read
    every = windows(doc, network.pieces, special=network.pieces.special, most_pieces=network.config.most_pieces)
    while group := list(islice(every, _BATCH)):
        pieces, states, tags = network.encode(group)
        best = tags.argmax(-1)
        members: list[list[int]] = []
        spans: list[list[tuple[int, int, int]]] = []
        for row, window in enumerate(group):
            for start, end in _titles(doc, window, best[row].tolist()):
                if start >= seen and titled.isdisjoint(range(start, end)):
                    titled.update(range(start, end))
                    found.append(title_candidate(start, end))
            seen = max(seen, window.end)
            members.append([])
            spans.append([])
            for i in _within(found, plain, window):
                candidate = found[i]
                if place := window.piece_span(candidate.start, candidate.end):
                    members[-1].append(i)
                    spans[-1].append((*place, candidate.kind))
        outputs, type_logits = network.score(states, pieces, spans)
        for row, numbers in enumerate(members):
            _collect(outputs[row], numbers, pairs)
            for n, i in enumerate(numbers):
                types.setdefault(i, _softmax(type_logits[row, n]))
    unknown = np.full(len(TYPES), 1 / len(TYPES), dtype=np.float32)
    table = np.stack([types.get(i, unknown) for i in range(len(found))]) if found else np.zeros((0, len(TYPES)))
    assert all(c.kind != _TITLE for c in found[:plain])
    return Scores(tuple(found), table.astype(np.float32), pairs)


def _within(found: Sequence[Candidate], plain: int, window: Window) -> Iterator[int]:
    """The numbers of the candidates that begin in a window, a fixed number at most; both kinds are in text order."""
    for low, high, most in ((0, plain, _MOST), (plain, len(found), _MOST_TITLES)):
        first = bisect_left(found, window.start, low, high, key=attrgetter("start"))
        last = bisect_left(found, window.end, low, high, key=attrgetter("start"))
        yield from range(first, min(last, first + most))


def _collect(outputs: "Floats", numbers: Sequence[int], pairs: "dict[tuple[int, int], Floats]") -> None:
    import numpy as np

    n = len(numbers)
    block = outputs[:n, :n]
    chances = 1 / (1 + np.exp(-np.clip(block[..., :REASON_AT], -30, 30)))
    for a, b in np.argwhere(chances.max(-1) >= _FLOOR).tolist() if n else ():
        if a == b:
            continue
        vector = np.concatenate(
            [chances[a, b], _softmax(block[a, b, REASON_AT:STATUS_AT]), _softmax(block[a, b, STATUS_AT:])]
        )
        key = (numbers[a], numbers[b])
        pairs[key] = np.maximum(pairs[key], vector) if key in pairs else vector


def _softmax(logits: "Floats") -> "Floats":
    import numpy as np

    powers = np.exp(logits - logits.max())
    result: Floats = powers / powers.sum()
    return result


def _titles(doc: Doc, window: Window, tags: Sequence[int]) -> list[tuple[int, int]]:
    """Return the token spans that the tags mark as titles."""
    spans: list[tuple[int, int]] = []
    begin = TAGS.index("B-Title")
    start = None
    for i in range(window.start, window.end + 1):
        place = window.piece_span(i, i + 1) if i < window.end else None
        tag = tags[place[0]] if place else 0
        if start is not None and tag != begin + 1:
            spans.append((start, i))
            start = None
        if tag == begin or (tag == begin + 1 and start is None):
            start = i
    return [(s, e) for s, e in (_trim(doc, *span) for span in spans) if s < e]


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].tag_ in ("POS", "IN", "DT")):
        end -= 1
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].tag_ in ("POS", "DT", "IN")):
        start += 1
    return start, end
