"""Claims of many documents -> one statement for each thing that is stated, with everything that supports it."""

import hashlib
from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import prod

from kg.mapping.dates import best_date
from kg.mapping.facts import Fact, read_facts
from kg.mapping.merging import settle
from kg.mapping.roles import RoleScheme
from kg.mapping.titles import content_words
from kg.model import IN_OFFICE, Evidence, Extraction, RoleStatus, Statement

__all__ = ["make_statements", "role_concept", "roles_under", "statement_iri"]

MAX_CONFIDENCE = 0.99
"""No number of sentences makes a statement certain."""

Key = tuple[object, ...]


def make_statements(
    extractions: Sequence[Extraction],
    assignment: Mapping[tuple[str, int], str],
    *,
    base_iri: str,
    published: Mapping[str, str | None] | None = None,
    sources: Mapping[str, str] | None = None,
) -> tuple[Statement, ...]:
    """Return the statements of a build, sorted by id; the order of the extractions and of their claims is immaterial.

    Args:
        extractions: what was read from each document.
        assignment: the IRI of each local entity by document id and index.
        base_iri: start of the IRIs to mint.
        published: publication dates by document id: the latest document decides whether a role is still held.
        sources: the story that a document tells by document id: equal for copies, which count as one witness.

    One statement stands for a subject, predicate, object or literal, polarity and modality, and besides for a title
    (a role has one however often it is repeated) or an occasion (meetings on different known days are two). A sentence
    is evidence once, with all that found it. Stories are combined by noisy-or, as independent witnesses, each as sure
    as its surest claim.
    """
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in settle(read_facts(extractions, assignment)):
        groups[_key(fact)].append(fact)
    dates, stories = published or {}, sources or {}
    roles = RoleScheme.load()
    statements = (_statement(key, facts, base_iri, dates, stories, roles) for key, facts in groups.items())
    return tuple(sorted(_bury(list(statements)), key=lambda statement: statement.id))


def statement_iri(key: Key, *, base_iri: str) -> str:
    """Return the IRI of what a key tells from all else: the same from build to build."""
    return f"{base_iri}statement/{_digest(key)}"


def role_concept(title: str) -> str | None:
    """Return the IRI of the role concept that a title names, or None."""
    return RoleScheme.load().concept(title)


def roles_under(title: str) -> frozenset[str]:
    """Return the IRIs of the role concepts that a title, as a whole, is a label of, with those below; else none."""
    return RoleScheme.load().under(title)


def _bury(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Let nobody hold a post after death: who was killed or died by any article held it formerly."""
    facts = [s for s in statements if s.asserted]
    dead = {s.object or s.subject for s in facts if s.relation.life == "ends"}
    for statement in statements:
        over = statement.subject in dead and statement.status in IN_OFFICE
        yield replace(statement, status=RoleStatus.FORMER) if over else statement


def _key(fact: Fact) -> Key:
    ends = (fact.subject, fact.predicate, fact.object, fact.literal, *fact.factuality)
    return *ends, " ".join(sorted(fact.post)), *fact.occasion


def _statement(
    key: Key,
    facts: list[Fact],
    base_iri: str,
    published: Mapping[str, str | None],
    stories: Mapping[str, str],
    roles: RoleScheme,
) -> Statement:
    title, first = _title(facts), facts[0]
    return Statement(
        id=statement_iri(key, base_iri=base_iri),
        subject=first.subject,
        predicate=first.predicate,
        object=first.object,
        literal=first.literal,
        polarity=first.polarity,
        modality=first.modality,
        title=title,
        role=roles.concept(title) if title else None,
        status=_status(facts, published),
        start=best_date(fact.start for fact in facts),
        end=best_date(fact.end for fact in facts),
        date=best_date(fact.date for fact in facts),
        place=_most_common(fact.place for fact in facts),
        offence=_most_common(fact.offence for fact in facts),
        confidence=_confidence(facts, stories),
        evidence=_once_a_sentence(fact.evidence for fact in facts),
        sources=len({stories.get(fact.document, fact.document) for fact in facts}),
    )


def _once_a_sentence(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return evidence in text order, that of one sentence once, with all that found it."""
    sentences: dict[tuple[object, ...], Evidence] = {}
    for evidence in sorted(found, key=_place):
        place = (evidence.document, evidence.start, evidence.end)
        first = sentences.setdefault(place, evidence)
        also = dict.fromkeys((*first.also, *evidence.extractors))
        also.pop(first.extractor, None)
        sentences[place] = replace(first, also=tuple(also), attributed_to=first.attributed_to or evidence.attributed_to)
    return tuple(sentences.values())


def _place(evidence: Evidence) -> tuple[object, ...]:
    object_ = evidence.object or (-1, -1)
    return (
        evidence.document,
        evidence.start,
        evidence.end,
        evidence.subject,
        object_,
        evidence.extractors,
        evidence.text,
        evidence.attributed_to or "",
    )


def _digest(key: Key) -> str:
    """Return 60 bits of a hash of the key in letters and digits: the same from build to build."""
    text = "\x1f".join("" if part is None else str(part) for part in key)
    return b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()[:12]


def _title(facts: list[Fact]) -> str | None:
    """Return the commonest of the fullest wordings."""
    return _most_common(fact.title for fact in facts if content_words(fact.title) == fact.post)


def _status(facts: list[Fact], published: Mapping[str, str | None]) -> RoleStatus | None:
    """Return the status in the latest document; there "former", "acting" and "designate" say more than "current"."""
    known = [(published.get(fact.document) or "", fact.document, fact.status) for fact in facts if fact.status]
    if not known:
        return None
    latest = max(known)[:2]
    statuses = [status for *document, status in known if tuple(document) == latest]
    special = [status for status in statuses if status is not RoleStatus.CURRENT]
    return RoleStatus(_most_common(special or statuses) or RoleStatus.CURRENT)


def _most_common(values: Iterable[str | None]) -> str | None:
    """Return the value found most often, of equals the longest, then the first by alphabet."""
    known = [value for value in values if value]
    return min(known, key=lambda value: (-known.count(value), -len(value), value), default=None)


def _confidence(facts: list[Fact], stories: Mapping[str, str]) -> float:
    """Return how sure the documents make it; copies of a story are one witness.

    What one document says of a fact was decided there, over all its sentences.
    """
    best: dict[str, float] = {}
    for fact in facts:
        story = stories.get(fact.document, fact.document)
        best[story] = max(best.get(story, 0.0), fact.confidence)
    doubt = prod(1 - confidence for _, confidence in sorted(best.items()))
    return round(min(1 - doubt, MAX_CONFIDENCE), 3)
