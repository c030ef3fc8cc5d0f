"""When: the dates that a text names, resolved against the day of publication, as precise as the words and no more."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Token

from kg.extraction.language.grammar import small_words
from kg.extraction.time.calendar import Vantage, common
from kg.extraction.time.expressions import Expression, find_expressions, find_whole, words_before
from kg.lexicons import lexicon, word_set

__all__ = ["DateMention", "dates_in", "resolve_date", "span_of"]

_ANCHOR_REACH = 3  # sentences after which "two days later" no longer counts from a date
_PAST_TAGS = frozenset({"VBD", "VBN"})
_LIMIT = 2000  # characters: a wording of a date is far shorter


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """The words of a date by token indices, ``end`` exclusive, without the preposition.

    ``value`` is the ISO date ("1979", "1979-02", "1979-02-01"), None where the words tell none or the day of
    publication is missing.
    """

    start: int
    end: int
    value: str | None


def resolve_date(
    text: str, *, published: str | None, tense: str | None = None, anchor: str | None = None
) -> str | None:
    """Return the ISO date that the words name, as precise as they are.

    Args:
        text: the wording, alone or in its phrase ("on Sunday", "Nov 15", "earlier this month").
        published: ISO day of publication; without it only absolute dates resolve.
        tense: "past", "present" or "future" of the clause. Only "future" looks ahead; absent, dates lie in the past.
        anchor: ISO date named just before, for "two days later".

    Returns:
        "1979", "1979-02" or "1979-02-01"; a span is the month or year that holds all of it; else None.
    """
    at = Vantage(_day(published), tense, anchor)
    text = text[:_LIMIT]
    start, end = span_of(text, published=published, tense=tense)
    if start and end:
        return common((start, end))
    whole = find_whole(text)
    if whole:
        return whole.value(at)
    return next((value for e in find_expressions(text) if (value := e.value(at))), None)


def span_of(text: str, *, published: str | None = None, tense: str | None = None) -> tuple[str | None, str | None]:
    """Return the ISO dates at which something began and ended: "from 2010 to 2014", "since May", "until last year".

    A date without a word of beginning or end gives neither.
    """
    text = text[:_LIMIT]
    at = Vantage(_day(published), tense)
    start: str | None = None
    end: str | None = None
    opened: Expression | None = None
    lex = lexicon("dates")
    for expression in find_expressions(text, loose=True):
        if expression.rule in {"year_range", "day_range"}:
            return expression.bounds(at)
        before = words_before(text, expression.start).removesuffix(" the")
        if opened is None and _ends_with(before, lex["starts"]):
            opened, start = expression, expression.value(replace(at, tense="past"))
        elif _ends_with(before, lex["ends"]) and end is None:
            end = expression.value(at)
            if opened and expression.year and not opened.year:
                start = _same_year(opened, at, expression.year, end)
        elif opened is None and start is None:
            opened, start = _first_of_range(text, expression, at)
    if start and end and not _ordered(start, end):
        return None, None
    return start, end


def dates_in(doc: Doc) -> list[DateMention]:
    """Return the dates of a document in text order, none overlapping.

    Relative words are read from ``doc._.published`` and the tense of their clause; "two days later" from the date named
    before it, at most three sentences away.
    """
    published = _day(doc._.published) if Doc.has_extension("published") else None
    mentions: list[DateMention] = []
    anchor: tuple[str, int] | None = None
    sentences = _sentence_numbers(doc)
    for expression in find_expressions(doc.text):
        span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
        if span is None or _is_other(span.root, expression):
            continue
        sentence = sentences[span.start]
        near = anchor[0] if anchor and sentence - anchor[1] <= _ANCHOR_REACH else None
        value = expression.value(Vantage(published, _tense(span.root), near))
        mentions.append(DateMention(start=span.start, end=span.end, value=value))
        if value:
            anchor = (value, sentence)
    return mentions


def _is_other(token: Token, expression: Expression) -> bool:
    """Whether the words are a person's name ("by May"), a count ("in 1500 villages") or no day ("today's Iran")."""
    named = expression.rule == "month" and token.dep_ == "compound" and token.head.i == token.i + 1
    if token.ent_type_ == "PERSON" or (named and token.head.pos_ == "PROPN"):  # "Jan Roth"
        return True
    if expression.rule == "year" and token.dep_ in {"nummod", "compound"} and token.head.i > token.i:
        return token.head.pos_ in {"NOUN", "PROPN"}
    if expression.rule == "word":
        following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        return following is not None and following.text in {"'s", "’s"} and token.lower_ == "today"
    return False


def _tense(token: Token) -> str | None:
    """Return the tense of the clause that a date stands in."""
    for node in _chain(token):
        if node.pos_ not in {"VERB", "AUX"} and node.tag_ not in _PAST_TAGS:
            continue
        helpers = [c for c in node.children if c.dep_ in {"aux", "auxpass"}]
        if any(h.lower_ in word_set("dates", "future") for h in helpers):
            return "future"
        if (
            node.lemma_ in word_set("dates", "planned")
            and node.tag_ == "VBN"
            and not any(h.lower_ in small_words("past") for h in helpers)
        ):
            return "future"  # "talks set for Sunday"
        if any(h.lower_ == "to" for h in helpers):
            return _infinitive(node)
        if any(h.tag_ == "VBD" for h in helpers) or node.tag_ in _PAST_TAGS:
            return "past"
        if any(h.lemma_ == "have" for h in helpers):
            return "past"
        return "present"
    return None


def _infinitive(verb: Token) -> str | None:
    """Return the tense of "to meet": to come after words of planning and in headlines, else that of what governs it."""
    head = verb.head
    if head.i == verb.i or head.lemma_ in word_set("dates", "planned") or head.lemma_ == "be":
        return "future"
    return "past" if head.tag_ in _PAST_TAGS else "future" if head.lemma_ == "go" and head.tag_ == "VBG" else None


def _chain(token: Token) -> Iterator[Token]:
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def _sentence_numbers(doc: Doc) -> list[int]:
    number, numbers = 0, []
    for token in doc:
        number += bool(token.is_sent_start and token.i)
        numbers.append(number)
    return numbers


def _first_of_range(text: str, expression: Expression, at: Vantage) -> tuple[Expression | None, str | None]:
    """Return the expression as the beginning of "2016-present", "January to March 2019", "2010 to 2014"."""
    following = " ".join(text[expression.end : expression.end + 16].lower().split())
    return (
        (expression, expression.value(at))
        if following.startswith(tuple(lexicon("dates")["going_on"]))
        else (None, None)
    )


def _same_year(opened: Expression, at: Vantage, year: int, end: str | None) -> str | None:
    """Return the beginning in the year of the end, or in the year before where that comes out later."""
    start = opened.value(at, year=year)
    return start if start is None or end is None or _ordered(start, end) else opened.value(at, year=year - 1)


def _ordered(start: str, end: str) -> bool:
    shared = min(len(start), len(end))
    return start[:shared] <= end[:shared]


def _ends_with(words: str, endings: list[str]) -> bool:
    return any(
        words == e or words.endswith((f" {e}", f"({e}")) or (not e[0].isalnum() and words.endswith(e)) for e in endings
    )


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None
