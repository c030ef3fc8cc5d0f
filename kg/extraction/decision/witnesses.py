"""Gather what the extractors say of one fact, and describe it by the features that the decision weighs."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.relations.frames import read_by_hand
from kg.model import Claim, EntityType, MentionKind
from kg.predicates import broader

__all__ = ["FEATURES", "Testimony", "features", "gather", "kind_of", "of_title", "rule_of"]

_STRETCH = 500  # characters
_ABOUT = 0.3  # share of the best score from which the narrower predicate stands
_FOR_ROLES = ("model", "rule precision", "rule alone", "gap")
_BODILESS = " without a body"
_FAR = 2.0  # of a gap where an end has no mention
_ABSENT = -3.0  # logit where the network says nothing; it passes on what reaches about -2.2
FEATURES = (
    "model",  # logit of the network's score that it is so
    "rule alone",  # 1 where a rule says so and the network nothing at all
    "model unasserted",  # that the text mentions it without asserting it
    "rule",  # 1 where a rule says so
    "rule precision",  # logit of the precision of the best such rule on annotated text, 0 without
    "rules",  # how many further rules say so, at most 2
    "rule unasserted",  # 1 where a rule says that the text does not assert it
    "rival model",  # logit of the network's score of a role by that title of somebody else
    "rival rule",  # 1 where a rule has the title of somebody else
    "elsewhere model",  # the same for a role of that person somewhere else
    "elsewhere rule",
    "certainty",  # logarithm of how likely the two mentions point to the two entities, best evidence
    "pronoun subject",  # 1 where no evidence names the subject
    "pronoun object",
    "apart",  # 1 where no sentence holds both mentions
    "no object",  # 1 for a role without a body
    "gap",  # logarithm of the words between the two mentions, where they stand closest
    "only inside a name",  # 1 where the object is named nowhere but in other names ("the British police")
    "sentences",  # logarithm of how many sentences tell it
    "role model",  # the same as without "role", for roles alone
    "role rule precision",
    "role rule alone",
    "role gap",
    "state",  # 1 for a role held in a place
)
_Ends = tuple[TokenMention | None, TokenMention | None]


@dataclass(frozen=True, slots=True)
class Testimony:
    """All claims of one fact: of equal ends and predicate, with titles that may be of one role."""

    claims: tuple[Claim, ...]

    @property
    def from_rules(self) -> bool:
        """Whether a rule says anything of it."""
        return any(map(_is_rule, self.claims))

    @property
    def by_rule(self) -> bool:
        """Whether a rule says that the text asserts it."""
        return any(_is_rule(c) and c.asserted for c in self.claims)

    @property
    def asserted(self) -> bool:
        """Whether a witness says so, and no rule that the text only mentions it: grammar shows a plan or a denial."""
        return self.by_rule or (self.first.asserted and not self.from_rules)

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
    """Group the claims of a document by the fact they tell, in the order of their first claims.

    A membership and a political affiliation of the same two are one fact.
    """
    by_key: dict[object, list[list[Claim]]] = defaultdict(list)
    groups: list[list[Claim]] = []
    for claim in claims:
        same = next((g for g in by_key[_key(claim)] if _title_agrees(g[0], claim)), None)
        if same is None:
            same = []
            by_key[_key(claim)].append(same)
            groups.append(same)
        same.append(claim)
    return [Testimony(tuple(_named_alike(group))) for group in groups]


def _named_alike(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the claims of one fact under one predicate: the narrower where it is about as likely, or a rule's word."""
    narrow = [c for c in claims if c.relation.broader]
    best = max((c.confidence for c in claims), default=0.0)
    if 0 < len(narrow) < len(claims):
        stands = any(_is_rule(c) or c.confidence >= _ABOUT * best for c in narrow)
        name = narrow[0].predicate if stands else broader(narrow[0].predicate)
        claims = [c if c.predicate == name else replace(c, predicate=name) for c in claims]
    yield from claims


def _key(claim: Claim) -> object:
    subject, target = claim.subject, claim.object
    if claim.relation.symmetric and target is not None and target < subject:
        subject, target = target, subject
    return subject, broader(claim.predicate), target, claim.literal


def _title_agrees(a: Claim, b: Claim) -> bool:
    """Whether two claims may be of one role: their titles share a word."""
    return a.title is None or b.title is None or not set(a.title.split()).isdisjoint(b.title.split())


def _is_same_title(a: Claim, b: Claim) -> bool:
    """Whether two titles may be the same words: one holds the other, as "trade minister" does "minister"."""
    one, other = (set((c.title or "").split()) for c in (a, b))
    return one <= other or other <= one


def _is_told_by_verb(claim: Claim) -> bool:
    """Whether no words of the text are the title ("X heads Y"), so that the network, which tags titles, is silent."""
    return claim.evidence.extractor.startswith("rule:role:verb-")


def rule_of(claim: Claim) -> str:
    """Return what a rule is counted by: its name, and apart what it says of a post without the body that has it."""
    bodiless = claim.relation.titled and claim.object is None
    return claim.evidence.extractor + _BODILESS if bodiless else claim.evidence.extractor


def kind_of(rule: str) -> str:
    """Return the kind of a rule, by what it is counted by: "rule:frame", "rule:role:clause"."""
    name, apart, _ = rule.partition(_BODILESS)
    return name.rpartition("-" if name.startswith("rule:role:") else ":")[0] + apart


def _is_rule(claim: Claim) -> bool:
    return claim.evidence.extractor.startswith("rule:")


def features(
    testimonies: Sequence[Testimony], discourse: Discourse, precision: Mapping[str, float]
) -> Iterator[dict[str, float]]:
    """Yield the features of each testimony of a document.

    Args:
        precision: of each rule, by what it is counted by, and of each kind of rule for those that are not there.
    """
    starts = {discourse.doc[m.start].idx: m for m in discourse.mentions}
    named = {m.entity for m in discourse.mentions}
    rivals_of = _Rivals(testimonies)
    for testimony in testimonies:
        first = testimony.first
        ends = [
            (starts.get(c.evidence.subject[0]), starts.get(c.evidence.object[0]) if c.evidence.object else None)
            for c in testimony.claims
        ]
        said = {
            **_said(testimony, precision),
            **_contested(testimony, [c for t in rivals_of(testimony) for c in t.claims if c.asserted]),
            **_pointed(ends),
            "apart": float(all(_apart(c, discourse) for c in testimony.claims)),
            "no object": float(first.object is None and first.relation.titled),
            "only inside a name": float(first.object is not None and first.object not in named),
            "sentences": math.log(len({c.evidence.start for c in testimony.claims})),
        }
        yield said | _of_role(first, said, ends)


def of_title(testimony: Testimony, described: dict[str, float], precision: Mapping[str, float]) -> dict[str, float]:
    """Return the features of a post without a body that a rule and the network both read, as of one with its body.

    What annotated text counts against such a post is that it names a body which was not found: of 14 that both read on
    the held texts five lacked the body and one was nobody's post. Incomplete is not false.
    """
    if not described["no object"] or not described["rule"] or described["model"] <= 0:
        return described
    rules = {c.evidence.extractor for c in testimony.claims if _is_rule(c) and c.asserted}
    right = max(_right(rule, precision) for rule in rules)
    return {**described, "no object": 0.0, "rule precision": right, "role rule precision": right}


def _said(testimony: Testimony, precision: Mapping[str, float]) -> dict[str, float]:
    """What the witnesses say."""
    asserted = [c for c in testimony.claims if c.asserted]
    unasserted = [c for c in testimony.claims if not c.asserted]
    rules = {rule_of(c) for c in asserted if _is_rule(c)}
    return {
        "model": _strongest(asserted),
        "rule alone": float(bool(rules) and all(map(_is_rule, testimony.claims))),
        "model unasserted": _strongest(unasserted),
        "rule": float(bool(rules)),
        "rule precision": max((_right(rule, precision) for rule in rules), default=0.0),
        "rules": float(min(2, max(0, len(rules) - 1))),
        "rule unasserted": float(any(map(_is_rule, unasserted))),
    }


def _right(rule: str, precision: Mapping[str, float]) -> float:
    """Logit of how often a rule is right, of its kind where that is not known."""
    known = {**read_by_hand(), **precision}
    return _logit(known.get(rule, known.get(kind_of(rule), 0.5)))


def _contested(testimony: Testimony, rivals: Sequence[Claim]) -> dict[str, float]:
    """Whether a role by that title is told of somebody else, or of the same person somewhere else.

    Rules that give one title to several people give it to each of them: "ministers A and B", "the mayors of X and Y".
    """
    first = testimony.first
    others = [c for c in rivals if c.subject != first.subject]
    elsewhere = [c for c in rivals if c.subject == first.subject]
    return {
        "rival model": _strongest(others),
        "rival rule": float(any(map(_is_rule, others)) and not testimony.by_rule),
        "elsewhere model": _strongest(elsewhere),
        "elsewhere rule": float(any(_is_rule(c) and c.object is not None for c in elsewhere)),
    }


def _pointed(ends: Sequence[_Ends]) -> dict[str, float]:
    """By which words the two ends are meant, and how far apart these stand."""
    return {
        "certainty": max(math.log((s.certainty if s else 1.0) * (o.certainty if o else 1.0) + 1e-3) for s, o in ends),
        "pronoun subject": float(all(s is not None and s.kind is not MentionKind.NAME for s, _ in ends)),
        "pronoun object": float(
            all(o is not None and o.kind is not MentionKind.NAME and not o.demonym for _, o in ends)
        ),
        "gap": min(_gap(s, o) for s, o in ends),
    }


def _of_role(first: Claim, said: Mapping[str, float], ends: Sequence[_Ends]) -> dict[str, float]:
    role = float(first.title is not None and not _is_told_by_verb(first))
    place = any(o is not None and o.type is EntityType.PLACE for _, o in ends)
    return {"state": role * float(place), **{f"role {name}": role * said[name] for name in _FOR_ROLES}}


def _gap(one: TokenMention | None, other: TokenMention | None) -> float:
    if one is None or other is None:
        return _FAR
    return math.log1p(max(0, max(one.start, other.start) - min(one.end, other.end)))


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
            if other is not testimony and _is_same_title(other.first, first) and _share_sentence(other, testimony):
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
