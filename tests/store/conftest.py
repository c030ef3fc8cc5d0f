"""A small build: two people, a corps and a capital in two documents."""

import os
from collections.abc import Callable

import pytest

from kg.model import (
    Document,
    Entity,
    EntityType,
    Graph,
    MentionAt,
    MentionKind,
    Modality,
    Polarity,
    RoleStatus,
    Statement,
)
from tests.graphs import BASE, quoted

ANNA, BORIS, CORPS, IRAN, TEHRAN = (
    f"{BASE}{name}"
    for name in ("person/anna-berg", "person/boris-o", "organization/corps", "place/iran", "place/tehran")
)
TEXT = (
    'Anna Berg, commander of the Corps, met Boris "the Bear" O\'Neil in Tehran. She may visit Iran. '
    "She was born in 1979."
)


def killed(work: Callable[[], object], *, at: int) -> bool:
    """Run ``work`` in a process that dies at the given rename; whether it did."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    try:
        rename, count = os.replace, iter(range(at))
        os.replace = lambda a, b: rename(a, b) if next(count, None) is not None else os._exit(9)
        work()
        os._exit(0)
    except BaseException:
        os._exit(1)


def _statement(name, subject, predicate, object_, **fields):
    end = fields.pop("end_of_sentence", TEXT.index(".") + 1)
    evidence = quoted(TEXT[:end], (0, 9), (24, 33), document="a", attributed_to=subject, also=fields.pop("also", ()))
    return Statement(
        id=f"{BASE}statement/{name}", subject=subject, predicate=predicate, object=object_, confidence=0.8,
        evidence=(evidence,), **fields,
    )  # fmt: skip


@pytest.fixture(scope="session")
def graph():
    return Graph(
        documents=(
            Document(
                id="a", text=TEXT, title="Anna <b> & \u2028 Boris", published="2020-11-15", source="a.txt", sha256="0f"
            ),
            Document(id="b", text="Nothing.\r\nAt all."),
        ),
        entities=(
            Entity(
                id=CORPS,
                type=EntityType.ORGANIZATION,
                name="Corps",
                subtype="MilitaryForce",
                aliases=("IRGC",),
                same_as=(f"{BASE}organization/irgc",),
            ),
            Entity(
                id=ANNA,
                type=EntityType.PERSON,
                name="Anna Berg",
                aliases=("Berg",),
                same_as=(f"{BASE}person/anna-old",),
                mentions=(MentionAt("a", 0, 9, MentionKind.NAME), MentionAt("a", 74, 77, MentionKind.PRONOUN)),
            ),
            Entity(id=BORIS, type=EntityType.PERSON, name='Boris "the Bear" O\'Neil', aliases=("O'Neil",)),
            Entity(id=IRAN, type=EntityType.PLACE, name="Iran", subtype="Country"),
            Entity(id=TEHRAN, type=EntityType.PLACE, name="Tehran", subtype="City"),
        ),
        statements=(
            _statement("a1", ANNA, "bornOn", None, literal="1979"),
            _statement(
                "b2",
                ANNA,
                "holdsRole",
                CORPS,
                title="commander",
                role="https://kg.example/role/commander",
                status=RoleStatus.CURRENT,
                start="2016-05",
            ),
            _statement("c3", ANNA, "metWith", BORIS, date="2020-11-15", place=TEHRAN, also=("model:test",)),
            _statement("d4", ANNA, "visited", IRAN, modality=Modality.POSSIBLE),
            _statement("e5", BORIS, "memberOf", CORPS),
            _statement("f6", BORIS, "spokeWith", CORPS, polarity=Polarity.NEGATED),
            _statement("g7", BORIS, "holdsRole", None, title="analyst"),
            _statement("h8", CORPS, "partOf", IRAN),
        ),
    )


@pytest.fixture(scope="session")
def turtle(graph):
    from kg.mapping import to_turtle

    return to_turtle(graph, base_iri=BASE)


@pytest.fixture(scope="session")
def folder(graph, turtle, tmp_path_factory):
    from kg.store import write_build

    target = tmp_path_factory.mktemp("build") / "out"
    write_build(graph, target, turtle=turtle, page="<!doctype html>")
    return target


@pytest.fixture(scope="session")
def store(folder):
    from kg.store import Store

    return Store.open(folder)
