"""Words of headlines and of lines in capitals that are no names, though a capital begins them."""

from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.language.tokens import Name, name_text, word_at
from kg.extraction.language.words import heads, known_organization
from kg.model import EntityType

__all__ = ["without_headline_words", "without_shouted"]

_P, _O = EntityType.PERSON, EntityType.ORGANIZATION


def without_shouted(doc: Doc, names: list[Name]) -> list[Name]:
    """Leave out a lone word for a kind of body where all is in capitals: "HADDOW LED THE MINISTRY"."""

    def is_kind(name: Name) -> bool:
        word, single = doc[name.start], name.end - name.start == 1 and name.type is _O
        kind = word.lower_ in heads().nouns | heads().all and not known_organization(word.text)
        return single and kind and word.is_upper and word_at(doc, name.start - 1) == "THE" and word.sent.text.isupper()

    return [n for n in names if not is_kind(n)]


def without_headline_words(doc: Doc, names: list[Name]) -> list[Name]:
    """Leave out words of the headline that the text below never uses in a name: "Skier weds novelist", "Ally quits".

    So too those behind a whole name or a surname of the text: "Kral Backs Lund", "Norfisk Sinks".
    """
    end = _headline(doc)
    told = [n for n in names if n.start >= end]
    below = {t.text for n in told for t in doc[n.start : n.end]}
    if not below:
        return names
    whole = {name_text(doc, n) for n in told} | {doc[n.end - 1].text for n in told if n.type is _P}

    def cut(name: Name) -> list[Name]:
        for i in range(name.start + 1, name.end if name.end <= end else 0):
            if doc[i].is_alpha and doc[i].text not in below and name_text(doc, replace(name, end=i)) in whole:
                rest = next((j for j in range(i + 1, name.end) if doc[j].text in below), name.end)
                return [replace(name, end=i), *([replace(name, start=rest)] if rest < name.end else [])]
        return [name]

    def is_word(name: Name) -> bool:
        word = doc[name.start]
        single = name.end <= end and name.end - name.start == 1 and name.type in {_P, _O} and not name.demonym
        return single and word.text not in below and not word.text[1:].isupper() and not known_organization(word.text)

    return [part for n in names if not is_word(n) for part in cut(n)]


def _headline(doc: Doc) -> int:
    """The end of the first line where it is a headline: it has no full stop, and lines follow it."""
    first = next(iter(doc.sents), None)
    if first is None or first.end == len(doc):
        return 0
    words = [t.text for t in first if not t.is_space]
    document = doc.user_data.get("document")
    text = document.text if document else doc.text
    line = "\n" in text[doc[first.end - 1].idx : doc[first.end].idx]
    return first.end if words and line and words[-1] not in {".", "!", "?", ":"} else 0
