"""The graph as a network: selection, shortest paths, centrality. Only asserted statements are edges."""

import math
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from kg.errors import OutputError
from kg.finding import find
from kg.model import PREDICATES, Entity, EntityType, Graph, Statement

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Centrality",
    "Measure",
    "Step",
    "centrality",
    "check_whole",
    "pagerank",
    "select",
    "shortest_path",
    "to_network",
]

_Node = TypeVar("_Node")

Measure = Literal["degree", "betweenness", "pagerank"]

# A path costs 1 for each step and, for each entity it passes through, the two figures below: a person with few links is
# almost free, a ministry that everyone belongs to costs about one step more, a country three steps more. So "both work
# for X" wins over "both were in France", and a short path wins over a long one.
_HUB_COST = 0.25  # times log2(1 + number of neighbours)
_PLACE_COST = 3.0

_EXACT_BETWEENNESS_NODES = 1000  # some 3 seconds; above, estimated from sources chosen with a fixed seed
_BETWEENNESS_SOURCES = 250
_DAMPING = 0.85
_DIGITS = 6  # figures are rounded, so that ties are ties on every machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a path: ``statement`` links ``start`` and ``end``, in either direction."""

    start: Entity
    statement: Statement
    end: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Centrality:
    """How connected an entity is.

    ``degree`` counts distinct neighbours; ``betweenness`` is the share of shortest paths that pass through it (0..1);
    ``pagerank`` sums to 1 over the graph.
    """

    entity: Entity
    degree: int
    betweenness: float
    pagerank: float


def check_whole(graph: Graph) -> None:
    """Make sure that no statement dangles, as one may after a build's files were edited by hand.

    Raises:
        OutputError: a statement names an entity that the graph does not have, or a predicate that nobody knows.
    """
    known = {e.id for e in graph.entities}
    for s in graph.statements:
        for end in (s.subject, s.object, s.place):
            if end is not None and end not in known:
                raise OutputError(f"statement {s.id} names {end}, which the graph does not have: build it again")
        if s.predicate not in PREDICATES:
            raise OutputError(f"statement {s.id} has the unknown predicate {s.predicate!r}: build it again")


def to_network(graph: Graph) -> "nx.MultiDiGraph[str]":
    """Return the asserted statements as a network.

    Nodes are entity IRIs with ``name``, ``type``, ``subtype`` and ``facts``: the asserted statements whose object is no
    entity (a date of birth, a role without an organization). Edges are keyed by statement id and carry
    ``predicate``, ``label`` (the title of a role, else the predicate), ``title``, ``date`` and ``statement``.

    Raises:
        OutputError: the graph is not whole.
    """
    import networkx as nx

    check_whole(graph)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in graph.entities:
        network.add_node(entity.id, name=entity.name, type=entity.type, subtype=entity.subtype, facts=())
    for s in graph.statements:
        if not s.asserted:
            continue
        if s.object is None:
            network.nodes[s.subject]["facts"] += (s,)
        else:
            data: dict[str, Any] = {"predicate": s.predicate, "label": s.title or s.predicate}
            network.add_edge(s.subject, s.object, key=s.id, title=s.title, date=s.date, statement=s, **data)
    return network


def select(
    graph: Graph,
    *,
    focus: str | Sequence[str] | None = None,
    hops: int = 1,
    types: Collection[EntityType] | None = None,
    predicates: Collection[str] | None = None,
) -> Graph:
    """Return the part of a graph around some entities, of some types or of some predicates.

    The types and predicates are applied first (``None`` keeps all), so a path to the focus leads through what is kept.
    With predicates, only entities that take part in a kept statement stay. Statements that are not asserted stay where
    both their entities do, but lead nowhere. A place of a kept statement is kept with it whatever its type: records
    never dangle. Documents stay that a kept record cites.

    Args:
        graph: any graph.
        focus: name, alias or IRI of the entity to start from, or several.
        hops: how many steps from the focus, 0 or more.
        types: types of entities to keep beside the focus.
        predicates: local names of the predicates to keep.

    Raises:
        UnknownEntityError: no entity, or more than one, is meant by ``focus``.
    """
    starts = {find(graph.entities, name).id for name in ([focus] if isinstance(focus, str) else focus or ())}
    kept = {e.id for e in graph.entities if types is None or e.type in types or e.id in starts}
    statements = [
        s
        for s in graph.statements
        if (predicates is None or s.predicate in predicates)
        and s.subject in kept
        and (s.object is None or s.object in kept)
    ]
    if starts:
        kept = _reach(statements, starts, hops)
        statements = [s for s in statements if s.subject in kept and (s.object is None or s.object in kept)]
    elif predicates is not None:
        kept = {end for s in statements for end in (s.subject, s.object) if end is not None}
    kept |= {s.place for s in statements if s.place is not None}
    entities = tuple(e for e in graph.entities if e.id in kept)
    cited = {e.document for s in statements for e in s.evidence} | {m.document for e in entities for m in e.mentions}
    return Graph(
        documents=tuple(d for d in graph.documents if d.id in cited),
        entities=entities,
        statements=tuple(statements),
    )


def shortest_path(graph: Graph, a: str, b: str) -> tuple[Step, ...]:
    """Return the steps that link two entities, whatever the direction of their statements.

    A path through a person or a small organization is preferred to one through a country or another hub. Empty where no
    path exists or both names mean one entity. Each step shows the statement with the most evidence between its two.

    Raises:
        UnknownEntityError: no entity, or more than one, is meant by a name.
    """
    import networkx as nx

    start, goal = find(graph.entities, a), find(graph.entities, b)
    if start.id == goal.id:
        return ()
    network = to_network(graph)
    entities = {e.id: e for e in graph.entities}
    links = _links(network)
    degree = {node: len(set(network.successors(node)) | set(network.predecessors(node))) for node in network}

    def cost(node: str) -> float:
        place = _PLACE_COST if entities[node].type is EntityType.PLACE else 0.0
        return place + _HUB_COST * math.log2(1 + degree[node])

    # Half of a node's cost on each of its edges: a path pays once for what it passes through, and each path between the
    # same two ends pays the same halves for the ends.
    weighted: nx.Graph[str] = nx.Graph()
    for u, v in links:
        weighted.add_edge(u, v, weight=round(1 + (cost(u) + cost(v)) / 2, _DIGITS))
    try:
        nodes = nx.dijkstra_path(weighted, *sorted((start.id, goal.id)))  # of equal paths the same one both ways
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return ()
    if nodes[0] != start.id:
        nodes.reverse()
    return tuple(
        Step(start=entities[u], statement=links[min(u, v), max(u, v)][0], end=entities[v]) for u, v in pairwise(nodes)
    )


def centrality(graph: Graph, *, by: Measure = "pagerank") -> list[Centrality]:
    """Return every entity with how connected it is, the most connected first; ties by name, then IRI.

    Several statements between two entities count as one link without direction. Betweenness is exact up to 1,000
    entities and above that an estimate from the shortest paths that begin at 250 of them.
    """
    import networkx as nx

    network = to_network(graph)
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(network)
    simple.add_edges_from(link for link in _links(network) if link[0] != link[1])
    sources = _BETWEENNESS_SOURCES if len(simple) > _EXACT_BETWEENNESS_NODES else None
    betweenness = nx.betweenness_centrality(simple, k=sources, seed=0) if simple else {}
    rank = pagerank({node: list(simple[node]) for node in simple})
    ranked = [
        Centrality(
            entity=e,
            degree=simple.degree[e.id],
            betweenness=round(betweenness[e.id], _DIGITS),
            pagerank=round(rank[e.id], _DIGITS),
        )
        for e in graph.entities
    ]
    return sorted(ranked, key=lambda c: (-getattr(c, by), c.entity.name.casefold(), c.entity.id))


def _reach(statements: Iterable[Statement], starts: Iterable[str], hops: int) -> set[str]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for s in statements:
        if s.asserted and s.object is not None:
            neighbours[s.subject].add(s.object)
            neighbours[s.object].add(s.subject)
    distance = dict.fromkeys(starts, 0)
    queue = deque(distance)
    while queue:
        node = queue.popleft()
        if distance[node] < hops:
            for other in neighbours[node] - distance.keys():
                distance[other] = distance[node] + 1
                queue.append(other)
    return set(distance)


def _links(network: "nx.MultiDiGraph[str]") -> dict[tuple[str, str], list[Statement]]:
    """Return the statements between two entities by the sorted pair, in a fixed order, the best supported first."""
    links: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for u, v, data in network.edges(data=True):
        links[min(u, v), max(u, v)].append(data["statement"])
    for statements in links.values():
        statements.sort(key=lambda s: (-len(s.evidence), -s.confidence, s.id))
    return dict(sorted(links.items()))


def pagerank(neighbours: Mapping[_Node, Sequence[_Node]], *, rounds: int = 100) -> dict[_Node, float]:
    """Return how central each node of an undirected graph is; sums to 1.

    Power iteration as networkx does it, without the SciPy that networkx needs for it.
    """
    n = max(len(neighbours), 1)
    rank = dict.fromkeys(neighbours, 1 / n)
    for _ in range(rounds):
        alone = sum(rank[node] for node, others in neighbours.items() if not others)
        fresh = dict.fromkeys(neighbours, (1 - _DAMPING + _DAMPING * alone) / n)
        for node, others in neighbours.items():
            for other in others:
                fresh[other] += _DAMPING * rank[node] / len(others)
        change = sum(abs(fresh[node] - rank[node]) for node in neighbours)
        rank = fresh
        if change < 1e-9:
            break
    return rank
