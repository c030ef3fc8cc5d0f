"""Small inputs on which the program once failed: what is asserted, by whom it is said, and whether a post is held."""

import pytest

from kg.model import PREDICATES

from .conftest import Build


@pytest.mark.parametrize("number", range(1, 11))
def test_nothing_is_asserted_of_what_is_denied_or_only_alleged(build: Build, number: int) -> None:
    facts = build(f"case-11/input-{number}").facts
    assert not {fact for fact, told in facts.items() if "offence" not in PREDICATES[told.predicate].tells}
    assert all(told.offence and "wrongly" not in told.evidence[0].text for told in facts.values())  # charged, held


@pytest.mark.parametrize(
    ("where", "told"),
    [
        pytest.param("case-12/input-1", "Tomas Kral holdsRole None", marks=pytest.mark.xfail(reason="0.40: in doubt")),
        ("case-12/input-1", "Rita Sand holdsRole Dunmore"),
        ("case-12/input-1", "Ola Berg holdsRole Bergen University"),
        ("case-12/input-1", "Lena Brandt metWith Sam Ross"),
        ("case-12/input-1", "Rita Sand holdsRole Norfisk"),
        ("case-12/input-1", "Jo Reed metWith Mia Stern"),
        ("case-12/input-1", "Erik Lund metWith Jo Reed"),
        ("case-12/input-1", "Paul Wendt holdsRole Halden Bank"),
        ("case-14/input-1", "Mark Hale holdsRole Acme Energy"),
        ("case-14/input-1", "Rita Sand holdsRole Acme Foods"),
        ("case-15/input-1", "Ola Berg spokeWith Rita Sand"),
        ("case-17/input-1", "Rita Sand holdsRole Norfisk"),
        ("case-17/input-1", "Ola Berg holdsRole Peru"),
        ("case-17/input-2", "Dario Lund holdsRole Norfisk"),
        ("case-17/input-3", "Erik Halvorsen holdsRole None"),
        ("case-17/input-4", "Paul Wendt holdsRole Valmora University"),
        ("case-21/input-1", "Sam Ross holdsRole St. Brigid's Hospital"),
        ("case-21/input-1", "Per Holm holdsRole Children's Fund"),
        pytest.param(
            "case-21/input-4",
            "Paul Wendt holdsRole Lund, Berg & Holm",
            marks=pytest.mark.xfail(reason="names cut since version 6 of the network"),
        ),
    ],
)
def test_what_is_said_is_asserted(build: Build, where: str, told: str) -> None:
    assert told in build(where).facts


@pytest.mark.parametrize(
    ("where", "untold"),
    [
        ("case-01/input-3", "John Mbeki II livesIn"),
        ("case-01/input-6", "Aldric IV bornIn"),
        ("case-14/input-1", "memberOf"),
        pytest.param(
            "case-16/input-3", "succeeded", marks=pytest.mark.xfail(reason="told since version 6 of the network")
        ),
        ("case-17/input-3", "Jens Petersen metWith"),
        ("case-17/input-4", "lawyer"),
        ("case-18/input-1", "Anna Maria Lindqvist metWith"),
        ("case-21/input-1", "Sam Ross holdsRole Children's Fund"),
        ("case-34/input-2", "basedIn"),
    ],
)
def test_what_is_not_said_is_not_asserted(build: Build, where: str, untold: str) -> None:
    facts = build(where).facts
    assert not [f for f, s in facts.items() if untold in f or s.title == untold]


@pytest.mark.parametrize("number", range(1, 7))
def test_an_accusation_is_nobodys_own_word(build: Build, number: int) -> None:
    built = build(f"case-13/input-{number}")
    wendt = next((e.id for e in built.graph.entities if e.name == "Paul Wendt"), None)
    about = [s for s in built.graph.statements if s.predicate in {"killed", "holdsRole"}]
    assert about
    for statement in about:
        assert not statement.asserted or all(e.attributed_to == wendt for e in statement.evidence)


@pytest.mark.parametrize(
    ("where", "told", "status"),
    [
        ("case-16/input-1", "Rita Sand holdsRole Dunmore Port Authority", "current"),
        ("case-16/input-2", "Rita Sand holdsRole Valmora", "current"),
        ("case-16/input-3", "Rita Sand holdsRole Valmora", "current"),
        ("case-16/input-3", "Ola Berg holdsRole Norfisk", "current"),
        ("case-16/input-3", "Paul Wendt holdsRole Dunmore", "current"),
        ("case-17/input-1", "Rita Sand holdsRole Norfisk", "former"),
        ("case-17/input-1", "Ola Berg holdsRole Peru", "former"),
        ("case-17/input-4", "Rita Sand holdsRole Norfisk", "former"),
        ("case-17/input-4", "Paul Wendt holdsRole Valmora University", "former"),
    ],
)
def test_the_status_of_a_post(build: Build, where: str, told: str, status: str) -> None:
    assert str(build(where).facts[told].status) == status
