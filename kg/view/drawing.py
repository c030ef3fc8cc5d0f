"""Nodes, edges and options of the drawing, made with pyvis, and the vis-network script that pyvis carries."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.errors import OutputError
from kg.model import EntityType, Graph
from kg.view.layout import Link, communities, place
from kg.view.network import pagerank
from kg.view.words import labels

__all__ = ["draw", "vis_network_script"]

_SMALL = 60  # nodes; up to here room is left for every name
_RADIUS = {EntityType.PLACE: 9.0}
_RADII = 9.0, 26.0  # of the least and the most central people and organizations
_LETTER, _LINE = 7.2, 20.0  # width and height of letters in names, at most
_PLACE_PULL = 0.12  # of a link to a place beside one between people and organizations

# No colour is set here: theme.js takes them from the style sheet, so that light and dark follow the reader's system.
# Names are no business of vis-network either: names.js writes those that have room.
_OPTIONS: dict[str, Any] = {
    "layout": {"improvedLayout": False},
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 200, "multiselect": False, "keyboard": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {
        "width": 1.2,
        "selectionWidth": 1.2,
        "hoverWidth": 0.8,
        "smooth": False,
        "arrowStrikethrough": False,
        "arrows": {"to": {"scaleFactor": 0.5}, "from": {"scaleFactor": 0.5}},
    },
}


def draw(graph: Graph, *, limit: int) -> dict[str, Any]:
    """Return ``nodes``, ``edges`` and ``options`` for vis-network, as pyvis makes them.

    A node is an entity that some statement links to another; its ``id`` is the index of the entity in the graph,
    ``rank`` its place by centrality (0 is the most central). The ``limit`` most central have a place (``x``, ``y``, in
    pixels at a scale of 1) and a ``community``. Size is by links among people and organizations, so that a country
    that everyone belongs to is no hub.

    All statements between two entities with one predicate are one edge with their indices (``statements``), those
    that are stated as fact apart from those that are not.
    """
    from pyvis.network import Network

    index = {e.id: i for i, e in enumerate(graph.entities)}
    bundles: dict[tuple[int, int, str, bool], list[int]] = defaultdict(list)
    for i, s in enumerate(graph.statements):
        if s.object is not None and s.object != s.subject:
            u, v = sorted((index[s.subject], index[s.object]))
            bundles[u, v, s.predicate, s.asserted].append(i)
    ranked, weights = _ranked(graph, bundles)
    stage = ranked[:limit]
    radii = _radii(graph, ranked, weights)
    places = _places(graph, stage, bundles, radii)
    # Directed, or pyvis would compare each new edge with all the others.
    network = Network(directed=True, cdn_resources="in_line")
    network.node_ids = _Ids()
    network.set_options(json.dumps(_OPTIONS))
    shapes = {name: type_["shape"] for name, type_ in labels()["types"].items()}
    for rank, i in enumerate(ranked):
        type_ = graph.entities[i].type
        network.add_node(i, label=" ", shape=shapes[type_], size=radii[i], rank=rank, **places.get(i, {}))
    for (u, v, predicate, asserted), statements in sorted(bundles.items()):
        network.add_edge(u, v, predicate=predicate, asserted=asserted, statements=statements, arrows="")
    nodes, edges, _, _, _, options = network.get_network_data()
    for node in nodes:
        del node["label"]  # the page has the name beside it, and the colour
        node.pop("color", None)
    for edge in edges:
        del edge["arrows"]
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


class _Ids(dict[int, None]):
    """The nodes that pyvis knows; it looks for both ends of each edge among them, which a list makes slow."""

    def append(self, node: int) -> None:
        self[node] = None


def vis_network_script() -> str:
    """Return the vis-network library that pyvis carries, with its licence notice (Apache-2.0 or MIT) and no source map.

    Raises:
        OutputError: the installed pyvis does not have it.
    """
    from pyvis.network import Network

    path = Path(Network(cdn_resources="in_line").template_dir, "lib", "vis-9.1.2", "vis-network.min.js")
    try:
        script = path.read_text(encoding="utf8")
    except OSError as error:
        raise OutputError(f"{path} cannot be read: install pyvis 0.3.2 again") from error
    return script.partition("//# sourceMappingURL=")[0].rstrip() + "\n"


def _ranked(graph: Graph, bundles: dict[tuple[int, int, str, bool], list[int]]) -> tuple[list[int], dict[int, float]]:
    """Return the linked entities, the most central first, and how central each is.

    Counted are the people and organizations that one is linked to by a fact, weighed a little by how central these
    are in turn. A place comes after all who are linked to somebody.
    """
    among: dict[int, dict[int, None]] = defaultdict(dict)
    linked: set[int] = set()
    for u, v, _, asserted in bundles:
        linked |= {u, v}
        if asserted and EntityType.PLACE not in (graph.entities[u].type, graph.entities[v].type):
            among[u].setdefault(v)
            among[v].setdefault(u)
    rank = pagerank({i: list(among[i]) for i in sorted(among)}, rounds=25)
    highest = max(rank.values(), default=1.0)
    weights = {i: round(len(among[i]) + 0.9 * rank[i] / highest, 6) if i in among else 0.0 for i in linked}
    ranked = sorted(linked, key=lambda i: (-weights[i], graph.entities[i].type is EntityType.PLACE, i))
    return _in_company(ranked, bundles), weights


def _in_company(ranked: list[int], bundles: Iterable[tuple[int, int, str, bool]]) -> list[int]:
    """Let each that comes before all of its neighbours bring the first of them: any first so many are linked."""
    around: dict[int, list[int]] = defaultdict(list)
    order = {i: n for n, i in enumerate(ranked)}
    for u, v, _, asserted in bundles:
        if asserted:
            around[u].append(v)
            around[v].append(u)
    placed: dict[int, None] = {}
    for i in ranked:
        if i not in placed:
            placed[i] = None
            if around[i] and not any(other in placed for other in around[i]):
                placed[min(around[i], key=order.__getitem__)] = None
    return list(placed)


def _radii(graph: Graph, ranked: list[int], weights: dict[int, float]) -> dict[int, float]:
    highest = max(weights.values(), default=1.0) or 1.0
    smallest, largest = _RADII

    def radius(i: int) -> float:
        share = math.sqrt(weights[i] / highest)
        return _RADIUS.get(graph.entities[i].type) or round(smallest + (largest - smallest) * share, 1)

    return {i: radius(i) for i in ranked}


def _places(
    graph: Graph, stage: list[int], bundles: dict[tuple[int, int, str, bool], list[int]], radii: dict[int, float]
) -> dict[int, dict[str, int]]:
    seat = {i: n for n, i in enumerate(stage)}
    pulls: dict[tuple[int, int], float] = defaultdict(float)
    for (u, v, _, asserted), statements in sorted(bundles.items()):
        if u in seat and v in seat:
            to_place = EntityType.PLACE in (graph.entities[u].type, graph.entities[v].type)
            pull = (1.0 if asserted else 0.3) * (_PLACE_PULL if to_place else 1.0)
            pulls[seat[u], seat[v]] += pull * min(len(statements), 3)
    links: list[Link] = [(u, v, round(min(pull, 3.0), 6)) for (u, v), pull in pulls.items()]
    community = communities(len(stage), links)
    named = len(stage) <= _SMALL
    boxes = [_box(graph.entities[i].name, radii[i], named=named) for i in stage]
    at = place(links, community, boxes)
    return {i: {"x": at[n][0], "y": at[n][1], "community": community[n]} for i, n in seat.items()}


def _box(name: str, radius: float, *, named: bool) -> tuple[float, float]:
    if not named:
        return 2 * radius + 22, 2 * radius + 22
    return max(2 * radius + 10, _LETTER * min(len(name), 30) + 14), 2 * radius + _LINE + 12
