"""The user's decisions as constraints on clusters: what must become one, what must never."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import UsageError
from kg.model import EntityType, Extraction
from kg.resolution.records import Cluster, Decision, LocalId, NamedIn, Verdict

__all__ = ["Constraints", "Located", "Names", "check_decisions", "locate", "read_constraints"]

Side = tuple[int, bool]  # the number of a negative decision, and which of its two sides


@dataclass(frozen=True, slots=True)
class Constraints:
    """What the user said of local entities.

    ``groups`` are those that must be one, each sorted; ``sides`` maps a local entity to the negative decisions that
    it is on a side of. All of a group share their sides.
    """

    groups: tuple[tuple[LocalId, ...], ...] = ()
    sides: Mapping[LocalId, frozenset[Side]] = field(default_factory=dict)

    def forbid(self, a: Cluster, b: Cluster) -> bool:
        """Whether two clusters must stay two."""
        return bool(self.sides) and _are_opposed(self._sides(a), self._sides(b))

    def breach(self, cluster: Cluster) -> frozenset[LocalId]:
        """Return the members of a cluster that must not be in one."""
        sides = self._sides(cluster)
        torn = {number for number, side in sides if (number, not side) in sides}
        return frozenset(m.id for m in cluster.members if any(n in torn for n, _ in self.sides.get(m.id, ())))

    def _sides(self, cluster: Cluster) -> frozenset[Side]:
        return frozenset(side for m in cluster.members for side in self.sides.get(m.id, ()))

    def keep_out(self, outsiders: Iterable[LocalId], group: Sequence[LocalId]) -> "Constraints":
        """Return constraints that also keep some local entities from a group."""
        number = 1 + max((n for sides in self.sides.values() for n, _ in sides), default=-1)
        sides: dict[LocalId, set[Side]] = defaultdict(set, {k: set(v) for k, v in self.sides.items()})
        for ids, side in ((self._with_groups(outsiders), True), (group, False)):
            for at in ids:
                sides[at].add((number, side))
        return Constraints(self.groups, {k: frozenset(v) for k, v in sides.items()})

    def _with_groups(self, ids: Iterable[LocalId]) -> set[LocalId]:
        wanted = set(ids)
        return wanted.union(*(g for g in self.groups if not wanted.isdisjoint(g)))


def _are_opposed(a: frozenset[Side], b: frozenset[Side]) -> bool:
    return any((number, not side) in b for number, side in a)


Located = tuple[Decision, tuple[LocalId, ...], tuple[LocalId, ...]]


class Names:
    """The local entities of extractions by the names that documents use; best names go before aliases.

    Attributes:
        places: where an entity stands, by name.
        named: the name by which a decision points to it, by place.
        types: its type, by place.
    """

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        ordered = sorted(extractions, key=lambda e: e.document)
        self.places: dict[NamedIn, LocalId] = {}
        self.named: dict[LocalId, NamedIn] = {}
        self.types: dict[LocalId, EntityType] = {}
        for extraction in ordered:
            counts = Counter[str]()
            for index, entity in enumerate(extraction.entities):
                counts[entity.name] += 1
                at, named = (extraction.document, index), NamedIn(extraction.document, entity.name, counts[entity.name])
                self.places[named], self.named[at], self.types[at] = at, named, entity.type
        for extraction in ordered:
            for index, entity in enumerate(extraction.entities):
                for alias in entity.aliases:
                    self.places.setdefault(NamedIn(extraction.document, alias), (extraction.document, index))


def locate(names: Names, decisions: Sequence[Decision]) -> tuple[tuple[Located, ...], tuple[Decision, ...]]:
    """Find the local entities that decisions speak of; also return the decisions of which a side is gone.

    A decision that two things of different types are one cannot be followed either, so it counts as gone.
    """
    known: list[Located] = []
    gone: list[Decision] = []
    for decision in sorted(set(decisions)):
        a, b = (
            tuple(dict.fromkeys(names.places[n] for n in side if n in names.places))
            for side in (decision.a, decision.b)
        )
        fits = bool(a and b) and (decision.verdict is not Verdict.SAME or names.types[a[0]] == names.types[b[0]])
        if fits:
            known.append((decision, a, b))
        else:
            gone.append(decision)
    return tuple(known), tuple(gone)


def read_constraints(located: Sequence[Located]) -> Constraints:
    """Turn decisions into constraints; the order of the decisions does not matter.

    Raises:
        UsageError: decisions contradict one another.
    """
    check_decisions(located)
    links = _links(located)
    groups: list[tuple[LocalId, ...]] = []
    seen: set[LocalId] = set()
    for start in sorted(links):
        if start not in seen:
            groups.append(tuple(sorted(_reach(links, start))))
            seen.update(groups[-1])
    home = {at: group for group in groups for at in group}
    sides: dict[LocalId, set[Side]] = defaultdict(set)
    negative = [entry for entry in located if entry[0].verdict is Verdict.DIFFERENT]
    for number, (_, a, b) in enumerate(negative):
        for ids, side in ((a, False), (b, True)):
            for at in ids:
                for fellow in home.get(at, (at,)):
                    sides[fellow].add((number, side))
    return Constraints(tuple(groups), {k: frozenset(v) for k, v in sides.items()})


def _links(located: Iterable[Located]) -> dict[LocalId, dict[LocalId, Decision]]:
    links: dict[LocalId, dict[LocalId, Decision]] = defaultdict(dict)
    for decision, a, b in located:
        if decision.verdict is Verdict.SAME and a[0] != b[0]:
            links[a[0]].setdefault(b[0], decision)
            links[b[0]].setdefault(a[0], decision)
    return links


def _reach(links: Mapping[LocalId, Mapping[LocalId, Decision]], start: LocalId) -> dict[LocalId, LocalId | None]:
    """Return everything that positive decisions lead to, with the way back."""
    back: dict[LocalId, LocalId | None] = {start: None}
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        for other in sorted(links.get(at, ())):
            if other not in back:
                back[other] = at
                waiting.append(other)
    return back


def check_decisions(located: Sequence[Located]) -> None:
    """Check that decisions agree.

    Raises:
        UsageError: some make one what another calls different; the message names each.
    """
    links = _links(located)
    for decision, a, b in located:
        if decision.verdict is not Verdict.DIFFERENT:
            continue
        for start in a:
            back = _reach(links, start)
            end = min(set(b) & back.keys(), default=None)
            if end is None:
                continue
            one, two = decision.a[0], decision.b[0]
            raise UsageError(
                f"your decisions contradict one another: {one} and {two} are different, but "
                f"{_way(links, back, end)}; take one of them back with `kg decisions DIR --undo N`"
            )


def _way(
    links: Mapping[LocalId, Mapping[LocalId, Decision]], back: Mapping[LocalId, LocalId | None], end: LocalId
) -> str:
    steps: list[str] = []
    at = end
    while (before := back[at]) is not None:
        decision = links[before][at]
        steps.append(f"{decision.a[0]} and {decision.b[0]} are the same")
        at = before
    return ", ".join(reversed(steps)) or "both are one entity of that article"
