"""Reading in processes of their own: what goes wrong with one document stays with it, and nothing is left behind."""

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.config import Settings
from kg.errors import DocumentError, KgError, ModelError, UsageError, WorkerError
from kg.model import Document, Extraction
from kg.reader import Reader
from kg.store import open_folder
from kg.workers import extract

GOOD = [
    Document(id=f"good-{n}", text=f"{name} met Graham Ellery in Oslo on Friday.")
    for n, name in enumerate(("Sigrid Aasland", "Marta Kalnina", "Liga Ozolina", "Jonas Brekke"))
]
CASES = [
    # what the text does, where -> what the line says of it, as a pattern
    ("raise", "analysis", r"ValueError at kg/analysis\.py:\d+, a b\x1b\[2J: an error in kg, please report it"),
    ("raise", "extraction", r"ValueError at kg/extraction/extractor\.py:\d+, a b.*"),
    ("recurse", "extraction", r"RecursionError at kg/extraction/extractor\.py:.*"),
    ("hog", "analysis", "not enough memory: free some or split the text, and build again"),
    ("kill", "analysis", "the process that read it ended by SIGKILL, perhaps for want of memory: .*"),
    ("crash", "extraction", "the process that read it ended by SIGSEGV.*"),
    ("sleep", "analysis", "longer than 5 seconds: split the text, or allow more with --max-document-seconds"),
    ("native", "extraction", "longer than 5 seconds: .*"),
]


@pytest.fixture
def settings(faults: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.syspath_prepend(faults[0])
    return Settings(extractor="rules", spacy_model=str(faults[1]), max_document_seconds=5)


class Alive:
    """A pipe that every process with a language pipeline holds open for as long as it lives."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self._end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def wait(self) -> bytes:
        """Return what a process writes next; b"" when the last one is gone."""
        assert select.select([self._end], [], [], 300)[0], "no word, and not gone"
        return os.read(self._end, 1)

    def close(self) -> None:
        os.close(self._end)


@pytest.fixture
def alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Alive]:
    monkeypatch.setenv("KG_TEST_ALIVE", str(tmp_path / "alive"))
    made = Alive(tmp_path / "alive")
    yield made
    made.close()


def faulty(fault: str, stage: str) -> Document:
    return Document(id=f"{stage}-{fault}", text=f"FAULT {stage} {fault}. Jane Roe met John Doe in Oslo on Friday.")


def test_what_goes_wrong_with_a_document_is_a_line_and_its_neighbours_are_read(settings, alive):
    documents = [
        document for case, good in zip(CASES, GOOD * 3, strict=False) for document in (faulty(*case[:2]), good)
    ]
    read = list(extract(documents, replace(settings, workers=2)))
    alone = Reader(Settings(extractor="rules"))
    expected = {good.id: alone.read(good, enter=[].append) for good in GOOD}
    assert [result.document for result in read] == [document.id for document in documents]
    for result, (fault, stage, said) in zip(read[::2], CASES, strict=True):
        assert isinstance(result, DocumentError), fault
        assert result.stage == stage
        assert re.fullmatch(f"{stage}-{fault}: {stage} failed: {said}", str(result)), str(result)
    assert all(result == expected[result.document] for result in read[1::2])
    assert (alive.wait(), alive.wait()) == (b"!", b"")


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_processes_reads_the_same_in_order(settings, workers):
    documents = [*GOOD, faulty("raise", "extraction"), faulty("talk", "analysis"), *GOOD]
    read = list(extract(documents, replace(settings, workers=workers)))
    assert [isinstance(result, Extraction) for result in read] == [True] * 4 + [False, True] + [True] * 4
    assert [result.document for result in read] == [document.id for document in documents]
    assert read[:4] == read[-4:]


def test_processes_end_with_the_iterator(settings, alive):
    results = extract([GOOD[0], faulty("native", "analysis")], replace(settings, max_document_seconds=99))
    assert isinstance(next(results), Extraction)
    assert alive.wait() == b"!"
    results.close()
    assert alive.wait() == b""


@pytest.mark.parametrize(
    ("changed", "load", "error", "said"),
    [
        ({"spacy_model": "no_such_model"}, "", ModelError, "no_such_model"),
        ({"extractor": "magic"}, "", UsageError, "magic"),
        ({}, "raise", WorkerError, "cannot load what reads articles: ValueError"),
        ({}, "kill", WorkerError, "can be started (ended by SIGKILL): free memory, or use fewer --workers"),
    ],
)
def test_what_no_document_can_be_read_without_ends_the_build(settings, monkeypatch, changed, load, error, said):
    monkeypatch.setenv("KG_TEST_LOAD", load)
    with pytest.raises(KgError) as raised:
        list(extract(GOOD, replace(settings, **changed)))
    assert type(raised.value) is error
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGTERM, -signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)]
)
def test_a_signal_ends_the_build_at_once_and_leaves_no_process(faults, alive, tmp_path, sent, status):
    (tmp_path / "stuck.txt").write_text(faulty("native", "analysis").text, encoding="utf8")
    program = "import signal as s; s.signal(s.SIGINT, s.default_int_handler); from kg.cli import main; main()"
    options = ["-o", "graph", "--spacy-model", str(faults[1]), "--extractor", "rules", "--workers", "2"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(faults[0]), *sys.path))}
    with subprocess.Popen(
        [sys.executable, "-c", program, "build", "stuck.txt", *options],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as build:
        try:
            assert alive.wait() == b"!"
            build.send_signal(sent)
            _, said = build.communicate(timeout=60)
        finally:
            build.kill()
    assert build.returncode == status
    assert "Traceback" not in said
    assert alive.wait() == b""
    left = {path.name for path in (tmp_path / "graph").glob("*")}
    assert left <= (
        set() if sent is signal.SIGINT else {".kg", ".kg.lock"}
    )  # what the next build takes up, and no build
    with open_folder(tmp_path / "graph"):
        pass  # nobody holds it


def test_a_plain_script_can_build_beside_hostile_files(tmp_path):
    """No guard against being imported again is needed, and nothing is imported from the folder that we are in."""
    for module in ("kg", "spacy", "random", "sitecustomize"):
        (tmp_path / f"{module}.py").write_text("open('imported', 'w')\n", encoding="utf8")
    (tmp_path / "a.txt").write_text(GOOD[0].text, encoding="utf8")
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "script.py"
    script.write_text(
        "import kg\nreport = kg.build(['a.txt'], 'graph', settings=kg.Settings(extractor='rules'))\n"
        "print(report.documents, report.statements)\n",
        encoding="utf8",
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300
    )
    assert (done.stdout, done.stderr) == ("1 {'metWith': 1}\n", "")
    assert not (tmp_path / "imported").exists()
