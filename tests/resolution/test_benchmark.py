from kg.resolution.benchmark import generate, measure
from kg.resolution.blocking import candidate_pairs
from kg.resolution.context import read_locals
from kg.resolution.records import Cluster, Local


def test_made_up_corpora_are_resolved_precisely() -> None:
    found = measure(3000)
    assert found.precision >= 0.97
    assert found.recall >= 0.7
    assert found.found >= 0.93


def test_of_all_pairs_few_are_compared() -> None:
    by_name: dict[str, Local] = {}
    for extraction in generate(3000)[0]:
        by_name.update((local.key, local) for local in read_locals(extraction))
    clusters = [Cluster(local.entity.type, [local]) for _, local in sorted(by_name.items())]
    assert 0 < sum(1 for _ in candidate_pairs(clusters)) < len(clusters) / 10
