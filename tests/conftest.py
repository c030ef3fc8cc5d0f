"""One build of the sample articles and one pipeline with faults, shared by the tests that need them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from .faults import install

settings.register_profile("kg", deadline=None)  # a busy machine is no fault
settings.load_profile("kg")


@dataclass(frozen=True)
class Demo:
    """A fresh ``kg demo``: its folder and what it printed."""

    folder: Path
    printed: str


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Run ``kg demo`` in a process and a folder of its own, so that nothing of this checkout or session shows in it."""
    where = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-c", "from kg.cli import main; main()", "demo", "--output", "output"]
    environment = os.environ | {"PYTHONHASHSEED": "42", "TZ": "Pacific/Auckland"}
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    return Demo(folder=where / "output", printed=done.stdout)


@pytest.fixture(scope="session")
def faults(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder for ``sys.path`` and a language pipeline that does what a text asks of it (``tests/faults.py``)."""
    return install(tmp_path_factory.mktemp("faults"))
