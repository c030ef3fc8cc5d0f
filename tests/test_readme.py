"""The README is true: its commands run and print what it shows, its links and names exist.

After a change that is meant to show, ``UPDATE_README=1 pytest tests/test_readme.py`` writes the new output into it.
"""

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model import PREDICATES
from kg.store import named_queries
from tests.processors import rounds_alike

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf8")

_CONSOLE = re.compile(r"(?<=```console\n).*?(?=```\n)", re.DOTALL)
_SHELL = re.compile(r"(?<=```sh\n).*?(?=```\n)", re.DOTALL)
_FIGURES = re.compile(r"(<!-- figures: [^\n]*-->\n).*?(<!-- end of figures -->\n)", re.DOTALL)
_CONFIDENCE = re.compile(r"\b0\.\d+ *")  # int8 arithmetic rounds as the processor does
_LINK = re.compile(r"\]\((?!https?:|#)([^)]+)\)")


def _steps(block: str) -> list[tuple[str, str]]:
    """Return the commands of a console block, each with what it prints."""
    return [(command, shown) for command, shown in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)]


@pytest.fixture(scope="module")
def here(demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a fresh clone holds after ``make demo``; the rest the README's own commands make, block after block."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(demo.folder, folder / "output")
    return folder


def _run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {k: v for k, v in os.environ.items() if k not in {"FORCE_COLOR", "PY_COLORS"}}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment | {"PATH": path, "COLUMNS": "100", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf8",
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, ""), command
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines()).strip("\n") + "\n" * bool(done.stdout)


def _write(old: str, new: str) -> None:
    README.write_text(README.read_text(encoding="utf8").replace(old, new, 1), encoding="utf8")


@pytest.mark.parametrize("number", range(len(_CONSOLE.findall(TEXT))))
def test_commands_print_what_the_readme_shows(here, number):
    block = _CONSOLE.findall(TEXT)[number]
    steps = _steps(block)
    assert steps
    printed = "".join(f"$ {command}\n{_run(command, here)}" for command, _ in steps)
    if os.environ.get("UPDATE_README"):
        _write(block, printed)
    elif rounds_alike():
        assert _CONFIDENCE.sub("N", printed) == _CONFIDENCE.sub("N", block)


@pytest.mark.parametrize("command", re.findall(r"^kg [^#\n]*", "".join(_SHELL.findall(TEXT)), re.MULTILINE))
def test_commands_of_the_shell_run(here, command):
    _run(f"{command.strip()} < /dev/null", here)


def test_the_python_example_runs(here, monkeypatch):
    monkeypatch.chdir(here)
    (example,) = re.findall(r"```python\n(.*?)```\n", TEXT, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)
    assert names["meetings"]


def test_the_turtle_is_an_excerpt_of_the_sample(demo):
    (excerpt,) = re.findall(r"```turtle\n(.*?)```\n", TEXT, re.DOTALL)
    graph = (demo.folder / "graph.ttl").read_text(encoding="utf8").expandtabs(4)
    blocks = {block.split()[0]: block.strip() for block in graph.split("\n\n") if block.strip()}
    subjects = [block.split()[0] for block in excerpt.split("\n\n")]
    printed = "\n\n".join(blocks.get(subject, f"{subject} is gone") for subject in subjects) + "\n"
    if os.environ.get("UPDATE_README"):
        _write(excerpt, printed)
    elif rounds_alike():
        assert _CONFIDENCE.sub("N", printed) == _CONFIDENCE.sub("N", excerpt)
    else:
        assert len(printed.splitlines()) == len(excerpt.splitlines())


def test_links_lead_to_files():
    links = _LINK.findall(TEXT)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_named_queries_are_all_listed():
    rows = re.search(r"\| named query .*?\n\n", TEXT, re.DOTALL)
    assert rows is not None
    assert sorted(re.findall(r"^\| `([\w-]+)`", rows[0], re.MULTILINE)) == sorted(named_queries())


def test_relations_are_all_listed():
    sentence = re.search(r"The relations are (.*?)\.\n", TEXT, re.DOTALL)
    assert sentence is not None
    assert re.findall(r"`(\w+)`", sentence[1]) == list(PREDICATES)


def test_make_targets_exist():
    targets = set(re.findall(r"^([\w]+):", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE))
    assert set(re.findall(r"\bmake (demo|test|check|\w+)(?=`|   #)", TEXT)) <= targets


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch):
    """The module that writes the tables of figures."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    return importlib.import_module("table")


def test_figures_are_the_measured_ones(figures):
    shown = _FIGURES.search(TEXT)
    assert shown is not None
    tables = figures.tables(json.loads(figures.RESULTS.read_text(encoding="utf8")))
    written = f"{shown[1]}\n{tables}\n{shown[2]}"
    if os.environ.get("UPDATE_README"):
        _write(shown[0], written)
    else:
        assert shown[0] == written


def test_all_that_the_readme_tells_of_is_measured(figures):
    measured = json.loads(figures.RESULTS.read_text(encoding="utf8"))["sets"]
    assert sorted(figures.TOLD - set(measured)) == []


def test_no_figure_stands_beside_the_tables():
    section = re.search(r"## How good is it\n.*?\n## ", TEXT, re.DOTALL)
    assert section is not None
    assert re.findall(r"\d[.,]?\d", _FIGURES.sub("", section[0]).replace("CoNLL04", "")) == []
