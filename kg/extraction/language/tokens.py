"""Names as runs of tokens, and what the words at a place of a text are: states, heads of organizations, headlines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from spacy.tokens import Doc, Span, Token

from kg.extraction.language.grammar import small_words
from kg.extraction.language.title_words import titles
from kg.extraction.language.words import heads
from kg.geography import begins_name, country_of, country_of_capital, country_of_demonym
from kg.lexicons import lexicon
from kg.model import EntityType

__all__ = [
    "Name",
    "Taken",
    "demonym_at",
    "head_of",
    "hyphenated",
    "initials",
    "is_capital",
    "is_display",
    "is_hyphen",
    "is_in_law",
    "is_title_word",
    "is_verbless",
    "join_neighbours",
    "matches",
    "name_text",
    "once",
    "score_at",
    "state_at",
    "word_at",
]


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Name:
    """A name by token indices, ``end`` exclusive; ``demonym`` marks a nationality word that points to a place.

    ``votes`` is the weight of ``type`` before the context is looked at.
    """

    start: int
    end: int
    type: EntityType | None
    demonym: bool = False
    votes: float = 1.0


class Taken:
    """Names found so far, by token; the first to come keeps its tokens."""

    def __init__(self, doc: Doc, names: Iterable[Name] = ()) -> None:
        self.names: list[Name] = []
        self._at = [False] * len(doc)
        for name in names:
            self.add(name)

    def add(self, name: Name) -> None:
        """Add a name unless some of its tokens are taken."""
        if name.start < name.end and not any(self._at[name.start : name.end]):
            self._at[name.start : name.end] = [True] * (name.end - name.start)
            self.names.append(name)

    def __contains__(self, i: int) -> bool:
        return self._at[i]


def name_text(doc: Doc, name: Name) -> str:
    """Return the words of a name as they stand."""
    return doc[name.start : name.end].text


def word_at(doc: Doc, i: int) -> str:
    """Return the token at an index; nothing beyond the ends of the text and at the end of a line."""
    return doc[i].text.strip() if 0 <= i < len(doc) else ""


def join_neighbours(doc: Doc, names: Iterable[Name], join: Callable[[Doc, Name, Name], Name | None]) -> list[Name]:
    """Return names, neighbours of one sentence as one where ``join`` makes one of them."""
    found: list[Name] = []
    sentence = once(doc, "sentences", _sentences)
    for name in names:
        last = found[-1] if found else None
        together = last is not None and sentence[last.start] == sentence[name.start]
        whole = join(doc, last, name) if last is not None and together else None
        if whole:
            found[-1] = whole
        else:
            found.append(name)
    return found


def once(doc: Doc, what: str, read: Callable[[Doc], _T]) -> _T:
    """Return what is read off a document, which several steps ask for."""
    if what not in doc.user_data:
        doc.user_data[what] = read(doc)
    found: _T = doc.user_data[what]
    return found


def _sentences(doc: Doc) -> list[int]:
    """The number of its sentence by token."""
    return [number for number, sentence in enumerate(doc.sents) for _ in range(len(sentence))]


def is_capital(token: Token) -> bool:
    """Whether a word begins with a capital, or with a digit and holds one ("G7" does, "7G" does)."""
    text = token.text
    return text[:1].isupper() or (text[:1].isdigit() and text[-1:].isupper())


def initials(doc: Doc, name: Name) -> str:
    """Return the first letters of the capitalized words of a name."""
    return "".join(t.text[0] for t in doc[name.start : name.end] if is_capital(t))


def is_hyphen(doc: Doc, i: int) -> bool:
    """Whether the token is a hyphen that joins the words around it."""
    return doc[i].text == "-" and 0 < i < len(doc) - 1 and not doc[i].whitespace_ and not doc[i - 1].whitespace_


def hyphenated(word: Token) -> str:
    """Return a word in lower case with those that hyphens join to its left: "called" of "so-called" is that."""
    doc, start = word.doc, word.i
    while start > 1 and is_hyphen(doc, start - 1):
        start -= 2
    return str(doc[start : word.i + 1].text.lower())


def score_at(doc: Doc, i: int) -> bool:
    """Whether a score like "2-1" begins at a token."""
    if not 0 <= i < len(doc) - 2 or doc[i + 1].text not in {"-", "–"} or doc[i].whitespace_:
        return False
    return all(doc[k].is_digit and len(doc[k]) < 3 for k in (i, i + 2))


def is_title_word(token: Token) -> bool:
    """Whether the word heads a title, in the singular or plural."""
    known = titles().heads
    word = token.lower_.rstrip(".")
    if word in known or word.removesuffix("s") in known or (word.endswith("men") and word[:-2] + "an" in known):
        return True
    return len(word) > 6 and word.endswith(tuple(lexicon("titles")["endings"]))


def is_in_law(noun: Token) -> bool:
    """Whether a noun for a relative is one for a relative by marriage: "son-in-law"."""
    doc, i = noun.doc, noun.i
    if noun.lower_ == "law" and i > 2 and doc[i - 3 : i].text.lower() == "-in-":
        return True
    return i + 1 < len(doc) and doc[i + 1].text[:1] == "-" and doc[i + 1 : i + 5].text.lower() == "-in-law"


def is_display(sentence: Span) -> bool:
    """Whether (nearly) every word is capitalized, as in a headline, so that a capital tells nothing."""
    known: dict[tuple[int, int], bool] = sentence.doc.user_data.setdefault("display", {})  # asked for every word of it
    place = sentence.start, sentence.end
    if place not in known:
        known[place] = _is_display(sentence)
    return known[place]


def _is_display(sentence: Span) -> bool:
    words = [t for t in sentence if t.is_alpha and not t.is_stop]
    finished = any(t.text in {".", "?", "!"} for t in sentence[-2:])
    return len(words) > 3 and sum(t.text[0].isupper() for t in words) >= (0.95 if finished else 0.8) * len(words)


def is_verbless(line: Span) -> bool:
    """Whether a line has no verb, labels aside ("Updated: Oct 9", "Reporting by Jane Roe")."""
    doc = line.doc
    verbs = (t for t in line if t.pos_ in {"VERB", "AUX"} and t.lower_ != "reporting")
    return all(t.tag_ == "VBN" and t.i + 1 < len(doc) and doc[t.i + 1].text == ":" for t in verbs)


def demonym_at(doc: Doc, i: int) -> int:
    """Return the number of tokens of a nationality word that begins at a token, 0 if none does."""
    if not doc[i].text[:1].isupper() or doc[i].lower_ == "the":
        return 0
    if i + 1 < len(doc) and doc[i + 1].text[:1].isupper() and country_of_demonym(doc[i : i + 2].text):
        return 2
    return 1 if country_of_demonym(doc[i].text) else 0


def state_at(doc: Doc, i: int) -> int:
    """Return the number of tokens of a state's name, demonym or capital at a token, a possessive 's included."""
    word = doc[i].text
    if not word[:1].isupper() or doc[i].lower_ == "the" or not begins_name(word):
        return 0
    length = demonym_at(doc, i)
    if not length:
        for n in (4, 3, 2, 1):
            if i + n <= len(doc) and (country_of(text := doc[i : i + n].text) or country_of_capital(text)):
                length = n
                break
    if length and i + length < len(doc) and doc[i + length].tag_ == "POS":
        length += 1
    return length


def matches(doc: Doc, i: int, phrases: Iterable[str], *, longest: int = 4) -> int:
    """Return the number of tokens of the longest of some lower-case phrases that begins at a token, else 0."""
    words = [t.lower_ for t in doc[i : i + longest]]
    for n in range(len(words), 0, -1):
        if " ".join(words[:n]) in phrases:
            return n
    return 0


def head_of(words: list[str]) -> str | None:
    """Return the head of an organization's name by its words in lower case, where they show one."""
    known = heads()
    while words and (words[-1] in known.legal or words[-1] in {".", ","}):
        words = words[:-1]
    stop = next((k for k, w in enumerate(words) if k and w in small_words("complements")), len(words))
    for piece in (words[:stop], words):
        for n in range(min(known.longest, len(piece)), 0, -1):
            phrase = " ".join(piece[-n:])
            if phrase in known.all and len(words) > 1:
                return phrase
    return None
