"""One thing, one node: local entities of all documents become entities with IRIs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.garbage import garbage_kept
from kg.geography import country_of
from kg.matching.organizations import parse_organization
from kg.matching.persons import parse_person
from kg.model import AuthorityRecord, Entity, EntityType, Extraction, MentionAt
from kg.resolution.authority import link_records
from kg.resolution.clustering import Clustering, cluster_locals
from kg.resolution.constraints import Constraints, Located, Names, locate, read_constraints
from kg.resolution.context import read_locals
from kg.resolution.dividing import divide
from kg.resolution.iris import Naming, mint_iris, other_iris
from kg.resolution.records import Cluster, Decision, Doubt, Local, LocalId, Verdict

__all__ = ["Resolution", "resolve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The result of resolution.

    ``entities`` are sorted by id; ``assignment`` maps (document id, index of the local entity) to an entity's id;
    ``doubtful`` are pairs of entities for a person to decide, the likeliest first; ``unused`` are decisions that point
    to names no document has (any more). ``extractions`` are those that were resolved: divided where the user told names
    of one article apart that the reading took for one.
    """

    entities: tuple[Entity, ...]
    assignment: Mapping[LocalId, str]
    extractions: tuple[Extraction, ...] = ()
    doubtful: tuple[Doubt, ...] = ()
    unused: tuple[Decision, ...] = ()


def resolve(
    extractions: Sequence[Extraction],
    *,
    base_iri: str,
    decisions: Sequence[Decision] = (),
    published: Mapping[str, str | None] | None = None,
    texts: Mapping[str, str] | None = None,
    authority: Sequence[AuthorityRecord] = (),
    adopt_iris: bool = False,
) -> Resolution:
    """Resolve the local entities of all documents; the order of the arguments does not matter.

    Args:
        extractions: what was read from each document.
        base_iri: start of the IRIs to mint.
        decisions: the user's word on pairs of entities.
        authority: known things to link to; their ids must be IRIs.
        adopt_iris: whether an entity that is linked takes that IRI for its own; the first one, where several are.
        published: publication dates by document id: the oldest document that names an entity in full gives its IRI.
        texts: of the documents, by id; without them no decision divides what one of them names.

    Raises:
        UsageError: decisions that contradict one another.
    """
    divided = divide(extractions, decisions, texts or {})
    with garbage_kept():
        return _resolve(divided, base_iri, decisions, published or {}, authority, adopt_iris)


def _resolve(
    extractions: tuple[Extraction, ...],
    base_iri: str,
    decisions: Sequence[Decision],
    published: Mapping[str, str | None],
    authority: Sequence[AuthorityRecord],
    adopt_iris: bool,
) -> Resolution:
    found = [local for extraction in extractions for local in read_locals(extraction)]
    located, unused = locate(Names(extractions), decisions) if decisions else ((), ())
    clustering, constraints = _cluster(found, read_constraints(located))
    namings = [_naming(c, published) for c in clustering.clusters]
    iris = mint_iris(namings, base_iri=base_iri)
    parts = _join_decided(clustering.clusters, constraints.groups)
    entities: list[Entity] = []
    assignment: dict[LocalId, str] = {}
    others = other_iris(
        {iris[namings[at]]: (namings[at], clustering.clusters[at].names) for at in range(len(namings))},
        base_iri=base_iri,
    )
    wholes = [_whole(clustering.clusters, part) for part in parts]
    linked = link_records(wholes, authority) if authority else {}
    taken = set(iris.values())
    for number, (part, whole) in enumerate(zip(parts, wholes, strict=True)):
        first, *rest = sorted(part, key=lambda at: namings[at])
        iri = iris[namings[first]]
        lost = {iris[namings[at]] for at in rest}
        same = lost.union(*(others[iris[namings[at]]] for at in part))
        if (known := linked.get(number)) and known != iri:
            # Two records of one identifier may be two entities here: the first takes the IRI, the other is linked.
            adopted = adopt_iris and known not in taken
            same.add(iri if adopted else known)
            iri = known if adopted else iri
            taken.add(iri)
        entities.append(_entity(whole, iri, tuple(sorted(same))))
        assignment.update((m.id, iri) for m in whole.members)
    return Resolution(
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        assignment={key: assignment[key] for key in sorted(assignment)},
        extractions=extractions,
        doubtful=_doubts(clustering, assignment, located),
        unused=unused,
    )


def _whole(clusters: Sequence[Cluster], part: Sequence[int]) -> Cluster:
    return Cluster(clusters[part[0]].type, [m for at in sorted(part) for m in clusters[at].members])


def _cluster(found: Sequence[Local], constraints: Constraints) -> tuple[Clustering, Constraints]:
    """Cluster so that what the user joins afterwards breaks no negative decision.

    Where two clusters that the user joins have members that he told apart, those members are kept out of both.
    """
    while True:
        clustering = cluster_locals(found, constraints)
        breaches = []
        for part in _join_decided(clustering.clusters, constraints.groups):
            if len(part) > 1:
                whole = Cluster(EntityType.PERSON, [m for at in part for m in clustering.clusters[at].members])
                if torn := constraints.breach(whole):
                    breaches.append((whole, torn))
        if not breaches:
            return clustering, constraints
        for whole, torn in breaches:
            ids = {m.id for m in whole.members}
            for group in constraints.groups:
                if not ids.isdisjoint(group) and torn.difference(group):
                    constraints = constraints.keep_out(torn.difference(group), group)


def _join_decided(clusters: Sequence[Cluster], groups: Iterable[Sequence[LocalId]]) -> list[list[int]]:
    """Return the numbers of the clusters that the user joined, each cluster once."""
    if not groups:
        return [[at] for at in range(len(clusters))]
    home = {m.id: at for at, c in enumerate(clusters) for m in c.members}
    parts = {at: [at] for at in range(len(clusters))}
    for group in groups:
        joined = {id(parts[home[at]]): parts[home[at]] for at in group}
        whole = sorted(at for part in joined.values() for at in part)
        parts.update(dict.fromkeys(whole, whole))
    return [part for at, part in sorted(parts.items()) if part[0] == at]


def _naming(cluster: Cluster, published: Mapping[str, str | None]) -> Naming:
    """Return what names an entity: the oldest document that names it in full, so that later ones change nothing."""
    enough = 2 if cluster.type is EntityType.PERSON else 1
    enough = min(enough, max(_fullness(n, cluster.type) for n in cluster.names))
    first = min(
        (m for m in cluster.members if _fullness(m.entity.name, cluster.type) >= enough),
        key=lambda m: (published.get(m.document) or "9999", m.id),
    )
    country = country_of(first.entity.name) if cluster.type is EntityType.PLACE else None
    name = country.name if country else first.entity.name
    return Naming(published.get(first.document) or "9999", first.document, first.index, cluster.type, name)


def best_name(cluster: Cluster) -> str:
    """Return the name to show: of the common ones the fullest, in its most frequent spelling; a country's usual one."""
    counted = Counter(m.entity.name for m in cluster.members)
    mentions = Counter[str]()
    for member in cluster.members:
        mentions[member.entity.name] += len(member.entity.mentions)
    if cluster.type is EntityType.PLACE:
        country = country_of(cluster.name)
        quiet = [n for n in counted if not n.isupper()]  # "TEHRAN" is how a dateline spells it
        same = [n for n in quiet if n.casefold() == cluster.name.casefold()]
        return country.name if country else min(same, key=lambda n: (-mentions[n], n), default=cluster.name)
    enough = max(counted.values()) / 4

    def rank(name: str) -> tuple[int, int, int, int, int, str]:
        small = sum(word[0].islower() for word in name.split()[1:])  # "Corriere della Sera" before "Della"
        return -_fullness(name, cluster.type), -counted[name], -mentions[name], -len(name), -small, name

    return min((n for n in counted if counted[n] >= enough), key=rank)


def _fullness(name: str, type_: EntityType) -> int:
    """Return how much a name says: words that are no initial; an acronym says least."""
    if type_ is EntityType.PERSON:
        return len(parse_person(name).full)
    parsed = parse_organization(name)
    return 0 if parsed.acronym else len(parsed.words)


def _entity(cluster: Cluster, iri: str, same_as: tuple[str, ...]) -> Entity:
    name = best_name(cluster)
    spelt = Counter(cluster.aliases())
    subtypes = Counter(m.entity.subtype for m in cluster.members if m.entity.subtype)
    return Entity(
        id=iri,
        type=cluster.type,
        name=name,
        subtype=min(subtypes, key=lambda s: (-subtypes[s], s), default=None),
        aliases=tuple(sorted((n for n in spelt if n != name), key=lambda n: (-spelt[n], n))),
        same_as=same_as,
        mentions=tuple(
            sorted(
                {MentionAt(m.document, x.start, x.end, x.kind) for m in cluster.members for x in m.entity.mentions},
            )
        ),
    )


def _doubts(clustering: Clustering, assignment: Mapping[LocalId, str], located: Iterable[Located]) -> tuple[Doubt, ...]:
    """Return the pairs left open, without those that the user has decided."""
    decided: dict[Verdict, set[tuple[str, str]]] = defaultdict(set)
    for decision, a, b in located:
        for x in {assignment[at] for at in a}:
            for y in {assignment[at] for at in b}:
                decided[decision.verdict].add((min(x, y), max(x, y)))
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for (first, second), reason in clustering.open.items():
        one, two = sorted((assignment[first], assignment[second]))
        if one != two and (one, two) not in decided[Verdict.DIFFERENT]:
            best[one, two] = max(best.get((one, two), (0.0, "")), reason)
    doubts = [
        Doubt(a=one, b=two, score=score, explanation=text, unsure=(one, two) in decided[Verdict.UNSURE])
        for (one, two), (score, text) in best.items()
    ]
    return tuple(sorted(doubts, key=lambda d: (d.unsure, -d.score, d.a, d.b)))
