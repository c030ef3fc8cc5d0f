"""What the user names -> the files to read: each once, in an order that does not depend on how they were named."""

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError

__all__ = ["InputFile", "find_files"]


@dataclass(frozen=True, slots=True, order=True)
class InputFile:
    """A file: ``path`` is absolute, ``name`` as the user wrote it, ``source`` relative to the folder named."""

    path: str
    name: str
    source: str


def find_files(inputs: Sequence[str]) -> tuple[list[InputFile], list[InputError]]:
    """Return the files of all inputs (files, folders, globs), sorted by path, and what could not be found.

    A folder is searched in depth; hidden files and folders are left out, links to folders not followed. A file
    reached twice, also by a link, counts once.
    """
    found: dict[str, InputFile] = {}
    problems: list[InputError] = []
    for given in dict.fromkeys(inputs):
        for item in _expand(given):
            if isinstance(item, InputError):
                problems.append(item)
                continue
            real = os.path.realpath(item.path)
            found[real] = min(item, found.get(real, item))
    return sorted(found.values()), sorted(problems, key=str)


def _expand(given: str) -> Iterator[InputFile | InputError]:
    path = Path(given)
    try:
        if not given:
            yield InputError("an empty name: name a file or a folder")
        elif path.is_dir():
            yield from _walk(path)
        elif path.exists():
            yield _file(path, path.parent)
        elif matches := _matches(given):
            for match in matches:
                yield from _walk(match) if match.is_dir() else iter([_file(match, match.parent)])
        elif path.is_symlink():
            yield InputError(f"{given}: the link leads nowhere: repair or remove it")
        elif glob.has_magic(given):
            yield InputError(f"{given}: no file matches: check the pattern and the current folder")
        else:
            yield InputError(f"{given}: there is no such file or folder: check the path and the current folder")
    except (OSError, ValueError) as error:
        yield InputError(f"{given}: it cannot be opened ({_reason(error)}): check the path")


def _matches(pattern: str) -> list[Path]:
    return [Path(name) for name in sorted(glob.glob(pattern, recursive=True))] if glob.has_magic(pattern) else []  # noqa: PTH207


def _walk(folder: Path) -> Iterator[InputFile | InputError]:
    problems: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield _file(Path(root, name), folder)
    for problem in problems:
        yield InputError(f"{problem.filename}: the folder cannot be opened ({_reason(problem)}): check its permissions")


def _file(path: Path, folder: Path) -> InputFile:
    return InputFile(os.path.abspath(path), str(path), path.relative_to(folder).as_posix())  # noqa: PTH100 (keeps links)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
