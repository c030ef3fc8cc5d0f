"""Where only a place can stand."""

import pytest

from kg.analysis import Analyzer
from kg.extraction.naming.places import is_at_place
from kg.model import Document


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("He lives in Lincoln now.", "Lincoln", True),
        ("She met the mayor of Lincoln there.", "Lincoln", True),
        ("the city of Lincoln", "Lincoln", True),
        ("They stood in Lincoln's way.", "Lincoln", False),
        ("the trial of Lincoln", "Lincoln", False),
        ("A deal with Lincoln failed.", "Lincoln", False),
        ("Lincoln won.", "Lincoln", False),
    ],
)
def test_where_only_a_place_can_stand(analyzer: Analyzer, text: str, name: str, *, expected: bool) -> None:
    (doc,) = analyzer.analyze([Document(id="a", text=text)])
    span = doc.char_span(text.index(name), text.index(name) + len(name))
    assert is_at_place(doc, span.start, span.end) is expected
