"""One thing, one name: a public name is of one object across the package, a class has a name of its own."""

import ast
import importlib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((ROOT / "kg").rglob("*.py"))
    if path.name != "__main__.py"
]
# Modules of one shape that are called alike on purpose: a command and what it runs, each benchmark, each data set.
ALIKE = ("kg.cli", "kg.evaluation", "kg.training")


def test_public_names_are_of_one_object() -> None:
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for module in MODULES:
        if module.startswith(ALIKE):
            continue
        loaded = importlib.import_module(module)
        for name in getattr(loaded, "__all__", ()):
            found[name].setdefault(id(getattr(loaded, name)), module)
    assert {name: sorted(homes.values()) for name, homes in found.items() if len(homes) > 1} == {}


def test_public_classes_have_names_of_their_own() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path.relative_to(ROOT)))
    assert {name: homes for name, homes in found.items() if len(homes) > 1} == {}
