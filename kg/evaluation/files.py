"""Reading a benchmark's files."""

import json
from pathlib import Path
from typing import Any

from kg.errors import InputError

__all__ = ["find", "read_lines"]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a JSON Lines file.

    Raises:
        InputError: it is missing or a line is no JSON object.
    """
    records = []
    try:
        with path.open(encoding="utf8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    record = json.loads(line)
                    if not isinstance(record, dict):
                        raise ValueError(f"line {number} is no JSON object")
                    records.append(record)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}: give the benchmark's own file") from error
    return records


def find(folder: Path, *names: str) -> Path:
    """Return the first of some files or folders that is there, or ``folder`` itself where it is a file.

    Raises:
        InputError: none is there.
    """
    if folder.is_file():
        return folder
    for name in names:
        if (folder / name).exists():
            return folder / name
    raise InputError(f"{folder} holds none of {', '.join(names)}: give the folder of the benchmark's files")
