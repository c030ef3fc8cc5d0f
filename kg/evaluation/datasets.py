"""The known parts of the benchmarks, and what in the program comes from them.

A figure on text that was learned from, or read while rules were written, says little of text that is new. So every part
says here whether it was; whoever learns from another part, or reads one, changes its line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DATA_SETS", "DataSet", "describe_dataset"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """A part of a benchmark.

    Attributes:
        name: as it is called in tables.
        what: how many texts of which kind.
        learned_from: whether a number of the program was fitted to its text or a rule was written from it; None where
            the part is not one of those known.
        note: what exactly, where that is not all or nothing.
    """

    name: str
    what: str
    learned_from: bool | None
    note: str = ""

    @property
    def standing(self) -> str:
        """Whether it was learned from, in words."""
        plain = {True: "learned from", False: "not learned from", None: "whether it was learned from is not known"}
        return "; ".join(filter(None, (plain[self.learned_from], self.note)))

    def __str__(self) -> str:
        return f"{self.name}, {self.what}: {self.standing}"


def _known(name: str, texts: int, kind: str, *, learned_from: bool, note: str = "") -> tuple[int, DataSet]:
    return texts, DataSet(name=name, what=f"{texts:,} {kind}", learned_from=learned_from, note=note)


_UNDER_WAY = "rules were mended by its errors"

# benchmark, name of the file or folder -> number of texts, the part
DATA_SETS: Mapping[tuple[str, str], tuple[int, DataSet]] = {
    ("conll04", "dev.jsonl"): _known("CoNLL04 dev", 231, "sentences of news", learned_from=False),
    ("conll04", "train.jsonl"): _known("CoNLL04 train", 922, "sentences of news", learned_from=False),
    ("dwie", "dev.jsonl"): _known(
        "DWIE dev",
        98,
        "articles of Deutsche Welle",
        learned_from=True,
        note=f"in part: the network has not seen it, but {_UNDER_WAY}, nine of its articles are among the news articles"
        " that were read, and how likely a match is was fitted on its links",
    ),
    ("gap", "gap-development.tsv"): _known("GAP development", 2000, "paragraphs of Wikipedia", learned_from=True),
    ("gap", "gap-validation.tsv"): _known(
        "GAP validation",
        454,
        "paragraphs of Wikipedia",
        learned_from=False,
        note="one number of the rules' reading of pronouns was chosen with it in view",
    ),
    ("knowledgenet", "fold1.jsonl"): _known("KnowledgeNet fold 1", 1396, "passages of the web", learned_from=True),
    ("knowledgenet", "fold2.jsonl"): _known("KnowledgeNet fold 2", 1457, "passages of the web", learned_from=True),
    ("knowledgenet", "fold3.jsonl"): _known("KnowledgeNet fold 3", 1440, "passages of the web", learned_from=False),
    ("news", "dev-gold"): _known(
        "open/dev", 85, "articles and items under free licences, marked by hand", learned_from=False
    ),
    ("news", "news"): _known(
        "news",
        32,
        "articles marked by hand",
        learned_from=True,
        note="the rules were written with them, 21 are learned from: no measure",
    ),
    ("redocred", "dev.jsonl"): _known(
        "Re-DocRED dev", 500, "introductions of Wikipedia", learned_from=True, note="in part: some of them"
    ),
}


def describe_dataset(benchmark: str, source: Path, texts: int) -> DataSet:
    """Return the part of a benchmark that a file or folder is: a known one by its name and number of texts."""
    name = source.resolve().name
    count, known = DATA_SETS.get((benchmark, name), (None, None))
    if known is not None and count == texts:
        return known
    return DataSet(name=name, what=f"{texts:,} {'text' if texts == 1 else 'texts'}", learned_from=None)
