"""Marks that stand apart from their text: mentions by place, for texts that are not the project's to ship."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.training.passages import passage
from kg.training.records import Annotated

__all__ = ["read"]


def read(marks: Path, texts: Path) -> Iterator[Annotated]:
    """Yield the passages of a file of marks, one a line; ``kg/training/data/README.md`` explains the format.

    Args:
        texts: JSON Lines of ``id``, ``text`` and ``published``, which the marks point into.

    Raises:
        InputError: a text is missing or another one, or a passage breaks the format; the message names it.
    """
    with texts.open(encoding="utf8") as lines:
        sources = {source["id"]: source for source in map(json.loads, lines)}
    for line in marks.read_text(encoding="utf8").splitlines():
        mark = json.loads(line)
        try:
            source = sources[mark["of"]]
            lines_of = [part.strip() for part in source["text"].strip().split("\n")]
            text = "\n".join(lines_of[n] for n in mark["lines"])
            if hashlib.sha256(text.encode()).hexdigest()[:8] != mark["sha"]:
                raise ValueError("its text is another one")
            for start, end, name in reversed(mark["mentions"]):
                text = f"{text[:start]}[[{name}|{text[start:end]}]]{text[end:]}"
            yield passage(mark["id"], source["published"], [*text.split("\n"), *mark["relations"]])
        except (KeyError, IndexError, ValueError) as error:
            raise InputError(f"{marks}: {mark['id']}: {error}: take the texts that the marks were made of") from error
