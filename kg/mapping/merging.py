"""Settle which facts say the same: one post worded twice, one meeting told twice, a membership that a post implies.

Every step reads the facts of the whole build in a fixed order and decides by their content alone, so the result does
not depend on the order of the documents. Vague wordings are resolved inside a document only, where a writer repeats
what has been said; across documents facts meet when what was settled is equal.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

from kg.mapping.dates import best_date, precision, refines
from kg.mapping.facts import Fact
from kg.mapping.titles import vaguer
from kg.predicates import Often

__all__ = ["in_order", "settle"]


def settle(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts with objects, posts, occasions and dates settled; implied and empty ones are left out."""
    settled = in_order(facts)
    for step in (
        _prefer_narrower,
        _find_organizations,
        _settle_posts,
        _drop_implied,
        _settle_occasions,
        _settle_terms,
        _refine_literals,
    ):
        settled = step(settled)
    return settled


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Sort facts by place in the text, then by all else."""
    return sorted(facts, key=_order)


def _order(fact: Fact) -> tuple[object, ...]:
    evidence = fact.evidence
    texts = (
        *(fact.subject, fact.predicate, fact.object, fact.literal, *fact.factuality, fact.title, fact.status),
        *(fact.start, fact.end, fact.date, fact.place, fact.offence, evidence.extractor, evidence.text),
        evidence.attributed_to,
    )
    spans = (evidence.subject, evidence.object or (-1, -1))
    return (
        fact.document,
        evidence.start,
        evidence.end,
        *(text or "" for text in texts),
        *spans,
        fact.confidence,
        evidence.also,
    )


def _groups(facts: Iterable[Fact], key: Callable[[Fact], Hashable]) -> dict[Hashable, list[Fact]]:
    groups: dict[Hashable, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    return groups


def _pair(fact: Fact) -> Hashable:
    return fact.subject, fact.object, fact.factuality


def _prefer_narrower(facts: list[Fact]) -> list[Fact]:
    """Turn what is told more broadly into the narrower relation that any document tells of the same pair."""
    narrower = {(f.relation.broader, _pair(f)): f.predicate for f in facts if f.relation.broader is not None}
    return [replace(f, predicate=narrower.get((f.predicate, _pair(f)), f.predicate)) for f in facts]


def _find_organizations(facts: list[Fact]) -> list[Fact]:
    """Give a role without an organization the one that its document names for the same post; drop what is untitled.

    Likewise whoever is charged, convicted or held by nobody that is named, where it may be for the same offence.
    """
    groups = _groups(facts, lambda fact: (fact.document, fact.subject, fact.predicate, fact.factuality))

    def complete(fact: Fact) -> Iterator[Fact]:
        if fact.object is not None or not fact.relation.object_optional:
            yield fact
            return
        same = [
            other
            for other in groups[fact.document, fact.subject, fact.predicate, fact.factuality]
            if other.object is not None and (_same_post(fact, other) if fact.relation.titled else _agree(fact, other))
        ]
        if same:
            nearest = min(same, key=lambda other: (other.post != fact.post, fact.distance(other), _order(other)))
            yield replace(fact, object=nearest.object)
        elif fact.title is not None or not fact.relation.titled:
            yield fact

    return [completed for fact in facts for completed in complete(fact)]


def _same_post(fact: Fact, other: Fact) -> bool:
    return vaguer(fact.title, other.title) or vaguer(other.title, fact.title)


def _agree(fact: Fact, other: Fact) -> bool:
    """Whether two may be one event: neither date, place nor offence tells them apart."""
    dates = refines(fact.date, other.date) or refines(other.date, fact.date)
    said = ((fact.place, other.place), (fact.offence, other.offence))
    return dates and all(a is None or b is None or a == b for a, b in said)


def _settle_posts(facts: list[Fact]) -> list[Fact]:
    """Let a vaguer title stand for the fullest one that its document gives the same pair."""
    groups = _groups(facts, lambda fact: (fact.document, fact.predicate, _pair(fact)))

    def fullest(fact: Fact) -> Fact:
        group = groups[fact.document, fact.predicate, _pair(fact)]
        fuller = [other for other in group if other.post > fact.post and vaguer(fact.title, other.title)]
        tops = [a for a in fuller if not any(a.post < b.post and vaguer(a.title, b.title) for b in fuller)]
        if not tops:
            return fact
        top = min(tops, key=lambda other: (other.status != fact.status, fact.distance(other), _order(other)))
        return replace(fact, post=top.post)

    return [fullest(fact) for fact in facts]


def _drop_implied(facts: list[Fact]) -> list[Fact]:
    """Drop what another relation of the same pair implies in its document: a membership beside a post."""
    implied = {(fact.relation.implies, fact.document, _pair(fact)) for fact in facts if fact.relation.implies}
    return [fact for fact in facts if (fact.predicate, fact.document, _pair(fact)) not in implied]


def _settle_occasions(facts: list[Fact]) -> list[Fact]:
    """Let a meeting or visit without a date be the nearest one that its document dates; a day makes the place moot."""
    groups = _groups(facts, lambda fact: (fact.document, fact.predicate, _pair(fact)))

    def occasion(fact: Fact) -> Fact:
        if fact.relation.often is not Often.AGAIN:
            return fact
        group = groups[fact.document, fact.predicate, _pair(fact)]
        closer = [other for other in group if _tells_more(other, fact)]
        tops = [a for a in closer if not any(_tells_more(b, a) for b in closer)]
        known = min(tops, key=lambda other: (fact.distance(other), _order(other)), default=fact)
        place = None if precision(known.date) == 3 else known.place
        return replace(fact, occasion=(known.date, place, *filter(None, (known.offence,))))

    return [occasion(fact) for fact in facts]


def _tells_more(fact: Fact, other: Fact) -> bool:
    """Whether ``fact`` may be the same occasion as ``other``, with a finer date, or a place or an offence besides."""
    if not refines(fact.date, other.date) or not _agree(fact, other):
        return False
    if precision(fact.date) > precision(other.date):
        return True
    adds = (fact.place is not None and other.place is None, fact.offence is not None and other.offence is None)
    lacks = (fact.place is None and other.place is not None, fact.offence is None and other.offence is not None)
    return any(adds) and not any(lacks)


def _settle_terms(facts: list[Fact]) -> list[Fact]:
    """Tell apart two terms in one post where the first is known to end before the second begins."""
    roles = [fact for fact in facts if fact.relation.titled]
    breaks = {key: _breaks(group) for key, group in _groups(roles, _post).items()}

    def term(fact: Fact) -> Fact:
        ends = breaks.get(_post(fact))
        if not fact.relation.titled or not ends:
            return fact
        known = fact.start or fact.end
        previous = [end for end in ends if known is None or _before(end, known)]  # without dates: the last term
        return replace(fact, occasion=(max(previous, default=None),))

    return [term(fact) for fact in facts]


def _post(fact: Fact) -> Hashable:
    return _pair(fact), fact.post


def _breaks(facts: list[Fact]) -> set[str]:
    """Return the ends of terms that another term is known to follow."""
    starts = {fact.start for fact in facts}
    return {end for end in {fact.end for fact in facts} if end and any(_before(end, start) for start in starts)}


def _before(end: str | None, start: str | None) -> bool:
    """Whether the one date lies before the other for certain ("2005" and "2005-03" may coincide)."""
    return bool(end and start and end < start and not refines(start, end))


def _refine_literals(facts: list[Fact]) -> list[Fact]:
    """Let "1979" be the "1979-02-01" that is told of the same thing, the best supported one if there are several."""

    def key(fact: Fact) -> Hashable:
        return fact.predicate, fact.subject, fact.factuality

    groups = _groups((fact for fact in facts if fact.literal), key)
    finest = {
        (name, value): best_date(fact.literal for fact in group if refines(fact.literal, value))
        for name, group in groups.items()
        for value in {fact.literal for fact in group}
    }
    return [replace(fact, literal=finest[key(fact), fact.literal]) if fact.literal else fact for fact in facts]
