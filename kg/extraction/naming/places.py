"""Names of places by the words beside them: "Latin America", "the Munich-based paper", "the mayor of Lincoln"."""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.language.grammar import small_words
from kg.extraction.language.tokens import Name, is_capital, is_title_word, word_at
from kg.extraction.language.words import heads, known_organization
from kg.model import EntityType

__all__ = ["based_there", "is_at_place", "of_regions"]

_LATIN_AMERICA = 2  # words
_HOME = frozenset({"-based", "-born"})


def based_there(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """ "the Munich-based paper": what stands there is a place."""

    def is_place(name: Name) -> bool:
        single, home = name.end - name.start == 1, doc[name.end : name.end + 2].text in _HOME
        return home and single and name.type is not None and not known_organization(doc[name.start].text)

    return [replace(n, type=EntityType.PLACE) if is_place(n) else n for n in names]


def of_regions(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """ "America" of "Latin America" is the region, not the country; the nationality in "Latin American" is none."""
    found: list[Name] = []
    for name in names:
        alone = name.end - name.start == 1
        whole, on = doc[max(0, name.start - 1) : name.end], doc[name.start : name.end + 1]
        text = whole.text.lower()
        if found and found[-1].end > name.start:
            continue  # within the region before
        if alone and on.text.lower() in heads().regions and len(on) == _LATIN_AMERICA:
            found.append(Name(on.start, on.end, EntityType.PLACE))
        elif not alone or len(whole) != _LATIN_AMERICA or not is_capital(whole[0]):
            found.append(name)
        elif text in heads().regions:
            found.append(Name(whole.start, whole.end, EntityType.PLACE))
        elif text.removesuffix("s").removesuffix("n") not in heads().regions:
            found.append(name)
    return found


def is_at_place(doc: Doc, start: int, end: int) -> bool:
    """Whether the words before a name say that it is a place's: "in Lincoln", "the mayor of Lincoln"."""
    if end < len(doc) and doc[end].tag_ == "POS":  # "in Lincoln's view"
        return False
    if word_at(doc, start - 1) != "of":
        return word_at(doc, start - 1) in small_words("within")
    before = doc[start - 2] if start > 1 else None
    return before is not None and (is_title_word(before) or before.lower_ in heads().localities)
