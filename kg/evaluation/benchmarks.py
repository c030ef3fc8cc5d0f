"""The benchmarks by name: which files, which texts to read, how what was said of them is scored."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import InputError, UsageError
from kg.evaluation import entities, gap, knowledgenet, links, news, relations, shape
from kg.evaluation.files import find, read_lines
from kg.evaluation.rates import Table
from kg.evaluation.views import View
from kg.model import Document

__all__ = ["BENCHMARKS", "Benchmark", "open_benchmark"]


class Benchmark(ABC):
    """A benchmark's gold, read.

    ``nameless`` is true where facts about someone whom the text never names count, so that what only "he" points to
    must be an entity of its own.
    """

    nameless = False

    @abstractmethod
    def __init__(self, path: Path) -> None:
        """Read the gold below a folder, or the gold file itself."""

    @property
    @abstractmethod
    def documents(self) -> list[Document]:
        """The texts to read, each independent of the others but for resolution."""

    @abstractmethod
    def score(self, views: Mapping[str, View]) -> tuple[Table, ...]:
        """Return the figures of what was said, by document id."""


class _News(Benchmark):
    def __init__(self, path: Path) -> None:
        self._gold = news.read(path / "news" if (path / "news").is_dir() else path)

    @property
    def documents(self) -> list[Document]:
        return news.documents(self._gold)

    def score(self, views: Mapping[str, View]) -> tuple[Table, ...]:
        return (news.score(self._gold, views),)


class _KnowledgeNet(Benchmark):
    nameless = True

    def __init__(self, path: Path) -> None:
        self._gold = read_lines(find(path, "fold3.jsonl", "knowledgenet/fold3.jsonl"))

    @property
    def documents(self) -> list[Document]:
        return knowledgenet.documents(self._gold)

    def score(self, views: Mapping[str, View]) -> tuple[Table, ...]:
        return (knowledgenet.score(self._gold, views),)


class _Gap(Benchmark):
    def __init__(self, path: Path) -> None:
        self._gold = gap.read(find(path, "gap-development.tsv", "gap/gap-development.tsv"))

    @property
    def documents(self) -> list[Document]:
        return gap.documents(self._gold)

    def score(self, views: Mapping[str, View]) -> tuple[Table, ...]:
        return (gap.score(self._gold, views),)


class _Shaped(Benchmark):
    """DWIE, CoNLL04, Re-DocRED: names, relations through the mapping (strictly), links where there are any."""

    name = ""

    def __init__(self, path: Path) -> None:
        file = find(path, "dev.jsonl", f"{self.name}/dev.jsonl")
        self._gold: Sequence[shape.Record] = read_lines(file)
        mapping = file.parent / "mapping.json"
        try:
            self._mapping: dict[str, Any] = json.loads(mapping.read_text(encoding="utf8"))["relations"]
        except (OSError, ValueError, KeyError) as error:
            raise InputError(f"{mapping}: {error}: it must lie beside {file.name}") from error

    @property
    def documents(self) -> list[Document]:
        return shape.documents(self._gold)

    def score(self, views: Mapping[str, View]) -> tuple[Table, ...]:
        predicted = shape.predictions(self._gold, views)
        tables = [
            *entities.score(self._gold, predicted),
            relations.score(self._gold, predicted, mapping=self._mapping, strict=True),
        ]
        if any(e.get("link") for d in self._gold for e in d["entities"]):
            tables += links.score(self._gold, predicted)
        return tuple(tables)


class _Dwie(_Shaped):
    name = "dwie"


class _Conll04(_Shaped):
    name = "conll04"


class _Redocred(_Shaped):
    name = "redocred"


BENCHMARKS: dict[str, type[Benchmark]] = {
    "conll04": _Conll04,
    "dwie": _Dwie,
    "gap": _Gap,
    "knowledgenet": _KnowledgeNet,
    "news": _News,
    "redocred": _Redocred,
}


def open_benchmark(name: str, path: Path) -> Benchmark:
    """Read a benchmark's gold.

    Args:
        path: the folder of the benchmark, one above it, or the gold file itself.

    Raises:
        UsageError: there is no benchmark of that name.
        InputError: its files are not there or not of their form.
    """
    if name not in BENCHMARKS:
        raise UsageError(f"no benchmark {name!r}: choose one of {', '.join(sorted(BENCHMARKS))}")
    return BENCHMARKS[name](path)
