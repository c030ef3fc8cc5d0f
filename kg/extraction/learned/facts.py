"""From scores of pairs of mentions to facts about entities.

A fact's score is the mean of the strongest pair of mentions of its two entities and of all pairs around that one: one
clear sentence is enough, but the pronouns and names beside it have a say.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from kg.extraction.discourse import Discourse
from kg.extraction.learned.consistency import consistent
from kg.extraction.learned.features import KINDS
from kg.extraction.learned.labels import (
    ASSERTED,
    REASON_AT,
    REASONS,
    STATUS_AT,
    STATUSES,
    UNASSERTED,
)
from kg.extraction.learned.scores import Scores
from kg.model import PREDICATES, EntityType, MentionKind, Modality, Polarity, RoleStatus

__all__ = ["Fact", "Support", "Thresholds", "facts"]

Thresholds = Mapping[str, float]
Chain = tuple[str, int]  # "entity", "date" or "title" and its number
_TITLE, _DATE = KINDS.index("title"), KINDS.index("date")
_NEAR = 30  # tokens around the strongest pair within which other pairs have a say
_RIVAL = 0.7  # a title is at an organization unless another of the person's titles is so much more clearly; a plural
# title is held by all who have this share of the clearest holder's score
_OF = ("of", "for", "at")
_WORKS_FOR = ("politicalAffiliation", "holdsRole", "memberOf")


@dataclass(frozen=True, slots=True)
class Support:
    """A pair of candidates that says a fact, by number; ``object`` is the title where a role has no organization."""

    subject: int
    object: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
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


class _Table:
    """The scores of one document by pairs of chains: an entity, a date or a title."""

    def __init__(self, scores: Scores, discourse: Discourse) -> None:
        self.scores, self.discourse = scores, discourse
        self.chain: dict[int, Chain] = {}
        for i, candidate in enumerate(scores.candidates):
            mention = next(
                (m for t in range(candidate.start, candidate.end) if (m := discourse.at(t)) is not None), None
            )
            if candidate.kind == _TITLE:
                self.chain[i] = ("title", i)
            elif mention is not None:
                self.chain[i] = ("entity", mention.entity)
            elif candidate.kind == _DATE:
                self.chain[i] = ("date", i)
        self.members: dict[Chain, list[int]] = defaultdict(list)
        for i, chain in self.chain.items():
            self.members[chain].append(i)
        self.starts = {chain: [scores.candidates[i].start for i in found] for chain, found in self.members.items()}
        self.pairs: dict[tuple[Chain, Chain], list[tuple[int, int]]] = defaultdict(list)
        for a, b in sorted(scores.pairs):
            if a in self.chain and b in self.chain and self.chain[a] != self.chain[b]:
                self.pairs[self.chain[a], self.chain[b]].append((a, b))

    def type(self, entity: int) -> EntityType:
        return self.discourse.entities[entity].type

    def supports(self, a: Chain, b: Chain, output: int, *, both_ways: bool) -> list[Support]:
        """Return the pairs that speak for an output, the strongest first."""
        found = [Support(i, j, self.scores.of(i, j, output)) for i, j in self.pairs.get((a, b), ())]
        if both_ways:
            known = {(s.subject, s.object): s.score for s in found}
            for i, j in self.pairs.get((b, a), ()):
                score = self.scores.of(i, j, output)
                known[j, i] = (known[j, i] + score) / 2 if (j, i) in known else score / 2
            found = [Support(i, j, score) for (i, j), score in known.items()]
        return sorted(found, key=lambda s: (-s.score, s.subject, s.object))

    def score(self, a: Chain, b: Chain, supports: list[Support]) -> float:
        """Return the score of a fact with at least one support."""
        where = self.scores.candidates
        ends = sorted(where[i].start for i in (supports[0].subject, supports[0].object))
        near = [self._between(chain, ends[0] - _NEAR, ends[1] + _NEAR) for chain in (a, b)]
        total = sum(s.score for s in supports if s.subject in near[0] and s.object in near[1])
        return (supports[0].score + total / (len(near[0]) * len(near[1]))) / 2

    def _between(self, chain: Chain, low: int, high: int) -> set[int]:
        """The mentions of a chain that begin between two tokens."""
        starts = self.starts[chain]
        return set(self.members[chain][bisect_left(starts, low) : bisect_right(starts, high)])

    def close(self, support: Support, title: int) -> bool:
        """Whether a pair stands around the words of a title."""
        where = self.scores.candidates
        ends = (where[support.subject].start, where[support.object].start)
        return max(abs(end - where[title].start) for end in ends) <= _NEAR

    def plural(self, title: int) -> bool:
        """Whether the words of a title are of several people, or may be: "mayors", but also a verb."""
        candidate = self.scores.candidates[title]
        words = self.discourse.doc[candidate.start : candidate.end]
        return words.root.tag_ not in ("NN", "NNP") or any(t.tag_ in ("NNS", "NNPS") for t in words)

    def bound(self, title: int) -> Chain | None:
        """Return the organization or place that grammar ties to a title: right before it, or behind "of" or "for"."""
        candidate, doc = self.scores.candidates[title], self.discourse.doc
        mention = None
        if candidate.end + 1 < len(doc) and doc[candidate.end].lower_ in _OF:
            after = candidate.end + 1 + (doc[candidate.end + 1].pos_ == "DET")
            mention = self.discourse.at(after) if after < len(doc) else None
        if mention is None and candidate.start:
            before = candidate.start - 1 - (doc[candidate.start - 1].tag_ == "POS")
            mention = self.discourse.at(before) if before >= 0 else None
        if mention is None or mention.type not in PREDICATES["holdsRole"].range or mention.kind is MentionKind.PRONOUN:
            return None
        return ("entity", mention.entity)

    def best(self, a: Chain, b: Chain, output: int) -> float:
        return max((self.scores.of(i, j, output) for i, j in self.pairs.get((a, b), ())), default=0.0)


def facts(scores: Scores, discourse: Discourse, thresholds: Thresholds) -> list[Fact]:
    """Return what the scores say of the entities of a discourse, in a fixed order.

    Args:
        thresholds: least score by predicate; "titleOf" and "titleAt" for the parts of a role, "unasserted" for what
            the text only mentions.
    """
    table = _Table(scores, discourse)
    found: list[Fact] = []
    roles = _roles(table, thresholds)
    held = {(f.subject, f.object) for f in roles if f.object is not None}
    for a, b in sorted(table.pairs):
        if a[0] != "entity" or b[0] == "title":
            continue
        affiliated = False
        for name in ("politicalAffiliation", *(p for p in PREDICATES if p not in _WORKS_FOR), "memberOf"):
            if not _fits(table, name, a[1], b):
                continue
            predicate = PREDICATES[name]
            if predicate.symmetric and (b, a) in table.pairs and b < a:
                continue
            output = ASSERTED["worksFor" if name == "memberOf" else name]
            supports = table.supports(a, b, output, both_ways=predicate.symmetric)
            if name == "memberOf" and (affiliated or (a[1], b[1]) in held):
                continue
            fact = _fact(table, name, a[1], b, supports, thresholds)
            if fact:
                found.append(fact)
                affiliated |= name == "politicalAffiliation" and fact.score >= thresholds[name]
    return [*roles, *consistent(found)]


def _fits(table: _Table, name: str, subject: int, target: Chain) -> bool:
    predicate = PREDICATES[name]
    if table.type(subject) not in predicate.domain:
        return False
    if target[0] == "date":
        return not predicate.range
    return table.type(target[1]) in predicate.range


def _fact(
    table: _Table, name: str, subject: int, target: Chain, supports: list[Support], thresholds: Thresholds
) -> Fact | None:
    low, a = thresholds[name], ("entity", subject)
    polarity, modality = Polarity.AFFIRMED, Modality.ACTUAL
    score = table.score(a, target, supports) if supports else 0.0
    if score < low:
        supports = table.supports(a, target, UNASSERTED[name], both_ways=PREDICATES[name].symmetric)
        low = thresholds["unasserted"]
        score = table.score(a, target, supports) if supports else 0.0
        if score < low:
            return None
        polarity, modality = _reason(table, supports[0])
    return Fact(
        predicate=name,
        subject=subject,
        object=target[1] if target[0] == "entity" else None,
        date=target[1] if target[0] == "date" else None,
        score=score,
        supports=tuple(s for s in supports if s.score >= min(low, supports[0].score)),
        polarity=polarity,
        modality=modality,
    )


def _reason(table: _Table, support: Support) -> tuple[Polarity, Modality]:
    vector = table.scores.pairs.get((support.subject, support.object))
    if vector is None:
        vector = table.scores.pairs[support.object, support.subject]
    return REASONS[int(vector[REASON_AT:STATUS_AT].argmax())]


def _roles(table: _Table, thresholds: Thresholds) -> list[Fact]:
    """Join who holds a title, what the title is of and who holds a role where, all around the words of the title."""
    found: list[Fact] = []
    places: dict[Chain, list[Chain]] = defaultdict(list)  # by the title that may be of them
    for title, b in sorted(table.pairs):
        if title[0] == "title" and b[0] == "entity" and _fits_role(table, b[1]):
            places[title].append(b)
    holders: dict[Chain, dict[Chain, _Holder]] = defaultdict(dict)
    for a, title in sorted(table.pairs):
        if title[0] == "title" and a[0] == "entity" and table.type(a[1]) is EntityType.PERSON:
            holder = _holder(table, a, title, thresholds)
            if holder:
                holders[title][a] = holder
    rivals: dict[tuple[Chain, Chain], float] = defaultdict(float)
    for title, people in holders.items():
        for b in places[title]:
            link = table.best(title, b, ASSERTED["titleAt"])
            for a in people:
                rivals[a, b] = max(rivals[a, b], link)
    for title, people in holders.items():
        clearest = max(holder.best.score for holder in people.values())
        least = _RIVAL * clearest if table.plural(title[1]) else clearest  # a singular title has one holder
        for a, holder in people.items():
            if holder.best.score >= least:
                found += _role_facts(table, a, title, holder, places[title], rivals, thresholds)
    return found


@dataclass(frozen=True, slots=True)
class _Holder:
    """Why a person holds, or is said not to hold, a title."""

    best: Support
    outputs: Mapping[str, int]
    status: RoleStatus
    reason: tuple[Polarity, Modality]


def _holder(table: _Table, a: Chain, title: Chain, thresholds: Thresholds) -> _Holder | None:
    asserted = table.supports(a, title, ASSERTED["titleOf"], both_ways=False)
    other = table.supports(a, title, UNASSERTED["titleOf"], both_ways=False)
    if asserted and asserted[0].score >= thresholds["titleOf"]:
        best, outputs = asserted[0], ASSERTED
        reason = (Polarity.AFFIRMED, Modality.ACTUAL)
    elif other and other[0].score >= thresholds["unasserted"]:
        best, outputs = other[0], UNASSERTED
        reason = _reason(table, best)
    else:
        return None
    vector = table.scores.pairs[best.subject, best.object]
    return _Holder(best, outputs, STATUSES[int(vector[STATUS_AT:].argmax())], reason)


def _role_facts(
    table: _Table,
    a: Chain,
    title: Chain,
    holder: _Holder,
    places: list[Chain],
    rivals: Mapping[tuple[Chain, Chain], float],
    thresholds: Thresholds,
) -> list[Fact]:
    """Return a role at each place that the title is of, or without a place where it is of none."""
    found: list[Fact] = []
    low = thresholds["holdsRole" if holder.outputs is ASSERTED else "unasserted"]
    linked = 0.0
    role = partial(
        Fact,
        predicate="holdsRole",
        subject=a[1],
        title=title[1],
        status=holder.status,
        polarity=holder.reason[0],
        modality=holder.reason[1],
    )
    bound = table.bound(title[1])
    for b in places if bound is None else [bound] * (bound in places):
        link = table.best(title, b, ASSERTED["titleAt"])
        linked = max(linked, link)
        if link < max(thresholds["titleAt"], _RIVAL * rivals[a, b]):
            continue
        near = [s for s in _role_supports(table, a, b, holder.outputs) if table.close(s, title[1])]
        if not near:
            continue
        best = max(near, key=lambda s: s.score)
        score = (holder.best.score + link + best.score) / 3
        if score >= low:
            found.append(role(object=b[1], score=score, supports=(best,)))
    score = holder.best.score * (1 - linked)
    if not found and score >= low:
        found.append(role(score=score, supports=(holder.best,)))
    return found


def _role_supports(table: _Table, a: Chain, b: Chain, outputs: Mapping[str, int]) -> list[Support]:
    """Return what speaks for a role at an organization or place; at an organization, working for it does too."""
    found = table.supports(a, b, outputs["holdsRole"], both_ways=False)
    if outputs is ASSERTED and table.type(b[1]) is EntityType.ORGANIZATION:
        found += table.supports(a, b, ASSERTED["worksFor"], both_ways=False)
    return found


def _fits_role(table: _Table, entity: int) -> bool:
    return table.type(entity) in PREDICATES["holdsRole"].range
