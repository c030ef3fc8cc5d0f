import math

import pytest

from kg.errors import OutputError, UnknownEntityError
from kg.model import EntityType, Graph, Statement
from kg.view.network import centrality, select, shortest_path, to_network
from kg.view.page import render_page

PERSON, ORGANIZATION = EntityType.PERSON, EntityType.ORGANIZATION


def names(graph: Graph) -> set[str]:
    return {e.name for e in graph.entities}


def route(graph: Graph, a: str, b: str) -> list[str]:
    steps = shortest_path(graph, a, b)
    return [steps[0].start.name, *(s.end.name for s in steps)] if steps else []


def test_network_holds_what_is_asserted(newsroom, iri):
    network = to_network(newsroom)
    velasco, brandt = iri("person:marta-velasco"), iri("person:ilya-brandt")
    assert set(network) == {e.id for e in newsroom.entities}
    assert network.nodes[velasco]["name"] == "Marta Velasco"
    assert network.nodes[velasco]["type"] == "Person"
    assert network.nodes[iri("place:velmar")]["subtype"] == "Country"
    edges = network.get_edge_data(velasco, brandt)
    assert {(e["predicate"], e["label"], e["date"]) for e in edges.values()} == {
        ("metWith", "metWith", "2031-03-14"),
        ("spokeWith", "spokeWith", "2031-03-10"),
    }
    assert all(edges[key]["statement"].id == key for key in edges)
    role = network.get_edge_data(velasco, iri("organization:fc-sereno"))
    assert [e["label"] for e in role.values()] == ["president"]


def test_denied_planned_and_negated_are_no_edges(newsroom, iri):
    network = to_network(newsroom)
    asserted = {s.id for s in newsroom.statements if s.asserted}
    assert {key for _, _, key in network.edges(keys=True)} < asserted
    assert not network.has_edge(iri("person:marta-velasco"), iri("person:henrik-vale"))


def test_values_and_roles_without_organization_are_facts_of_their_node(newsroom, iri):
    network = to_network(newsroom)
    assert [s.literal for s in network.nodes[iri("person:marta-velasco")]["facts"]] == ["1984-05-03"]
    assert [s.title for s in network.nodes[iri("person:lucia-ferro")]["facts"]] == ["striker"]
    assert iri("person:nadia-sorel") in network


def test_a_dangling_statement_is_reported(newsroom):
    stray = Statement(id="stray", subject=newsroom.entities[0].id, predicate="metWith", object="https://kg.example/no")
    damaged = Graph(documents=(), entities=newsroom.entities, statements=(stray,))
    with pytest.raises(OutputError, match="stray names https://kg"):
        to_network(damaged)
    with pytest.raises(OutputError, match="stray names https://kg"):
        render_page(damaged, title="x")


def test_an_unknown_predicate_is_reported(newsroom):
    odd = Statement(id="odd", subject=newsroom.entities[0].id, predicate="admires", literal="1979")
    with pytest.raises(OutputError, match="unknown predicate 'admires'"):
        to_network(Graph(documents=(), entities=newsroom.entities, statements=(odd,)))


@pytest.mark.parametrize(
    ("hops", "expected"),
    [
        (0, {"Edda Lindqvist"}),
        (1, {"Edda Lindqvist", "Oskar Lindqvist", "Halden Lines", "Petra Noor"}),
    ],
)
def test_select_around_a_focus(newsroom, hops, expected):
    assert names(select(newsroom, focus="Edda Lindqvist", hops=hops)) == expected


def test_two_hops_reach_further(newsroom):
    near, far = (names(select(newsroom, focus="Edda Lindqvist", hops=h)) for h in (1, 2))
    assert near < far
    assert {"Henrik Vale", "Kaldhavn", "Port of Sereno Authority"} <= far
    assert "Marta Velasco" not in far


@pytest.mark.parametrize(
    ("options", "some", "none"),
    [
        ({"types": {PERSON}}, {"Marta Velasco", "Nadia Sorel"}, {"Halden Lines", "Ostria"}),
        ({"predicates": {"metWith"}}, {"Marta Velasco", "Petra Noor", "Kaldhavn"}, {"Nadia Sorel", "Oskar Lindqvist"}),
        ({"focus": "Halden Lines", "types": {PERSON}}, {"Halden Lines", "Edda Lindqvist"}, {"Kaldhavn"}),
        ({"focus": "PSA", "predicates": {"acquired"}}, {"Halden Lines"}, {"Sereno", "Petra Noor"}),
    ],
)
def test_select_by_type_and_predicate(newsroom, options, some, none):
    selected = names(select(newsroom, **options))
    assert some <= selected
    assert not none & selected


def test_a_selection_is_whole(newsroom):
    """No record of a selection names one that is not in it; what is denied stays between those who are in."""
    part = select(newsroom, focus="Marta Velasco")
    ids, documents = {e.id for e in part.entities}, {d.id for d in part.documents}
    for s in part.statements:
        assert {s.subject, s.object, s.place} - {None} <= ids
        assert {e.document for e in s.evidence} <= documents
    assert "Henrik Vale" not in names(part)  # the meeting is denied
    assert select(part, focus="Marta Velasco") == part


def test_select_without_options_keeps_everything(newsroom):
    assert select(newsroom) == newsroom


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Marta Velasco", "Ilya Brandt", ["Marta Velasco", "Ilya Brandt"]),
        ("Petra Noor", "Henrik Vale", ["Petra Noor", "Port of Sereno Authority", "Halden Lines", "Henrik Vale"]),
        ("Ruth Okafor", "Lucía Ferro", ["Ruth Okafor", "Marta Velasco", "FC Sereno", "Lucía Ferro"]),
        (
            "Bruno Keita",
            "Tomás Arrel",
            ["Bruno Keita", "Velmar Navy", "Velmar Armed Forces", "Joaquim Serra", "Marta Velasco", "Tomás Arrel"],
        ),
        ("Nadia Sorel", "Marta Velasco", []),
        ("Velasco", "Marta Velasco", []),
    ],
)
def test_shortest_path(newsroom, a, b, expected):
    assert route(newsroom, a, b) == expected
    assert route(newsroom, b, a) == expected[::-1]


def test_a_path_shows_the_best_supported_statement(newsroom):
    (step,) = shortest_path(newsroom, "Ilya Brandt", "Marta Velasco")
    assert step.statement.predicate == "metWith"
    assert len(step.statement.evidence) == 2


def test_people_come_before_countries(writer):
    """Both visited one country; they are also linked through two persons, which says more."""
    writer.document("d")
    for name in ("ann", "bea", "cid", "dan"):
        writer.entity(f"person:{name}", name.title())
    writer.entity("place:land", "Land", subtype="Country")
    for name in ("ann", "dan"):
        writer.says(f"person:{name}", "visited", "place:land", ("d", f"[s:{name}] went to [o:Land]."))
    for a, b in (("ann", "bea"), ("bea", "cid"), ("cid", "dan")):
        writer.says(f"person:{a}", "metWith", f"person:{b}", ("d", f"[s:{a}] met [o:{b}]."))
    assert route(writer.graph(), "Ann", "Dan") == ["Ann", "Bea", "Cid", "Dan"]


def test_unknown_ends(newsroom):
    with pytest.raises(UnknownEntityError):
        shortest_path(newsroom, "Marta Velasco", "Nobody at all")


def test_centrality(newsroom):
    ranked = centrality(newsroom)
    assert ranked[0].entity.name == "Marta Velasco"
    assert ranked[0].degree == 10
    assert len(ranked) == len(newsroom.entities)
    assert math.isclose(sum(c.pagerank for c in ranked), 1, abs_tol=1e-4)
    sorel = next(c for c in ranked if c.entity.name == "Nadia Sorel")
    assert (sorel.degree, sorel.betweenness) == (0, 0)
    assert ranked == centrality(newsroom)


def test_ties_are_broken_by_name(newsroom):
    by_degree = [(-c.degree, c.entity.name.casefold()) for c in centrality(newsroom, by="degree")]
    assert by_degree == sorted(by_degree)
    assert centrality(newsroom, by="betweenness")[0].entity.name == "Marta Velasco"


def test_pagerank_of_a_star(writer):
    """A hub with four leaves: the hub's rank solves r = 0.03 + 0.85 (1 - r)."""
    writer.document("d")
    writer.entity("organization:hub", "Hub")
    for name in ("ann", "bea", "cid", "dan"):
        writer.entity(f"person:{name}", name.title())
        writer.says(f"person:{name}", "memberOf", "organization:hub", ("d", f"[s:{name}] works for [o:Hub]."))
    hub, *leaves = centrality(writer.graph())
    assert hub.entity.name == "Hub"
    assert hub.pagerank == pytest.approx(0.88 / 1.85, abs=1e-5)
    assert hub.betweenness == 1
    assert [c.entity.name for c in leaves] == ["Ann", "Bea", "Cid", "Dan"]


def test_an_empty_graph():
    empty = Graph(documents=(), entities=(), statements=())
    assert centrality(empty) == []
    assert len(to_network(empty)) == 0
    assert select(empty) == empty
