"""Spans that may be names: the recognizer's entities, cut to the name proper and completed, and capitalized words."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extraction.language.grammar import small_words
from kg.extraction.language.title_words import ranks, titles
from kg.extraction.language.tokens import (
    Name,
    Taken,
    demonym_at,
    head_of,
    is_capital,
    is_display,
    is_hyphen,
    is_title_word,
    matches,
    score_at,
)
from kg.extraction.language.words import (
    heads,
    is_day,
    is_given_name,
    is_month,
    known_organization,
    name_parts,
    particles,
    person_lexicon,
)
from kg.extraction.naming.organizations import complement
from kg.geography import country_of, country_of_capital
from kg.lexicons import lexicon
from kg.model import EntityType

__all__ = ["capitalized_runs", "recognized_names"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_LABELS = {
    "PERSON": _P, "ORG": _O, "GPE": _L, "LOC": _L, "FAC": _L, "NORP": None, "PRODUCT": None, "WORK_OF_ART": None,
}  # fmt: skip
_NEVER_FIRST = frozenset(
    {"``", "''", '"', "'", "(", ")", "[", ",", "-", "–", "—", "/", ":", ";", ".", "&", "*", "•", "|", "#", "@"}
)
_FUNCTION_TAGS = frozenset({"IN", "PRP", "WRB", "WP", "MD", "CC", "TO", "EX", "RB", "RBR", "VBZ", "VBP", "JJ", "JJR"})
_BREAKS = frozenset({"|", ";", ":", "(", "/", "•", "*", "—", "–", "-LRB-", "…"})


def recognized_names(doc: Doc) -> Iterator[Name]:
    """Yield the recognizer's entities with their ends corrected, nationality words as names of their own."""
    for entity in sorted(doc.ents, key=lambda e: e.start):
        if entity.label_ not in _LABELS:
            continue
        kind = _LABELS[entity.label_]
        for start, end in _parts(entity, kind):
            yield from _names_in(doc, start, end, kind, weight=1.0)


def capitalized_runs(doc: Doc, taken: Taken) -> Iterator[Name]:
    """Yield runs of proper nouns outside the names found so far."""
    i = 0
    while i < len(doc):
        if i in taken or not _starts_run(doc, i):
            i += 1
            continue
        j = i + 1
        while j < len(doc) and j not in taken and not doc[j].is_sent_start and _goes_on(doc, j):
            j += 1
        yield from _names_in(doc, i, j, None, weight=0.5)
        i = j


def _starts_run(doc: Doc, i: int) -> bool:
    token = doc[i]
    proper = token.tag_ in {"NNP", "NNPS"} or bool(demonym_at(doc, i))
    if not proper and token.tag_ in {"NN", "NNS", "JJ", "FW", "VB"} and token.is_alpha and not token.is_stop:
        quoted = i > 0 and doc[i - 1].text in _NEVER_FIRST
        proper = not token.is_sent_start and not quoted and not token.is_upper and not is_display(token.sent)
    if (
        token.tag_ in {"RB", "JJ", "NN", "NNS"}
        and is_given_name(token.text)
        and not (token.is_stop or is_display(token.sent))
    ):
        proper = proper or token.dep_ in {"nsubj", "nsubjpass", "advmod", "dobj", "pobj"}  # "Polly has two sisters"
    return is_capital(token) and proper and token.ent_type_ not in {"DATE", "TIME", "EVENT", "LAW", "LANGUAGE"}


def _goes_on(doc: Doc, i: int) -> bool:
    token = doc[i]
    if is_hyphen(doc, i) or (token.tag_ in {"NNP", "NNPS"} and is_capital(token) and not demonym_at(doc, i)):
        return True
    return token.lower_ in particles() and i + 1 < len(doc) and is_capital(doc[i + 1]) and doc[i + 1].tag_ == "NNP"


def _parts(entity: Span, kind: EntityType | None) -> Iterator[tuple[int, int]]:
    """The pieces of an entity that spans two names ("IRGC's Quds Force", "Mons and Liege") or two sentences."""
    doc, start = entity.doc, entity.start
    joined = kind is _O and head_of([t.lower_ for t in entity]) is None and len(entity) <= 4
    for token in entity:
        i = token.i
        possessive = (
            token.tag_ == "POS" and i > start and i + 1 < entity.end and doc[i - 1].lower_ not in heads().possessors
        )
        listed = token.lower_ == "and" and (joined or kind in {_P, _L})
        if (
            possessive
            or listed
            or token.text in _BREAKS
            or token.text == "by"
            or (token.is_space and "\n" in token.text)
        ):
            yield start, i
            start = i + 1
        elif token.is_sent_start and i > start:
            yield start, i
            start = i
    yield start, entity.end


def _names_in(doc: Doc, start: int, end: int, kind: EntityType | None, *, weight: float) -> Iterator[Name]:
    """The name in a span, and the nationality word before it as one of its own where it is no part of it."""
    start, end = _cut(doc, start, end, kind)
    if start >= end:
        return
    length = demonym_at(doc, start)
    if length and start + length >= end:
        yield Name(start, start + length, _L, demonym=True)  # the recognizer may have ended within "Sri Lankan"
        return
    if length and not is_hyphen(doc, start + length) and (kind is not _O or head_of(_words(doc, start, end)) is None):
        yield Name(start, start + length, _L, demonym=True)
        start, end = _cut(doc, start + length, end, kind)
    if start >= end or (end - start == 1 and _common(doc[start])):
        return
    if any(c in "<>@#|*=_" for t in doc[start:end] for c in t.text):
        return
    if all(t.lower_.rstrip(".") in ranks().words and not _is_acronym(t) for t in doc[start:end]):
        return  # "Lieutenant General"
    if end - start == 1 and end < len(doc) and is_month(doc[start].lower_) and doc[end].like_num:
        return
    if end - start == 1 and end < len(doc) and _is_portfolio(doc, start):
        return
    size = end - start
    start, end = _completed(doc, start, end, kind)
    if kind is _L and end - start > size:
        kind = None  # "Disha" of "Disha Uppal" was taken for a place
    yield Name(start, end, kind, votes=weight)


def _words(doc: Doc, start: int, end: int) -> list[str]:
    return [t.lower_ for t in doc[start:end]]


def _cut(doc: Doc, start: int, end: int, kind: EntityType | None) -> tuple[int, int]:
    """Cut articles, punctuation, possessives, ranks and titles off both ends."""
    while start < end:
        if start + 2 < end and doc[start].lower_ in name_parts("prefixes") and is_hyphen(doc, start + 1):
            start += 2
        elif _never_first(doc, start, end) or (
            kind is not _L
            and end - start > 1
            and not demonym_at(doc, start)  # "Sri Lankan" has no honorific
            and _stands_before_name(doc, start, end)
        ):
            start += 1
        else:
            break
    if kind is not _L and "of" not in _words(doc, start, end) and head_of(_words(doc, start, end)) is None:
        start = next((i + 1 for i in range(end - 2, start, -1) if _is_inner_title(doc, i)), start)
    if end - start > 3 and score_at(doc, end - 3):  # "Chile 2-1"
        end -= 3
    while end > start and _never_last(doc, end - 1, start, kind):
        end -= 1
    if kind is not _P and end - start > 1 and _is_post(doc[end - 1]):  # "World Bank President": the bank
        end -= 1
        while end > start and (
            doc[end - 1].lower_ in titles().inner or _is_post(doc[end - 1]) or doc[end - 1].is_punct
        ):
            end -= 1
    return start, end


def _is_inner_title(doc: Doc, i: int) -> bool:
    """Whether a name can stand behind this word as behind a title ("S African President Zuma")."""
    known = is_title_word(doc[i]) and not is_given_name(doc[i].text)
    return known and is_capital(doc[i]) and is_capital(doc[i + 1])


def _never_first(doc: Doc, i: int, end: int) -> bool:
    token = doc[i]
    if token.is_sent_start and is_day(token.lower_) and i + 1 < end:
        return True  # "Tomorrow Harrison's family ..."
    if token.lower_ == "the" and i + 1 < end and doc[i + 1].text == "Hague":
        return False
    if token.text in _NEVER_FIRST or token.is_space or token.tag_ in {"POS", "DT", "PRP$"}:
        return True
    if token.is_stop and token.tag_ in _FUNCTION_TAGS:
        return True
    return (
        not is_capital(token) and token.lower_ not in particles() and not (token.text[:1].isdigit() and token.is_alpha)
    )


def _never_last(doc: Doc, i: int, start: int, kind: EntityType | None) -> bool:
    token = doc[i]
    if token.tag_ == "POS" or token.is_space or (token.text == "'" and not token.is_sent_start):
        return True
    if token.is_punct and not (
        token.text == "." and i > start and not doc[i - 1].whitespace_ and i + 1 < token.sent.end
    ):
        return True
    if token.text[:1].islower() and token.tag_ in {"IN", "CC", "DT", "TO"}:
        return True
    if token.text[:1].islower() and kind in {_P, _L}:
        return not token.text.startswith("al-") and not is_hyphen(token.doc, i - 1)
    return token.like_num and kind is _P


def _stands_before_name(doc: Doc, i: int, end: int) -> bool:
    """Whether the word is a rank or a title before a name."""
    word = doc[i].lower_.rstrip(".")
    if any(n > i - j for j in range(max(0, i - 5), i + 1) if (n := matches(doc, j, titles().phrases, longest=6))):
        return True
    if word in ranks().gender:
        return True
    if i + 1 < end and doc[i + 1].lower_ in small_words("openers"):
        return False
    if (is_given_name(word) and i + 2 == end) or (
        word in person_lexicon().title_names and i + 2 < end
    ):  # "Dean Smith", "Shah Mahmood Qureshi"
        return False
    if is_title_word(doc[i]) or word in titles().inner:
        rest = [t for t in doc[i + 1 : end] if is_capital(t)]
        return bool(rest) and (
            is_title_word(doc[i]) or (any(is_title_word(t) for t in rest[:3]) and head_of(_words(doc, i, end)) is None)
        )
    return word in ranks().words and doc[i + 1].text[:1].isupper()


def _is_title(token: Token) -> bool:
    return is_title_word(token) or token.lower_ in titles().inner


def _is_portfolio(doc: Doc, i: int) -> bool:
    """ "Health" of "Health Secretary", but not "Labour" of "Labour MP"."""
    party = known_organization(doc[i].text) and doc[i + 1].lower_ in lexicon("role_classes")["legislators"]
    return doc[i].lower_ in titles().inner and _is_title(doc[i + 1]) and not party


def _is_post(token: Token) -> bool:
    return is_title_word(token) and not is_given_name(token.text) and token.lower_ not in heads().all


def _common(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    lexicon = heads()
    return not _is_acronym(token) and (
        word in lexicon.never
        or word in lexicon.furniture
        or is_title_word(token)
        or word in ranks().words
        or len(word) < 2
    )


def _is_acronym(token: Token) -> bool:
    """Whether a word that is also a rank or title is an organization's acronym: "SEC", not "Sec."."""
    return token.is_upper and len(token) > 1 and known_organization(token.text) is not None


def _completed(doc: Doc, start: int, end: int, kind: EntityType | None) -> tuple[int, int]:
    """The name with the capitalized words around it that belong to it."""
    sentence = doc[start].sent
    if is_display(sentence):
        return start, end
    if kind is _P:
        while end < sentence.end and _continues_person(doc, end):
            end += 1
        end = _over_nickname(doc, end, sentence.end)
        while start > sentence.start and _precedes_person(doc, start - 1):
            start -= 1
    elif kind is _L and end - start == 1 and end < sentence.end and _may_be_given_name(doc, start):
        while end < sentence.end and doc[end].tag_ == "NNP" and _continues_person(doc, end):
            end += 1
    elif kind is _O:
        while (
            end < sentence.end
            and doc[end].tag_ in {"NNP", "NNPS"}
            and is_capital(doc[end])
            and doc[end].ent_type_ in {"", "ORG"}
        ):
            if _is_title(doc[end]) or (
                end + 1 < sentence.end and is_capital(doc[end + 1]) and is_title_word(doc[end + 1])
            ):
                break
            end += 1
        if head_of(_words(doc, start, end)) and end < sentence.end - 1 and doc[end].lower_ in {"of", "for"}:
            end = complement(doc, end, sentence.end)
    return start, end


def _may_be_given_name(doc: Doc, i: int) -> bool:
    text = doc[i].text
    known = country_of(text) or country_of_capital(text) or text.lower() in heads().regions or text.isupper()
    return (
        not known
        and head_of(_words(doc, i, i + 2)) is None
        and doc[i + 1].lower_ not in heads().facilities | heads().lands
    )


def _over_nickname(doc: Doc, end: int, limit: int) -> int:
    """ "Frederick "Fritz" Henderson": the end behind a nickname in quotes and the surname after it."""
    quotes = {'"', "'"}
    for opening in (end, end - 2, end - 3):
        if not 0 < opening < limit or doc[opening].text not in quotes:
            continue
        closing = next((i for i in range(opening + 2, min(opening + 4, limit - 1)) if doc[i].text in quotes), None)
        if closing and closing >= end - 1 and is_capital(doc[opening + 1]) and doc[closing + 1].tag_ == "NNP":
            return closing + 2
    return end


def _continues_person(doc: Doc, i: int) -> bool:
    token = doc[i]
    if is_hyphen(doc, i):
        return is_capital(doc[i + 1])
    if is_hyphen(doc, i - 1):
        return True
    if token.lower_ in particles() and token.ent_type_ in {"", "PERSON"} and i + 1 < len(doc):
        return is_capital(doc[i + 1]) and doc[i + 1].tag_ == "NNP" and token.text != "e"
    free = token.ent_type_ in {"", "PERSON"} or (token.ent_type_ == "NORP" and not demonym_at(doc, i))
    return token.tag_ in {"NNP", "NNPS"} and is_capital(token) and free and not is_title_word(token)


def _precedes_person(doc: Doc, i: int) -> bool:
    token = doc[i]
    if is_hyphen(doc, i):
        return is_capital(doc[i - 1]) or doc[i - 1].lower_ in particles()
    if is_hyphen(doc, i + 1):
        return True
    if token.lower_ in name_parts("surname_first"):
        return True
    word = token.lower_.rstrip(".")
    if word in person_lexicon().title_names:
        return is_capital(token) and i + 2 < len(doc) and is_capital(doc[i + 2])
    known = is_title_word(token) or word in titles().inner or word in ranks().words or bool(demonym_at(doc, i))
    return token.tag_ == "NNP" and is_capital(token) and token.ent_type_ in {"", "PERSON"} and not known
