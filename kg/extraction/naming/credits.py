"""Names in the credits of an article, where a recognizer fails for want of a sentence.

"Saibal Dasgupta / TNN", "Photo: Hau Dinh, AP", "Author: Disha Uppal".
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.extraction.language.tokens import Name, is_title_word, is_verbless
from kg.extraction.language.words import heads, known_organization
from kg.extraction.naming.surroundings import cues
from kg.geography import country_of, country_of_capital
from kg.model import EntityType

__all__ = ["credited_names"]

_SEPARATORS = frozenset({",", "|", "/", "-", "–", "—", "·", "•"})
_LONGEST = 25  # tokens; a longer line is no credit
_VOTES = 3.0
_ACRONYM = range(2, 6)  # letters


def credited_names(doc: Doc) -> Iterator[Name]:
    """Yield the person that a line without a verb begins with: behind a label, or before an agency."""
    for line in doc.sents:
        if len(line) <= _LONGEST and is_verbless(line):
            yield from _in_line(doc, line)


def _in_line(doc: Doc, line: Span) -> Iterator[Name]:
    start = line.start
    labelled = start + 2 < line.end and doc[start].lower_ in cues("credits") and doc[start + 1].text == ":"
    if labelled:
        start += 2
    end = start
    while end < line.end and end - start < 4 and _is_part(doc, end):
        end += 1
    if end - start not in {2, 3} or _is_place(doc, start, end, labelled=labelled):
        return
    if _is_body(doc, line, end) or (labelled and (end == line.end or doc[end].text in _SEPARATORS)):
        yield Name(start, end, EntityType.PERSON, votes=_VOTES)


def _is_part(doc: Doc, i: int) -> bool:
    token, lexicon = doc[i], heads()
    word = token.lower_
    other = word in lexicon.never or word in lexicon.furniture or word in lexicon.all or word in lexicon.nouns
    return token.is_alpha and token.text[0].isupper() and not (other or token.is_stop or is_title_word(token))


def _is_place(doc: Doc, start: int, end: int, *, labelled: bool) -> bool:
    """Whether the words are where the story was written ("New Delhi, ANI"); behind a label they are not."""
    text = doc[start:end].text
    tagged = not labelled and any(t.ent_type_ in {"GPE", "LOC", "FAC"} for t in doc[start:end])
    known = country_of(text) or country_of_capital(text) or known_organization(text)
    return tagged or known is not None or (text.isupper() and not labelled)


def _is_body(doc: Doc, line: Span, i: int) -> bool:
    """Whether an agency's name or acronym stands behind a separator."""
    if i + 1 >= line.end or doc[i].text not in _SEPARATORS:
        return False
    word = doc[i + 1]
    acronym = word.is_upper and word.is_alpha and len(word) in _ACRONYM
    return acronym or known_organization(word.text) is not None
