"""What columns tell of the names in them, with and without heads."""

import pytest

from kg.extraction.naming.columns import _shared


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([["Oram", "Ana Ruiz", "President"], ["Oram", "Bo Li", "Minister"], ["Tazia", "Cy Du", "Envoy"]], {0, 1}),
        ([["Oram", "Ana Ruiz", "Prime Minister"], ["Oram", "Bo Li", "Finance Minister"]], {0, 1}),
        ([["Ana Ruiz", "Governor"], ["Bo Li", "Chief executive"]], {0}),  # of people, beside posts
        ([["Halden Bank", "Oslo"], ["Tveit Group", "Bergen"]], set()),
        ([["Oram", "Ana Ruiz"], ["Tazia", "Bo Li"]], set()),  # nothing is repeated
        ([["Oram", "Ana Ruiz"], ["Oram", "Ana Ruiz"]], set()),  # nor is a person
        ([["Oram", "Ana Ruiz", "Eva Holt"], ["Oram", "Bo Li", "Max Orr"]], set()),  # two columns of people
        ([["Oram", "7"], ["Oram", "9"]], set()),
        ([], set()),
    ],
)
def test_columns_of_a_table_without_heads(rows, columns) -> None:
    assert set(_shared(rows)) == columns
