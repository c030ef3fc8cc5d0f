"""The recipes of ``docs/extending.md``, each performed on a copy of the program, which then builds with it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "extending.md").read_text(encoding="utf8")
RECIPES = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
_BLOCK = re.compile(r"^```(\w+)(?: (new|append))?(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONFIDENCE = re.compile(r"\b0\.\d+")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What the recipes change of a checkout; the weights, which no recipe touches, by a link."""
    weights = ROOT / "kg" / "data" / "model"
    for name in ("kg", "ontology", "scripts", "docs"):
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=lambda folder, names: {"__pycache__", *({"model"} if Path(folder) == weights.parent else ())},
        )
    (tmp_path / "kg" / "data" / "model").symlink_to(weights)
    shutil.copy(ROOT / "README.md", tmp_path)
    return tmp_path


def change(path: Path, diff: str) -> None:
    """Put the lines with "+" in the place of those with "-"; the lines with neither tell where."""
    lines = diff.splitlines()
    old = "".join(f"\n{line[1:]}" for line in lines if not line.startswith("+"))
    new = "".join(f"\n{line[1:]}" for line in lines if not line.startswith("-"))
    text = f"\n{path.read_text(encoding='utf8')}"
    assert text.count(old) == 1, f"{path.name} has not one place for {old!r}"
    path.write_text(text.replace(old, new)[1:], encoding="utf8")


def run(command: str, where: Path) -> str:
    """What a command prints, first on standard output."""
    tools = where / ".bin"
    if not tools.exists():
        tools.mkdir()
        for name, line in (("python", '"$@"'), ("kg", '-m kg "$@"')):
            (tools / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {line}\n', encoding="utf8")
            (tools / name).chmod(0o755)
    environment = os.environ | {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(where),
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=where, env=environment, capture_output=True, encoding="utf8", timeout=120
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return "".join(f"{line.rstrip()}\n" for line in (done.stdout + done.stderr).splitlines())


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_does_what_it_says(copy, recipe):
    blocks = _BLOCK.findall(RECIPES[recipe])
    assert blocks[-1][0] == "console"
    for language, how, path, body in blocks:
        if language == "diff":
            change(copy / path, body)
        elif how == "append":
            (copy / path).write_text((copy / path).read_text(encoding="utf8") + body, encoding="utf8")
        elif how == "new":
            assert not (copy / path).exists()
            (copy / path).write_text(body, encoding="utf8")
        else:
            steps = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE)
            printed = "".join(f"$ {command}\n{run(command, copy)}" for command, _ in steps)
            assert _CONFIDENCE.sub("N", printed) == _CONFIDENCE.sub("N", body)


def test_the_recipes_are_those_that_people_need():
    assert list(RECIPES) == [
        "A relation",
        "A title",
        "A word of a lexicon",
        "A rule",
        "An input format",
        "An export",
        "A named query",
    ]
