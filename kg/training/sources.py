"""The training data as one configuration names them, split into what is learned from and what is tuned on."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from kg.analysis import Analyzer
from kg.errors import InputError
from kg.extraction.learned.pieces import Pieces
from kg.training import knowledgenet, passages
from kg.training.config import Config
from kg.training.examples import Example, make_examples, split
from kg.training.records import Annotated

__all__ = ["PASSAGES", "Prepared", "Sources", "prepare", "read_sources"]

PASSAGES = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Annotated passages by source, apart for learning and for tuning."""

    learned: dict[str, list[Annotated]]
    dev: dict[str, list[Annotated]]


@dataclass(slots=True)
class Prepared:
    """Examples for learning in two variants: boundaries of mentions as annotated where complete, and as spaCy's."""

    variants: list[list[Example]] = field(default_factory=lambda: [[], []])


def read_sources(config: Config, data: Path) -> Sources:
    """Read what a configuration names; ``data`` is the folder that its paths are relative to.

    Raises:
        InputError: a file is missing.
    """
    missing = [str(data / name) for name in config.data.knowledgenet if not (data / name).is_file()]
    if missing:
        raise InputError(f"{', '.join(missing)} not found: give the folder of the data sets with --data")
    every = {
        "knowledgenet": list(chain.from_iterable(knowledgenet.read(data / name) for name in config.data.knowledgenet)),
        "passages": list(chain.from_iterable(passages.read(path) for path in sorted(PASSAGES.glob("*.txt")))),
    }
    learned, dev = {}, {}
    for source, found in every.items():
        held = split((a.group for a in found), share=config.data.dev_share, seed=config.seed)
        learned[source] = [a for a in found if a.group not in held]
        dev[source] = [a for a in found if a.group in held]
    return Sources(learned=learned, dev=dev)


def prepare(config: Config, sources: Sources, *, pieces: Pieces, target: Path, say: Callable[[str], None]) -> None:
    """Parse the passages and write their examples to a file (a pickle of this program, for this program)."""
    analyzer = Analyzer(model=config.data.pipeline)
    prepared = Prepared()
    for source, found in sources.learned.items():
        for variant, examples in enumerate(prepared.variants):
            if source == "knowledgenet" and variant:
                examples.extend(e for e in prepared.variants[0] if e.source == source)
                continue
            examples.extend(
                make_examples(
                    found,
                    source=source,
                    analyzer=analyzer,
                    pieces=pieces,
                    most_pieces=config.model.most_pieces,
                    gold_first=source == "passages" and not variant,
                )
            )
        say(f"{source}: {len(found)} passages to learn from, {len(sources.dev[source])} to tune on")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pickle.dumps(prepared))
