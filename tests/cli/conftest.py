"""A small graph written by hand, as a build leaves it, and the command line run in this process."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli import main
from kg.mapping import to_turtle
from kg.model import Graph
from kg.store import write_build
from kg.view.page import render_page
from tests.graphs import BASE, Told, Writer

HOSTILE = "Evil\x1b[2J\x1b]0;owned\x07 [bold red]Corp[/] \u202eGnp\u202c\u2028Ltd"

_NAMES = {
    "person:ingrid-halvorsen": ("Ingrid Halvorsen", "Halvorsen"),
    "person:liga-ozolina": ("Liga Ozolina", "Ozolina"),
    "person:margit-halvorsen": ("Margit Halvorsen",),
    "person:marta-kalnina": ("Marta Kalnina", "Kalnina"),
    "person:priya-ramanan": ("Priya Ramanan", "Ramanan"),
    "person:sigrid-aasland": ("Sigrid Aasland", "Aasland"),
    "organization:evil": (HOSTILE, "Evil"),
    "organization:halden-optics": ("Halden Optics",),
    "organization:kestrel-instruments": ("Kestrel Instruments",),
    "place:norway": ("Norway",),
    "place:riga": ("Riga",),
}


_TOLD: list[Told] = [
    ("person:sigrid-aasland", "appointed", "person:ingrid-halvorsen", {"date": "2021-10-15"},
     ("cabinet", "[s:Aasland] named [o:Ingrid Halvorsen] trade minister on Friday.")),
    ("person:ingrid-halvorsen", "holdsRole", "place:norway", {"title": "trade minister", "status": "current", "start": "2021-10-15"},
     ("cabinet", "[s:Halvorsen] has been trade minister of [o:Norway] since Friday.")),
    ("person:ingrid-halvorsen", "childOf", "person:margit-halvorsen", {},
     ("cabinet", "[s:She] is the daughter of [o:Margit Halvorsen].")),
    ("person:margit-halvorsen", "bornOn", None, {"literal": "1937-05-03"},
     ("cabinet", "[s:Margit Halvorsen] was born on May 3, 1937.")),
    ("person:margit-halvorsen", "founded", "organization:halden-optics", {"date": "1968"},
     ("cabinet", "[s:Margit Halvorsen] founded [o:Halden Optics] in 1968.")),
    ("organization:kestrel-instruments", "acquired", "organization:halden-optics", {"date": "2021-09"},
     ("cabinet", "[s:Kestrel Instruments] bought [o:Halden Optics] in September.")),
    ("person:priya-ramanan", "holdsRole", "organization:kestrel-instruments", {"title": "chief executive"},
     ("cabinet", "[s:Priya Ramanan], the chief executive of [o:Kestrel Instruments], smiled.")),
    ("person:marta-kalnina", "metWith", "person:liga-ozolina", {"date": "2021-11-03", "place": "place:riga"},
     ("rector", "[s:Kalnina] met [o:Ozolina] in Riga on Wednesday.")),
    ("person:marta-kalnina", "spokeWith", "person:liga-ozolina", {"modality": "denied", "source": "person:marta-kalnina"},
     ("rector", "[s:Kalnina] denied that she had called [o:Ozolina].")),
    ("person:liga-ozolina", "memberOf", "organization:evil", {"modality": "possible"},
     ("rector", "[s:Ozolina] may join [o:Evil\x1b[2J [bold red\u202e].")),
]  # fmt: skip


def small_graph() -> Graph:
    """Two documents, eleven entities, ten statements: two are not asserted, one has hostile text."""
    writer = Writer()
    writer.document("cabinet", title="Four new faces", published="2021-10-15")
    writer.document("rector")
    for curie, names in _NAMES.items():
        writer.entity(curie, *names)
    writer.tell(_TOLD)
    return writer.graph()


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
