"""From facts to claims: the sentence as evidence, the title's wording, dates as ISO."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import small_words
from kg.extraction.language.quoting import quote
from kg.extraction.language.title_words import title_words
from kg.extraction.learned.facts import ScoredFact, Support
from kg.extraction.learned.features import MentionCandidate
from kg.extraction.learned.scores import Scores
from kg.extraction.posts.standing import Post, Standing, standings
from kg.extraction.stance.attribution import Attribution
from kg.extraction.stance.factuality import FACT
from kg.extraction.time.dates import resolve_date
from kg.lexicons import lexicon
from kg.model import Claim, EntityType, Evidence, MentionKind, Modality, Polarity
from kg.predicates import MEMBERSHIP

__all__ = ["as_grammar_has_it", "claims_of", "title_text"]

_MOST_SENTENCES = 3  # between the two mentions of a fact whose mentions never share a sentence
_CERTAIN = 0.999


def as_grammar_has_it(
    found: Sequence[ScoredFact], scores: Scores, discourse: Discourse
) -> list[tuple[ScoredFact, Standing | None]]:
    """Return the facts, posts as the words beside their titles and the verbs that give them have them.

    A post that is denied or planned there, or that no such word holds, is none that the text asserts.
    """
    roles = [fact for fact in found if fact.title is not None]
    read = iter(standings((_post(fact, scores, discourse) for fact in roles), discourse))
    numbers = {candidate.start: n for n, candidate in enumerate(scores.candidates)}
    return [(fact, None) if fact.title is None else _as_it_stands(fact, next(read), numbers) for fact in found]


def _post(fact: ScoredFact, scores: Scores, discourse: Discourse) -> Post:
    title = scores.candidates[fact.title or 0]
    holder = discourse.at(scores.candidates[fact.supports[0].subject].start)
    assert holder is not None
    body = None if fact.object is None else discourse.first(fact.object)
    return Post(title=discourse.doc[title.start : title.end], holder=holder, body=body, status=fact.status)


def _as_it_stands(fact: ScoredFact, standing: Standing, numbers: Mapping[int, int]) -> tuple[ScoredFact, Standing]:
    """The fact with the status, the reading and the body that grammar tells; ``numbers`` are of candidates by start."""
    fact, body = replace(fact, status=standing.status), standing.body
    if body is not None and body.entity != fact.object and body.start in numbers:
        supports = tuple(replace(s, object=numbers[body.start]) for s in fact.supports[:1])
        fact = replace(fact, object=body.entity, supports=supports)
    reading = standing.reading
    if fact.polarity is Polarity.AFFIRMED and fact.modality is Modality.ACTUAL and reading != FACT:
        fact = replace(fact, polarity=reading.polarity, modality=reading.modality)
    return fact, standing


def claims_of(
    fact: ScoredFact,
    scores: Scores,
    discourse: Discourse,
    *,
    extractor: str,
    attribution: Attribution,
    standing: Standing | None = None,
) -> Iterator[Claim]:
    """Yield a claim for every sentence that says a fact; its confidence is the network's score.

    A pair of a speaker and of what they speak of says nothing: "X must go, Y said".
    """
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
            if fact.object is None or discourse.entities[fact.object].type is not EntityType.ORGANIZATION:
                return
            fact = replace(fact, predicate=MEMBERSHIP, status=None)
    told = tuple(s for s in fact.supports if not _speaks_of(s, scores, discourse, attribution))
    for support in _one_a_sentence(replace(fact, supports=told), scores, doc):
        source = attribution.source(doc[scores.candidates[support.object].start])
        yield Claim(
            subject=fact.subject,
            predicate=fact.predicate,
            object=fact.object,
            literal=literal,
            title=title,
            status=fact.status,
            start=standing.start if standing is not None and title is not None else None,
            end=standing.end if standing is not None and title is not None else None,
            polarity=fact.polarity,
            modality=fact.modality,
            attributed_to=source.entity if source is not None and source.entity != fact.subject else None,
            confidence=round(min(_CERTAIN, fact.score), 3),
            evidence=_evidence(fact, support, scores, discourse, extractor),
        )


def _speaks_of(support: Support, scores: Scores, discourse: Discourse, attribution: Attribution) -> bool:
    """Whether one of the two mentions is the source of the clause or quotation that the other stands in."""
    ends = [scores.candidates[i] for i in (support.subject, support.object)]
    for speaker, other in (ends, ends[::-1]):
        source = attribution.source(discourse.doc[other.start : other.end].root)
        if source is not None and source.start < speaker.end and speaker.start < source.end:
            return True
    return False


def _one_a_sentence(fact: ScoredFact, scores: Scores, doc: Doc) -> Iterator[Support]:
    """Yield the strongest support of each sentence; where none is within a sentence, the closest."""
    seen: set[int] = set()
    apart: list[tuple[int, Support]] = []
    for support in fact.supports:
        first, *others = _sentences(fact, support, scores, doc)
        if others:
            apart.append((others[-1].start - first.start, support))
        elif first.start not in seen:
            seen.add(first.start)
            yield support
    if not seen and apart:
        closest = min(apart, key=lambda pair: pair[0])[1]
        first, *_, last = _sentences(fact, closest, scores, doc)
        if sum(bool(t.is_sent_start) for t in doc[first.end : last.end]) < _MOST_SENTENCES:
            yield closest


def _sentences(fact: ScoredFact, support: Support, scores: Scores, doc: Doc) -> list[Span]:
    """Return the sentences, in text order, of the two mentions and of the words of a title."""
    numbers = {support.subject, support.object} | ({fact.title} if fact.title is not None else set())
    found = {s.start: s for s in (doc[scores.candidates[i].start].sent for i in numbers)}
    return [found[start] for start in sorted(found)]


def _evidence(fact: ScoredFact, support: Support, scores: Scores, discourse: Discourse, extractor: str) -> Evidence:
    doc = discourse.doc
    subject, target = (scores.candidates[i] for i in (support.subject, support.object))
    sentences = _sentences(fact, support, scores, doc)
    alone = fact.object is None and fact.date is None
    return quote(
        discourse,
        doc[sentences[0].start : sentences[-1].end],
        subject=doc[subject.start : subject.end],
        object_=None if alone else doc[target.start : target.end],
        extractor=extractor,
    )


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    nouns: dict[str, str] = lexicon("role_verbs")["nouns"]
    return nouns


def title_text(doc: Doc, title: MentionCandidate, discourse: Discourse, target: int | None) -> str | None:
    """Return the wording of a role in lower case: the noun of a verb ("leads": "leader"), the words of a title.

    None where no noun among them names a post.

    A title that goes on after a preposition takes what follows along ("ambassador" + "to Taiwan", "head" + "of its
    coatings division") unless that is the organization or place the role is held at.
    """
    root = doc[title.start : title.end].root
    if root.pos_ in ("VERB", "AUX"):
        behind = {c.dep_ for c in root.children if c.dep_ in {"dobj", "obj", "prt"} or c.lower_ == "for"}
        return None if behind == {"prep"} else _nouns().get(root.lemma_.lower())  # who runs for mayor heads nothing
    start, end = title.start, title.end
    while start < end and doc[start].pos_ in ("DET", "PUNCT", "SPACE"):
        start += 1
    if not _names_post(doc[start:end]):
        return None
    head = next((i for i in range(start + 1, end) if doc[i].pos_ == "ADP"), end) - 1
    end = _complement(doc, end, discourse, target)
    before, noun = doc[start:head].text_with_ws, _singular(doc[head]) + doc[head].whitespace_
    return " ".join(f"{before}{noun}{doc[head + 1 : end].text}".lower().split()) or None


def _singular(noun: Token) -> str:
    """The one of several who share a title: "Presidents A and B" are each a president."""
    known, low = title_words(), noun.lower_
    if low in known.heads:
        return noun.text
    one = next((form for form in (noun.lemma_.lower(), low.removesuffix("s")) if form in known.heads), noun.text)
    return known.plurals.get(low, one)


def _names_post(words: Span) -> bool:
    """Whether one of the words before the first preposition is known to name a post or an occupation."""
    known = title_words()
    for i, token in enumerate(words):
        if i and token.pos_ == "ADP":
            break
        forms = (token.lower_, token.lemma_.lower(), token.lower_.removesuffix("s"))
        if any(f in known.heads or f in known.abbreviations or (f,) in known.phrases for f in forms):
            return True
    return any(tuple(t.lower_ for t in words[i : i + n]) in known.phrases for n in (2, 3) for i in range(len(words)))


def _complement(doc: Doc, end: int, discourse: Discourse, target: int | None) -> int:
    """Return where a title ends once the prepositional phrase behind it is taken along."""
    if end + 1 >= len(doc) or doc[end].lower_ not in small_words("belonging"):
        return end
    chunk = next((c for c in doc[end].sent.noun_chunks if c.start == end + 1), None)
    mention = _first_mention(doc, end + 1, discourse)
    if mention is None:
        named = chunk is not None and any(discourse.at(t) is not None or t.pos_ == "PRON" for t in chunk)
        return chunk.end if chunk is not None and not named else end
    if doc[end].lower_ == "to" and mention.entity != target and mention.kind is MentionKind.NAME:
        return mention.end
    if chunk is not None and mention.end < chunk.end and mention.type is not EntityType.PERSON and mention.demonym:
        return chunk.end
    return end


def _first_mention(doc: Doc, start: int, discourse: Discourse) -> TokenMention | None:
    while start < len(doc) and doc[start].pos_ in ("DET", "ADJ") and discourse.at(start) is None:
        start += 1
    return discourse.at(start) if start < len(doc) else None
