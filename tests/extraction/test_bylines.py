"""Who is named in a byline has no part in the story: no post of a headline, and "he" is somebody else."""

from itertools import product

import pytest

from kg.analysis import Analyzer
from kg.extraction.extractor import extract_one, make_extractors
from kg.model import Document

HEADLINE = "Port authority chief steps down after harbour deal"
BYLINES = [
    "By Lena Hartwick",
    "By Lena Hartwick and Marcus Oyelaran, Reuters",
    "Lena Hartwick, science correspondent",
    "Lena Hartwick\nScience correspondent",
    "Lena Hartwick\n\nScience correspondent\n\nReuters",
]
STORY = (
    "The University of Riga opened a telescope on Monday, the rector said. She praised the work of the chairman.\n\n"
    "Tomasz Wilk, the chief executive of the Portmere Harbour Authority, resigned on Thursday."
)


def outside(analyzer: Analyzer, text: str, names: set[str]) -> list[str]:
    """Return what is stated or meant of some people outside their byline."""
    document = Document(id="t", text=text, published="2023-05-12", source="t.txt", sha256="0")
    found = extract_one(next(iter(analyzer.analyze([document]))), extractors=make_extractors("both"))
    theirs = {i for i, entity in enumerate(found.entities) if entity.name in names}
    claims = [c for c in found.claims if {c.subject, c.object} & theirs and c.evidence.extractor != "rule:byline"]
    meant = [m for i in theirs for m in found.entities[i].mentions if m.kind != "name"]
    return [
        *(f"{c.predicate} {c.title}: {c.evidence.text}" for c in claims if "Riga" in c.evidence.text),
        *map(str, meant),
    ]


@pytest.mark.parametrize(("byline", "gap"), list(product(BYLINES, ["\n", "\n\n"])))
@pytest.mark.parametrize("first", [False, True])
def test_an_author_is_not_in_the_story(analyzer: Analyzer, byline: str, gap: str, first: bool) -> None:
    lines = [byline, HEADLINE] if first else [HEADLINE, "12 May 2023", byline]
    assert outside(analyzer, f"{gap.join(lines)}{gap}{STORY}", {"Lena Hartwick", "Marcus Oyelaran"}) == []


def test_an_author_who_is_in_the_story_is_told_of(analyzer: Analyzer) -> None:
    text = "By Lena Hartwick\n\nLena Hartwick was the mayor of Riga until 2019. She was born in Riga."
    assert outside(analyzer, text, {"Lena Hartwick"}) != []


def test_a_name_behind_by_in_prose_is_left_alone(analyzer: Analyzer) -> None:
    text = "By Monday Ann Lee had resigned as director of the Riga Museum."
    assert outside(analyzer, text, {"Ann Lee"}) != []
