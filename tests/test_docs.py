"""The pages for those who carry on are true: what they name is there, and the example is what the program makes of it."""

import re
from pathlib import Path

import pytest

from kg.config import Settings
from kg.pipeline import build

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf8")
_PATH = re.compile(r"`((?:kg|ontology|docs|benchmarks|tests|scripts)/[^`\s]*)`")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)\)")
_MADE = {"kg/documents/json_article.py", "kg/extraction/relations/origins.py"}  # by the recipes


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page):
    text = page.read_text(encoding="utf8")
    assert [path for path in _PATH.findall(text) if path not in _MADE and not (ROOT / path).exists()] == []
    assert [link for link in _LINK.findall(text) if not (page.parent / link).exists()] == []


def test_every_room_of_extraction_is_told_of():
    rooms = {path.name for path in (ROOT / "kg" / "extraction").iterdir() if (path / "__init__.py").exists()}
    assert rooms <= set(re.findall(r"`kg/extraction/(\w+)/`", ARCHITECTURE))


def test_the_example_is_what_the_program_makes_of_it(tmp_path):
    (text,) = re.findall(r"```text\n(VILNIUS.*?)```", ARCHITECTURE, re.DOTALL)
    (tmp_path / "aldaine.txt").write_text(text, encoding="utf8")
    build([str(tmp_path / "aldaine.txt")], tmp_path / "graph", settings=Settings())
    (triples,) = re.findall(r"```turtle\n(.*?)```", ARCHITECTURE.replace("    ```", "```"), re.DOTALL)
    graph = (tmp_path / "graph" / "graph.ttl").read_text(encoding="utf8")
    for line in triples.splitlines():
        assert line.split("kg:", 1)[-1].rstrip(" .;") in graph
    for quoted in re.findall(r"zzv5wi75i26b|rule:frame:meet|\"end\": 148", ARCHITECTURE):
        assert quoted in (tmp_path / "graph" / "statements.jsonl").read_text(encoding="utf8")
