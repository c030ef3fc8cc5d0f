"""How sentences read in a terminal without colours."""

import pytest

from kg.cli.statements import print_evidence
from kg.cli.terminal import console
from kg.model import Statement
from tests.graphs import quoted


@pytest.mark.parametrize(
    ("subject", "object_", "shown"),
    [
        ((4, 21), (4, 10), "the [[German] government] met"),
        ((4, 10), (11, 21), "the [German] [government] met"),
        ((4, 10), (10, 21), "the [German][ government] met"),
        ((4, 21), None, "the [German government] met"),
    ],
)
def test_both_mentions_stand_in_brackets(capsys, subject, object_, shown):
    text = "the German government met"
    evidence = quoted(text, subject, object_)
    statement = Statement(id="s", subject="a", predicate="partOf", object="b", evidence=(evidence,))
    print_evidence(console(), statement, {}, {})
    assert capsys.readouterr().out.splitlines()[1].strip() == shown
