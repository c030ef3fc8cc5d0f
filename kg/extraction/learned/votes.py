"""Names of which the network is not sure are of the type that their words and surroundings tell: "the union Kovo"."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.extraction.language.tokens import Name
from kg.extraction.learned.labels import FORMS, Form
from kg.extraction.naming.surroundings import DEFINITION, surroundings, wording
from kg.extraction.naming.teams import is_club, is_match_report, is_team, is_venue
from kg.geography import country_of, country_of_demonym
from kg.model import EntityType, MentionKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["Called", "by_votes"]

Called = tuple[int, int, int, "Floats"]  # a name as the network has it: start, end, number of its form, shares of forms

_NUMBERS: Mapping[EntityType, int] = {
    kind: FORMS.index(Form(kind, MentionKind.NAME))
    for kind in (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)
}
_PLACE, _TEAM = _NUMBERS[EntityType.PLACE], _NUMBERS[EntityType.ORGANIZATION]
# Chosen on the held names of the open corpus and the passages: right types 0.971 -> 0.976 and 0.950 -> 0.951.
_LEAST = 0.02  # share that a type has in any case
_WORDS, _CONTEXT, _FIRST = 0.5, 1.0, 0.7  # weights of votes, and of the type that the name has so far
_OUTRIGHT = 5.0  # weight of a vote that says what the name is ("the union Kovo")
_SIDE = 2.0  # a team's name in a report on a match
_MOST = 4.0  # other votes


def by_votes(doc: Doc, names: Iterable[Called]) -> Callable[[int, int, int, "Floats"], int]:
    """Return what gives a name its form: the network's shares and the votes of all names of the same words."""
    every: dict[str, list[Called]] = defaultdict(list)
    people = set()  # ends of their names
    for name in names:
        every[doc[name[0] : name[1]].text].append(name)
        if name[2] == _NUMBERS[EntityType.PERSON]:
            people.add(name[1])
    report = is_match_report(doc)
    votes = {text: _votes(doc, text, alike, report=report) for text, alike in every.items()}

    def form(start: int, end: int, so_far: int, shares: "Floats") -> int:
        told, first = votes[doc[start:end].text], float(shares.max())  # what it is so far, it is for good reasons

        def weight(n: int) -> float:
            share = first if n == so_far else float(shares[n])
            return math.log(share + _LEAST) + told.get(n, 0.0) + _FIRST * (n == so_far)

        best = max(_NUMBERS.values(), key=weight)
        town = int(shares.argmax()) == _PLACE and is_venue(doc, Name(start, end, EntityType.PLACE))
        if best == _TEAM and (town or _is_home(doc, start, end, people)):
            return _PLACE  # "lives in Hamburg" beside "a goal for Hamburg"
        return best

    return form


def _is_home(doc: Doc, start: int, end: int, people: Set[int]) -> bool:
    """Whether a country is where somebody is from: "beat Ana Petrov of Serbia 6-4"."""
    return start - 1 in people and doc[start - 1].lower_ == "of" and country_of(doc[start:end].text) is not None


def _votes(doc: Doc, text: str, alike: list[Called], *, report: bool) -> dict[int, float]:
    types = {number: kind for kind, number in _NUMBERS.items()}
    own: dict[EntityType | None, float] = defaultdict(float)
    around: dict[EntityType | None, float] = defaultdict(float)
    outright: set[EntityType | None] = set()
    for kind, weight in wording(text):
        own[kind] += weight
    people = country_of_demonym(text) is not None
    for start, end, number, _ in alike:
        name = Name(start, end, types[number])
        if not people and (is_team(doc, name) or (report and is_club(doc, name))):
            around[EntityType.ORGANIZATION] += _SIDE / math.sqrt(len(alike))
        for kind, weight in surroundings(doc, name):
            if weight >= DEFINITION:
                outright.add(kind)
            else:
                around[kind] += weight / math.sqrt(len(alike))
    return {
        n: _WORDS * _bounded(own[kind]) + _CONTEXT * _bounded(around[kind]) + _OUTRIGHT * (kind in outright)
        for n, kind in types.items()
    }


def _bounded(weight: float) -> float:
    return max(-_MOST, min(_MOST, weight))
