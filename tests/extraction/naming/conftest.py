"""Names marked by hand in a text that the real pipeline has parsed, and what becomes of them."""

import re
from collections.abc import Callable
from functools import partial

import pytest

from kg.analysis import Analyzer
from kg.extraction.language.tokens import Name
from kg.extraction.naming.mending import mended
from kg.model import Document, EntityType

MARKED = re.compile(r"\[([POL]):(.*?)\]")
TYPES = {"P": EntityType.PERSON, "O": EntityType.ORGANIZATION, "L": EntityType.PLACE}


def _mend(analyzer: Analyzer, marked: str) -> list[str]:
    """Return the names of a text, "P:words", from those marked in it."""
    text, places, last = "", [], 0
    for match in MARKED.finditer(marked):
        text += marked[last : match.start()]
        places.append((len(text), len(text) + len(match[2]), TYPES[match[1]]))
        text += match[2]
        last = match.end()
    text += marked[last:]
    (doc,) = analyzer.analyze([Document(id="a", text=text)])
    names = []
    for start, end, kind in places:
        span = doc.char_span(start, end, alignment_mode="expand")
        names.append(Name(span.start, span.end, kind))
    letters = {kind: letter for letter, kind in TYPES.items()}
    return [f"{letters[n.type]}:{doc[n.start : n.end].text}" for n in mended(doc, names)]


@pytest.fixture(scope="session")
def mend(analyzer: Analyzer) -> Callable[[str], list[str]]:
    """Return the names of a text in which those that a reader found are marked, put right."""
    return partial(_mend, analyzer)
