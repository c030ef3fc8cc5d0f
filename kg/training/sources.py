"""The training data as one configuration names them, split into what is learned from and what is tuned on."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kg.analysis import Analyzer
from kg.errors import InputError
from kg.extraction.learned.pieces import Pieces
from kg.training import knowledgenet, passages
from kg.training.config import Config, Data, Final
from kg.training.examples import Example, make_examples, split
from kg.training.records import Annotated

__all__ = ["PASSAGES", "Prepared", "Sources", "prepare", "read_sources"]

PASSAGES = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Annotated passages by source: to learn from, to tune on, and what the final run learns from besides."""

    learned: dict[str, list[Annotated]]
    dev: dict[str, list[Annotated]]
    further: dict[str, list[Annotated]]


def _two() -> list[list[Example]]:
    return [[], []]


@dataclass(slots=True)
class Prepared:
    """Examples in two variants: boundaries of mentions as annotated where complete, and as spaCy's.

    ``variants`` is what the first run learns from, ``further`` what the final run adds to it.
    """

    variants: list[list[Example]] = field(default_factory=_two)
    further: list[list[Example]] = field(default_factory=_two)

    @property
    def final(self) -> list[list[Example]]:
        """What the final run learns from."""
        return [a + b for a, b in zip(self.variants, self.further, strict=True)]


def read_sources(config: Config, data: Path) -> Sources:
    """Read what a configuration names; ``data`` is the folder that its paths are relative to.

    Raises:
        InputError: a file is missing.
    """
    learned, dev = {}, {}
    for source, found in _read(config.data, data).items():
        held = split((a.group for a in found), share=config.data.dev_share, seed=config.seed)
        learned[source] = [a for a in found if a.group not in held]
        dev[source] = [a for a in found if a.group in held]
    return Sources(learned=learned, dev=dev, further=_read(config.final, data))


def _read(named: Data | Final, data: Path) -> dict[str, list[Annotated]]:
    folds = [data / name for name in named.knowledgenet]
    files = [PASSAGES / f"{name}.txt" for name in named.passages]
    if missing := [str(path) for path in (*folds, *files) if not path.is_file()]:
        raise InputError(f"{', '.join(missing)} not found: give the folder of the data sets with --data")
    return {
        "knowledgenet": [a for path in folds for a in knowledgenet.read(path)],
        "passages": [a for path in files for a in passages.read(path)],
    }


def prepare(config: Config, sources: Sources, *, pieces: Pieces, target: Path, say: Callable[[str], None]) -> None:
    """Parse the passages and write their examples to a file (a pickle of this program, for this program)."""
    analyzer = Analyzer(model=config.data.pipeline)
    prepared = Prepared()
    for part, variants in ((sources.learned, prepared.variants), (sources.further, prepared.further)):
        for source, found in part.items():
            say(f"{source}: {len(found)} passages to learn from")
            made: list[Example] = []
            for variant, examples in enumerate(variants):
                gold_first = source == "passages" and not variant
                if not variant or source == "passages":  # KnowledgeNet marks too little to take its boundaries
                    made = [
                        *make_examples(
                            found,
                            source=source,
                            analyzer=analyzer,
                            pieces=pieces,
                            most_pieces=config.model.most_pieces,
                            gold_first=gold_first,
                        )
                    ]
                examples.extend(made)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pickle.dumps(prepared))
