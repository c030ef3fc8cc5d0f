"""Where nodes stand: communities together, nothing on top of anything, always the same, in bounded time."""

import random

from kg.view.layout import communities, place


def cliques(count: int, size: int) -> list[tuple[int, int, float]]:
    """Groups in which each is linked to each, and one link from each group to the next."""
    inside = [(g * size + i, g * size + j, 1.0) for g in range(count) for i in range(size) for j in range(i)]
    return inside + [(g * size, (g + 1) * size, 1.0) for g in range(count - 1)]


def overlapping(at, boxes):
    return [
        (i, j)
        for i in range(len(at))
        for j in range(i)
        if abs(at[i][0] - at[j][0]) < (boxes[i][0] + boxes[j][0]) / 2 - 1.5
        and abs(at[i][1] - at[j][1]) < (boxes[i][1] + boxes[j][1]) / 2 - 1.5
    ]


def test_communities_are_found():
    found = communities(24, cliques(4, 6))
    assert [len(set(found[g * 6 : g * 6 + 6])) for g in range(4)] == [1] * 4
    assert len(set(found)) == 4


def test_a_node_without_links_is_a_community_of_its_own():
    assert sorted(communities(3, [(0, 1, 1.0)])) == [0, 0, 1]


def test_communities_stand_together():
    links = cliques(4, 8)
    at = place(links, communities(32, links), [(40, 40)] * 32)

    def apart(a, b):
        return ((at[a][0] - at[b][0]) ** 2 + (at[a][1] - at[b][1]) ** 2) ** 0.5

    within = [apart(i, j) for i in range(32) for j in range(i) if i // 8 == j // 8]
    between = [apart(i, j) for i in range(32) for j in range(i) if i // 8 != j // 8]
    assert sum(within) / len(within) < 0.6 * sum(between) / len(between)


def test_nothing_lies_on_anything():
    boxes = [(random.Random(i).uniform(30, 160), 50.0) for i in range(60)]
    links = [(i, random.Random(i + 99).randrange(60), 1.0) for i in range(60)]
    assert overlapping(place(links, communities(60, links), boxes), boxes) == []


def test_equal_graphs_stand_equally():
    links = cliques(3, 7)
    assert place(links, communities(21, links), [(50, 40)] * 21) == place(
        links, communities(21, links), [(50, 40)] * 21
    )


def test_the_middle_of_all_is_the_middle():
    links = cliques(3, 7)
    xs, ys = zip(*place(links, communities(21, links), [(50, 40)] * 21), strict=True)
    assert abs(max(xs) + min(xs)) <= 2
    assert abs(max(ys) + min(ys)) <= 2


def test_small_ones():
    assert place([], [], []) == []
    assert place([], [0], [(40, 40)]) == [(0, 0)]
    assert len(set(place([], [0, 1], [(40, 40)] * 2))) == 2
    assert len(set(place([(0, 1, 1.0), (0, 0, 1.0)], [0, 0], [(40, 40)] * 2))) == 2
