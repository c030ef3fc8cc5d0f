"""One thing, one node: local entities of all documents become entities with IRIs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import UsageError
from kg.geography import country_of
from kg.model import Entity, EntityType, Extraction, MentionAt
from kg.resolution.clustering import Clustering, Constraints, LocalId, cluster_locals
from kg.resolution.context import read_locals
from kg.resolution.iris import Naming, mint_iris
from kg.resolution.organizations import parse_organization
from kg.resolution.persons import parse_person
from kg.resolution.records import Cluster, Decision, Doubt, Local, NamedIn

__all__ = ["Resolution", "resolve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The result of resolution.

    ``entities`` are sorted by id; ``assignment`` maps (document id, index of the local entity) to an entity's id;
    ``doubtful`` are pairs of entities for a person to decide, the likeliest first; ``unused`` are decisions that point
    to names no document has (any more).
    """

    entities: tuple[Entity, ...]
    assignment: Mapping[LocalId, str]
    doubtful: tuple[Doubt, ...] = ()
    unused: tuple[Decision, ...] = ()


def resolve(extractions: Sequence[Extraction], *, base_iri: str, decisions: Sequence[Decision] = ()) -> Resolution:
    """Resolve the local entities of all documents; the order of the arguments does not matter.

    Raises:
        UsageError: decisions that contradict one another.
    """
    found = [local for extraction in extractions for local in read_locals(extraction)]
    constraints, unused = _read_decisions(found, decisions)
    clustering = cluster_locals(found, constraints)
    namings = {c.first: _naming(c) for c in clustering.clusters}
    iris = mint_iris(namings.values(), base_iri=base_iri)
    assignment = {m.id: iris[namings[c.first]] for c in clustering.clusters for m in c.members}
    entities = [_entity(c, iris[namings[c.first]], namings[c.first].name) for c in clustering.clusters]
    return Resolution(
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        assignment={key: assignment[key] for key in sorted(assignment)},
        doubtful=_doubts(clustering, assignment),
        unused=unused,
    )


def _naming(cluster: Cluster) -> Naming:
    document, index = cluster.first
    return Naming(document=document, index=index, type=cluster.type, name=best_name(cluster))


def best_name(cluster: Cluster) -> str:
    """Return the name to show: of the common ones the fullest, in its most frequent spelling; a country's usual one."""
    counted = Counter(m.entity.name for m in cluster.members)
    mentions = Counter[str]()
    for member in cluster.members:
        mentions[member.entity.name] += len(member.entity.mentions)
    if cluster.type is EntityType.PLACE:
        country = country_of(cluster.name)
        return country.name if country else cluster.name
    enough = max(counted.values()) / 4

    def rank(name: str) -> tuple[int, int, int, int, str]:
        return -_fullness(name, cluster.type), -counted[name], -mentions[name], -len(name), name

    return min((n for n in counted if counted[n] >= enough), key=rank)


def _fullness(name: str, type_: EntityType) -> int:
    """Return how much a name says: words that are no initial; an acronym says least."""
    if type_ is EntityType.PERSON:
        return len(parse_person(name).full)
    parsed = parse_organization(name)
    return 0 if parsed.acronym else len(parsed.words)


def _entity(cluster: Cluster, iri: str, name: str) -> Entity:
    spelt = Counter(cluster.aliases())
    subtypes = Counter(m.entity.subtype for m in cluster.members if m.entity.subtype)
    return Entity(
        id=iri,
        type=cluster.type,
        name=name,
        subtype=min(subtypes, key=lambda s: (-subtypes[s], s), default=None),
        aliases=tuple(sorted((n for n in spelt if n != name), key=lambda n: (-spelt[n], n))),
        mentions=tuple(
            sorted(
                {MentionAt(m.document, x.start, x.end, x.kind) for m in cluster.members for x in m.entity.mentions},
            )
        ),
    )


def _doubts(clustering: Clustering, assignment: Mapping[LocalId, str]) -> tuple[Doubt, ...]:
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for (a, b), reason in clustering.open.items():
        one, two = sorted((assignment[a], assignment[b]))
        if one != two:
            best[one, two] = max(best.get((one, two), (0.0, "")), reason)
    doubts = [Doubt(a=a, b=b, score=score, explanation=text) for (a, b), (score, text) in best.items()]
    return tuple(sorted(doubts, key=lambda d: (-d.score, d.a, d.b)))


def _read_decisions(found: Iterable[Local], decisions: Sequence[Decision]) -> tuple[Constraints, tuple[Decision, ...]]:
    if not decisions:
        return Constraints(), ()
    by_name: dict[NamedIn, LocalId] = {}
    for local in sorted(found, key=lambda m: m.id, reverse=True):  # the first of a document wins, names before aliases
        for alias in local.entity.aliases:
            by_name.setdefault(NamedIn(local.document, alias), local.id)
    for local in sorted(found, key=lambda m: m.id, reverse=True):
        by_name[NamedIn(local.document, local.entity.name)] = local.id
    known = sorted({d for d in decisions if d.a in by_name and d.b in by_name}, key=lambda d: (d.a, d.b, d.same))
    same = tuple((by_name[d.a], by_name[d.b]) for d in known if d.same)
    different: dict[LocalId, set[LocalId]] = {}
    for decision in known:
        if not decision.same:
            a, b = by_name[decision.a], by_name[decision.b]
            different.setdefault(a, set()).add(b)
            different.setdefault(b, set()).add(a)
    _check_contradictions(known, by_name, same)
    unused = tuple(d for d in decisions if d.a not in by_name or d.b not in by_name)
    return Constraints(same, {k: frozenset(v) for k, v in different.items()}), unused


def _check_contradictions(
    known: Sequence[Decision], by_name: Mapping[NamedIn, LocalId], same: Iterable[tuple[LocalId, LocalId]]
) -> None:
    home: dict[LocalId, LocalId] = {}

    def root(at: LocalId) -> LocalId:
        while home.setdefault(at, at) != at:
            at = home[at]
        return at

    for a, b in same:
        home[root(a)] = root(b)
    for decision in known:
        if not decision.same and root(by_name[decision.a]) == root(by_name[decision.b]):
            raise UsageError(
                f"Decisions contradict one another: {decision.a.name} ({decision.a.document}) and {decision.b.name} "
                f"({decision.b.document}) were called different, but others make them the same; take one of them back."
            )
