"""Since and until when articles know of what lasts, in RDF."""

from dataclasses import replace

import pytest

from kg.mapping import triples

TERMS = ("firstSeen", "lastSeen")


def seen(world, dates, *claims):
    graph = world.graph(*claims)
    documents = tuple(replace(d, published=dates.get(d.id)) for d in graph.documents)
    found = triples(replace(graph, documents=documents), base_iri=world.base_iri)
    return sorted(
        (t.predicate.value.rpartition("#")[2], t.object.value) for t in found if t.predicate.value.endswith(TERMS)
    )


@pytest.mark.parametrize(
    ("predicate", "dates", "expected"),
    [
        ("memberOf", {"a": "2009-03-01", "b": "2011-08-21"}, [("firstSeen", "2009-03-01"), ("lastSeen", "2011-08-21")]),
        ("memberOf", {"a": "2009-03-01"}, [("firstSeen", "2009-03-01"), ("lastSeen", "2009-03-01")]),
        ("memberOf", {}, []),
        ("chargedBy", {"a": "2009-03-01"}, []),
    ],
)
def test_what_lasts_has_a_span(world, predicate, dates, expected):
    claims = [world.said("Anna", predicate, "Corps", document=name) for name in ("a", "b")]
    assert seen(world, dates, *claims) == expected
