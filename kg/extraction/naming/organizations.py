"""Names of organizations by the words they are made of: a head noun and what stands around it."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extraction.language.grammar import small_words
from kg.extraction.language.title_words import ranks, titles
from kg.extraction.language.tokens import (
    Name,
    demonym_at,
    is_capital,
    is_display,
    is_hyphen,
    is_title_word,
    matches,
    once,
    state_at,
)
from kg.extraction.language.words import heads, known_organization, name_parts
from kg.geography import country_of
from kg.model import EntityType

__all__ = ["acronym_names", "complement", "headed_names", "known_names", "state_bodies"]

_O = EntityType.ORGANIZATION


def state_bodies(doc: Doc) -> Sequence[Name]:
    """Return bodies of states: "Iraqi parliament", "Iran's Armed Forces", "Obama administration"."""
    return once(doc, "state bodies", lambda doc: tuple(_state_bodies(doc)))


def _state_bodies(doc: Doc) -> Iterator[Name]:
    lexicon, inner = heads().state, titles().inner - name_parts("of_holders")
    i = 0
    while i < len(doc):
        if not doc[i].text[:1].isupper() or is_display(doc[i].sent):
            i += 1
            continue
        if _is_presidency(doc, i):
            yield Name(i, i + 2, _O, votes=3)
            i += 2
            continue
        length = state_at(doc, i)
        end = _body_end(doc, i + length, lexicon, inner) if length else 0
        if end:
            yield Name(i, end, _O, votes=3)
            i = end
        else:
            i += max(1, length)


def _is_presidency(doc: Doc, i: int) -> bool:
    """ "Obama administration": a name that is no state or title, before that word."""
    if i + 1 >= len(doc) or doc[i + 1].text != "administration" or doc[i].tag_ != "NNP" or state_at(doc, i):
        return False
    return doc[i].lower_ not in titles().inner and not is_title_word(doc[i])


def _body_end(doc: Doc, i: int, lexicon: dict[str, str], inner: frozenset[str]) -> int:
    """The end of "(foreign) ministry (of defence)" at a token; 0 where a title follows ("Iraqi army chief")."""
    for skipped in range(4):
        j = i + skipped
        if j >= len(doc) or doc[j].is_sent_start:
            return 0
        if n := matches(doc, j, lexicon):
            end = j + n
            while end < len(doc) and _is_head(doc[end]) and not doc[end].is_sent_start:
                end += 1
            if end < len(doc) and doc[end].lower_ == "of" and doc[j].text[0].isupper():
                end = complement(doc, end, doc[j].sent.end)
            elif end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].lower_ in name_parts("chambers"):
                end += 2
            return end
        if doc[j].lower_ not in inner and not (
            is_capital(doc[j]) and doc[j].tag_ == "NNP" and not is_title_word(doc[j])
        ):
            return 0
    return 0


def headed_names(doc: Doc) -> Iterator[Name]:
    """Yield capitalized runs around the head of an organization's name ("Popular Mobilization Units")."""
    lexicon = heads()
    i = 0
    while i < len(doc):
        n = matches(doc, i, lexicon.all, longest=lexicon.longest) if is_capital(doc[i]) else 0
        if (
            not n
            or not all(is_capital(t) or t.lower_ in small_words("openers") for t in doc[i : i + n])
            or is_display(doc[i].sent)
        ):
            i += 1
            continue
        head = " ".join(t.lower_ for t in doc[i : i + n])
        sentence = doc[i].sent
        if _is_half(doc, i, i + n):
            i += n
            continue
        start = _leftmost(doc, i, sentence.start)
        end = i + n
        while end < sentence.end and (
            (doc[end].lower_ in lexicon.legal and is_capital(doc[end])) or _is_head(doc[end])
        ):
            end += 1
        opened = end < sentence.end and doc[end].lower_ in small_words("openers")
        if opened:
            end = complement(doc, end, sentence.end)
        named = any(t.ent_type_ == "ORG" for t in doc[start:end])
        grown = end > i + n
        if (start < i or grown) and (named or head not in lexicon.weak) and not _ends_in_title(doc, end):
            yield Name(start, end, _O, votes=2 if named else 1)
            i = end
        else:
            i += n


def _is_half(doc: Doc, start: int, end: int) -> bool:
    """Whether a name goes on to its head behind "and": "Securities" of "(US) Securities and Exchange Commission"."""
    limit, before = doc[start].sent.end, doc[max(start - 1, 0)]
    if end + 2 >= limit or doc[end].lower_ != "and" or doc[end - 1].tag_ != "NNPS":
        return False
    if start > doc[start].sent.start and is_capital(before) and not (country_of(before.text) or before.is_stop):
        return False  # "Nomura Securities and Daiwa Bank"
    return _joined(doc, end) and any(_is_head(t) and t.tag_ == "NNP" for t in doc[end + 2 : min(end + 4, limit)])


def _is_head(token: Token) -> bool:
    return is_capital(token) and token.lower_ in heads().all and token.tag_ in {"NNP", "NNPS"}


def _ends_in_title(doc: Doc, end: int) -> bool:
    return end < len(doc) and doc[end].text[:1].isupper() and is_title_word(doc[end]) and not doc[end].is_sent_start


def _leftmost(doc: Doc, head: int, limit: int) -> int:
    """The first token of the run of capitalized words that ends at a head."""
    start = i = head
    while i > limit:
        token = doc[i - 1]
        if is_capital(token) and not token.is_punct and _belongs(doc, i - 1, limit):
            i -= 1
            start = i
        elif (
            (is_hyphen(doc, i - 1) and i - 2 >= limit)
            or (token.text == "&" and i - 2 >= limit and is_capital(doc[i - 2]))
            or (token.tag_ == "POS" and i - 2 >= limit and is_capital(doc[i - 2]) and _owns(doc[i - 2]))
            or (token.lower_ in {"and", "of"} and i - 2 >= limit and is_capital(doc[i - 2]) and _joined(doc, i - 1))
        ):
            i -= 1
        else:
            break
    return start


def _belongs(doc: Doc, i: int, limit: int) -> bool:
    token = doc[i]
    if token.lower_ in name_parts("outside") or token.tag_ in {"IN", "PRP$", "WRB", "MD", "PRP", "WP", "VBZ", "VBD"}:
        return False
    if is_title_word(token) or (token.lower_.rstrip(".") in ranks().words and token.lower_ not in ranks().ambiguous):
        return False
    return i > limit or token.tag_ in {"NNP", "NNPS"} or bool(demonym_at(doc, i)) or token.ent_type_ == "ORG"


def _owns(token: Token) -> bool:
    """Whether a possessive stands inside a name ("People's")."""
    return token.lower_ in heads().possessors or token.lemma_.lower() in heads().possessors


def _joined(doc: Doc, i: int) -> bool:
    """Whether "and" or "of" stands inside a name: the recognizer spans it, or what stands before modifies the head."""
    before, after = doc[i - 1], doc[i + 1]
    if before.ent_type_ == doc[i].ent_type_ == "ORG" and doc[i].ent_iob_ == "I" and after.ent_iob_ == "I":
        return True
    if (
        doc[i].lower_ != "and"
        or known_organization(before.text)
        or country_of(before.text)
        or before.ent_type_ == "PERSON"
    ):
        return False
    if i > 1 and doc[i - 2].lower_ == "the" and doc[i].lower_ == "and":
        return True  # one article for both: "the Food and Drug Administration"
    return before.head.i > i or (after.dep_ == "conj" and after.head == before and before.dep_ in {"compound", "nmod"})


def complement(doc: Doc, i: int, limit: int) -> int:
    """Return the end of "of (the) X and Y" that begins at a token."""
    end = i
    while i < limit:
        token = doc[i]
        low = token.lower_
        if (
            is_capital(token)
            and not token.is_space
            and not (end > i - 1 and _ends_in_title(doc, i) and doc[i - 1].lower_ not in {"of", "the"})
        ):
            i += 1
            end = i
        elif (
            low in small_words("complements")
            and i + 1 < limit
            and (is_capital(doc[i + 1]) or doc[i + 1].lower_ == "the")
        ):
            if low not in {"of", "for"} and end != i:
                break
            if low != "of" and (
                doc[i + 1].ent_type_ in {"GPE", "DATE", "PERSON"} or doc[i + 1].lower_ in heads().regions
            ):
                break
            i += 1
        elif (
            (
                low == "the"
                and doc[i - 1].lower_ in small_words("complements")
                and i + 1 < limit
                and is_capital(doc[i + 1])
            )
            or (low in {"and", "&"} and i + 1 < limit and is_capital(doc[i + 1]) and _continues(doc, i))
            or is_hyphen(doc, i)
            or (token.tag_ == "POS" and i + 1 < limit and is_capital(doc[i + 1]) and _owns(doc[i - 1]))
        ):
            i += 1
        else:
            break
    return end


def _continues(doc: Doc, i: int) -> bool:
    """Whether the words behind "and" are still of the name ("Obstetricians and Gynecologists")."""
    before, after = doc[i - 1], doc[i + 1]
    if doc[i].ent_type_ == "ORG" and after.ent_iob_ == "I":
        return True
    if (
        {before.ent_type_, after.ent_type_} & {"GPE", "PERSON", "LOC"}
        or demonym_at(doc, after.i)
        or known_organization(after.text)
        or is_title_word(after)
    ):
        return False
    if before.tag_ == after.tag_ == "NNPS":
        return True
    return after.head in {before, before.head} or after.head.head == before


def known_names(doc: Doc) -> Sequence[Name]:
    """Return organizations that the lexicon knows: by several words, or by one that is written small ("dpa")."""
    return once(doc, "known names", lambda doc: tuple(_known_names(doc)))


def _known_names(doc: Doc) -> Iterator[Name]:
    for token in doc:
        if token.text in heads().small or (token.text in heads().capitals and not is_display(token.sent)):
            yield Name(token.i, token.i + 1, _O, votes=4)
        elif is_capital(token) or token.lower_ in name_parts("articles"):
            for n in (4, 3, 2):
                span = doc[token.i : token.i + n]
                whole = is_capital(span[-1]) or span[-1].is_digit or span[-1].text == "party"
                if len(span) == n and whole and known_organization(span.text):
                    yield Name(span.start, span.end, _O, votes=4)
                    break


def acronym_names(doc: Doc, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the acronyms in brackets behind organizations' names."""
    ends = {n.end for n in names}
    for token in doc[: max(0, len(doc) - 2)]:
        if token.text == "(" and {token.i, token.i - 1} & ends and doc[token.i + 2].text == ")":
            short = doc[token.i + 1]
            if sum(c.isupper() for c in short.text) >= 2 and len(short) < 12:
                yield Name(short.i, short.i + 1, _O)
