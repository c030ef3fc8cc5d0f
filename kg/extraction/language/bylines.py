"""Who is named in a byline tells the story and is not in it."""

from bisect import bisect_right

from spacy.tokens import Doc

from kg.model import Claim

__all__ = ["byline_around", "leaves_byline"]

_NONE: tuple[tuple[int, int], ...] = ()


def byline_around(doc: Doc, i: int) -> tuple[int, int] | None:
    """Return first and end token of the byline that a token stands in, if it does."""
    bylines = doc.user_data.get("bylines", _NONE)
    at = bisect_right(bylines, i, key=lambda line: line[0]) - 1
    return bylines[at] if at >= 0 and i < bylines[at][1] else None


def leaves_byline(doc: Doc, claim: Claim) -> bool:
    """Whether a claim joins who or what is named in a byline to what is not: a headline, a date, the story."""
    told = claim.evidence
    for low, high in doc.user_data.get("bylines", _NONE):
        start, end = doc[low].idx, doc[high - 1].idx + len(doc[high - 1])
        ends = [start <= span[0] < end for span in (told.subject, told.object) if span is not None]
        if any(ends) and not (all(ends) and start <= told.start and told.end <= end):
            return True
    return False
