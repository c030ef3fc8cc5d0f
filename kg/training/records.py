"""What every source of training data is read into: a text, its mentions and what is known of pairs of them."""

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Annotated", "GoldMention", "Pair"]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Characters ``start`` to ``end`` (exclusive).

    ``form`` numbers ``FORMS``, None where the annotation tells the type alone or nothing; ``type`` is the name of a
    type of entity, "Date" or "Title".
    """

    start: int
    end: int
    type: str | None = None
    entity: str | None = None
    form: int | None = None


class Pair(NamedTuple):
    """Two mentions by number and an output of the model by name or number (see ``kg.extraction.learned.labels``)."""

    subject: int
    object: int
    output: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A passage with what its annotators said.

    Attributes:
        group: passages of one group (document) stay on the same side of a split.
        supervised: outputs for which every pair that is not in ``ones`` does not hold.
        ones, zeros: pairs that hold and, for outputs that are not supervised, pairs that do not.
        unknown: pairs left out even where the output is supervised.
        statuses, reasons: numbers into ``STATUSES`` and ``REASONS`` for a pair.
        complete: every mention is marked with its form, so what is not marked is none.
    """

    id: str
    group: str
    text: str
    published: str | None = None
    mentions: tuple[GoldMention, ...] = ()
    supervised: frozenset[int] = frozenset()
    ones: tuple[Pair, ...] = ()
    zeros: tuple[Pair, ...] = ()
    unknown: tuple[Pair, ...] = ()
    statuses: tuple[Pair, ...] = ()
    reasons: tuple[Pair, ...] = ()
    complete: bool = False
