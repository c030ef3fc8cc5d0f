"""What goes wrong around a command: an error that nobody foresaw, streams that are full or closed, an interruption."""

import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kg.errors import InputError, InvariantError, QueryError
from kg.store import Store

MEMORY = "kg: there is not enough memory: close other programs or give it less at once\n"
UNEXPECTED = [
    (KeyError("no such\nthing \x1b[2J"), "KeyError: 'no such"),
    (RecursionError("too deep"), "RecursionError: too deep"),
    (OSError(5, "Input/output error", "/some/file"), "Input/output error"),
    (InvariantError("a:0-9 is not what it says"), "a:0-9 is not what it says"),
    (ValueError("x" * 10_000), "ValueError: xxx"),
    (ValueError("\ud800"), "ValueError"),
]


def fail(monkeypatch, error):
    def opening(*_):
        raise error

    monkeypatch.setattr(Store, "open", opening)


@pytest.mark.parametrize(("error", "said"), UNEXPECTED, ids=range(len(UNEXPECTED)))
def test_an_unexpected_error_is_one_line_a_report_and_a_status_of_its_own(kg, tmp_path, monkeypatch, error, said):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    fail(monkeypatch, error)
    outcome = kg("query", "some graph", "ASK {}")
    assert (outcome.code, outcome.out) == (3, "")
    assert said in outcome.err
    assert outcome.err.startswith("kg: an error of kg itself (")
    assert outcome.err.count("\n") == 1
    assert len(outcome.err) < 500 + len(str(tmp_path))
    assert "\x1b" not in outcome.err
    [report] = tmp_path.glob("kg-error-*.txt")
    assert str(report) in outcome.err
    assert report.stat().st_mode & 0o077 == 0
    text = report.read_text(encoding="utf8")
    assert "kg query 'some graph' 'ASK {}'" in text
    assert "in opening" in text


def test_where_no_report_can_be_written_the_line_is_all(kg, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    fail(monkeypatch, KeyError("x"))
    outcome = kg("query", "graph", "ASK {}")
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert "kg --debug" in outcome.err


def test_debug_shows_the_traceback(kg, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    fail(monkeypatch, KeyError("x"))
    outcome = kg("--debug", "query", "graph", "ASK {}")
    assert outcome.code == 3
    assert "Traceback (most recent call last)" in outcome.err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError("nothing:\na: x\nb: y"), 2, "kg: nothing:\nkg: a: x\nkg: b: y\n"),
        (QueryError("a file named two\nkg: lines"), 2, "kg: a file named two kg: lines\n"),
        (MemoryError(), 2, MEMORY),
        (OSError(12, "Cannot allocate memory", "graph"), 2, MEMORY),
        (ImportError("libx.so: failed to map segment from shared object"), 2, MEMORY),
        (RuntimeError("std::bad_alloc"), 2, MEMORY),
        (PermissionError(13, "Permission denied", "a/b"), 2, "kg: a/b: Permission denied: check the path,"),
        (OSError(28, "No space left on device", "a"), 2, "kg: a: No space left on device: check the path,"),
        (FileNotFoundError(2, "No such file"), 2, "kg: the current folder: No such file: check the path,"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_an_expected_error_leaves_no_report(kg, tmp_path, monkeypatch, error, code, said):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    fail(monkeypatch, error)
    outcome = kg("query", "graph", "ASK {}")
    assert outcome.code == code
    assert outcome.err.startswith(said)
    assert outcome.err.count("\n") == max(said.count("\n"), bool(said))
    assert list(tmp_path.glob("kg-error-*")) == []


ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"

# what the shell makes of the streams -> exit status and what is said
STREAMS = [
    ("query graph 'ASK {}' > /dev/full", 1, "standard output cannot be written (No space left on device)"),
    (f"query graph '{ROWS}' > /dev/full", 1, "standard output cannot be written (No space left on device)"),
    (f"query graph '{ROWS}' --format json > /dev/full", 1, "standard output cannot be written"),
    ("query --list > /dev/full", 1, "standard output cannot be written"),
    ("explain graph Kalnina > /dev/full", 1, "standard output cannot be written"),
    ("rank graph > /dev/full", 1, "standard output cannot be written"),
    ("--help > /dev/full", 1, "standard output cannot be written"),
    ("--version >&-", 1, "standard output cannot be written (Bad file descriptor)"),
    ("query graph 'ASK {}' >&-", 1, "standard output cannot be written (Bad file descriptor)"),
    ("query graph 'ASK {}' <&-", 0, None),
    ("query graph 'ASK {}' 2>&-", 0, None),
    ("query graph -f - <&-", 2, "standard input is closed"),
    ("query missing 'ASK {}' 2> /dev/full", 2, None),
    ("query missing 'ASK {}' 2>&-", 2, None),
    ("query graph 'ASK {}' >&- 2>&- <&-", 1, None),
    (f"query graph '{ROWS}' | head -n 1", 0, None),
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(("command", "code", "said"), STREAMS, ids=[command for command, _, _ in STREAMS])
def test_a_stream_that_cannot_be_used_is_one_line(folder, command, code, said):
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m kg {command}', sys.executable], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr.count("\n")) == (code, said is not None)
    assert (said or "") in done.stderr


def test_an_interruption_leaves_no_child(folder):
    endless = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(6)) + " }"
    program = """
import os, sys
from kg.cli import main
from kg.store import oxigraph
forked = oxigraph.bounded
def bounded(*given, **named):
    os.write(1, b"asked\\n")
    return forked(*given, **named)
oxigraph.bounded = bounded
main(sys.argv[1:])
"""
    command = [sys.executable, "-c", program, "query", "graph", endless]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    assert process.stdout.readline() == b"asked\n"
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


LONG = "n" * 300
ODD = {
    "pipe": os.mkfifo,
    "loop": lambda path: path.symlink_to(path),
    "file": lambda path: path.write_text("it is none"),
}
# What is named as a folder or a file -> what is said of it, whatever the command.
PLACES = [
    (LONG, "File name too long"),
    ("/".join([LONG[:200]] * 30), "File name too long"),
    ("loop", "Too many levels of symbolic links|File exists"),
    ("pipe", "regular file|Not a directory|File exists"),
    ("file", "Not a directory|File exists|cannot be parsed|no valid Turtle"),
]
COMMANDS = [
    *("query {} 'ASK {{?s ?p ?o}}'", "query graph --file {}", "explain {} Kalnina", "view {} --no-open", "rank {}"),
    *("build a.txt -o {}/graph", "build a.txt -o graph2 --authority {}/x.csv", "decisions {}", "add {} a.txt"),
    *("merge {} Kalnina Ozolina", "view graph --no-open -o {}/x.html", "samples {}/x"),
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("place", "said"), PLACES, ids=["long", "deep", "loop", "pipe", "file"])
def test_a_place_that_cannot_be_used_is_named_in_one_line(kg, folder, monkeypatch, command, place, said):
    monkeypatch.setattr(tempfile, "tempdir", str(folder.parent))
    for name, make in ODD.items():
        make(Path(name))
    Path("a.txt").write_text("Marta Kalnina met Liga Ozolina in Riga.", encoding="utf8")
    outcome = kg(*shlex.split(command.format(place)))
    if outcome.err.startswith("Usage: "):  # what the parser of the command line says of a folder
        assert outcome.code == 2
        return
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert place.partition("/")[0] in outcome.err or "--file" in command
    assert re.search(said, outcome.err) or "is missing" in outcome.err or "no such file" in outcome.err
    assert list(folder.parent.glob("kg-error-*")) == []


GONE = """
import os, sys
from pathlib import Path
here = Path.cwd() / "gone"
here.mkdir()
os.chdir(here)
here.rmdir()
from kg.cli import main
main(sys.argv[1:])
"""
# Where the current folder is gone -> exit status and what is said.
LEFT = [
    ("build {}/a.txt -o {}/new", 2, "kg: the current folder is gone: go to another one, such as by `cd`\n"),
    ("build a.txt -o {}/new", 2, "kg: the current folder is gone: go to another one, such as by `cd`\n"),
    ("build - -o {}/new", 2, "kg: the current folder is gone: go to another one, such as by `cd`\n"),
    ("add {}/graph {}/a.txt", 2, "kg: the current folder is gone: go to another one, such as by `cd`\n"),
    ("merge {}/graph Kalnina Ozolina", 2, "kg: the current folder is gone: go to another one, such as by `cd`\n"),
    ("query {}/graph 'ASK {{ ?s ?p ?o }}'", 0, ""),
    ("explain {}/graph Kalnina", 0, ""),
    ("view {}/graph --no-open", 0, ""),
    ("view {}/graph --no-open -o x.html", 2, "kg: the current folder: No such file"),
    ("explain graph Kalnina", 2, "kg: graph/documents.jsonl is missing: name the folder"),
]


@pytest.mark.parametrize(("command", "code", "said"), LEFT, ids=[command for command, _, _ in LEFT])
def test_a_current_folder_that_is_gone(folder, command, code, said):
    (folder.parent / "a.txt").write_text("Marta Kalnina met Liga Ozolina in Riga.", encoding="utf8")
    arguments = shlex.split(command.format(*[folder.parent] * 2))
    done = subprocess.run(
        [sys.executable, "-c", GONE, *arguments], cwd=folder.parent, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr[: len(said)]) == (code, said)
    assert done.stderr.count("\n") == bool(said)
    assert not (folder.parent / "new").exists()


def test_the_engine_is_not_asked_for_memory_that_is_not_there(folder):
    limited = 'ulimit -v 150000; exec "$0" -m kg query graph "ASK {}"'
    done = subprocess.run(["sh", "-c", limited, sys.executable], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (2, MEMORY)


def test_the_help_names_every_status(kg):
    assert re.findall(r"^ +(\d) ", kg("--help").out, re.MULTILINE) == ["0", "1", "2", "3"]
