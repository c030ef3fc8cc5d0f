"""The benchmarks by name: which files, which texts to read, how what was said of them is scored."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import InputError, UsageError
from kg.evaluation import entities, gap, knowledgenet, links, news, relations, shape
from kg.evaluation.datasets import DataSet, describe_dataset
from kg.evaluation.files import find, read_lines
from kg.evaluation.rates import Table
from kg.evaluation.views import View
from kg.model import Document

__all__ = ["BENCHMARKS", "Benchmark", "open_benchmark"]


class Benchmark(ABC):
    """A benchmark's gold, read.

    Attributes:
        name: of the benchmark.
        nameless: true where facts about someone whom the text never names count, so that what only "he" points to must
            be an entity of its own.
        source: the file or folder that the gold is read from.
    """

    name = ""
    nameless = False
    source: Path

    @abstractmethod
    def __init__(self, path: Path) -> None:
        """Read the gold below a folder, the part that nothing was learned from, or the gold file itself."""

    @property
    def data_set(self) -> DataSet:
        """What the gold is a part of, and whether it was learned from."""
        return describe_dataset(self.name, self.source, len(self.documents))

    @property
    @abstractmethod
    def documents(self) -> list[Document]:
        """The texts to read, each independent of the others but for resolution."""

    @abstractmethod
    def score(self, views: Mapping[str, View]) -> tuple[Table, ...]:
        """Return the figures of what was said, by document id."""


class _News(Benchmark):
    name = "news"

    def __init__(self, path: Path) -> None:
        below = (path / part for part in ("open/dev-gold", "dev-gold", "news"))
        self.source = next((folder for folder in below if folder.is_dir()), path)
        self._gold = news.read(self.source)

    @property
    def documents(self) -> list[Document]:
        return news.documents(self._gold)

    def score(self, views: Mapping[str, View]) -> tuple[Table, ...]:
        return news.score(self._gold, views), news.confidence(self._gold, views)


class _KnowledgeNet(Benchmark):
    name = "knowledgenet"
    nameless = True

    def __init__(self, path: Path) -> None:
        self.source = find(path, "fold3.jsonl", "knowledgenet/fold3.jsonl")
        self._gold = read_lines(self.source)

    @property
    def documents(self) -> list[Document]:
        return knowledgenet.documents(self._gold)

    def score(self, views: Mapping[str, View]) -> tuple[Table, ...]:
        return (knowledgenet.score(self._gold, views),)


class _Gap(Benchmark):
    name = "gap"

    def __init__(self, path: Path) -> None:
        self.source = find(path, "gap-validation.tsv", "gap/gap-validation.tsv")
        self._gold = gap.read(self.source)

    @property
    def documents(self) -> list[Document]:
        return gap.documents(self._gold)

    def score(self, views: Mapping[str, View]) -> tuple[Table, ...]:
        return (gap.score(self._gold, views),)


class _Shaped(Benchmark):
    """DWIE, CoNLL04, Re-DocRED: names, relations through the mapping (strictly), links where there are any."""

    def __init__(self, path: Path) -> None:
        self.source = find(path, "dev.jsonl", f"{self.name}/dev.jsonl")
        self._gold: Sequence[shape.Record] = read_lines(self.source)
        mapping = self.source.parent / "mapping.json"
        try:
            self._mapping: dict[str, Any] = json.loads(mapping.read_text(encoding="utf8"))["relations"]
        except (OSError, ValueError, KeyError) as error:
            raise InputError(f"{mapping}: {error}: it must lie beside {self.source.name}") from error

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
    kind.name: kind for kind in (_Conll04, _Dwie, _Gap, _KnowledgeNet, _News, _Redocred)
}


def open_benchmark(name: str, path: Path) -> Benchmark:
    """Read a benchmark's gold.

    Args:
        path: the folder of the benchmark or one above it, for the part that nothing was learned from where there is
            one, or the gold file itself (of news, the folder of its articles).

    Raises:
        UsageError: there is no benchmark of that name.
        InputError: its files are not there or not of their form.
    """
    if name not in BENCHMARKS:
        raise UsageError(f"no benchmark {name!r}: choose one of {', '.join(sorted(BENCHMARKS))}")
    return BENCHMARKS[name](path)
