"""GAP (Webster et al., TACL 2018; Apache-2.0): paragraphs in which one pronoun and two names are marked."""

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.extraction.learned.labels import SAME
from kg.training.records import Annotated, GoldMention, Pair

__all__ = ["read"]


def read(path: Path) -> Iterator[Annotated]:
    """Yield the paragraphs of a part: of the pronoun and each name whether they are one person, of nothing else."""
    with path.open(encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            mentions = [_mention(row, name) for name in ("Pronoun", "A", "B")]
            said = [(n, row[f"{name}-coref"].upper() == "TRUE") for n, name in ((1, "A"), (2, "B"))]
            coreferent = [n for n, same in said if same]
            joined = tuple(
                GoldMention(m.start, m.end, m.type, "pronoun" if i in (0, *coreferent) else None)
                for i, m in enumerate(mentions)
            )
            zeros = [pair for n, same in said if not same for pair in (Pair(0, n, SAME), Pair(n, 0, SAME))]
            yield Annotated(id=row["ID"], group=row["URL"], text=row["Text"], mentions=joined, zeros=tuple(zeros))


def _mention(row: dict[str, str], name: str) -> GoldMention:
    start = int(row[f"{name}-offset"])
    return GoldMention(start, start + len(row[name]), "Person")
