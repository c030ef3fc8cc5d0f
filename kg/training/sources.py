"""The training data as one configuration names them, split into what is learned from and what is kept for fitting."""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.analysis import Analyzer
from kg.errors import InputError
from kg.extraction.learned.pieces import Pieces
from kg.training import gap, knowledgenet, passages, standoff
from kg.training.config import Config, Data
from kg.training.examples import Example, make_examples, split
from kg.training.records import Annotated

__all__ = ["PASSAGES", "Sources", "prepare", "read_sources"]

PASSAGES = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Annotated texts by source: those that are learned from, and those kept for thresholds and decisions."""

    learned: dict[str, list[Annotated]]
    held: dict[str, list[Annotated]]

    @property
    def news(self) -> list[Annotated]:
        """The completely annotated articles that are learned from, on which rules are scored."""
        return [*self.learned.get("open", ()), *self.learned.get("news", ())]


def read_sources(config: Config, data: Path) -> Sources:
    """Read what a configuration names; ``data`` is the folder that its paths are relative to.

    Raises:
        InputError: a file is missing.
    """
    learned: dict[str, list[Annotated]] = {}
    held: dict[str, list[Annotated]] = {}
    for source, found in _read(data, config.data):
        marked = {a.id for a in learned.get("news", ())}  # in whole, of texts of which the data set marks a part
        apart = split((a.group for a in found), share=config.data.held.get(source, 0.0), seed=config.seed)
        learned[source] = [a for a in found if a.group not in apart]
        held[source] = [a for a in found if a.group in apart and a.id not in marked]
    if config.data.news:  # what is kept of them is written down: they grow, and what was learned from stays so
        texts = [data / name for name in config.data.news]
        held["news"] = list(standoff.read(PASSAGES / "news-held.jsonl", texts))
    return Sources(learned=learned, held=held)


def _read(data: Path, named: Data) -> Iterator[tuple[str, list[Annotated]]]:
    files = {
        "open": sorted((data / named.open).glob("*.txt")) or [data / named.open] if named.open else [],
        "news": [data / name for name in named.news],
        "passages": [PASSAGES / f"{name}.txt" for name in named.passages],
        "pairs": [PASSAGES / f"{name}.txt" for name in named.pairs],
        "knowledgenet": [data / name for name in named.knowledgenet],
        "gap": [data / named.gap] if named.gap else [],
    }
    if missing := [str(path) for paths in files.values() for path in paths if not path.exists()]:
        raise InputError(f"{', '.join(missing)} not found: give the folder of the data sets with --data")
    readers: dict[str, Callable[[Path], Iterator[Annotated]]] = {
        "open": passages.read,
        "passages": passages.read,
        "pairs": passages.read,
        "knowledgenet": knowledgenet.read,
        "gap": gap.read,
    }
    for source, paths in files.items():
        if paths and source == "news":  # one file of marks, which point into all of these
            yield source, list(standoff.read(PASSAGES / "news.jsonl", paths))
        elif paths:
            yield source, [a for path in paths for a in readers[source](path)]


def prepare(config: Config, sources: Sources, *, pieces: Pieces, target: Path, say: Callable[[str], None]) -> None:
    """Parse the texts and write their examples to a file (a pickle of this program, for this program)."""
    analyzer = Analyzer(model=config.data.pipeline)
    examples: list[Example] = []
    for source, found in sources.learned.items():
        say(f"{len(found)} texts of {source}")
        examples += make_examples(
            found,
            source=source,
            analyzer=analyzer,
            pieces=pieces,
            most_pieces=config.model.most_pieces,
            seed=config.seed,
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pickle.dumps(examples))
