"""One decision on each fact, whoever tells it: how likely it holds, and one piece of evidence a sentence."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extraction.decision.completion import Circumstances
from kg.extraction.decision.correction import corrected
from kg.extraction.decision.weights import Weights
from kg.extraction.decision.witnesses import Testimony, features, gather, of_title
from kg.extraction.discourse import Discourse
from kg.model import PREDICATES, Claim, EntityType, Evidence
from kg.predicates import broader

__all__ = ["decide"]


def decide(claims: Sequence[Claim], discourse: Discourse, weights: Weights) -> tuple[Claim, ...]:
    """Return the claims that stand, each with the probability that its fact holds.

    A fact that no witness asserts, or of less than ``weights.least``, stays only as what the text does not assert,
    where a witness says so. Of a role told with and without its body the one with a body stays.
    """
    testimonies = gather(corrected(claims, discourse))
    circumstances = Circumstances(discourse)
    found: list[tuple[Testimony, float, bool]] = []
    unnamed: set[int] = set()  # places of what is told of "he" alone, or of a name in another sentence
    distributed = _Distributed(testimonies)
    for testimony, described in zip(testimonies, features(testimonies, discourse, weights.precision), strict=True):
        if distributed.across(testimony):
            continue
        described = of_title(testimony, described, weights.precision)
        chance = weights.probability(testimony.first.predicate, described)
        holds = chance >= weights.least and testimony.asserted and not distributed(testimony)
        if described["pronoun subject"] or described["apart"]:
            unnamed.add(len(found))
        found.append((testimony, chance, holds))
    found = _one_whole(_one_day(_holder_by_name(_one_holder(found), unnamed)), discourse)
    placed = {
        (t.first.subject, word)
        for t, _, holds in found
        if holds and t.first.object is not None and t.first.title is not None
        for word in t.first.title.split()
    }
    decided: list[Claim] = []
    for testimony, chance, holds in found:
        first = testimony.first
        bare = first.object is None and first.title is not None
        if bare and any((first.subject, word) in placed for word in (first.title or "").split()):
            continue
        standing = [c for c in testimony.claims if c.asserted is holds]
        confidence = chance if holds else max((c.confidence for c in standing), default=0.0)
        sure = round(max(confidence, 0.001), 3)
        decided += (circumstances.completed(replace(claim, confidence=sure)) for claim in _once_a_sentence(standing))
    return tuple(decided)


class _Distributed:
    """Who did what to whom by the rules, sentence by sentence: "A met B, who had met C" tells no A and C.

    Of what the network alone adds to one of the two in such a sentence, three of 36 were right on the held texts. Nor
    does it tell the other way round what a rule tells one way, crosswise what rules tell of both ("A of O, B of P"), or
    of a sentence before what one tells of its own two ("A was cleared of killing B. C killed D.").
    """

    def __init__(self, testimonies: Sequence[Testimony]) -> None:
        by_rule = [(t, claim) for t in testimonies if t.by_rule for claim in t.claims]
        symmetric = [c for t, c in by_rule if PREDICATES[t.first.predicate].symmetric]
        one_way = [c for t, c in by_rule if not PREDICATES[t.first.predicate].symmetric]
        self._turned = {(c.predicate, c.evidence.start, c.object, c.subject) for c in one_way}
        self._told = {(c.predicate, c.evidence.start, end) for c in symmetric for end in (c.subject, c.object)}
        self._pairs: dict[tuple[str, int], set[tuple[int, int | None]]] = defaultdict(set)
        for claim in (c for c in one_way if c.object is not None):
            self._pairs[_family(claim), claim.evidence.start].add((claim.subject, claim.object))
        self._own: dict[tuple[str, int | None], list[Evidence]] = defaultdict(list)
        for claim in (c for t in testimonies if t.from_rules for c in t.claims):
            for end in (claim.subject, claim.object):
                self._own[claim.predicate, end].append(claim.evidence)

    def __call__(self, testimony: Testimony) -> bool:
        """Whether the rules know better whom this is told of."""
        if testimony.by_rule:
            return False
        return all(map(self._is_crosswise, testimony.claims)) or any(
            (c.predicate, c.evidence.start, c.subject, c.object) in self._turned
            or any((c.predicate, c.evidence.start, end) in self._told for end in (c.subject, c.object))
            for c in testimony.claims
        )

    def _is_crosswise(self, claim: Claim) -> bool:
        told = self._pairs.get((_family(claim), claim.evidence.start), set())
        ends = any(claim.subject == a for a, _ in told), any(claim.object == b for _, b in told)
        return all(ends) and (claim.subject, claim.object) not in told

    def across(self, testimony: Testimony) -> bool:
        """Whether its later end stands in a sentence of its own, which the rules read of that end and another."""
        return not testimony.from_rules and all(map(self._is_across, testimony.claims))

    def _is_across(self, claim: Claim) -> bool:
        told = claim.evidence
        if told.object is None or not claim.relation.is_event:
            return False
        first, last = sorted([(told.subject, claim.subject), (told.object, claim.object)])
        return any(own.start >= first[0][1] and own.end >= last[0][1] for own in self._own[claim.predicate, last[1]])


def _family(claim: Claim) -> str:
    """What is told, a post as the membership that goes with it."""
    return broader(claim.relation.implies or claim.predicate)


def _one_holder(found: list[tuple[Testimony, float, bool]]) -> list[tuple[Testimony, float, bool]]:
    """Return what was decided without further holders of a post whose words stand once in a sentence.

    A rule of grammar knows better beside whom the words stand than the network does.
    """
    best: dict[tuple[int, int | None, str], tuple[bool, float]] = {}
    for testimony, chance, holds in found:
        for key in testimony.posts if holds else ():
            best[key] = max(best.get(key, (False, 0.0)), (testimony.by_rule, chance))
    return [
        (
            testimony,
            chance,
            holds and all((testimony.by_rule, chance) >= best[k] or testimony.by_rule for k in testimony.posts),
        )
        for testimony, chance, holds in found
    ]


def _holder_by_name(
    found: list[tuple[Testimony, float, bool]], unnamed: Collection[int]
) -> list[tuple[Testimony, float, bool]]:
    """Return what was decided without a post put together over sentences that somebody is surer told to hold by name.

    "The Guard's commander" is whoever has that title there, whomever else "he" or a name further on was taken for.
    """
    posts = [(t.first.object, t.first.title, t.first.status) for t, _, _ in found]
    best: dict[tuple[object, ...], float] = {}
    for n, (_, chance, holds) in enumerate(found):
        if holds and n not in unnamed and None not in posts[n]:
            best[posts[n]] = max(best.get(posts[n], 0.0), chance)
    return [
        (testimony, chance, holds and not (n in unnamed and chance < best.get(posts[n], 0.0)))
        for n, (testimony, chance, holds) in enumerate(found)
    ]


def _one_day(found: list[tuple[Testimony, float, bool]]) -> list[tuple[Testimony, float, bool]]:
    """Return what was decided with one date of each birth, death and founding: the most precise of the surest."""
    best: dict[tuple[int, str], tuple[bool, float, str]] = {}
    for testimony, chance, holds in found:
        first = testimony.first
        if holds and first.literal is not None:
            key, told = (first.subject, first.predicate), (testimony.by_rule, chance, first.literal)
            best[key] = max(best.get(key, told), told)
    for testimony, _, holds in found:
        first = testimony.first
        surest = best.get((first.subject, first.predicate))
        if holds and surest is not None and first.literal is not None and first.literal.startswith(surest[2]):
            best[first.subject, first.predicate] = (*surest[:2], first.literal)
    return [(t, c, holds and _is_of(t.first, best)) for t, c, holds in found]


def _one_whole(found: list[tuple[Testimony, float, bool]], discourse: Discourse) -> list[tuple[Testimony, float, bool]]:
    """Return what was decided with one state of each body and one party of each person, the surest.

    Of 2,713 bodies that are marked as part of a state in news none is of two, of 582 people with a party nine have
    two: a second one stays where a rule reads it.
    """
    best: dict[tuple[str, int], tuple[bool, float]] = {}
    for testimony, chance, holds in found:
        if holds and (key := _belonging(testimony.first, discourse)) is not None:
            best[key] = max(best.get(key, (False, 0.0)), (testimony.by_rule, chance))

    def stands(testimony: Testimony, chance: float) -> bool:
        key = _belonging(testimony.first, discourse)
        second = testimony.by_rule and testimony.first.relation.broader is not None
        return key is None or second or (testimony.by_rule, chance) == best.get(key)

    return [(t, chance, holds and stands(t, chance)) for t, chance, holds in found]


def _belonging(claim: Claim, discourse: Discourse) -> tuple[str, int] | None:
    """What a claim competes for that tells of what state a body is, or of what party a person; None for others."""
    relation = claim.relation
    place = claim.object is not None and discourse.entities[claim.object].type is EntityType.PLACE
    owned = relation.owner and not relation.home and place
    return (claim.predicate, claim.subject) if owned or relation.broader else None


def _is_of(claim: Claim, best: Mapping[tuple[int, str], tuple[bool, float, str]]) -> bool:
    surest = best.get((claim.subject, claim.predicate))
    return claim.literal is None or surest is None or claim.literal == surest[2]


def _once_a_sentence(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield one claim of those that quote the same sentence: a rule's wording, and what it lacks from the others."""
    ordered = sorted(claims, key=lambda c: (not c.evidence.extractor.startswith("rule:"), -c.confidence))
    kept: list[Claim] = []
    for claim in ordered:
        n = next((n for n, k in enumerate(kept) if _overlap(k, claim)), None)
        if n is None:
            kept.append(claim)
        else:
            kept[n] = _joined(kept[n], claim)
    yield from kept


def _overlap(a: Claim, b: Claim) -> bool:
    return a.evidence.start < b.evidence.end and b.evidence.start < a.evidence.end


def _joined(claim: Claim, other: Claim) -> Claim:
    lacking = {
        name: getattr(other, name)
        for name in ("title", "status", "start", "end", "date", "place", "offence", "attributed_to")
        if getattr(claim, name) is None
    }
    found = dict.fromkeys((*claim.evidence.extractors, *other.evidence.extractors))
    return replace(claim, **lacking, evidence=replace(claim.evidence, also=tuple(found)[1:]))
