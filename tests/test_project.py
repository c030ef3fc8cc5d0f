from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kg.config import Settings
from kg.errors import UsageError
from kg.model import Claim, Document, EntityType, Extraction, LocalEntity, Mention, MentionKind
from kg.pipeline import compose, identify
from kg.project import Project, change_project, open_project
from kg.resolution import Decision, Names, Verdict
from kg.store import open_folder
from tests.graphs import quoted

TEXTS = {
    "a": "George Bush met Hossein Salami in Iran",
    "b": "George W. Bush met Salami in Tehran",
    "c": "George H. W. Bush met Hosein Salami in Iran",
    "d": "George Bush met Mohammad Bagheri in Iran",
}


def extraction(document: str, text: str) -> Extraction:
    one, _, rest = text.partition(" met ")
    two, _, where = rest.partition(" in ")
    spans = [(at := text.index(name), at + len(name)) for name in (one, two, where)]
    types = (EntityType.PERSON, EntityType.PERSON, EntityType.PLACE)
    entities = tuple(
        LocalEntity(type=type_, name=text[s:e], mentions=(Mention(s, e, MentionKind.NAME),))
        for type_, (s, e) in zip(types, spans, strict=True)
    )
    evidence = quoted(text, spans[0], spans[1], document=document)
    claim = Claim(subject=0, predicate="metWith", object=1, place=2, evidence=evidence)
    return Extraction(document=document, entities=entities, claims=(claim,))


def rebuild(folder: Path, decisions: Sequence[Decision]) -> None:
    with change_project(folder) as project:
        project.rebuild(decisions)


def content(folder: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("project")
    documents = [Document(id=name, text=text) for name, text in TEXTS.items()]
    keyed = {f"key {name}": extraction(name, text) for name, text in TEXTS.items()}
    resolution = identify(documents, list(keyed.values()))
    where = folder / "kg-decisions.jsonl"
    with open_folder(folder / "graph") as place:
        place.install(compose(documents, keyed, resolution, Settings(), output=place.path, decisions=where)[1])
    return open_project(folder / "graph")


people = st.sampled_from([(document, index) for document in TEXTS for index in (0, 1)])
chosen = st.lists(st.tuples(st.sampled_from(list(Verdict)), people, people), min_size=1, max_size=4)


def decisions_of(project: Project, drawn: Sequence[tuple[Verdict, tuple[str, int], tuple[str, int]]]) -> list[Decision]:
    named = Names(project.extractions.values()).named
    return [Decision(verdict=verdict, a=(named[a],), b=(named[b],)) for verdict, a, b in drawn if a != b]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen, st.randoms(use_true_random=False))
def test_decisions_in_any_order_give_the_same_bytes_and_taken_back_those_of_before(
    project: Project, drawn: list[tuple[Verdict, tuple[str, int], tuple[str, int]]], random: Random
) -> None:
    before = content(project.folder)
    decisions = decisions_of(project, drawn)
    shuffled = random.sample(decisions, len(decisions))  # drawn first: a draw may end the example
    try:
        project.check(decisions)
    except UsageError:
        assume(False)
    rebuild(project.folder, decisions)
    decided = content(project.folder)
    rebuild(project.folder, shuffled)
    assert content(project.folder) == decided
    rebuild(project.folder, ())
    assert content(project.folder) == before
