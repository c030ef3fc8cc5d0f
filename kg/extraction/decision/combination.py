"""What two extractors say together: the claims of one, and of the other's those that are sure or agree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model import PREDICATES, Claim

__all__ = ["combine"]

_STRETCH = 500  # characters
Key = tuple[int, str, int | None, str | None]


def combine(first: Sequence[Claim], second: Iterable[Claim], *, least: float) -> tuple[Claim, ...]:
    """Return the claims of the first extractor and, after them, those of the second that add something.

    A claim of the second is kept when its confidence is at least ``least``, or when the first says the same: then it is
    a second witness. Whether something is asserted, and whose a title is, the first decides where it says anything, and
    in its own sentence also whether it is planned, denied or not the case.
    """
    known: dict[Key, list[Claim]] = defaultdict(list)
    titled: dict[int, list[Claim]] = defaultdict(list)
    for claim in first:
        known[_key(claim)].append(claim)
        for stretch in _stretches(claim) if claim.title is not None else ():
            titled[stretch].append(claim)
    kept = list(first)
    for claim in second:
        same = [c for c in known.get(_key(claim), ()) if _title_agrees(c, claim)]
        if same:
            agreeing = [c for c in same if c.asserted is claim.asserted]
            if agreeing:
                told = next((c for c in agreeing if _overlap(c, claim)), claim)
                kept.append(
                    replace(  # a witness of that role, not another role
                        claim, title=agreeing[0].title, polarity=told.polarity, modality=told.modality
                    )
                )
        elif claim.confidence >= least and not any(_contests(c, claim) for s in _stretches(claim) for c in titled[s]):
            kept.append(claim)
    return tuple(kept)


def _stretches(claim: Claim) -> range:
    """The stretches of text that its evidence lies in, by number."""
    return range(claim.evidence.start // _STRETCH, claim.evidence.end // _STRETCH + 1)


def _key(claim: Claim) -> Key:
    subject, target = claim.subject, claim.object
    if PREDICATES[claim.predicate].symmetric and target is not None and target < subject:
        subject, target = target, subject
    return subject, claim.predicate, target, claim.literal


def _contests(told: Claim, claim: Claim) -> bool:
    """Whether a claim gives a title to somebody or something else than one that reads it in the same sentence."""
    return told.title is not None and claim.title is not None and _title_agrees(told, claim) and _overlap(told, claim)


def _overlap(a: Claim, b: Claim) -> bool:
    """Whether two claims quote the same sentence."""
    return a.evidence.start < b.evidence.end and b.evidence.start < a.evidence.end


def _title_agrees(a: Claim, b: Claim) -> bool:
    """Whether two claims of one key may be of one role: their titles share a word."""
    return a.title is None or b.title is None or not set(a.title.split()).isdisjoint(b.title.split())
