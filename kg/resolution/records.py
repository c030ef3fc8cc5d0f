"""What resolution works on: local entities with their context, gathered into clusters."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar, cast

from kg.model import EntityType, LocalEntity

__all__ = ["Cluster", "Decision", "Doubt", "Local", "LocalId", "NamedIn", "Verdict"]


T = TypeVar("T")

LocalId = tuple[str, int]
"""Where a local entity stands: document id and index."""


class Verdict(StrEnum):
    """What a user says of two entities."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, order=True)
class NamedIn:
    """An entity as a user points to it: the name that a document uses for it.

    ``number`` counts the entities of that name in the document, from 1: an article may speak of two John Millers.
    """

    document: str
    name: str
    number: int = 1

    def __str__(self) -> str:
        return f"{self.name} ({self.document})"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Decision:
    """A user's word on two entities; the program never overrides it.

    ``a`` and ``b`` say where each was named when the user decided. SAME joins the first of ``a`` that is still found
    with the first of ``b``; DIFFERENT keeps all of ``a`` from all of ``b``; UNSURE only takes the pair off the queue.
    """

    verdict: Verdict
    a: tuple[NamedIn, ...]
    b: tuple[NamedIn, ...]

    @property
    def pair(self) -> frozenset[tuple[NamedIn, ...]]:
        """What is decided on, whichever of the two is named first."""
        return frozenset((self.a, self.b))

    def __str__(self) -> str:
        sides = " and ".join(f"{side[0]}{f' and {len(side) - 1} more' * (len(side) > 1)}" for side in (self.a, self.b))
        return f"{self.verdict}: {sides}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two entities, by IRI, that may be one: for a person to decide.

    ``score`` is how likely they are, a probability (``kg.resolution.calibration`` says on what it was fitted);
    ``unsure`` is true where a person looked and could not tell.
    """

    a: str
    b: str
    score: float
    explanation: str
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A local entity and what its document says around it.

    ``name`` is its name, with the country of an institution that goes without it ("Iran Foreign Ministry").
    ``key`` is equal for equal names after normalization. ``owner`` is the key of the country whose institution it is
    where its name is one that many states have ("Foreign Ministry"), else empty; ``guessed`` if the document does not
    say so, but speaks of that country most. ``roles`` are (title, key of the object or ""), ``leads`` keys of the
    states that it leads, ``related`` keys of organizations and places that claims tie to it, ``company`` keys of the
    other persons and organizations that the document names in full, ``places`` keys of the places in the document;
    ``named`` maps keys to the names that they stand for. ``dates`` are (predicate, date) of birth and death. ``ties``
    has the predicate of a claim on it and another local entity of the document, by the other's index, ``apart`` why
    the text tells the two apart although their names are alike.
    """

    document: str
    index: int
    entity: LocalEntity
    name: str
    key: str
    owner: str = ""
    guessed: bool = False
    roles: frozenset[tuple[str, str]] = frozenset()
    leads: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict)
    dates: frozenset[tuple[str, str]] = frozenset()
    ties: Mapping[int, str] = field(default_factory=dict)
    apart: Mapping[int, str] = field(default_factory=dict)

    @property
    def id(self) -> LocalId:
        """Where it stands: document and index."""
        return self.document, self.index


def _of_members(compute: "Callable[[Cluster], T]") -> T:
    """Make a property of a cluster that is worked out again only when members have come to it."""
    name = compute.__name__

    def get(self: "Cluster") -> T:
        known = self.kept.get(name)
        if known is None or known[0] != len(self.members):
            known = self.kept[name] = len(self.members), compute(self)
        return cast("T", known[1])

    return cast("T", property(get, doc=compute.__doc__))


@dataclass(slots=True)
class Cluster:
    """Local entities that are taken for one; members come to it and never go.

    ``kept`` has what was worked out of so many members, since clusters are compared with many others.
    """

    type: EntityType
    members: list[Local] = field(default_factory=list)
    kept: dict[str, tuple[int, Any]] = field(default_factory=dict, repr=False, compare=False)

    @_of_members
    def first(self) -> LocalId:
        """The smallest id of a member: it identifies the cluster."""
        return min(m.id for m in self.members)

    @_of_members
    def documents(self) -> frozenset[str]:
        """The documents that name it."""
        return frozenset(m.document for m in self.members)

    @_of_members
    def name(self) -> str:
        """The name that most documents use, the longer at a tie."""
        counted = Counter(m.entity.name for m in self.members)
        return min(counted, key=lambda n: (-counted[n], -len(n), n))

    @_of_members
    def names(self) -> tuple[str, ...]:
        """Every name by which a document calls it in full, sorted."""
        return tuple(sorted({m.entity.name for m in self.members}))

    @_of_members
    def full_names(self) -> tuple[str, ...]:
        """The same, with the countries of institutions that go without."""
        return tuple(sorted({m.name for m in self.members}))

    @_of_members
    def genders(self) -> frozenset[str]:
        """What its documents tell of its gender."""
        return frozenset(m.entity.gender for m in self.members if m.entity.gender)

    @_of_members
    def kinds(self) -> frozenset[str]:
        """The subtypes that its documents give it."""
        return frozenset(m.entity.subtype for m in self.members if m.entity.subtype)

    @_of_members
    def dates(self) -> frozenset[tuple[str, str]]:
        """Dates of birth and death."""
        return frozenset(d for m in self.members for d in m.dates)

    @_of_members
    def born(self) -> frozenset[tuple[int, int]]:
        """First and last years in which a person of the ages told can be born."""
        return frozenset(m.entity.born for m in self.members if m.entity.born)

    @_of_members
    def trades(self) -> frozenset[str]:
        """What its documents call a person."""
        return frozenset(trade for m in self.members for trade in m.entity.trades)

    def aliases(self) -> Iterator[str]:
        """Yield every name and alias, as often as documents use it."""
        for member in self.members:
            yield member.entity.name
            yield from member.entity.aliases
