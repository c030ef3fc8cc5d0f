"""What was read from each document, kept beside the graph: decisions are applied and documents added without reading
the others again.

``extractions.jsonl`` has one line a document, sorted by id: ``{"document", "entities", "claims", "key", "check"}``,
the records of ``kg.model`` as they are. ``key`` stands for all that the extraction depends on, so a line whose key is
that of a document to be read can take the place of reading it. ``check`` is a checksum of the rest of the line: what
was damaged or edited is not believed.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError
from kg.model import Extraction
from kg.store.folder import EXTRACTIONS, read_files
from kg.store.lines import UNREADABLE, sparse, to_line, to_record

__all__ = ["Journal", "dump_extractions", "known_extractions", "open_journal", "parse_extractions", "read_extractions"]

_CHECK = b', "check": "'


Journal = Callable[[str, Extraction], None]
"""Keeps an extraction under its key."""


def dump_extractions(extractions: Iterable[tuple[str, Extraction]]) -> bytes:
    """Return the content of the file for pairs of a key and an extraction."""
    ordered = sorted(extractions, key=lambda pair: pair[1].document)
    return b"".join(_checked_line(key, extraction) for key, extraction in ordered)


def read_extractions(folder: Path) -> Iterator[tuple[str, Extraction]]:
    """Yield each extraction of a build with its key.

    Raises:
        OutputError: the file is missing, or a line of it is damaged.
    """
    return parse_extractions(folder, *read_files(folder, EXTRACTIONS))


def parse_extractions(folder: Path, content: bytes) -> Iterator[tuple[str, Extraction]]:
    """Yield each extraction in the content of a build's file of them, with its key.

    Raises:
        OutputError: a line of it is damaged.
    """
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            read = _parse(line)
            if read is None:
                raise OutputError(f"{folder / EXTRACTIONS}:{number} is damaged: build again")
            yield read


def known_extractions(path: Path, keys: Collection[str]) -> tuple[dict[str, Extraction], int]:
    """Return those of the wanted extractions that a file holds, by key, and the number of its lines that are damaged.

    A file that is missing or cannot be read holds none: it only saves time.
    """
    wanted, known, damaged = set(keys), {}, 0
    try:
        if not path.is_file():
            return {}, 0
        with path.open("rb") as file:
            for line in file:
                read = _parse(line)
                if read is None:
                    damaged += bool(line.strip())
                elif read[0] in wanted:
                    known[read[0]] = read[1]
    except OSError:
        pass
    return known, damaged


@contextmanager
def open_journal(path: Path) -> Iterator[Journal]:
    """Give a function that adds an extraction with its key to a file, so that it outlives the program.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        file = path.open("ab", buffering=0)  # closing must not try again to write what could not be written
    except OSError as error:
        raise _unwritten(path, error) from error

    def write(line: bytes) -> None:
        try:
            while line:
                line = line[file.write(line) :]
        except OSError as error:
            raise _unwritten(path, error) from error

    with file:
        if file.tell():
            write(b"\n")  # the last line may have been cut short
        yield lambda key, extraction: write(_checked_line(key, extraction))


def _unwritten(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(
        f"cannot write to {path}: {reason}; check its permissions and the space on the disk, or choose another "
        "folder with --output"
    )


def _checked_line(key: str, extraction: Extraction) -> bytes:
    line = to_line({**sparse(extraction), "key": key})
    return line[:-2] + _CHECK + _checksum(line[:-2]) + b'"}\n'


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:32].encode()


def _parse(line: bytes) -> tuple[str, Extraction] | None:
    body, _, check = line.rstrip(b"\n").rpartition(_CHECK)
    if check != _checksum(body) + b'"}':
        return None
    try:
        record = json.loads(body + b"}")
        return str(record["key"]), to_record(Extraction, record)
    except UNREADABLE:
        return None
