"""The class of an organization or place by the words of its name and what is known of it."""

from collections.abc import Iterable

from kg.extraction.language.grammar import small_words
from kg.extraction.language.words import heads, known_organization, name_parts
from kg.geography import country_of, country_of_capital
from kg.model import EntityType

__all__ = ["subtype_of"]


def subtype_of(name: str, kind: EntityType, names: Iterable[str] = ()) -> str | None:
    """Return the subclass of an entity by its name and further names, None in doubt or for a person."""
    if kind is EntityType.PERSON:
        return None
    find = _organization if kind is EntityType.ORGANIZATION else _place
    return next((found for n in (name, *names) if (found := find(n))), None)


def _organization(name: str) -> str | None:
    known = known_organization(name)
    if known and known.get("subtype"):
        return str(known["subtype"])
    lexicon = heads()
    words = name.lower().replace(",", " ").split()
    if len(words) > 1 and words[-1] in lexicon.legal:
        return "Company"
    stop = next((k for k, w in enumerate(words) if k and w in small_words("complements")), len(words))
    for piece in (words[:stop], words):
        for n in range(min(lexicon.longest, len(piece)), 0, -1):
            phrase = " ".join(piece[-n:])
            if phrase in lexicon.all:
                return lexicon.all[phrase]
    return None


def _place(name: str) -> str | None:
    if country_of(name):
        return "Country"
    if country_of_capital(name):
        return "City"
    lexicon, words = heads(), name.lower().split()
    if name.lower() in lexicon.regions or words[-1] in lexicon.lands or words[0] in name_parts("lands_first"):
        return "Region"
    return "Facility" if len(words) > 1 and words[-1] in lexicon.facilities else None
