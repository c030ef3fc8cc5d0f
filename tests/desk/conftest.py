"""A build of two short articles made without a language model: what they say is written down by hand."""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.config import Settings
from kg.inputs import recorded_inputs
from kg.model import (
    Claim,
    Document,
    EntityType,
    Extraction,
    LocalEntity,
    Mention,
    MentionKind,
)
from kg.pipeline import compose, identify
from kg.resolution import read_decisions
from kg.store import open_folder
from kg.versions import extraction_key
from tests.graphs import quoted, typed

P, G, L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE

ARTICLES: dict[str, tuple[str, str, list[tuple[str, EntityType]], list[tuple[str, str, str | None, dict[str, Any]]]]] = {
    "harbour": (
        "2021-03-02",
        ("Amara Diallo chairs Port of Lomé. She met Kenji Watanabe in Dakar on Monday. "
        "Kenji Watanabe denied that he had called Ilse Brandt. Ilse Brandt is mayor of Dakar."),
        [("Amara Diallo", P), ("Port of Lomé", G), ("Kenji Watanabe", P), ("Dakar", L), ("Ilse Brandt", P)],
        [
            ("Amara Diallo", "holdsRole", "Port of Lomé", {"title": "chair", "status": "current"}),
            ("She=Amara Diallo", "metWith", "Kenji Watanabe", {"date": "2021-03-01", "place": "Dakar"}),
            ("Kenji Watanabe", "spokeWith", "Ilse Brandt", {"modality": "denied", "attributed_to": "Kenji Watanabe"}),
            ("Ilse Brandt", "holdsRole", "Dakar", {"title": "mayor", "status": "current"}),
        ],
    ),
    "inquiry": (
        "2022-06-10",
        ("Tomás Quiroga succeeded Amara Diallo at Port of Lomé. Tomás Quiroga is chair of Port of Lomé. "
        "Amara Diallo was born on 4 May 1970. Amara Diallo founded Sahel Freight."),
        [("Tomás Quiroga", P), ("Amara Diallo", P), ("Port of Lomé", G), ("Sahel Freight", G)],
        [
            ("Tomás Quiroga", "succeeded", "Amara Diallo", {}),
            ("Tomás Quiroga", "holdsRole", "Port of Lomé", {"title": "chair", "status": "current"}),
            ("Amara Diallo", "bornOn", None, {"literal": "1970-05-04"}),
            ("Amara Diallo", "founded", "Sahel Freight", {}),
        ],
    ),
}  # fmt: skip


def extraction_of(document: str, text: str, names: Sequence[tuple[str, EntityType]], told: Sequence[Any]) -> Extraction:
    """What was "read": each claim stands in the first sentence that has both its names."""
    mentions: dict[str, list[Mention]] = {name: [] for name, _ in names}
    for name in mentions:
        at = text.find(name)
        while at >= 0:
            mentions[name].append(Mention(at, at + len(name), MentionKind.NAME))
            at = text.find(name, at + 1)
    index = {name: number for number, (name, _) in enumerate(names)}
    claims = []
    for subject, predicate, object_, fields in told:
        word, _, meant = subject.partition("=")
        start, sentence = next(
            (at, part)
            for at, part in _sentences(text)
            if word in part and (object_ or word) in part and (fields.get("title") or "")[:4] in part
        )
        at = start + sentence.index(word)
        if meant:
            mentions[meant].append(Mention(at, at + len(word), MentionKind.PRONOUN))
        span = None
        if object_ is not None:
            span = (start + sentence.index(object_), start + sentence.index(object_) + len(object_))
        evidence = quoted(
            sentence, (at, at + len(word)), span, document=document, start=start, extractor="rule:by-hand"
        )
        fields = {k: index[v] if k in {"place", "attributed_to"} else v for k, v in fields.items()}
        claims.append(
            Claim(
                subject=index[meant or word],
                predicate=predicate,
                object=None if object_ is None else index[object_],
                evidence=evidence,
                confidence=0.8,
                **typed(fields),
            )
        )
    entities = tuple(
        LocalEntity(type=type_, name=name, mentions=tuple(sorted(mentions[name]))) for name, type_ in names
    )
    return Extraction(document=document, entities=entities, claims=tuple(claims))


def _sentences(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for part in text.split(". "):
        sentence = part if part.endswith(".") else part + "."
        found.append((at, sentence))
        at += len(part) + 2
    return found


def write_graph(folder: Path, articles: Path, told: dict[str, Any]) -> None:
    """Write articles and the build of them, under the decisions that are there."""
    articles.mkdir(exist_ok=True)
    documents, extractions = [], {}
    where = articles / "kg-decisions.jsonl"
    settings = Settings(decisions=str(where))
    for name, (published, text, names, claims) in told.items():
        (articles / f"{name}.txt").write_text(text, encoding="utf8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        document = Document(id=name, text=text, published=published, sha256=digest, source=f"{name}.txt")
        documents.append(document)
        extractions[extraction_key(document, settings)] = extraction_of(name, text, names, claims)
    known = read_decisions(where)
    resolution = identify(documents, list(extractions.values()), settings, decisions=known)
    with open_folder(folder) as place:
        files = compose(
            documents,
            extractions,
            resolution,
            settings,
            output=folder,
            decisions=where,
            decided=known,
            inputs=recorded_inputs([str(articles)], folder),
        )[1]
        place.install(files)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``articles`` and their build in ``graph``; no test may change it."""
    where = tmp_path_factory.mktemp("desk")
    write_graph(where / "graph", where / "articles", ARTICLES)
    return where


@pytest.fixture
def here(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, of the test's own, and the current folder."""
    where = tmp_path / "desk"
    shutil.copytree(written, where)
    monkeypatch.chdir(where)
    return where


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run ``kg``; returns its exit status, output and errors."""
    from kg.cli import main

    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return run
