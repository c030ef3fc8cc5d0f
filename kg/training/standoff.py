"""Marks that stand apart from their text: mentions by place, for texts that are not the project's to ship."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.training.passages import passage
from kg.training.records import Annotated

__all__ = ["read"]


def read(marks: Path, texts: Iterable[Path]) -> Iterator[Annotated]:
    """Yield the passages of a file of marks, one a line; ``kg/training/data/README.md`` explains the format.

    Args:
        texts: files of what the marks point into: JSON Lines of ``id``, ``text`` and ``published``, a folder of such
            records, one a JSON file, or a data set as its authors give it (GAP's table, KnowledgeNet's passages).

    Raises:
        InputError: a text is missing or another one, or a passage breaks the format; the message names it.
    """
    sources = {name: (text, published) for path in texts for name, text, published in _texts(path)}
    for line in marks.read_text(encoding="utf8").splitlines():
        mark = json.loads(line)
        try:
            source, published = sources[mark["of"]]
            lines_of = [part.strip() for part in source.strip().split("\n")]
            text = "\n".join(lines_of[n] for n in mark["lines"])
            if hashlib.sha256(text.encode()).hexdigest()[:8] != mark["sha"]:
                raise ValueError("its text is another one")
            for start, end, name in reversed(mark["mentions"]):
                text = f"{text[:start]}[[{name}|{text[start:end]}]]{text[end:]}"
            yield passage(mark["id"], published, [*text.split("\n"), *mark["relations"]])
        except (KeyError, IndexError, ValueError) as error:
            raise InputError(f"{marks}: {mark['id']}: {error}: take the texts that the marks were made of") from error


def _texts(path: Path) -> Iterator[tuple[str, str, str | None]]:
    """Yield the name, text and date of each text of a file or folder."""
    if path.is_dir():
        for record in (json.loads(file.read_text(encoding="utf8")) for file in sorted(path.glob("*.json"))):
            yield record["id"], record["text"], record.get("published")
        return
    with path.open(encoding="utf8", newline="") as lines:
        if path.suffix == ".tsv":
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield row["ID"], row["Text"], None
        else:
            for record in map(json.loads, lines):
                for part in record.get("passages", ()):
                    yield f"{record['id']}:{part['start']}:{part['end']}", part["text"], None
                if "text" in record:
                    yield record["id"], record["text"], record.get("published")
