"""Terms of office: when a post was taken up and given up, and what that makes of its status.

A date belongs to a title in its clause or its noun phrase ("served as minister from 2010 to 2014", "minister since
2016"), or it stands with a verb that takes up the post told before ("She took office in May", "He resigned").
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Token

from kg.extraction.discourse import Discourse
from kg.extraction.language.grammar import chain, is_passive, prepositional, small_words, subjects, wordings
from kg.extraction.posts.candidate import Candidate
from kg.extraction.stance.factuality import FACT, factuality
from kg.extraction.time.dates import DateMention, span_of
from kg.lexicons import word_set, words_with
from kg.model import IN_OFFICE, RoleStatus

__all__ = ["with_terms"]

_BACK = 2  # sentences in which the post lies that "resigned" gives up
_GAP = 3  # tokens between the dates of one span
_LEAD = 3  # tokens before a date that may say "from", "up until", "as of"
_words = partial(word_set, "posts/terms")
_verbs = partial(words_with, "role_verbs", "verbs")


@dataclass(frozen=True, slots=True)
class _Term:
    """Beginning and end as ISO dates; ``over`` where the words themselves say that it is."""

    start: str | None = None
    end: str | None = None
    over: bool = False


def with_terms(candidates: Sequence[Candidate], discourse: Discourse, dates: Sequence[DateMention]) -> list[Candidate]:
    """Return the candidates, posts and memberships among them with beginning, end and the status that follows."""
    published: str | None = discourse.doc.user_data["document"].published
    by_sentence: dict[int, list[DateMention]] = defaultdict(list)
    for date in dates:
        by_sentence[discourse.doc[date.start].sent.start].append(date)
    held = {i: c for i, c in enumerate(candidates) if c.relation.ends}
    posts = sorted((c.trigger.i, i) for i, c in held.items() if c.relation.titled)
    terms = {i: _own(c, discourse, by_sentence[c.trigger.sent.start]) for i, c in held.items()}
    earlier = _before(discourse)
    for verb in discourse.doc:
        kind = _kind(verb)
        if kind is None or factuality(verb) != FACT:
            continue
        told = _told(verb, kind, by_sentence[verb.sent.start])
        low, high = (bisect_left(posts, (at,)) for at in (earlier[verb.sent.start], verb.sent.end))
        near = sorted(i for _, i in posts[low:high])
        for i in _posts(verb, kind, {i: held[i] for i in near}, discourse):
            known = terms[i]
            terms[i] = _Term(known.start or told.start, known.end or told.end, known.over or told.over)
    return [_apply(c, terms[i], published) if i in terms else c for i, c in enumerate(candidates)]


def _apply(candidate: Candidate, term: _Term, published: str | None) -> Candidate:
    start, end = candidate.start or term.start, candidate.end or term.end
    if start and end and end[: len(start)] < start[: len(end)]:
        start = end = None
    status = candidate.status
    ended = end is not None and (published is None or end <= published)
    if status in IN_OFFICE and (ended or term.over):
        status = RoleStatus.FORMER
    elif status is RoleStatus.CURRENT and start and published and start[: len(published)] > published[: len(start)]:
        status = RoleStatus.DESIGNATE
    return replace(candidate, start=start, end=end, status=status)


def _own(candidate: Candidate, discourse: Discourse, dates: Sequence[DateMention]) -> _Term:
    """The term that a title's own clause or noun phrase tells."""
    verb = _verb(candidate, discourse)
    if verb is None:
        found = [d for d in dates if _beside(candidate.trigger, d)]
        start, end = _span(candidate.trigger, found)
        return _Term(start, end)
    word = wordings(verb)
    term = _dated(verb, dates, begins=bool(word & _verbs("begin")), ends=bool(word & _verbs("end")))
    formerly = any(c.dep_ == "advmod" and c.lower_ in _words("formerly") for c in verb.children)
    return replace(term, over=formerly and verb.lemma_.lower() not in _verbs("begin"))


def _verb(candidate: Candidate, discourse: Discourse) -> Token | None:
    """The verb that gives a post: the trigger, or the one right before the name in "named X minister"."""
    if candidate.trigger.pos_ in {"VERB", "AUX"}:
        return candidate.trigger
    before = candidate.subject.start - 1
    if before >= 0 and candidate.trigger.i >= candidate.subject.end:
        verb = discourse.doc[before]
        if verb.pos_ == "VERB" and verb.lemma_.lower() in _verbs("passive") & _verbs("begin"):
            return verb
    return None


def _dated(verb: Token, dates: Sequence[DateMention], *, begins: bool, ends: bool) -> _Term:
    found = [d for d in dates if _of(verb, d)]
    start, end = (None, None) if _is_when(verb) else _span(verb, found)
    point = next((d.value for d in found if d.value), None)
    if start is None and end is None and point:
        return _Term(point if begins else None, point if ends else None)
    return _Term(start, end)


def _of(verb: Token, date: DateMention) -> bool:
    """Whether a date belongs to a verb's own clause, or the clause to the date ("2009, when she was appointed")."""
    root = verb.doc[date.start : date.end].root
    if _is_when(verb):
        return date.start <= verb.head.i < date.end
    for node in chain(root):
        if node == verb:
            return True
        if node.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _is_when(verb: Token) -> bool:
    return verb.dep_ == "relcl" and any(c.lower_ == "when" for c in verb.children)


def _beside(title: Token, date: DateMention) -> bool:
    """Whether a date stands in a title's noun phrase or right behind it: "minister since 2016", "mayor (2010-2014)"."""
    doc, root = title.doc, title.doc[date.start : date.end].root
    if root.sent.start != title.sent.start or date.start < title.i:
        return False
    between = doc[title.i + 1 : date.start]
    if any(t.pos_ in {"VERB", "AUX"} or t.text in {",", ")", ";"} for t in between):
        return False
    return title in chain(root) or len(between) <= 2 * _GAP


def _span(word: Token, dates: Sequence[DateMention]) -> tuple[str | None, str | None]:
    """The beginning and the end that the words around dates tell ("since", "from ... to", "until")."""
    doc = word.doc
    for n, date in enumerate(dates):
        last = n
        while last + 1 < len(dates) and dates[last + 1].start - dates[last].end <= _GAP:
            last += 1
        low = max(date.start - _LEAD, word.sent.start)
        low = max([low, *(t.i for t in doc[low : date.start] if t.text in {",", ";"})])
        text = doc[low : dates[last].end].text
        start, end = span_of(text, published=doc.user_data["document"].published)
        if start or end:
            return start, end
    return None, None


def _kind(verb: Token) -> str | None:
    """What a verb without a title tells of the post of its subject: "begin", "end" or "hold"."""
    if verb.pos_ not in {"VERB", "AUX"}:
        return None
    lemma, words = verb.lemma_.lower(), wordings(verb)
    if any(name == "as" for name, _ in prepositional(verb)) or any(c.dep_ in {"oprd", "attr"} for c in verb.children):
        return None  # it names the title itself
    if words & _verbs("passive"):
        return ("begin" if words & _verbs("begin") else "end") if is_passive(verb) else None
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
    for kind, use in (("begin", "take"), ("end", "leave"), ("hold", "hold")):
        if words & _verbs(use) and any(_is_post(noun) for noun in objects):
            return kind
    if words & _verbs("end") and not objects:
        return "end"
    if lemma == "be" and any(
        name == "in" and item.lemma_.lower() in _words("offices") for name, item in prepositional(verb)
    ):
        return "hold"
    return None


def _is_post(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    determined = any(c.dep_ in {"det", "poss"} and c.lower_ not in small_words("indefinite") for c in noun.children)
    return lemma in _words("offices") or (lemma in _words("posts") and determined)


def _told(verb: Token, kind: str, dates: Sequence[DateMention]) -> _Term:
    term = _dated(verb, dates, begins=kind == "begin", ends=kind == "end")
    until = any(c.dep_ == "advcl" and any(m.lower_ in {"until", "till"} for m in c.children) for c in verb.children)
    return replace(term, over=kind == "end" or (until and verb.tag_ == "VBD"))  # "held the post until he died"


def _before(discourse: Discourse) -> dict[int, int]:
    """Map the start of each sentence to the start of the one in which a post told before it may lie."""
    starts = [sentence.start for sentence in discourse.doc.sents]
    return {start: starts[max(0, n - _BACK)] for n, start in enumerate(starts)}


def _posts(verb: Token, kind: str, held: Mapping[int, Candidate], discourse: Discourse) -> Iterator[int]:
    """The candidates for the post that a verb takes up, holds or gives up, of those told near it."""
    holders = [t for subject in subjects(verb) for t in (subject, *(c for c in subject.children if c.dep_ == "appos"))]
    people = {m.entity for t in holders if (m := discourse.at(t)) is not None}
    bodies = {m.entity for name, t in prepositional(verb) if name == "from" and (m := discourse.at(t)) is not None}
    near = [
        (abs(c.trigger.i - verb.i), i)
        for i, c in held.items()
        if c.subject.entity in people
        and c.trigger != verb
        and (not bodies or (c.object is not None and c.object.entity in bodies))
        and (not c.factual or factuality(c.trigger) == FACT)
    ]
    if not near:
        return
    serving = [(n, i) for n, i in near if held[i].status in IN_OFFICE]
    _, nearest = min(serving or near)
    sentence = held[nearest].trigger.sent
    together = [i for _, i in serving if held[i].trigger.sent == sentence] or [nearest]
    if kind != "end":
        yield nearest
    elif len({o.entity if (o := held[i].object) else None for i in together}) == 1:
        yield from together
