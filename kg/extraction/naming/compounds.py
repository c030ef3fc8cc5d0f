"""Names that are longer than the place, party or acronym in them: "Brussels airport", "CCTV Africa", "US South"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extraction.language.grammar import small_words
from kg.extraction.language.title_words import titles
from kg.extraction.language.tokens import Name, demonym_at, is_capital, is_display, is_hyphen, is_title_word, state_at
from kg.extraction.language.words import heads, is_given_name, known_organization, name_parts
from kg.geography import country_of
from kg.model import EntityType

__all__ = ["compounds"]

_O, _L = EntityType.ORGANIZATION, EntityType.PLACE


def compounds(doc: Doc) -> Iterator[Name]:
    """Yield the names that more words belong to than are capitalized, or than the recognizer takes for one name."""
    for token in doc:
        finders = _FROM_CAPITAL if is_capital(token) else _FROM_NOUN if token.tag_ == "NN" else ()
        if finders and not is_display(token.sent):
            yield from (name for find in finders if (name := find(doc, token.i)))


def _is_proper(token: Token) -> bool:
    return is_capital(token) and token.tag_ in {"NNP", "NNPS"}


def _ends_run(doc: Doc, end: int) -> bool:
    """Whether no capitalized word, hyphen or possessive goes on with a name that ends before a token."""
    if end >= len(doc) or doc[end].is_sent_start:
        return True
    return not _is_proper(doc[end]) and not is_hyphen(doc, end)


def _numbered(doc: Doc, i: int) -> Name | None:
    """ "Europe 1" of "Europe 1 radio"."""
    if i + 2 >= len(doc) or not _is_proper(doc[i]) or doc[i + 2].is_sent_start:
        return None
    number, noun = doc[i + 1], doc[i + 2]
    if number.is_digit and len(number) < 3 and noun.tag_ == "NN" and noun.text in name_parts("outlets"):
        return Name(i, i + 2, _O, votes=4)
    return None


def _service(doc: Doc, i: int) -> Name | None:
    """ "CCTV Africa": an acronym and the part of the world that its service is for."""
    if i + 1 >= len(doc) or not (doc[i].is_upper and len(doc[i]) > 1 and doc[i].is_alpha) or country_of(doc[i].text):
        return None
    place = doc[i + 1]
    named = doc[i].ent_type_ == "ORG" or known_organization(doc[i].text) is not None
    whole = _is_proper(place) and (country_of(place.text) is not None or place.lower_ in heads().regions)
    compound = doc[i].dep_ == "compound" and doc[i].head == place and place.dep_ != "compound"
    possessive = i + 2 < len(doc) and doc[i + 2].tag_ == "POS"
    if named and whole and compound and not place.is_upper and not possessive and _ends_run(doc, i + 2):
        return Name(i, i + 2, _O, votes=4)
    return None


def _region(doc: Doc, i: int) -> Name | None:
    """ "US South", "American Midwest"."""
    end = i + state_at(doc, i)
    if end == i or end >= len(doc) or doc[end - 1].tag_ == "POS":
        return None
    if is_capital(doc[end]) and doc[end].lower_ in name_parts("quarters") and _ends_run(doc, end + 1):
        return Name(i, end + 1, _L, votes=4)
    return None


def _realm(doc: Doc, i: int) -> Name | None:
    """ "German Reich", "Russian Empire": a state that was, not the country of the adjective."""
    end = i + demonym_at(doc, i)
    if end == i or end >= len(doc) or not _is_proper(doc[end]) or doc[end].lower_ not in name_parts("realms"):
        return None
    return Name(i, end + 1, _L, votes=8) if _ends_run(doc, end + 1) and not country_of(doc[i : end + 1].text) else None


def _run_before(doc: Doc, i: int) -> int:
    """The first token of the proper nouns right before a token, without states, nationalities and titles."""
    start = i
    while start > doc[i].sent.start and _is_run(doc, start - 1):
        start -= 1
    return min(start + 1, i) if start and is_hyphen(doc, start - 1) else start  # "pro-European Democratic Left"


def _is_run(doc: Doc, i: int) -> bool:
    token = doc[i]
    outside = is_title_word(token) or token.lower_ in titles().inner or demonym_at(doc, i) or country_of(token.text)
    return is_capital(token) and token.tag_ in {"NNP", "NNPS", "JJ"} and not outside


def _site(doc: Doc, i: int) -> Name | None:
    """ "Brussels airport"."""
    if doc[i].text not in name_parts("sites"):
        return None
    start = i
    while start > doc[i].sent.start and _is_proper(doc[start - 1]) and not is_title_word(doc[start - 1]):
        start -= 1
    return Name(start, i + 1, _L, votes=4) if start < i else None


def _institute(doc: Doc, i: int) -> Name | None:
    """ "the Reuters institute for the study of Journalism", "the Konrad Adenauer foundation"."""
    if doc[i].text not in name_parts("institutes"):
        return None
    start = _run_before(doc, i)
    end = _complement(doc, i + 1)
    if start < i and (end > i + 1 or (i - start > 1 and is_given_name(doc[start].text))):
        return Name(start, end, _O, votes=4)
    return None


def _complement(doc: Doc, i: int) -> int:
    """The end of "for the study of Journalism" at a token, behind its last proper noun; the token without one."""
    end = j = i
    while j < doc[i - 1].sent.end and j < i + 7:
        token = doc[j]
        if j == i and token.text not in {"for", "of"}:
            break
        if _is_proper(token):
            end = j + 1
        elif token.text not in small_words("joining") and token.tag_ not in {"NN", "NNS", "JJ"}:
            break
        j += 1
    return end


def _party(doc: Doc, i: int) -> Name | None:
    """ "Democratic Left" of "Democratic Left party", which is not the party that one of its words names."""
    if doc[i].text != "party":
        return None
    start = _run_before(doc, i)
    words = doc[start:i]
    if len(words) < 2 or is_given_name(words[0].text) or any(t.ent_type_ == "PERSON" for t in words):
        return None
    return Name(start, i, _O, votes=4)


_FROM_CAPITAL = (_numbered, _service, _region, _realm)  # by the kind of word that each begins at
_FROM_NOUN = (_site, _institute, _party)
