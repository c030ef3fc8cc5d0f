"""How far rules hold, with the real rules on small passages."""

import pytest

from kg.training.rules import RuleScore, score_rules

MET = "[[p1|P|Anna Weber]] met [[p2|P|John Smith]] in [[l1|L|Geneva]]."


@pytest.mark.parametrize(
    ("blocks", "counts"),
    [
        ([f"{MET}\n= p1 metWith p2"], (1, 1, 1)),
        ([MET], (1, 0, 0)),
        ([f"{MET}\n- p1 metWith p2 negated"], (1, 0, 0)),
        ([f"{MET}\n= p1 metWith p2", MET, f"{MET}\n= p1 metWith p2"], (3, 2, 2)),
        (["[[p1|P|Anna Weber]] did not meet [[p2|P|John Smith]] in [[l1|L|Geneva]]."], None),  # asserts nothing
        (["So it went."], None),
        ([], None),
    ],
)
def test_how_often_a_rule_fires_and_is_right(parse, analyzer, blocks, counts):
    texts = parse("\n\n".join(f"# {n}\n{block}" for n, block in enumerate(blocks)) + "\n") if blocks else []
    found = [(s.fired, s.right, s.alone) for s in score_rules(texts, analyzer)]
    assert found == ([counts] if counts else [])


def test_most_fired_first(parse, analyzer):
    born = "[[p1|P|Anna Weber]] was born in [[l1|L|Geneva]]."
    texts = parse(f"# 1\n{born}\n= p1 bornIn l1\n\n# 2\n{MET}\n\n# 3\n{MET}\n= p1 metWith p2\n")
    scores = list(score_rules(texts, analyzer))
    assert [s.fired for s in scores] == [2, 1]
    assert all(s.rule.startswith("rule:") for s in scores)
    assert list(score_rules(texts, analyzer)) == scores


@pytest.mark.parametrize(("fired", "right", "precision"), [(0, 0, 0.5), (1, 1, 2 / 3), (1, 0, 1 / 3), (98, 98, 0.99)])
def test_precision_of_what_fires_seldom_is_drawn_to_its_kind(fired, right, precision):
    assert RuleScore(rule="r", fired=fired, right=right, alone=0).precision == pytest.approx(precision)
