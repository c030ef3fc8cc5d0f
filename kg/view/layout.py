"""Where the nodes stand: communities together, nothing on top of anything, the same on every machine.

Only sums in a fixed order, products, quotients and square roots are used: these are exact to the last bit on every
processor, so that equal graphs give equal pages. No call of a BLAS, no trigonometry that is not rounded.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]
    Indices = np.ndarray[Any, np.dtype[np.intp]]

__all__ = ["Link", "communities", "place"]

Link = tuple[int, int, float]  # two nodes and how much they belong together

_GOLDEN = math.pi * (3 - math.sqrt(5))
_WORK = 8e7  # pairs of nodes looked at in all, one or two seconds
_SAMPLE = 400  # nodes that push each of the others in one round; all of them where there are no more
_ROUNDS = 30, 260  # of the forces, at least and at most
_APART_AT_MOST = 3_000  # nodes that are moved off each other: all pairs are compared
_APART_ROUNDS = 160
_LOOK_AROUND = 8  # rounds after which it is looked anew which are near each other
_GRAVITY = 0.35  # towards the middle of all
_REACH = 6.0  # spacings, beyond which nodes leave each other alone: what is not linked need not be far away
_WIDE = 1.3  # a screen is wider than high


def communities(count: int, links: Sequence[Link]) -> list[int]:
    """Return for each of ``count`` nodes the number of its community, 0 for the largest.

    Louvain's method with a fixed seed. A node without links is a community of its own.
    """
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(links)
    found = nx.community.louvain_communities(graph, seed=11, resolution=1.1)
    number = [0] * count
    for i, members in enumerate(sorted(found, key=lambda c: (-len(c), min(c)))):
        for node in members:
            number[node] = i
    return number


def place(
    links: Sequence[Link], community: Sequence[int], boxes: Sequence[tuple[float, float]]
) -> list[tuple[int, int]]:
    """Return the middle of each node, in whole pixels at a scale of 1, the middle of all at (0, 0).

    Args:
        links: which nodes belong together.
        community: of each node, as ``communities`` gives it.
        boxes: width and height that each node takes, with its name where that must be readable too.
    """
    import numpy as np

    if not boxes:
        return []
    size = np.array(boxes, dtype=np.float64).T
    spacing = _rounded(math.sqrt(sum(w * h for w, h in boxes) / len(boxes)) * 1.3)
    at = _start(community, links, spacing)
    at = _pull(at, links, np.array(community), spacing)
    at[0] *= _WIDE
    if len(boxes) <= _APART_AT_MOST:
        at = _apart(at, size)
    at -= ((at.max(axis=1) + at.min(axis=1)) / 2)[:, None]
    return [(round(x), round(y)) for x, y in at.T.tolist()]


def _rounded(value: float) -> float:
    """Leave out the digits in which mathematical libraries differ."""
    return round(value, 4)


def _spiral(i: int, step: float) -> tuple[float, float]:
    radius = step * math.sqrt(i)
    return _rounded(radius * math.cos(i * _GOLDEN)), _rounded(radius * math.sin(i * _GOLDEN))


def _start(community: Sequence[int], links: Sequence[Link], spacing: float) -> "Array":
    """Seat each community on a spiral of its own, around where forces put the community as a whole."""
    import numpy as np

    members: list[list[int]] = [[] for _ in range(max(community) + 1)]
    for node, number in enumerate(community):
        members[number].append(node)
    between: dict[tuple[int, int], float] = {}
    for u, v, weight in links:
        pair = min(community[u], community[v]), max(community[u], community[v])
        if pair[0] != pair[1]:
            between[pair] = between.get(pair, 0.0) + weight
    step = spacing * math.sqrt(len(community) / len(members))
    middles = np.array([_spiral(i, step) for i in range(len(members))]).T
    if len(members) > 1:
        pairs = [(u, v, w) for (u, v), w in sorted(between.items())]
        middles = _pull(middles, pairs, np.arange(len(members)), _rounded(step))
    at = np.zeros((2, len(community)))
    for number, nodes in enumerate(members):
        for i, node in enumerate(nodes):
            x, y = _spiral(i, spacing * 0.7)
            at[:, node] = middles[0, number] + x, middles[1, number] + y
    return at


def _pull(at: "Array", links: Sequence[Link], community: "np.ndarray[Any, Any]", spacing: float) -> "Array":
    """Let all nodes push each other away, links and communities pull, and the whole keep together; ever less."""
    import numpy as np

    count = at.shape[1]
    sample = min(count, _SAMPLE)
    rounds = max(_ROUNDS[0], min(_ROUNDS[1], int(_WORK / (count * sample))))
    random = np.random.RandomState(5)
    one = np.array([u for u, v, _ in links if u != v], dtype=np.int64)
    other = np.array([v for u, v, _ in links if u != v], dtype=np.int64)
    weight = np.array([w for u, v, w in links if u != v], dtype=np.float64)
    size = np.bincount(community).astype(np.float64)
    heat, reach = spacing * 2.5, (spacing * _REACH) ** 2
    dx, dy, push = (np.empty((sample, count)) for _ in range(3))  # made once: there is much of them
    for turn in range(rounds):
        # The first index runs over those that push: sums along it are made one by one, in this order.
        pushing = np.arange(count) if sample == count else np.sort(random.permutation(count)[:sample])
        for apart, axis in ((dx, 0), (dy, 1)):
            np.subtract(at[axis][None, :], at[axis][pushing][:, None], out=apart)
        np.multiply(dx, dx, out=push)
        push += dy * dy
        near = push < reach
        push += spacing * 0.05
        np.divide(spacing * spacing, push, out=push)
        push *= count / sample
        push *= near
        move = np.stack([np.multiply(apart, push, out=apart).sum(axis=0) for apart in (dx, dy)])
        if len(one):
            along = at[:, one] - at[:, other]
            pull = weight * np.sqrt((along * along)[0] + (along * along)[1]) / spacing
            for axis in (0, 1):
                move[axis] -= np.bincount(one, along[axis] * pull, count) - np.bincount(
                    other, along[axis] * pull, count
                )
        for axis in (0, 1):
            middle = np.bincount(community, at[axis]) / size
            move[axis] -= 0.8 * (at[axis] - middle[community]) + _GRAVITY * at[axis]
        length = np.sqrt((move * move)[0] + (move * move)[1]) + 1e-9
        at = at + move / length * np.minimum(length, heat * (1 - turn / rounds) + spacing * 0.02)
    return at


def _apart(at: "Array", size: "Array") -> "Array":
    """Move boxes that overlap off each other, along the shorter way."""
    import numpy as np

    reach = size.max() / 2  # how far two may come nearer before all pairs are looked at again
    for turn in range(_APART_ROUNDS):
        if turn % _LOOK_AROUND == 0:
            first, second = _near(at, size, reach)
            width, height = ((size[axis][first] + size[axis][second]) / 2 for axis in (0, 1))
        dx, dy = at[0][first] - at[0][second], at[1][first] - at[1][second]
        over_x, over_y = width - np.abs(dx), height - np.abs(dy)
        hit = (over_x > 0) & (over_y > 0)
        if not hit.any():
            if turn % _LOOK_AROUND == 0:
                break
            continue
        one, other = first[hit], second[hit]
        sideways = over_x[hit] < over_y[hit]
        for axis, along, over, chosen in ((0, dx, over_x, sideways), (1, dy, over_y, ~sideways)):
            way = np.where(along[hit] < 0, -0.5, 0.5)  # of two that stand on one spot the first goes right
            move = np.where(chosen, over[hit] * way, 0.0)
            at[axis] += np.bincount(one, move, at.shape[1]) - np.bincount(other, move, at.shape[1])
    return at


def _near(at: "Array", size: "Array", reach: float) -> tuple["Indices", "Indices"]:
    """Return the pairs of boxes that overlap or are nearer than ``reach``, the first before the second."""
    import numpy as np

    order = np.argsort(at[0], kind="stable")
    along = at[0][order]
    ends = np.searchsorted(along, along + (size[0][order] + size[0].max()) / 2 + reach, side="right")
    count = ends - np.arange(len(order)) - 1  # that follow each from left to right and may be near it
    one = np.repeat(np.arange(len(order)), count)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    pairs = np.sort(order[np.stack([one, other])], axis=0)
    for axis in (0, 1):
        u, v = pairs
        pairs = pairs[:, np.abs(at[axis][u] - at[axis][v]) < (size[axis][u] + size[axis][v]) / 2 + reach]
    first, second = pairs[:, np.lexsort(pairs[::-1])]
    return first, second
