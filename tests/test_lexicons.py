"""The lists of words: each is what its schema says, is explained in its file, and a wrong entry is said by name."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml

import kg.lexicons
import kg.model
from kg.errors import ModelError
from kg.extraction.decision.witnesses import FEATURES
from kg.lexicons import SCHEMAS, lexicon
from kg.resources import data_path

FOLDER = data_path("lexicons")
ROOT = Path(kg.lexicons.__file__).parent
KINDS = """# Header.
homes: [house]
acts_of_presence: [say]
bodies: [bank]
troops: [corps]
institutes: [clinic]
"""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A function: the text of the lexicon "kinds" -> what is read of it."""
    path = tmp_path / "kinds.yaml"
    monkeypatch.setattr(kg.lexicons, "data_path", lambda *parts: path)

    def read(text: str) -> object:
        path.write_text(text, encoding="utf8")
        return lexicon.__wrapped__("kinds")

    return read


def test_every_file_has_a_schema():
    assert {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.yaml")} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_lexicon_is_what_its_schema_says(name):
    assert lexicon(name)


def test_what_is_right_is_read(written):
    assert written(KINDS)["homes"] == ["house"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[house]", "[house, on]", "homes: Expected `str`, got `bool` at [1] of ['house', True]"),
        ("[house]", "[house, 7]", "homes: Expected `str`, got `int`"),
        ("[house]", "house", "homes: Expected `array`, got `str`"),
        ("[house]", "{house: flat}", "homes: Expected `array`, got `object`"),
        ("homes:", "home:", "home, homes: missing, or no list of this lexicon"),
        ("homes: [house]\n", "", "homes: missing"),
        ("[house]", "[house", "is no YAML"),
    ],
)
def test_what_is_wrong_names_file_and_entry(written, old, new, said):
    with pytest.raises(ModelError, match=re.escape(said)) as error:
        written(KINDS.replace(old, new))
    assert "kinds.yaml" in str(error.value)


class _Strict(yaml.SafeLoader):
    """Refuses a key that stands twice."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"{sorted(k for k in keys if keys.count(k) > 1)[0]!r} stands twice"
        return super().construct_mapping(node, deep)


def _twice(value: object, where: str) -> list[str]:
    if isinstance(value, dict):
        return [found for key, below in value.items() for found in _twice(below, f"{where}.{key}")]
    if isinstance(value, list):
        words = [entry for entry in value if isinstance(entry, str)]
        below = [found for entry in value for found in _twice(entry, where)]
        return below + sorted({f"{where}: {word}" for word in words if words.count(word) > 1})
    return []


@pytest.mark.parametrize("path", [*FOLDER.rglob("*.yaml"), data_path("patterns", "frames.yaml")], ids=lambda p: p.stem)
def test_nothing_stands_twice(path):
    assert _twice(yaml.load(path.read_text(encoding="utf8"), Loader=_Strict), path.stem) == []


@pytest.mark.parametrize("path", [*FOLDER.rglob("*.yaml")], ids=lambda p: p.stem)
def test_the_header_explains_every_list(path):
    text = path.read_text(encoding="utf8")
    comments = "\n".join(line for line in text.splitlines() if line.lstrip().startswith("#"))
    if path.stem not in {"lemmas", "pipelines"}:  # no lists of fixed names
        assert [key for key in yaml.safe_load(text) if not re.search(rf"\b{key}\b", comments)] == []


LABELS = """acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative dep det dobj expl
    intj mark meta neg nmod npadvmod nsubj nsubjpass nummod obj oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod
    relcl subj xcomp"""
SHACL = ("targetClass", "message", "path", "property", "class")
ROOMS = ("extraction", "matching", "mapping")


def compared(tree: ast.Module) -> Iterator[ast.expr]:
    """What a module compares words with: what stands behind "in", arguments of methods, and its constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from node.comparators
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from node.args
    yield from (
        n.value
        for n in tree.body
        if isinstance(n, ast.Assign)
        and getattr(n.targets[0], "id", "") != "__all__"
        and not isinstance(n.value, ast.Subscript)  # the choices of a Literal
    )


def words_in(expression: ast.expr) -> Iterator[set[str]]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Set | ast.Tuple | ast.List):
            constants = (e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str))
            yield {value for value in constants if re.fullmatch(r"'?[a-z][a-z'-]+( [a-z]+){,2}", value)}


def test_no_list_of_words_stands_in_code():
    ours = {*LABELS.split(), *(rule["rule"] for rule in lexicon("dates")["patterns"])}
    ours |= {field.name for record in vars(kg.model).values() if is_dataclass(record) for field in fields(record)}
    ours |= {*FEATURES, *lexicon("persons")["human"], *SHACL}
    found = {
        (path.relative_to(ROOT).as_posix(), *sorted(words))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for expression in compared(ast.parse(path.read_text(encoding="utf8")))
        for words in words_in(expression)
        if len(words - ours) > 2
    }
    assert found == set()
