"""From scores of pairs of mentions to facts about entities.

A fact's score is the smooth maximum over the pairs of mentions of its two entities, as in training: one clear sentence
is enough, wherever else the two are mentioned. What a pronoun says counts as far as it is sure whom it means.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.discourse import Discourse
from kg.extraction.learned.consistency import consistent
from kg.extraction.learned.labels import (
    ASSERTED,
    DATE,
    LEARNED,
    REASON_AT,
    REASONS,
    STATUS_AT,
    STATUSES,
    TITLE,
    UNASSERTED,
)
from kg.extraction.learned.scores import Scores
from kg.model import PREDICATES, EntityType, Modality, Polarity, RoleStatus
from kg.predicates import POST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["ScoredFact", "Support", "Thresholds", "facts"]

Thresholds = Mapping[str, float]
_NOTHING = -30.0  # logit of what no pair of mentions says
_SHARE = 0.5  # of the strongest pair's score from which another pair says the fact too
_SECOND = 0.8  # of the best: a title at a second body or of a second person
_RELATIONS = tuple(name for name in LEARNED if not PREDICATES[name].titled)
_IMPLIED = PREDICATES[POST].implies


@dataclass(frozen=True, slots=True)
class Support:
    """A pair of candidates that says a fact, by number; ``object`` is the title where a role has no organization."""

    subject: int
    object: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredFact:
    """A relation between entities of a discourse; ``supports`` begins with the strongest.

    ``object`` is an entity, ``date`` a candidate that is a date, ``title`` a candidate that is a title.
    """

    predicate: str
    subject: int
    score: float
    supports: tuple[Support, ...]
    object: int | None = None
    date: int | None = None
    title: int | None = None
    status: RoleStatus | None = None
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL


class _Pooled:
    """The logits of one document by pairs of clusters: entities, and each date and title by itself."""

    def __init__(self, scores: Scores, discourse: Discourse) -> None:
        import numpy as np

        self.scores, self.discourse = scores, discourse
        self.cluster: dict[int, int] = {}
        self.candidate_of: dict[int, int] = {}  # dates and titles
        self.certainty: dict[int, float] = {}
        count = len(discourse.entities)
        for i, candidate in enumerate(scores.candidates):
            mention = discourse.at(candidate.start)
            if candidate.form in (TITLE, DATE):
                self.cluster[i] = count + len(self.candidate_of)
                self.candidate_of[self.cluster[i]] = i
            elif mention is not None and mention.end == candidate.end:  # "her" is not "her doctor"
                self.cluster[i] = mention.entity
                self.certainty[i] = mention.certainty
        self.pairs: dict[tuple[int, int], Floats] = {}
        self.members: dict[int, list[int]] = {}
        for i, k in self.cluster.items():
            self.members.setdefault(k, []).append(i)
        self._logits: dict[tuple[int, int], Floats] = {}
        self._told: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)  # pairs of mentions by clusters
        for table in scores.tables:
            rows = [n for n, i in enumerate(table.numbers) if i in self.cluster]
            if rows:
                block = table.logits[np.ix_(rows, rows)]
                self._pool([table.numbers[n] for n in rows], block)
        self.partners: dict[int, list[int]] = defaultdict(list)  # clusters that share a window, in text order
        order = {cluster: n for n, cluster in enumerate(self.members)}
        for a, b in sorted(self.pairs, key=lambda pair: order[pair[1]]):
            self.partners[a].append(b)

    def _pool(self, numbers: list[int], logits: "Floats") -> None:
        import numpy as np

        sure = np.log([self.certainty.get(i, 1.0) for i in numbers]).astype(np.float32)
        logits = logits.copy()
        logits[..., :REASON_AT] += (sure[:, None] + sure[None, :])[..., None]
        clusters = sorted({self.cluster[i] for i in numbers})
        place = {k: n for n, k in enumerate(clusters)}
        at = np.array([place[self.cluster[i]] for i in numbers])
        keys = (at[:, None] * len(clusters) + at[None, :]).ravel()
        order = np.argsort(keys, kind="stable")
        flat = logits[..., :REASON_AT].reshape(len(keys), -1)[order]
        present, starts = np.unique(keys[order], return_index=True)
        top = np.maximum.reduceat(flat, starts)
        lengths = np.diff([*starts, len(keys)])
        total = np.add.reduceat(np.exp(flat - np.repeat(top, lengths, axis=0)), starts)
        pooled = top + np.log(total)
        for key, row in zip(present.tolist(), pooled, strict=True):
            pair = (clusters[key // len(clusters)], clusters[key % len(clusters)])
            self.pairs[pair] = np.maximum(self.pairs[pair], row) if pair in self.pairs else row
        for a, i in enumerate(numbers):
            for b, j in enumerate(numbers):
                if i != j:
                    known = self._logits.get((i, j))
                    if known is None:
                        self._told[self.cluster[i], self.cluster[j]].append((i, j))
                    self._logits[i, j] = logits[a, b] if known is None else np.maximum(known, logits[a, b])

    def chance(self, a: int, b: int, output: int, *, both_ways: bool = False) -> float:
        """Return the probability of an output for two clusters."""
        logit = self._logit(self.pairs.get((a, b)), output)
        if both_ways:
            logit = (logit + self._logit(self.pairs.get((b, a)), output)) / 2
        return _sigmoid(logit)

    def most(self, a: int, b: int) -> float:
        """Return the probability of the output that two clusters have most of, either way."""
        return _sigmoid(max(float(self.pairs[pair].max()) for pair in ((a, b), (b, a)) if pair in self.pairs))

    def supports(self, a: int, b: int, output: int, *, both_ways: bool = False) -> tuple[Support, ...]:
        """Return the pairs of mentions that speak for an output, the strongest first."""
        found = []
        for i, j in self._told.get((a, b), ()):
            logit = self._logit(self._logits[i, j], output)
            if both_ways:
                logit = (logit + self._logit(self._logits[j, i], output)) / 2
            if logit > _NOTHING:
                found.append(Support(i, j, _sigmoid(logit)))
        found.sort(key=lambda s: (-s.score, s.subject, s.object))
        return tuple(s for s in found if s.score >= _SHARE * found[0].score)

    def choice(self, support: Support, start: int, end: int) -> int:
        """Return which of the outputs from ``start`` to ``end`` a pair of mentions has most of."""
        vector = self._logits.get((support.subject, support.object))
        if vector is None:
            vector = self._logits[support.object, support.subject]
        return int(vector[start:end].argmax())

    @staticmethod
    def _logit(vector: "Floats | None", output: int) -> float:
        return float(vector[output]) if vector is not None else _NOTHING

    def type(self, cluster: int) -> EntityType | None:
        entities = self.discourse.entities
        return entities[cluster].type if cluster < len(entities) else None

    def is_date(self, cluster: int) -> bool:
        i = self.candidate_of.get(cluster)
        return i is not None and self.scores.candidates[i].form == DATE

    def titles(self) -> list[int]:
        return [k for k, i in self.candidate_of.items() if self.scores.candidates[i].form == TITLE]


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))


def facts(scores: Scores, discourse: Discourse, thresholds: Thresholds) -> list[ScoredFact]:
    """Return what the scores say of the entities of a discourse, in a fixed order.

    Args:
        thresholds: least score by predicate; "titleOf" and "titleAt" for the parts of a role, "unasserted" for what
            the text only mentions.
    """
    pooled = _Pooled(scores, discourse)
    roles = list(_roles(pooled, thresholds))
    held = {(f.subject, f.object) for f in roles if f.object is not None}
    found: list[ScoredFact] = []
    least = min(thresholds["unasserted"], *(thresholds[name] for name in _RELATIONS))
    for a, b in sorted(pooled.pairs):
        if a != b and pooled.type(a) is not None and pooled.most(a, b) >= least:
            found += (f for f in _between(pooled, a, b, thresholds) if f.predicate != _IMPLIED or (a, b) not in held)
    return [*roles, *consistent(found)]


def _between(pooled: _Pooled, a: int, b: int, thresholds: Thresholds) -> Iterator[ScoredFact]:
    for name in _RELATIONS:
        if not _fits(pooled, name, a, b):
            continue
        both_ways = PREDICATES[name].symmetric
        if both_ways and b < a and (b, a) in pooled.pairs:
            continue
        fact = _relation(pooled, name, a, b, thresholds, both_ways=both_ways)
        if fact is not None:
            yield fact


def _fits(pooled: _Pooled, name: str, subject: int, target: int) -> bool:
    predicate = PREDICATES[name]
    if pooled.type(subject) not in predicate.domain:
        return False
    return pooled.type(target) in predicate.range if predicate.range else pooled.is_date(target)


def _relation(
    pooled: _Pooled, name: str, a: int, b: int, thresholds: Thresholds, *, both_ways: bool
) -> ScoredFact | None:
    asserted = pooled.chance(a, b, ASSERTED[name], both_ways=both_ways)
    unasserted = pooled.chance(a, b, UNASSERTED[name], both_ways=both_ways)
    polarity, modality = Polarity.AFFIRMED, Modality.ACTUAL
    if asserted >= thresholds[name] and asserted >= unasserted:
        score, output = asserted, ASSERTED[name]
    elif unasserted >= thresholds["unasserted"]:
        score, output = unasserted, UNASSERTED[name]
    else:
        return None
    supports = pooled.supports(a, b, output, both_ways=both_ways)
    if output == UNASSERTED[name]:
        polarity, modality = REASONS[pooled.choice(supports[0], REASON_AT, STATUS_AT)]
    date = pooled.candidate_of.get(b)
    return ScoredFact(
        predicate=name,
        subject=a,
        object=b if date is None else None,
        date=date,
        score=score,
        supports=supports,
        polarity=polarity,
        modality=modality,
    )


def _roles(pooled: _Pooled, thresholds: Thresholds) -> Iterator[ScoredFact]:
    """Yield who holds each title and at which body or state, all by what is said of the title's words."""
    for title in pooled.titles():
        people = (a for a in pooled.partners[title] if pooled.type(a) is EntityType.PERSON)
        held = [(a, *_held(pooled, a, title)) for a in people]
        best = max((chance for _, chance, _ in held), default=0.0)
        for a, chance, output in held:
            least = thresholds["titleOf" if output == ASSERTED["titleOf"] else "unasserted"]
            if chance >= max(least, _SECOND * best):
                yield from _role(pooled, a, title, chance, output, thresholds)


def _held(pooled: _Pooled, a: int, title: int) -> tuple[float, int]:
    """Return how likely a title is said of a person, and the output that says so."""
    asserted, unasserted = ASSERTED["titleOf"], UNASSERTED["titleOf"]
    return max((pooled.chance(a, title, asserted), asserted), (pooled.chance(a, title, unasserted), unasserted))


def _role(
    pooled: _Pooled, a: int, title: int, held: float, output: int, thresholds: Thresholds
) -> Iterator[ScoredFact]:
    said = pooled.supports(a, title, output)
    polarity, modality = Polarity.AFFIRMED, Modality.ACTUAL
    if output != ASSERTED["titleOf"]:
        polarity, modality = REASONS[pooled.choice(said[0], REASON_AT, STATUS_AT)]
    role = (ASSERTED if output == ASSERTED["titleOf"] else UNASSERTED)[POST]
    for chance, b in _bodies(pooled, title, thresholds["titleAt"]):
        supports, direct = said, 1.0
        if b is not None:
            direct = pooled.chance(a, b, role)
            supports = _around(pooled, pooled.supports(a, b, role) or said, title)
        yield ScoredFact(
            predicate=POST,
            subject=a,
            object=b,
            title=pooled.candidate_of[title],
            status=STATUSES[pooled.choice(said[0], STATUS_AT, STATUS_AT + len(STATUSES))],
            score=held * chance * (1 + direct) / 2,
            supports=supports,
            polarity=polarity,
            modality=modality,
        )


def _bodies(pooled: _Pooled, title: int, least: float) -> list[tuple[float, int | None]]:
    """Return where a title is held, each with how likely: a body rather than its state, None where none is likely."""
    fits = PREDICATES[POST].range
    at = [(pooled.chance(title, b, ASSERTED["titleAt"]), b) for b in pooled.partners[title] if pooled.type(b) in fits]
    clearest = max(at, default=(0.0, -1))[0]
    likely = [(chance, b) for chance, b in at if chance >= max(least, _SECOND * clearest)]
    bodies = [(chance, b) for chance, b in likely if pooled.type(b) is EntityType.ORGANIZATION]
    return [*(bodies or likely)] or [(1 - clearest, None)]


def _around(pooled: _Pooled, supports: tuple[Support, ...], title: int) -> tuple[Support, ...]:
    """Return the pair of mentions that stands closest around the words of a title."""
    candidates = pooled.scores.candidates
    at = candidates[pooled.candidate_of[title]].start

    def width(support: Support) -> int:
        return max(abs(candidates[i].start - at) for i in (support.subject, support.object))

    return (min(supports, key=width),)
