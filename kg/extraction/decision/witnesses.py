"""Gather what the extractors say of one fact, and describe it by the features that the decision weighs."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extraction.discourse import Discourse
from kg.model import PREDICATES, Claim, MentionKind

__all__ = ["FEATURES", "Testimony", "features", "gather"]

_STRETCH = 500  # characters
_ABSENT = -3.0  # logit where the network says nothing; it passes on what reaches about -2.2
FEATURES = (
    "model",  # logit of the network's score that it is so
    "model unasserted",  # that the text mentions it without asserting it
    "rule",  # 1 where a rule says so
    "rule precision",  # logit of the precision of the best such rule on annotated text, 0 without
    "rules",  # how many further rules say so, at most 2
    "rule unasserted",  # 1 where a rule says that the text does not assert it
    "rival model",  # logit of the network's score of a role by that title somewhere else
    "rival rule",  # 1 where a rule has the title of somebody else or somewhere else
    "certainty",  # logarithm of how likely the two mentions point to the two entities, best evidence
    "pronoun subject",  # 1 where no evidence names the subject
    "pronoun object",
    "apart",  # 1 where no sentence holds both mentions
    "no object",  # 1 for a role without a body
)


@dataclass(frozen=True, slots=True)
class Testimony:
    """All claims of one fact: of equal ends and predicate, with titles that may be of one role."""

    claims: tuple[Claim, ...]

    @property
    def by_rule(self) -> bool:
        """Whether a rule says that the text asserts it."""
        return any(_is_rule(c) and c.asserted for c in self.claims)

    @property
    def asserted(self) -> bool:
        """Whether a witness says so, and no rule that the text only mentions it: grammar shows a plan or a denial."""
        return self.by_rule or (self.first.asserted and not any(map(_is_rule, self.claims)))

    @property
    def posts(self) -> frozenset[tuple[int, int | None, str]]:
        """The words of a title that stand once in a sentence, by that sentence's beginning and the post's body."""
        return frozenset(
            (c.evidence.start, c.object, c.title)
            for c in self.claims
            if c.title is not None and c.evidence.text.lower().count(c.title) == 1
        )

    @property
    def first(self) -> Claim:
        """The claim whose wording counts: of a rule before the network, asserted before not."""
        return min(self.claims, key=lambda c: (not c.asserted, not _is_rule(c), -c.confidence))


def gather(claims: Sequence[Claim]) -> list[Testimony]:
    """Group the claims of a document by the fact they tell, in the order of their first claims."""
    by_key: dict[object, list[list[Claim]]] = defaultdict(list)
    groups: list[list[Claim]] = []
    for claim in claims:
        same = next((g for g in by_key[_key(claim)] if _title_agrees(g[0], claim)), None)
        if same is None:
            same = []
            by_key[_key(claim)].append(same)
            groups.append(same)
        same.append(claim)
    return [Testimony(tuple(group)) for group in groups]


def _key(claim: Claim) -> object:
    subject, target = claim.subject, claim.object
    if PREDICATES[claim.predicate].symmetric and target is not None and target < subject:
        subject, target = target, subject
    return subject, claim.predicate, target, claim.literal


def _title_agrees(a: Claim, b: Claim) -> bool:
    """Whether two claims may be of one role: their titles share a word."""
    return a.title is None or b.title is None or not set(a.title.split()).isdisjoint(b.title.split())


def _is_rule(claim: Claim) -> bool:
    return claim.evidence.extractor.startswith("rule:")


def features(
    testimonies: Sequence[Testimony], discourse: Discourse, precision: Mapping[str, float]
) -> Iterator[dict[str, float]]:
    """Yield the features of each testimony of a document.

    Args:
        precision: of each rule, by its name in the evidence.
    """
    mentions = {m.start: m for m in discourse.mentions}
    starts = {discourse.doc[i].idx: mention for i, mention in mentions.items()}
    rivals_of = _Rivals(testimonies)
    for testimony in testimonies:
        asserted = [c for c in testimony.claims if c.asserted]
        rules = {c.evidence.extractor for c in asserted if _is_rule(c)}
        rivals = [c for t in rivals_of(testimony) for c in t.claims if c.asserted]
        ends = [
            (starts.get(c.evidence.subject[0]), starts.get(c.evidence.object[0]) if c.evidence.object else None)
            for c in testimony.claims
        ]
        yield {
            "model": _strongest(asserted),
            "model unasserted": _strongest([c for c in testimony.claims if not c.asserted]),
            "rule": float(bool(rules)),
            "rule precision": max((_logit(precision.get(rule, 0.5)) for rule in rules), default=0.0),
            "rules": float(min(2, max(0, len(rules) - 1))),
            "rule unasserted": float(any(_is_rule(c) and not c.asserted for c in testimony.claims)),
            "rival model": _strongest(rivals),
            "rival rule": float(any(map(_is_rule, rivals))),
            "certainty": max(
                math.log((s.certainty if s else 1.0) * (o.certainty if o else 1.0) + 1e-3) for s, o in ends
            ),
            "pronoun subject": float(all(s is not None and s.kind is not MentionKind.NAME for s, _ in ends)),
            "pronoun object": float(
                all(o is not None and o.kind is not MentionKind.NAME and not o.demonym for _, o in ends)
            ),
            "apart": float(all(_apart(c, discourse) for c in testimony.claims)),
            "no object": float(testimony.first.object is None and testimony.first.literal is None),
        }


def _strongest(claims: Sequence[Claim]) -> float:
    return max((_logit(c.confidence) for c in claims if not _is_rule(c)), default=_ABSENT)


class _Rivals:
    """The roles of a document that claim the same words of a title, in the same sentence, for others."""

    def __init__(self, testimonies: Sequence[Testimony]) -> None:
        self._near: dict[int, dict[int, Testimony]] = defaultdict(dict)  # by stretch of text
        for n, testimony in enumerate(testimonies):
            if testimony.first.title is not None:
                for stretch in _stretches(testimony):
                    self._near[stretch][n] = testimony

    def __call__(self, testimony: Testimony) -> Iterator[Testimony]:
        """Yield the rivals of a role; none of another relation."""
        first = testimony.first
        if first.title is None:
            return
        near = {n: other for stretch in _stretches(testimony) for n, other in self._near[stretch].items()}
        for other in near.values():
            if other is not testimony and _title_agrees(other.first, first) and _share_sentence(other, testimony):
                yield other


def _stretches(testimony: Testimony) -> set[int]:
    """The stretches of text that its sentences lie in, by number."""
    told = (claim.evidence for claim in testimony.claims)
    return {n for e in told for n in range(e.start // _STRETCH, e.end // _STRETCH + 1)}


def _share_sentence(one: Testimony, other: Testimony) -> bool:
    return any(
        c.evidence.start < d.evidence.end and d.evidence.start < c.evidence.end
        for c in one.claims
        for d in other.claims
    )


def _apart(claim: Claim, discourse: Discourse) -> bool:
    """Whether a claim's subject and object stand in two sentences."""
    evidence = claim.evidence
    if evidence.object is None:
        return claim.object is not None  # the setting tells the object
    span = discourse.doc.char_span(
        min(evidence.subject[0], evidence.object[0]),
        max(evidence.subject[1], evidence.object[1]),
        alignment_mode="expand",
    )
    return span is None or any(t.is_sent_start for t in span[1:])


def _logit(p: float) -> float:
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))
