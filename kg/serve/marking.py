"""Texts and sentences cut where their mentions begin and end."""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import pairwise

from kg.model import Evidence

__all__ = ["marked", "sentence_parts"]


def marked(text: str, mentions: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield the pieces of a text as (words, entity, anchor).

    Where mentions overlap the shortest is shown. The anchor, ``char=START,END`` as RFC 5147 has it, stands at the first
    piece of a mention; no two are alike. Time grows with the text and, but for a logarithm, with the mentions.

    Args:
        text: of a document.
        mentions: start, end and entity of each, offsets as the records have them; what lies outside is left out.
    """
    spans = sorted({(s, e, who) for s, e, who in mentions if 0 <= s < e <= len(text)})
    cuts = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    active: list[tuple[int, int, int, str]] = []
    following, anchored = 0, set[tuple[int, int]]()
    for start, end in pairwise(cuts):
        while following < len(spans) and spans[following][0] == start:
            s, e, who = spans[following]
            heappush(active, (e - s, s, e, who))
            following += 1
        while active and active[0][2] <= start:
            heappop(active)
        if not active:
            yield text[start:end], None, None
            continue
        _, s, e, who = active[0]
        anchor = None if (s, e) in anchored else f"char={s},{e}"
        anchored.add((s, e))
        yield text[start:end], who, anchor


def sentence_parts(evidence: Evidence) -> list[tuple[str, str]]:
    """Cut a sentence into (words, mark), the mark "subject", "object" or "both" over the two mentions, else empty.

    A mention outside the sentence marks nothing.
    """
    spans = {"subject": evidence.subject, "object": evidence.object}
    inside = {
        name: (max(span[0] - evidence.start, 0), min(span[1] - evidence.start, len(evidence.text)))
        for name, span in spans.items()
        if span is not None
    }
    cuts = sorted({0, len(evidence.text), *(c for s, e in inside.values() if s < e for c in (s, e))})
    parts = []
    for start, end in pairwise(cuts):
        over = [name for name, (s, e) in inside.items() if s <= start and end <= e]
        parts.append((evidence.text[start:end], "both" if len(over) == 2 else "".join(over)))
    return parts
