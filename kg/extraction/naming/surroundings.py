"""What the words of a name, and those before, after and above it, tell of its type."""

from collections.abc import Iterator
from functools import partial

from spacy.tokens import Doc, Token

from kg.extraction.language.grammar import small_words
from kg.extraction.language.title_words import ranks
from kg.extraction.language.tokens import Name, head_of, is_title_word
from kg.extraction.language.words import heads, is_given_name, known_organization, person_lexicon
from kg.geography import country_of, country_of_capital
from kg.lexicons import word_set
from kg.model import EntityType

__all__ = ["DEFINITION", "Vote", "cues", "surroundings", "wording"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
DEFINITION = 2.5  # a vote from here on says outright what the name is ("the city of Gorky")
_QUOTES = frozenset({'"', "'", "``"})
Vote = tuple[EntityType | None, float]


cues = partial(word_set, "naming/surroundings")
"""Returns a list of words around names that tell their type."""


def wording(text: str) -> Iterator[Vote]:
    """Yield what the words of a name tell wherever it stands."""
    low, lexicon = text.lower(), heads()
    words = low.split()
    if low in lexicon.never or low in lexicon.furniture or low in lexicon.other:
        yield None, 99
    if (
        (known := known_organization(text)) is not None
        and text[0].isupper()
        and (len(text) > 4 or text.isupper() or "." in text or "long" not in known)
    ):
        yield _O, 8
    elif country_of(text) or low in lexicon.regions:
        yield _L, 6
    elif country_of_capital(text):
        yield _L, 2
    if len(words) > 1:
        yield from _long_wording(text, words)
    elif is_given_name(text) and not country_of(text) and low not in lexicon.regions:
        yield _P, 1.5
    elif text.isupper() and len(text) > 1 and not country_of(text):
        yield _O, 0.6
        yield _P, -2
    elif sum(c.isupper() for c in text) > 1 and not country_of(text) and not text.startswith("Mc"):
        yield _O, 0.6


def _long_wording(text: str, words: list[str]) -> Iterator[Vote]:
    lexicon, head, first = heads(), head_of(words), text.split()[0]
    front = words[: next((k for k, w in enumerate(words) if k and w in small_words("openers")), len(words))]
    if known_organization(first) is not None and not is_given_name(first) and len(first) > 3:
        yield _P, -3  # "Google Cloud Platform"
    if front[-1] in lexicon.other or " ".join(front[-2:]) in lexicon.other:
        yield None, 6
    elif words[-1].rstrip(".") in {"jr", "sr"}:
        yield _P, 5
    elif words[-1] in lexicon.legal:
        yield _O, 5
    elif head:
        yield _O, 1.5 if head in lexicon.weak else 4
    elif words[-1] in lexicon.facilities or words[-1] in lexicon.lands or words[0] in cues("land_first"):
        yield _L, 3
    elif first.isupper() and 1 < len(first) < 6 and "." not in first and not text.isupper():
        yield _O, 1.5
        yield _P, -1
    elif is_given_name(first) and len(words) <= 4 and words[0] not in lexicon.regions and not country_of(words[0]):
        yield _P, 1.5


def surroundings(doc: Doc, name: Name) -> Iterator[Vote]:
    """Yield what the words around an occurrence tell."""
    span = doc[name.start : name.end]
    sentence = span[0].sent
    before = doc[name.start - 1] if name.start > sentence.start else None
    after = doc[name.end] if name.end < sentence.end else None
    if before is not None:
        yield from _preceding(doc, name, before)
    if after is not None:
        yield from _following(doc, name, after)
    yield from _syntax(span.root)


def _preceding(doc: Doc, name: Name, before: Token) -> Iterator[Vote]:
    word, lexicon, single = before.lower_.rstrip("."), heads(), name.end - name.start == 1
    second = doc[name.start - 2] if name.start > 1 else None
    if before.text == ":" and second is not None and second.lower_ in cues("credits"):
        yield _P, 3
    if before.text in _QUOTES and second is not None:  # the newspaper "To Vima"
        word = second.lower_
    noun = before.tag_ in {"NN", "``", "''", '"'}
    if word in lexicon.nouns and noun and word not in ranks().gender:
        yield _O, 3
    elif word in ranks().gender or (word in ranks().words and word not in ranks().ambiguous):
        yield _P, 4
    elif word in cues("works") and noun and not is_given_name(doc[name.start].text):
        yield None, DEFINITION
    elif word in person_lexicon().kin and before.tag_ in {"NN", "NNP"}:
        yield _P, 2
    elif word in lexicon.localities and before.tag_ == "NN" and single:
        yield _L, 1
    elif is_title_word(before) and (before.tag_ in {"NN", "NNP"} or not single) and before.text != ".":
        yield _P, 1.5
    elif word == "of" and second is not None and second.lemma_.lower() in lexicon.localities | cues("battles"):
        yield _L, DEFINITION
    elif word == "in" and (name.type is not _O or not doc[name.start].is_upper):
        yield _L, 0.8
    elif (
        word in cues("credits")
        and name.end - name.start in {2, 3}
        and name.type is not _L
        and len(doc[name.start].sent) < 12
    ):
        yield _P, 1
    elif word == "the" and single and name.type is _P:
        plural = doc[name.start].tag_ == "NNPS"
        yield _O, 1.5 if plural else 0.5
        yield _P, -1.5 if plural else -0.7


def _following(doc: Doc, name: Name, after: Token) -> Iterator[Vote]:
    word, lexicon = after.lower_, heads()
    following = doc[name.end + 1] if name.end + 1 < len(doc) else None
    small = after.text[0].islower()
    if word in lexicon.nouns and after.tag_ == "NN" and small:
        yield _O, 1.5
    elif word in lexicon.facilities and after.tag_ == "NN" and small and word not in lexicon.all:
        yield _L, 2  # "Hoa Lo prison"
    elif word in lexicon.localities and after.tag_ == "NN":
        yield _L, 0.7
    elif word in cues("gatherings") and after.tag_ == "NN" and small:
        yield None, DEFINITION
    elif after.lemma_.lower() in cues("corporate") and after.tag_ in {"NN", "NNS"} and small:
        yield _O, 1.2
        yield _P, -1
    elif small and is_title_word(after) and name.type is _P:
        yield _O, 0.8
        yield _P, -0.8
    elif following is None:
        return
    elif after.text == ",":
        after_number = doc[name.end + 2] if name.end + 2 < len(doc) else None
        if following.like_num and after_number is not None and after_number.text == ",":
            yield _P, 1.5
        elif following.lower_ in {"who", "whose"} and following.tag_ in {"WP", "WP$"} and name.type is _P:
            yield _P, 1
        elif following.lower_ == "which" and name.start <= following.head.head.i < name.end:
            yield _P, -1.5  # "Kaggle, which has many users"
            yield _O, 1
    elif after.tag_ == "POS":
        if following.lower_ in person_lexicon().possessed:
            yield _P, 1
        elif following.lemma_.lower() in cues("owned"):
            yield _O, 1
            yield _P, -0.5


def _predicated(copula: Token) -> Vote | None:
    """What a noun behind "is" tells of its subject: "Lumisys is a company"."""
    noun = next((c for c in copula.children if c.dep_ == "attr" and c.pos_ == "NOUN"), None)
    if copula.lemma_ != "be" or noun is None:
        return None
    if is_title_word(noun):  # "is its publisher", too
        return _P, 1.2
    if noun.lemma_.lower() in heads().nouns or noun.lemma_.lower() in cues("parts"):
        return _O, DEFINITION
    return (_L, DEFINITION) if noun.lemma_.lower() in heads().localities else None


def _syntax(root: Token) -> Iterator[Vote]:
    yield from _of_verb(root)
    yield from _of_object(root)
    yield from _of_conjuncts(root)
    yield from _of_apposition(root)


def _of_verb(root: Token) -> Iterator[Vote]:
    """What the verb tells that a name is the subject of."""
    words, verb = person_lexicon(), root.head.lemma_.lower()
    if root.dep_ == "nsubj" and root.head.pos_ in {"VERB", "AUX"}:
        if verb in words.speech:
            yield _P, 0.4
        elif verb in words.verbs:
            yield _P, 0.8
        elif (told := _predicated(root.head)) is not None:
            yield told
        elif root.pos_ == "PROPN":
            yield _P, 0.3
    elif root.dep_ == "nsubjpass" and verb in words.passive:
        yield _P, 1
    elif root.dep_ == "nsubjpass" and verb in cues("institutional"):
        yield _O, DEFINITION
        yield _P, -1


def _of_object(root: Token) -> Iterator[Vote]:
    """What an age before a name tells, and the verb that it is the object of."""
    verb = root.head.lemma_.lower()
    if root.i > 1 and root.doc[root.i - 1].lower_ == "old" and root.doc[root.i - 2].text == "-":  # "the 20-year-old X"
        yield _P, 2
    if root.dep_ == "dobj" and verb in cues("deals"):
        yield _O, DEFINITION
    elif root.dep_ == "dobj" and verb in cues("purchases"):
        yield _O, 1.5


def _of_conjuncts(root: Token) -> Iterator[Vote]:
    """What the names tell that a name is joined to."""
    for other in root.conjuncts:
        if other.ent_type_ == "PERSON":
            yield _P, 0.8
        elif other.ent_type_ == "GPE":
            yield _L, 0.5


def _of_apposition(root: Token) -> Iterator[Vote]:
    """What the noun tells that a name stands in apposition to, or that does so to it."""
    if root.dep_ == "appos" and root.head.pos_ == "NOUN":
        if is_title_word(root.head):
            yield _P, 1
        elif root.head.lower_ in heads().nouns:
            yield _O, DEFINITION
        elif root.head.lower_ in cues("works"):  # "her first book, Suck It"
            yield None, DEFINITION
    for child in root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN":
            if is_title_word(child):
                yield _P, 1.2
            elif child.lower_ in heads().nouns:
                yield _O, 1.2
            elif child.lower_ in heads().localities:
                yield _L, 0.8
