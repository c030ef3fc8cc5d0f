"""Names of one article that the user tells apart."""

import pytest

from kg.model import Claim, EntityType, Evidence, Extraction, LocalEntity, Mention, MentionKind
from kg.resolution import Decision, NamedIn, Verdict, divide

TEXT = "John Adam Lund left. He slept. John Lund came. He is the mayor. Lund smiled."
SPANS = {"John Adam Lund": (0, 14), "He": (21, 23), "John Lund": (31, 40), "He again": (47, 49), "Lund": (64, 68)}


def extraction() -> Extraction:
    mentions = tuple(
        Mention(*span, MentionKind.PRONOUN if name.startswith("He") else MentionKind.NAME)
        for name, span in SPANS.items()
    )
    names = ("John Lund", "Lund")
    entity = LocalEntity(
        type=EntityType.PERSON, name="John Adam Lund", aliases=names, mentions=mentions, gender="masculine"
    )
    other = LocalEntity(type=EntityType.PERSON, name="Rita Sand")
    return Extraction(document="a", entities=(entity, other), claims=(said("He"), said("He again"), said("Lund")))


def said(where: str) -> Claim:
    evidence = Evidence(document="a", start=0, end=1, text="", subject=SPANS[where], object=None, extractor="rule:test")
    return Claim(subject=0, predicate="holdsRole", title=where, evidence=evidence)


def apart(away: list[str], rest: list[str], verdict: Verdict = Verdict.DIFFERENT, document: str = "a") -> Decision:
    one, two = (tuple(NamedIn(document, name) for name in side) for side in (away, rest))
    return Decision(verdict=verdict, a=one, b=two)


@pytest.mark.parametrize(
    ("decision", "left", "new", "moved"),
    [
        (apart(["John Lund"], ["John Adam Lund"]), "John Adam Lund Lund", "John Lund", ["He again"]),
        (apart(["John Lund", "Lund"], ["John Adam Lund"]), "John Adam Lund", "John Lund Lund", ["He again", "Lund"]),
        (apart(["John Adam Lund"], ["Lund"]), "John Lund Lund", "John Adam Lund", ["He"]),
    ],
)
def test_an_entity_is_divided_by_names(decision: Decision, left: str, new: str, moved: list[str]) -> None:
    (divided,) = divide([extraction()], [decision], {"a": TEXT})
    names = [" ".join((e.name, *e.aliases)) for e in divided.entities]
    assert names == [left, "Rita Sand", new]
    assert [c.title for c in divided.claims if c.subject == 2] == moved
    assert sorted(divided.entities[0].mentions + divided.entities[2].mentions) == sorted(
        extraction().entities[0].mentions
    )


@pytest.mark.parametrize(
    ("decision", "texts"),
    [
        (apart(["John Lund"], ["John Adam Lund"], Verdict.SAME), {"a": TEXT}),
        (apart(["John Lund"], ["John Adam Lund"], Verdict.UNSURE), {"a": TEXT}),
        (apart(["John Lund"], ["Rita Sand"]), {"a": TEXT}),  # two already
        (apart(["Jon Lund"], ["John Adam Lund"]), {"a": TEXT}),  # no name of it
        (apart(["John Lund"], ["John Adam Lund"], document="b"), {"a": TEXT}),
        (apart(["John Lund"], ["John Adam Lund"]), {}),
    ],
)
def test_what_divides_nothing(decision: Decision, texts: dict[str, str]) -> None:
    assert divide([extraction()], [decision], texts) == (extraction(),)
