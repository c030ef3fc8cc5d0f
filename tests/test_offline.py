"""Nothing leaves the machine: a system call trace of every command finds no internet socket, and no cache is left."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.resources import data_path

STRACE = shutil.which("strace")
ARTICLES = ("cabinet-reshuffle-oslo.txt", "kestrel-buys-halden-optics.html", "obituary-margit-halvorsen.md")

# command -> its standard input
COMMANDS = {
    ("build", "articles", "-o", "graph"): None,
    ("build", "articles", "-o", "rules", "--extractor", "rules", "--workers", "2"): None,
    ("query", "graph", "--named", "top"): None,
    ("view", "graph", "--no-open"): None,
    ("explain", "graph", "Ingrid Halvorsen"): None,
    ("review", "graph"): "quit\n",
}


@dataclass(frozen=True)
class Trace:
    """Where the commands ran, with a home of their own, and the calls that concern sockets."""

    home: Path
    calls: str


def _can_trace() -> bool:
    return (
        STRACE is not None and subprocess.run([STRACE, "-qq", "true"], capture_output=True, timeout=20).returncode == 0
    )


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    if not os.environ.get("CI") and not _can_trace():
        pytest.skip("needs strace")
    home, where = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("work")
    (where / "articles").mkdir()
    for name in ARTICLES:
        shutil.copy(data_path("samples") / name, where / "articles")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    calls = ""
    for command, answers in COMMANDS.items():
        tracer = [str(STRACE), "-f", "--seccomp-bpf", "-qq", "-e", "trace=socket,connect", "-o", str(where / "calls")]
        done = subprocess.run(
            [*tracer, sys.executable, "-m", "kg", *command],
            cwd=where,
            env=variables | {"HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[1])},
            input=answers,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, (command, done.stderr)
        calls += (where / "calls").read_text(encoding="utf8")
    return Trace(home, calls)


def test_no_command_opens_an_internet_socket(trace: Trace) -> None:
    assert re.findall(r".*AF_INET.*", trace.calls) == []


def test_no_command_leaves_a_file_in_the_home_folder(trace: Trace) -> None:
    assert sorted(trace.home.rglob("*")) == []
