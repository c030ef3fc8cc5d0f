"""From facts to claims: the sentence as evidence, the title's wording, dates as ISO."""

import math
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from kg.extraction.dates import resolve_date
from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.learned.facts import Fact, Support
from kg.extraction.learned.features import Candidate
from kg.extraction.learned.scores import Scores
from kg.model import Claim, Document, EntityType, Evidence, MentionKind, Span
from kg.resources import lexicon

__all__ = ["claims_of", "title_text"]

_MOST_SENTENCES = 3  # between the two mentions of a fact whose mentions never share a sentence
_CERTAIN = 0.99


def claims_of(
    fact: Fact, scores: Scores, discourse: Discourse, *, extractor: str, calibration: tuple[float, float]
) -> Iterator[Claim]:
    """Yield a claim for every sentence that says a fact."""
    doc = discourse.doc
    literal = None
    if fact.date is not None:
        candidate = scores.candidates[fact.date]
        published = doc._.published if doc.has_extension("published") else None
        literal = resolve_date(doc[candidate.start : candidate.end].text, published=published)
        if literal is None:
            return
    title = None
    if fact.title is not None:
        title = title_text(doc, scores.candidates[fact.title], discourse, fact.object)
        if not title:
            return
    for support in _one_a_sentence(fact, scores, doc):
        yield Claim(
            subject=fact.subject,
            predicate=fact.predicate,
            object=fact.object,
            literal=literal,
            title=title,
            status=fact.status,
            polarity=fact.polarity,
            modality=fact.modality,
            confidence=_confidence(fact.score, calibration),
            evidence=_evidence(fact, support, scores, doc, extractor),
        )


def _one_a_sentence(fact: Fact, scores: Scores, doc: Doc) -> Iterator[Support]:
    """Yield the strongest support of each sentence; where none is within a sentence, the closest pair."""
    seen: set[int] = set()
    apart: list[tuple[int, Support]] = []
    for support in fact.supports:
        a, b = (doc[scores.candidates[i].start].sent for i in (support.subject, support.object))
        if a.start != b.start:
            apart.append((abs(a.start - b.start), support))
        elif a.start not in seen:
            seen.add(a.start)
            yield support
    if not seen and apart:
        closest = min(apart, key=lambda pair: pair[0])[1]
        ends = sorted(scores.candidates[i].start for i in (closest.subject, closest.object))
        if sum(bool(t.is_sent_start) for t in doc[ends[0] + 1 : ends[1] + 1]) < _MOST_SENTENCES:
            yield closest


def _evidence(fact: Fact, support: Support, scores: Scores, doc: Doc, extractor: str) -> Evidence:
    document: Document = doc.user_data["document"]
    subject, target = scores.candidates[support.subject], scores.candidates[support.object]
    first, last = sorted((subject, target), key=lambda c: c.start)
    start, end = doc[first.start].sent.start_char, doc[last.start].sent.end_char
    whole = document.text[start:end]
    start += len(whole) - len(whole.lstrip())
    end = start + len(whole.strip())
    alone = fact.object is None and fact.date is None
    return Evidence(
        document=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        subject=_characters(doc, subject),
        object=None if alone else _characters(doc, target),
        extractor=extractor,
    )


def _characters(doc: Doc, candidate: Candidate) -> Span:
    return doc[candidate.start].idx, doc[candidate.end - 1].idx + len(doc[candidate.end - 1])


def _confidence(score: float, calibration: tuple[float, float]) -> float:
    score = min(max(score, 1e-4), 1 - 1e-4)
    logit = calibration[0] * math.log(score / (1 - score)) + calibration[1]
    return round(min(_CERTAIN, 1 / (1 + math.exp(-logit))), 3)


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    nouns: dict[str, str] = lexicon("role_verbs")["nouns"]
    return nouns


def title_text(doc: Doc, title: Candidate, discourse: Discourse, target: int | None) -> str | None:
    """Return the wording of a role in lower case: the noun of a verb ("leads": "leader"), the words of a title.

    A title that goes on after a preposition takes what follows along ("ambassador" + "to Taiwan", "head" + "of its
    coatings division") unless that is the organization or place the role is held at.
    """
    root = doc[title.start : title.end].root
    if root.pos_ in ("VERB", "AUX"):
        return _nouns().get(root.lemma_.lower())
    start, end = title.start, title.end
    while start < end and doc[start].pos_ in ("DET", "PUNCT", "SPACE"):
        start += 1
    end = _complement(doc, end, discourse, target)
    return " ".join(doc[start:end].text.lower().split()) or None


def _complement(doc: Doc, end: int, discourse: Discourse, target: int | None) -> int:
    """Return where a title ends once the prepositional phrase behind it is taken along."""
    if end + 1 >= len(doc) or doc[end].lower_ not in ("of", "to", "for"):
        return end
    chunk = next((c for c in doc[end].sent.noun_chunks if c.start == end + 1), None)
    mention = _first_mention(doc, end + 1, discourse)
    if mention is None:
        return chunk.end if chunk is not None and all(t.pos_ != "PRON" for t in chunk) else end
    if doc[end].lower_ == "to" and mention.entity != target and mention.kind is MentionKind.NAME:
        return mention.end
    if chunk is not None and mention.end < chunk.end and mention.type is not EntityType.PERSON and mention.demonym:
        return chunk.end
    return end


def _first_mention(doc: Doc, start: int, discourse: Discourse) -> TokenMention | None:
    while start < len(doc) and doc[start].pos_ in ("DET", "ADJ") and discourse.at(start) is None:
        start += 1
    return discourse.at(start) if start < len(doc) else None
