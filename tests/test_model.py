"""What the records say of themselves."""

from dataclasses import replace

import pytest

from kg.model import PREDICATES, Modality, Polarity, Statement
from tests.graphs import quoted

EVIDENCE = quoted("A met B.", (0, 1), (6, 7), document="a", extractor="rule:meet")


@pytest.mark.parametrize(
    ("also", "extractors"),
    [
        ((), ("rule:meet",)),
        (("model:pairs@1",), ("rule:meet", "model:pairs@1")),
        (("rule:a", "model:b"), ("rule:meet", "rule:a", "model:b")),
    ],
)
def test_evidence_names_all_that_found_it(also, extractors):
    assert replace(EVIDENCE, also=also).extractors == extractors


@pytest.mark.parametrize("polarity", Polarity)
@pytest.mark.parametrize("modality", Modality)
def test_only_what_is_affirmed_and_actual_is_a_fact(polarity, modality):
    statement = Statement(id="s", subject="a", predicate="metWith", polarity=polarity, modality=modality)
    assert statement.asserted is ((polarity, modality) == (Polarity.AFFIRMED, Modality.ACTUAL))


@pytest.mark.parametrize(("documents", "count"), [("", 0), ("a", 1), ("aa", 1), ("aba", 2)])
def test_a_statement_counts_its_documents(documents, count):
    evidence = tuple(replace(EVIDENCE, document=name) for name in documents)
    assert Statement(id="s", subject="a", predicate="metWith", evidence=evidence).documents == count


def test_a_symmetric_predicate_has_ends_alike():
    assert all(p.domain == p.range for p in PREDICATES.values() if p.symmetric)
