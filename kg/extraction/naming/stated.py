"""Other names that a text itself gives: acronyms in brackets, names of birth, what somebody is known as."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.extraction.language.tokens import Name, initials, is_title_word
from kg.geography import country_of_demonym
from kg.lexicons import word_set
from kg.model import EntityType

__all__ = ["Alias", "names_another", "stated_aliases"]

_O, _P, _L = EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PLACE
_MOST = 10  # words and marks between two names
_OPENING = 4  # words that open a sentence before a name
_cues = partial(word_set, "naming/aliases")
_MARKS = frozenset({",", "(", ")", '"', "'", "``", "''", "[", "]", ":", ";", "-", "—", "–"})


@dataclass(frozen=True, slots=True)
class Alias:
    """Two names that a text gives for one bearer, by number; ``birth`` where the second is borne from birth."""

    name: int
    other: int
    birth: bool = False


def stated_aliases(doc: Doc, names: Sequence[Name]) -> Iterator[Alias]:
    """Yield the pairs of names, of one type, of which the text says that they name one person or organization."""
    order = sorted((i for i, n in enumerate(names) if n.type and not n.demonym), key=lambda i: names[i].start)
    for i, j in pairwise(order):
        name, other = names[i], names[j]
        if name.type is not other.type or not 0 < other.start - name.end <= _MOST:
            continue
        if doc[name.start].sent.start != doc[other.start].sent.start:
            continue
        if name.type is not _P and _is_bracketed(doc, name, other):
            letters = doc[other.start : other.end].text
            if initials(doc, name) == letters or (name.type is _O and not _abbreviates_end(doc, name, other)):
                yield Alias(i, j)
        elif name.type is not _L and (key := _key(doc, name, other)):
            yield Alias(i, j, birth=key in _cues("birth"))
        elif name.type is not _L and _is_called_first(doc, name, other):
            yield Alias(j, i)


def names_another(doc: Doc, name: Name, other: Name) -> bool:
    """Whether the text says that a name is another one of a person named before it, whatever their types."""
    if not 0 < other.start - name.end <= _MOST or doc[name.start].sent.start != doc[other.start].sent.start:
        return False
    key = None if name.demonym or other.demonym else _key(doc, replace(name, type=_P), other)
    return key is not None and key not in _cues("beside")


def _key(doc: Doc, name: Name, other: Name) -> str | None:
    """Return the key in the words between two names; None where they do not say that both name one."""
    between = [t for t in doc[name.end : other.start] if not t.is_space and t.tag_ != "POS"]
    parted = bool(between) and between[0].text in _MARKS - {"-"}
    found = _words(between)
    if found in (("is",), ("was",)) and _words(doc[max(0, name.start - 4) : name.start])[-2:] == ("name", "of"):
        return "name"  # "the real name of Rico Blaze is Henry Osei"
    persons = name.type is _P
    if found[-1:] == ("as",) and "known" in found and _cues("fillers").issuperset(found):
        return "known as"
    for size in range(min(4, len(found)), 0, -1):
        for at in range(len(found) - size + 1):
            key, rest = " ".join(found[at : at + size]), (*found[:at], *found[at + size :])
            if not _cues("fillers").issuperset(rest):
                continue
            alone = parted and key in _cues("beside") and _cues("adverbs").issuperset(rest)
            if alone and persons and not rest and key not in _cues("personal"):
                alone = False  # "X, called Y", "X, or Y"
            if alone or key in _cues("keys") or (parted and persons and key in _cues("birth")):
                return key
    return None


def _is_called_first(doc: Doc, name: Name, other: Name) -> bool:
    """Whether a sentence opens with another name of the one named next: "Known as Dinho, Edson Moreira joined ..."."""
    start = doc[name.start].sent.start
    beside = [t.text for t in doc[name.end : other.start] if t.tag_ not in {"''", '"', "``"}] == [","]
    return (
        beside and 0 < name.start - start <= _OPENING and " ".join(_words(doc[start : name.start])) in _cues("opening")
    )


def _words(tokens: Iterable[Token]) -> tuple[str, ...]:
    """The words between two names, without marks, titles, nationalities and numbers."""
    kept = (t for t in tokens if not (t.is_digit or is_title_word(t) or country_of_demonym(t.text)))
    return tuple(word for t in kept if t.text not in _MARKS and (word := t.lower_.replace(".", "")))


def _is_bracketed(doc: Doc, name: Name, other: Name) -> bool:
    """Whether a name stands alone in the brackets right behind another ("Red Star Line (RSL)")."""
    between = [t for t in doc[name.end : other.start] if t.tag_ not in {"''", '"', "``", "POS"}]
    return [t.text for t in between] == ["("] and doc[other.end : other.end + 1].text == ")"


def _abbreviates_end(doc: Doc, name: Name, other: Name) -> bool:
    """Whether an acronym stands for the last words of a name only ("Tribunal of the World Bank (WB)")."""
    first, short = initials(doc, name), doc[other.start : other.end].text.replace(".", "")
    return len(short) < len(first) - 1 and first.endswith(short) and not first.startswith(short)
