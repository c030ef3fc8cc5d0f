"""What each relation is: ``ontology/predicates.yaml`` declares it once, and all else asks the declaration.

Extraction, mapping, the page and the queries ask what a relation is (an event? can it hold once? is it kinship?), never
which it is. Terms of ``kg.ttl``, shapes and the lists of relations in the documentation are written from it by
``make ontology``.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, Literal

import msgspec

from kg.resources import ontology_path, read_data

__all__ = [
    "BIRTH",
    "BIRTHPLACE",
    "DEATH",
    "MEMBERSHIP",
    "POST",
    "PREDICATES",
    "EntityType",
    "Often",
    "PageWords",
    "Predicate",
    "at_home",
    "broader",
    "together",
]


class EntityType(StrEnum):
    """What an entity is; ``subtype`` may say more."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    PLACE = "Place"


class Often(StrEnum):
    """How often a relation can hold: once between the same two, once of a subject at all, or on several occasions."""

    PAIR = "pair"
    ONCE = "once"
    AGAIN = "again"


class PageWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the page words a relation where that is not its label; see ``kg/data/templates/labels.yaml``."""

    edge: str | None = None
    forward: str | None = None
    inverse: str | None = None
    bare: str | None = None


class Predicate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One relation; the header of ``ontology/predicates.yaml`` explains each field.

    An empty ``range`` is a literal date. ``object_optional`` is true where the object may be absent.
    """

    label: str
    inverse: str
    comment: str
    domain: frozenset[EntityType]
    kind: Literal["event", "state"]
    range: frozenset[EntityType] = frozenset()
    object_optional: bool = False
    symmetric: bool = False
    one_way: bool = False
    often: Often = Often.PAIR
    together: bool = False
    kin: Literal["blood", "marriage"] | None = None
    home: bool = False
    owner: bool = False
    life: Literal["begins", "ends"] | None = None
    agreed: bool = False
    decision: bool = False
    by_rules: bool = False
    tells: frozenset[Literal["title", "term", "date", "place", "offence"]] = frozenset()
    broader: str | None = None
    implies: str | None = None
    page: PageWords = PageWords()
    aligned: Mapping[str, tuple[str, ...]] = {}
    note: str = ""

    @property
    def titled(self) -> bool:
        """Whether it is a post, with a title, a role and a status."""
        return "title" in self.tells

    @property
    def ends(self) -> bool:
        """Whether it ties a person to a body for a time whose beginning and end are read."""
        return "term" in self.tells

    @property
    def is_event(self) -> bool:
        """Whether it happens, rather than holds."""
        return self.kind == "event"

    @property
    def in_person(self) -> bool:
        """Whether both do it together in one place."""
        return self.together and "place" in self.tells

    def page_words(self) -> dict[str, str]:
        """Return the words of the page: ``edge``, ``forward`` and, of another thing that reads it back, ``inverse``."""
        words = {
            "edge": self.page.edge or self.label,
            "forward": self.page.forward or _capitalized(self.label),
        }
        if self.page.bare:
            words["bare"] = self.page.bare
        if self.range and not self.symmetric:
            words["inverse"] = self.page.inverse or _capitalized(self.inverse)
        return words


class _Declared(Mapping[str, Predicate]):
    """The declarations by local name in their order, read at the first use."""

    @cached_property
    def _table(self) -> dict[str, Predicate]:
        return read_data(ontology_path("predicates.yaml"), dict[str, Predicate])

    def __getitem__(self, name: str) -> Predicate:
        return self._table[name]

    def __contains__(self, name: object) -> bool:
        return name in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the declaration of that name, else the default."""
        return self._table.get(name, default)


PREDICATES: Mapping[str, Predicate] = _Declared()
"""All relations by local name, in the order of their declaration."""

POST = "holdsRole"
"""The relation with a title, which the rooms of posts tell."""
MEMBERSHIP = "memberOf"
"""What ties a person to a body where no title is given; a post implies it."""
BIRTH, BIRTHPLACE, DEATH = "bornOn", "bornIn", "diedOn"
"""The dates by which people of one name are told apart."""


def broader(name: str) -> str:
    """Return the relation of which a relation is a kind, else itself: of the same two both are one fact."""
    return PREDICATES[name].broader or name


@cache
def together() -> frozenset[str]:
    """Return the relations that both do together: a text may take one for the other."""
    return frozenset(name for name, relation in PREDICATES.items() if relation.together)


@cache
def at_home() -> frozenset[str]:
    """Return the relations to where somebody or something is at home: who moves, moves home."""
    return frozenset(name for name, relation in PREDICATES.items() if relation.home)


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]
