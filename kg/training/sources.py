"""The training data as one configuration names them, split into what is learned from and what is tuned on."""

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.analysis import Analyzer
from kg.errors import InputError
from kg.extraction.learned.pieces import Pieces
from kg.training import knowledgenet, passages
from kg.training.config import Config
from kg.training.examples import Example, make_examples, split
from kg.training.records import Annotated

__all__ = ["PASSAGES", "RUNS", "Prepared", "Sources", "prepare", "read_sources"]

PASSAGES = Path(__file__).with_name("data")


RUNS = ("first", "second", "final")
"""Each run learns from what is its own and from what is of those before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Annotated passages by source: those that each of the runs adds, and those to tune on."""

    learned: dict[str, dict[str, list[Annotated]]]
    dev: dict[str, list[Annotated]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """By run, the examples that it adds.

    They come in two variants: boundaries of mentions as annotated where annotation is complete, and as spaCy's.
    """

    added: dict[str, list[list[Example]]]

    def of(self, run: str) -> list[list[Example]]:
        """Return the two variants of all that a run learns from."""
        runs = RUNS[: RUNS.index(run) + 1]
        return [[example for name in runs for example in self.added[name][variant]] for variant in (0, 1)]


def read_sources(config: Config, data: Path) -> Sources:
    """Read what a configuration names; ``data`` is the folder that its paths are relative to.

    Raises:
        InputError: a file is missing.
    """
    learned, dev = {}, {}
    for source, found in _read(data, config.data.knowledgenet, config.data.passages).items():
        held = split((a.group for a in found), share=config.data.dev_share, seed=config.seed)
        learned[source] = [a for a in found if a.group not in held]
        dev[source] = [a for a in found if a.group in held]
    second = _read(data, (), config.second.passages)
    final = _read(data, config.final.knowledgenet, ())
    return Sources(learned={"first": learned, "second": second, "final": final}, dev=dev)


def _read(data: Path, folds: Sequence[str], texts: Sequence[str]) -> dict[str, list[Annotated]]:
    files = {
        "knowledgenet": [data / name for name in folds],
        "passages": [PASSAGES / f"{name}.txt" for name in texts],
    }
    if missing := [str(path) for paths in files.values() for path in paths if not path.is_file()]:
        raise InputError(f"{', '.join(missing)} not found: give the folder of the data sets with --data")
    readers = {"knowledgenet": knowledgenet.read, "passages": passages.read}
    return {source: [a for path in paths for a in readers[source](path)] for source, paths in files.items()}


def prepare(config: Config, sources: Sources, *, pieces: Pieces, target: Path, say: Callable[[str], None]) -> None:
    """Parse the passages and write their examples to a file (a pickle of this program, for this program)."""
    analyzer = Analyzer(model=config.data.pipeline)
    added: dict[str, list[list[Example]]] = {run: [[], []] for run in RUNS}
    for run, sources_of in sources.learned.items():
        for source, found in sources_of.items():
            say(f"{run} run: {len(found)} passages of {source}")
            for variant, examples in enumerate(added[run]):
                complete = source == "passages"
                if variant and not complete:  # KnowledgeNet marks too little to take its boundaries
                    examples.extend(e for e in added[run][0] if e.source == source)
                    continue
                examples.extend(
                    make_examples(
                        found,
                        source=source,
                        analyzer=analyzer,
                        pieces=pieces,
                        most_pieces=config.model.most_pieces,
                        gold_first=complete and not variant,
                    )
                )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pickle.dumps(Prepared(added)))
