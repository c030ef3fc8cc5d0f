"""Names of one article that the reading took for one, and the user for two: their entity is divided."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from kg.matching.persons import natural_name
from kg.model import Claim, Extraction, LocalEntity, Mention, MentionKind, Span
from kg.resolution.records import Decision, NamedIn, Verdict

__all__ = ["divide"]


def divide(
    extractions: Iterable[Extraction], decisions: Sequence[Decision], texts: Mapping[str, str]
) -> tuple[Extraction, ...]:
    """Return the extractions, by document, with a further local entity for names that were told from the rest.

    That is for each article that a decision names on both sides by names of one local entity. The new one is the last
    and gets the names of the decision's first side and where they stand, the pronouns and descriptions that follow
    these, and the claims that rest on any of them.

    Args:
        extractions: what was read from each article.
        decisions: the user's word, in any order.
        texts: of the articles, by id.
    """
    apart = [d for d in sorted(set(decisions)) if d.verdict is Verdict.DIFFERENT]
    named = {d.document for decision in apart for d in decision.a} & {d.document for e in apart for d in e.b}
    return tuple(
        _divided(extraction, apart, texts[extraction.document])
        if extraction.document in named and extraction.document in texts
        else extraction
        for extraction in sorted(extractions, key=lambda e: e.document)
    )


def _divided(extraction: Extraction, decisions: Iterable[Decision], text: str) -> Extraction:
    for decision in decisions:
        away, rest = (_names(side, extraction.document) for side in (decision.a, decision.b))
        for index, entity in enumerate(extraction.entities):
            names = {entity.name, *entity.aliases}
            if not names.isdisjoint(away) and not names.isdisjoint(rest) and away.isdisjoint(rest):
                extraction = _without(extraction, index, away, text)
                break
    return extraction


def _names(side: Iterable[NamedIn], document: str) -> frozenset[str]:
    return frozenset(named.name for named in side if named.document == document)


def _without(extraction: Extraction, index: int, away: Set[str], text: str) -> Extraction:
    """Return the extraction with the mentions of some names of an entity in an entity of their own."""
    entity = extraction.entities[index]
    moved = _of_names(entity.mentions, away, text)
    if not moved:
        return extraction
    names = {entity.name, *entity.aliases}
    new = replace(_called(entity, names & away), mentions=moved, gender=None)
    left = replace(_called(entity, names - away), mentions=tuple(m for m in entity.mentions if m not in moved))
    spans = {(m.start, m.end) for m in moved}
    return replace(
        extraction,
        entities=(*extraction.entities[:index], left, *extraction.entities[index + 1 :], new),
        claims=tuple(_moved(claim, index, len(extraction.entities), spans) for claim in extraction.claims),
    )


def _called(entity: LocalEntity, names: Set[str]) -> LocalEntity:
    """Return an entity under some of its names, of which the longest is the best."""
    best = entity.name if entity.name in names else max(sorted(names), key=len)
    return replace(entity, name=best, aliases=tuple(sorted(names - {best})))


def _of_names(mentions: Iterable[Mention], names: Set[str], text: str) -> tuple[Mention, ...]:
    """Return the mentions by some names, and the pronouns and descriptions between them and the next other name."""
    moved, within = [], False
    for mention in sorted(mentions):
        if mention.kind is MentionKind.NAME:
            called = " ".join(text[mention.start : mention.end].split())
            within = called in names or natural_name(called) in names
        if within:
            moved.append(mention)
    return tuple(moved)


def _moved(claim: Claim, old: int, new: int, spans: Set[Span]) -> Claim:
    """Return a claim with the new entity in the place of the old one, at the ends that rest on its mentions."""
    if claim.subject == old and claim.evidence.subject in spans:
        claim = replace(claim, subject=new)
    if claim.object == old and claim.evidence.object in spans:
        claim = replace(claim, object=new)
    return claim
