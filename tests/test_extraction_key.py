"""The key of a cached extraction stands for all that reading a document depends on, and for nothing else."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import resources, versions
from kg.config import DEFAULT_SPACY_MODEL, Settings
from kg.lexicons import SCHEMAS
from kg.model import Document
from kg.resources import fingerprint
from kg.versions import LIBRARIES, NOT_READ_WITH, READ_WITH, extraction_key

ROOT = Path(__file__).parents[1]
# They parse files whose content counts, name settings, or are of the standard library by another name.
NO_MATTER = {"kg.config", "kg", "msgspec", "yaml"}


def file_of(module: str) -> Path | None:
    path = ROOT.joinpath(*module.split("."))
    return next((p for p in (path / "__init__.py", path.with_suffix(".py")) if p.exists()), None)


def imports(file: Path) -> Iterator[str]:
    """The modules that a file imports when it runs, inside its functions too."""
    tree = ast.parse(file.read_text(encoding="utf8"))
    unseen = {
        id(below)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for below in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{a.name}" for a in node.names if file_of(f"{node.module}.{a.name}"))


def reached() -> set[str]:
    """The modules of kg and the libraries that reading one document reaches from ``kg.reader``."""
    todo, found = ["kg.reader"], set[str]()
    while todo:
        module = todo.pop()
        file = file_of(module) if module.startswith("kg") else None
        name = module if module.startswith("kg") else module.partition(".")[0]
        if name not in found and name not in sys.stdlib_module_names:
            found.add(name)
            todo += imports(file) if file is not None else ()
    return found - NO_MATTER


def test_every_module_that_reads_counts():
    counted = {part.removesuffix(".py").replace("/", ".") for part in READ_WITH}
    missing = {m for m in reached() if m.startswith("kg.") and not {m[3:], m.split(".")[1]} & counted}
    assert missing == set()


def test_every_library_that_reads_counts():
    assert {module for module in reached() if not module.startswith("kg")} <= set(LIBRARIES)


def test_lexicons_that_reading_does_not_ask_for_do_not_count():
    code = "".join(file.read_text(encoding="utf8") for m in reached() if (file := file_of(m)) is not None)
    asked = set(re.findall(r"""(?:lexicon|word_set|words_with)(?:\(|, )"([^"]+)\"""", code))
    assert {f"data/lexicons/{name}.yaml" for name in set(SCHEMAS) - asked} == set(NOT_READ_WITH)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package in the place of kg."""
    for name in ("extraction/rule.py", "data/lexicons/kinds.yaml", "data/lexicons/pages.yaml", "cli/app.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf8")
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("edited", "counts"),
    [
        ("extraction/rule.py", True),
        ("extraction/new.py", True),
        ("data/lexicons/kinds.yaml", True),
        ("data/lexicons/pages.yaml", False),
        ("cli/app.py", False),
    ],
)
def test_what_changes_the_fingerprint(package, edited, counts):
    def now() -> str:
        parts = [part for part in READ_WITH if not part.startswith("ontology")]
        return fingerprint.__wrapped__(*parts, without=NOT_READ_WITH)

    before = now()
    (package / edited).write_text("edited", encoding="utf8")
    assert (now() != before) is counts


@pytest.mark.parametrize("updated", [*LIBRARIES, DEFAULT_SPACY_MODEL.replace("_", "-"), None])
def test_an_update_of_a_library_changes_the_key(monkeypatch, updated):
    import importlib.metadata

    known, document = importlib.metadata.version, Document(id="a", text="A met B.")
    before = extraction_key(document, Settings())
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "99" if name == updated else known(name))
    versions._versions.cache_clear()
    changed = extraction_key(document, Settings()) != before
    versions._versions.cache_clear()
    assert changed is (updated is not None)
