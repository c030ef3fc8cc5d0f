"""Inverted names, whole: "HADDOW, James"; "Haddow, James" in a list, or where the text has "James Haddow" too."""

from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.language.tokens import Name, is_capital, join_neighbours, name_text, word_at
from kg.extraction.language.words import is_given_name, known_organization
from kg.geography import country_of
from kg.matching.persons import parse_person
from kg.model import EntityType

__all__ = ["with_inverted"]

_P, _L = EntityType.PERSON, EntityType.PLACE
_LONGEST_GIVEN = 4  # words of given names behind a family name and a comma, hyphens counted
_BEHIND_GIVEN = frozenset({"(", ",", ";", ".", ":", "-", "–", "—", "and", ""})
_LISTED = frozenset({"(", ";", ""})
_LONGEST_SHORT = 2  # letters of an abbreviation that is no surname


def with_inverted(doc: Doc, names: list[Name]) -> list[Name]:
    """ "HADDOW, James"; "Haddow, James" in a list, or where the text has "James Haddow" too; "Michael Haddow, Jr."."""
    names = _with_families(doc, names)
    known = {name_text(doc, n) for n in names}

    def join(doc: Doc, one: Name, two: Name) -> Name | None:
        if not (one.end + 1 == two.start and word_at(doc, one.end) == ",") or two.end - two.start > _LONGEST_GIVEN:
            return None
        family, given = name_text(doc, one), name_text(doc, two)
        whole = parse_person(f"{family}, {given}")
        if one.type is _P and one.end - one.start > 1 and whole.generation and not whole.inverted:
            return replace(one, end=two.end)  # "Michael Haddow, Jr."
        if given.isupper() or not is_capital(doc[two.start]) or word_at(doc, two.end) not in _BEHIND_GIVEN:
            return None
        if f"{given} {family}" in known or f"{given} {family.title()}" in known:
            return Name(one.start, two.end, _P)
        if known_organization(family) or country_of(family) or one.demonym or two.demonym:
            return None
        listed, capitals = _in_list(doc, one, two), family.isupper() and len(family) > 2 and one.type is not _L
        fits = (listed or capitals) if _is_given_run(doc, two) else (listed and capitals)
        return Name(one.start, two.end, _P) if fits else None

    return join_neighbours(doc, names, join)


def _with_families(doc: Doc, names: list[Name]) -> list[Name]:
    """The names and the surnames in capitals before a comma and a given name that no reader found: "PRADO, Ines"."""
    taken = {i for n in names for i in range(n.start, n.end)}
    found: list[Name] = []
    for name in names:
        i = name.start - 2
        if name.type is _P and i >= 0 and i not in taken and doc[i].is_alpha and word_at(doc, i + 1) == ",":
            family = doc[i].is_upper and len(doc[i]) > _LONGEST_SHORT and not known_organization(doc[i].text)
            if family and _is_given_run(doc, name) and word_at(doc, name.end) in _BEHIND_GIVEN:
                found.append(Name(i, i + 1, _P))
        found.append(name)
    return found


def _is_given_run(doc: Doc, name: Name) -> bool:
    """Whether all words of a name are given names, or initials."""
    return all(is_given_name(t.text) or len(t.text.rstrip(".")) == 1 or t.is_punct for t in doc[name.start : name.end])


def _in_list(doc: Doc, one: Name, two: Name) -> bool:
    """Whether two names are an item of a list of inverted names: a mark or a line before them, and behind them."""
    before, behind = word_at(doc, one.start - 1), word_at(doc, two.end)
    post = behind == "," and two.end + 1 < len(doc) and doc[two.end + 1].text.islower()
    last = before == ";" and behind == "."
    return bool((doc[one.start].is_sent_start or before in {";", ":"}) and (behind in _LISTED or post or last))
