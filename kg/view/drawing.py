"""Nodes, edges and options of the drawing, made with pyvis, and the vis-network script that pyvis carries."""

import json
import math
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from kg.errors import OutputError
from kg.model import PREDICATES, Graph, Statement
from kg.view.words import edge_label, labels

__all__ = ["EDGE_LABEL", "draw", "short", "vis_network_script"]

_CONTROLS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]")

EDGE_LABEL = 28  # characters; the panel has the whole title

# No colour is set here: page.js takes them from the style sheet, so that light and dark follow the reader's system.
_OPTIONS: dict[str, Any] = {
    "layout": {"randomSeed": 7, "improvedLayout": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 250,
        "hideEdgesOnDrag": False,
        "multiselect": False,
        "navigationButtons": False,
        "keyboard": False,
    },
    "nodes": {
        "borderWidth": 1.5,
        "borderWidthSelected": 4,
        "scaling": {
            "min": 9,
            "max": 30,
            "label": {"enabled": True, "min": 14, "max": 22, "drawThreshold": 5},
        },
        "widthConstraint": {"maximum": 175},
    },
    "edges": {
        "width": 1.2,
        "selectionWidth": 0.8,
        "hoverWidth": 0.5,
        "smooth": {"enabled": True, "type": "continuous", "roundness": 0.35},
        "arrows": {"to": {"scaleFactor": 0.55}, "from": {"scaleFactor": 0.55}},
        "scaling": {"label": {"drawThreshold": 7}},
    },
    "physics": {
        "solver": "forceAtlas2Based",
        # Chosen by counting crossed links and links over nodes on graphs of 30 and 340 nodes.
        "forceAtlas2Based": {
            "gravitationalConstant": -160,
            "centralGravity": 0.012,
            "springLength": 120,
            "springConstant": 0.1,
            "damping": 0.5,
            "avoidOverlap": 0.6,
        },
        "stabilization": {"enabled": True, "iterations": 600, "updateInterval": 25, "fit": True},
        "minVelocity": 0.6,
    },
}


def draw(graph: Graph) -> dict[str, Any]:
    """Return ``nodes``, ``edges`` and ``options`` for vis-network, as pyvis makes them.

    A node's ``id`` is the index of its entity in the graph and its ``degree`` the number of distinct neighbours. Its
    ``value``, which scales its size, is the square root of that: one hub must not shrink all others to dots. All
    asserted statements between two entities are one edge with the indices of its ``statements``: the label names the
    best supported one and counts the others ("finance minister +2").
    """
    from pyvis.network import Network

    index = {e.id: i for i, e in enumerate(graph.entities)}
    bundles: dict[tuple[int, int], list[tuple[int, Statement]]] = defaultdict(list)
    neighbours: dict[int, set[int]] = defaultdict(set)
    for i, s in enumerate(graph.statements):
        if s.asserted and s.object is not None:
            u, v = index[s.subject], index[s.object]
            bundles[min(u, v), max(u, v)].append((i, s))
            neighbours[u].add(v)
            neighbours[v].add(u)
    # Directed, or pyvis would compare each new edge with all the others.
    network = Network(directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(_OPTIONS))
    shapes = {name: type_["shape"] for name, type_ in labels()["types"].items()}
    for i, entity in enumerate(graph.entities):
        degree = len(neighbours[i] - {i})
        network.add_node(
            i,
            label=short(entity.name) or "?",
            title=short(entity.name, 200),
            shape=shapes[entity.type],
            group=entity.type.value,
            degree=degree,
            value=round(math.sqrt(degree), 3),
        )
    for n, ((u, v), bundle) in enumerate(sorted(bundles.items())):
        bundle.sort(key=lambda item: (-len(item[1].evidence), -item[1].confidence, item[1].id))
        network.add_edge(
            u,
            v,
            id=f"edge-{n}",
            label=_bundle_label([s for _, s in bundle]),
            arrows=_arrows(index, u, [s for _, s in bundle]),
            statements=[i for i, _ in bundle],
        )
    nodes, edges, _, _, _, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


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


def _bundle_label(statements: list[Statement]) -> str:
    # Kept in step with edgeLabel() in graph.js, which words an edge again when predicates are filtered.
    words = list(dict.fromkeys(short(edge_label(s), EDGE_LABEL) for s in statements))
    return words[0] + (f" +{len(words) - 1}" if len(words) > 1 else "")


def _arrows(index: dict[str, int], u: int, statements: list[Statement]) -> str:
    directed = [s for s in statements if not PREDICATES[s.predicate].symmetric]
    forward = any(index[s.subject] == u for s in directed)
    backward = any(index[s.subject] != u for s in directed)
    return ", ".join(["to"] * forward + ["from"] * backward)


def short(text: str, limit: int = 48) -> str:
    """Fit a name or a title for the canvas: short, and without controls that turn the direction of text."""
    plain = " ".join(_CONTROLS.sub(" ", text).split())
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"
