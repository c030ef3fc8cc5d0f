"""A small graph written by hand, as a build leaves it, and the command line run in this process."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli import main
from kg.mapping import to_turtle
from kg.model import (
    Document,
    Entity,
    EntityType,
    Evidence,
    Graph,
    MentionAt,
    MentionKind,
    Modality,
    RoleStatus,
    Statement,
)
from kg.store import write_build
from kg.view.page import render_page

BASE = "https://kg.example/"
HOSTILE = "Evil\x1b[2J\x1b]0;owned\x07 [bold red]Corp[/] \u202eGnp\u202c\u2028Ltd"

_MARK = re.compile(r"\[(s|o):([^\]]+)\]")
_TYPES = {"person": EntityType.PERSON, "organization": EntityType.ORGANIZATION, "place": EntityType.PLACE}
_NAMES = {
    "person/ingrid-halvorsen": ("Ingrid Halvorsen", "Halvorsen"),
    "person/liga-ozolina": ("Liga Ozolina", "Ozolina"),
    "person/margit-halvorsen": ("Margit Halvorsen",),
    "person/marta-kalnina": ("Marta Kalnina", "Kalnina"),
    "person/priya-ramanan": ("Priya Ramanan", "Ramanan"),
    "person/sigrid-aasland": ("Sigrid Aasland", "Aasland"),
    "organization/evil": (HOSTILE, "Evil"),
    "organization/halden-optics": ("Halden Optics",),
    "organization/kestrel-instruments": ("Kestrel Instruments",),
    "place/norway": ("Norway",),
    "place/riga": ("Riga",),
}


def small_graph() -> Graph:
    """Two documents, eleven entities, ten statements: two are not asserted, one has hostile text."""
    told = [
        ("cabinet", "person/sigrid-aasland", "appointed", "person/ingrid-halvorsen",
         "[s:Aasland] named [o:Ingrid Halvorsen] trade minister on Friday.", {"date": "2021-10-15"}),
        ("cabinet", "person/ingrid-halvorsen", "holdsRole", "place/norway",
         "[s:Halvorsen] has been trade minister of [o:Norway] since Friday.",
         {"title": "trade minister", "status": RoleStatus.CURRENT, "start": "2021-10-15"}),
        ("cabinet", "person/ingrid-halvorsen", "childOf", "person/margit-halvorsen",
         "[s:She] is the daughter of [o:Margit Halvorsen].", {}),
        ("cabinet", "person/margit-halvorsen", "bornOn", None,
         "[s:Margit Halvorsen] was born on May 3, 1937.", {"literal": "1937-05-03"}),
        ("cabinet", "person/margit-halvorsen", "founded", "organization/halden-optics",
         "[s:Margit Halvorsen] founded [o:Halden Optics] in 1968.", {"date": "1968"}),
        ("cabinet", "organization/kestrel-instruments", "acquired", "organization/halden-optics",
         "[s:Kestrel Instruments] bought [o:Halden Optics] in September.", {"date": "2021-09"}),
        ("cabinet", "person/priya-ramanan", "holdsRole", "organization/kestrel-instruments",
         "[s:Priya Ramanan], the chief executive of [o:Kestrel Instruments], smiled.",
         {"title": "chief executive"}),
        ("rector", "person/marta-kalnina", "metWith", "person/liga-ozolina",
         "[s:Kalnina] met [o:Ozolina] in Riga on Wednesday.", {"date": "2021-11-03", "place": BASE + "place/riga"}),
        ("rector", "person/marta-kalnina", "spokeWith", "person/liga-ozolina",
         "[s:Kalnina] denied that she had called [o:Ozolina].",
         {"modality": Modality.DENIED, "source": "person/marta-kalnina"}),
        ("rector", "person/liga-ozolina", "memberOf", "organization/evil",
         "[s:Ozolina] may join [o:Evil\x1b[2J [bold red\u202e].", {"modality": Modality.POSSIBLE}),
    ]  # fmt: skip
    texts = {"cabinet": "", "rector": ""}
    mentions: dict[str, list[MentionAt]] = {name: [] for name in _NAMES}
    statements = []
    for number, (document, subject, predicate, object_, marked, fields) in enumerate(told):
        source = fields.pop("source", None)
        start, spans, text, position = len(texts[document]), {}, "", 0
        for match in _MARK.finditer(marked):
            text += marked[position : match.start()]
            spans[match[1]] = (start + len(text), start + len(text) + len(match[2]))
            text += match[2]
            position = match.end()
        text += marked[position:]
        texts[document] += text + "\n"
        for key, name in (("s", subject), ("o", object_)):
            if name is not None:
                mentions[name].append(MentionAt(document, *spans[key], MentionKind.NAME))
        evidence = Evidence(
            document=document,
            start=start,
            end=start + len(text),
            text=text,
            subject=spans["s"],
            object=spans.get("o"),
            extractor="rule:by-hand",
            attributed_to=None if source is None else BASE + source,
        )
        statements.append(
            Statement(
                id=f"{BASE}statement/{number:02}",
                subject=BASE + subject,
                predicate=predicate,
                object=None if object_ is None else BASE + object_,
                evidence=(evidence,),
                **fields,
            )
        )
    entities = [
        Entity(
            id=BASE + key,
            type=_TYPES[key.partition("/")[0]],
            name=names[0],
            aliases=names[1:],
            mentions=tuple(sorted(mentions[key])),
        )
        for key, names in _NAMES.items()
    ]
    documents = (
        Document(id="cabinet", text=texts["cabinet"], title="Four new faces", published="2021-10-15"),
        Document(id="rector", text=texts["rector"]),
    )
    return Graph(
        documents=documents,
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        statements=tuple(statements),
    )


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build's folder that no test may change."""
    folder = tmp_path_factory.mktemp("build") / "graph"
    graph = small_graph()
    write_build(graph, folder, turtle=to_turtle(graph, base_iri=BASE), page=render_page(graph, title="by hand"))
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build's folder of its own, named ``graph`` in the current folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(written, tmp_path / "graph"))


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Run ``kg`` with the given arguments in a terminal 200 columns wide."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Outcome(code=int(left.value.code or 0), out=out, err=err)

    return run
