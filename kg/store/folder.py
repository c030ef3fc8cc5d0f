"""The folder of a build: its files appear together or not at all, and nobody else's are lost.

A build writes its files to a draft inside the folder. Renaming the draft to "ready" is the moment from which the new
build counts; then each file is moved to its place, ``build.json`` last. Whoever finds a "ready", left by a program that
was killed in between, moves the rest first. ``build.json`` holds the SHA-256 of every file and, as ``check``, one of
its own content, so that files of two builds, damaged or edited ones are never answered from. Of the database in
``store/``, which is moved as a whole, it holds that of the file that says what it is. One program writes at a time; the
lock names it to the others.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kg.atomic import locked, write_durably
from kg.errors import OutputError

__all__ = [
    "BELOW",
    "DOCUMENTS",
    "ENTITIES",
    "EXTRACTIONS",
    "MANIFEST",
    "OPTIONS",
    "PAGE",
    "STATEMENTS",
    "STORE",
    "TURTLE",
    "BuildFolder",
    "check_file",
    "check_readable",
    "is_of_build",
    "open_folder",
    "read_files",
    "read_options",
    "with_hashes",
    "work_folder",
]

DOCUMENTS, ENTITIES, STATEMENTS = "documents.jsonl", "entities.jsonl", "statements.jsonl"
TURTLE, PAGE = "graph.ttl", "graph.html"
EXTRACTIONS, OPTIONS = "extractions.jsonl", "build.json"
STORE, BELOW, MANIFEST = "store", "store/", "store/kg.json"

_CONTRACT = frozenset({DOCUMENTS, ENTITIES, STATEMENTS, TURTLE, PAGE})
_FILES = _CONTRACT | {EXTRACTIONS, OPTIONS}
_ALL = _FILES | {STORE}
_LOCK, _WORK, _DRAFT, _READY, _OLD = ".kg.lock", ".kg", "draft", "ready", "old"
_PATIENCE = 10.0  # seconds a reader waits for files to be moved
_SWAPS = 100  # how often a reader starts over because a build took another's place meanwhile
_TRIES = 2  # how often it reads files that do not fit: one build may have gone and come back meanwhile
_MAX_OPTIONS = 64_000_000  # bytes
_GENERATOR = b'<meta name="generator" content="kg">'  # of every page that kg writes, within its first bytes


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BuildFolder:
    """A folder that this program alone may write to now; ``open_folder`` gives it."""

    path: Path

    @property
    def journal(self) -> Path:
        """The file that keeps extractions as they are made, until a build is done."""
        return self.path / _WORK / EXTRACTIONS

    def install(self, files: Mapping[str, bytes]) -> None:
        """Put files in the place of those of the same names: all of them or, on any failure, none.

        Raises:
            OutputError: they cannot be written.
        """
        with _writing(self.path):
            _check_in_the_way(self.path, files)
            draft = self.path / _WORK / _DRAFT
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            for name, content in files.items():
                (draft / name).parent.mkdir(exist_ok=True)
                write_durably(draft / name, content)
            os.replace(draft, self.path / _WORK / _READY)  # noqa: PTH105 (named for what it does: atomic)
            _finish(self.path)

    def install_one(self, name: str, content: bytes) -> None:
        """Put one file in its place and its hash in ``build.json``, where there is one.

        Raises:
            OutputError: they cannot be written.
        """
        files, options = {name: content}, _options(self.path / OPTIONS)
        if options is not None and "files" in options:
            options["files"][name] = _sha256(content)
            files[OPTIONS] = _dump(options)
        self.install(files)

    def forget_journal(self) -> None:
        """Remove the journal: the build is done."""
        with suppress(OSError):
            self.journal.unlink()


@contextmanager
def open_folder(folder: Path, *, replace: bool = False, patience: float = 0.0) -> Iterator[BuildFolder]:
    """Make a folder, lock it, see that a build can be written there, and clear what killed programs left.

    Args:
        folder: it need not be there; what was made for it is removed again if nothing comes to stand in it.
        replace: whether files that no build wrote may be overwritten.
        patience: seconds to wait for another program that writes there.

    Raises:
        BusyError: another program writes there.
        OutputError: it cannot be written, or files that no build wrote stand where a build's would go.
    """
    with ExitStack() as stack:
        with _writing(folder):
            stack.callback(_remove_empty, _make(folder))
            stack.enter_context(locked(folder / _LOCK, what=str(folder), patience=patience))
            stack.callback(_clear, folder)
            _check_work(folder)
            _finish(folder)
            _clear(folder)
            _check_in_the_way(folder, _ALL)
            if not replace:
                _check_foreign(folder)
            (folder / _WORK).mkdir(exist_ok=True)
        yield BuildFolder(folder)


def work_folder(folder: Path) -> Path:
    """Return where files of a build may be made, in a folder that is open; what is left there is cleared."""
    return folder / _WORK / _DRAFT


def read_files(folder: Path, *names: str) -> list[bytes]:
    """Return the content of files of a build, all of one and the same build.

    Raises:
        OutputError: one is missing or cannot be read, or they are not as a build wrote them.
    """
    return _consistent(folder, names, lambda: [_read(folder / name) for name in names], _sha256)


def check_readable(path: Path) -> None:
    """Check that a file of whatever origin can be read.

    Raises:
        OutputError: it is missing, no regular file, or cannot be read.
    """
    with _reading(path), path.open("rb"):
        pass


def check_file(folder: Path, name: str) -> None:
    """Check that a file is as the build wrote it.

    Raises:
        OutputError: it is missing, or it is not.
    """
    _consistent(folder, [name], lambda: [_digest(folder / name)], str)


def read_options(folder: Path) -> Mapping[str, Any]:
    """Return what a build depended on, and the hashes of its files under ``files``.

    Raises:
        OutputError: ``build.json`` is missing or damaged.
    """
    _settle(folder)
    options = _options(folder / OPTIONS)
    if options is None:
        raise _damaged(folder)
    return options


def with_hashes(options: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files with ``build.json`` beside them: what the build depends on and the hashes of its files."""
    hashes = {n: _sha256(content) for n, content in sorted(files.items()) if n == MANIFEST or not n.startswith(BELOW)}
    return {**files, OPTIONS: _dump({**options, "files": hashes})}


def is_of_build(path: Path) -> bool:
    """Whether a build, or ``kg view``, wrote a file: it is no article."""
    if path.name in _FILES and path.name in _written(path.parent):
        return True
    if path.parent.name == STORE and path.with_name(Path(MANIFEST).name).is_file():
        return STORE in _written(path.parent.parent)
    if path.suffix.casefold() != ".html" or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return _GENERATOR in file.read(200)
    except OSError:
        return False


def _consistent(folder: Path, names: Sequence[str], read: Callable[[], list[T]], digest: Callable[[T], str]) -> list[T]:
    wrong: list[str] = []
    again = 0
    for _ in range(_SWAPS):
        _settle(folder)
        before = _options(folder / OPTIONS)
        found = read()
        if _is_unsettled(folder) or _options(folder / OPTIONS) != before:
            continue  # a build took the place of another meanwhile
        if before is None and (folder / OPTIONS).is_file():
            raise _damaged(folder)
        hashes = (before or {}).get("files", {})
        pairs = zip(names, found, strict=True)
        wrong = [name for name, content in pairs if name in hashes and hashes[name] != digest(content)]
        if not wrong:
            return found
        if (again := again + 1) == _TRIES:
            break
    raise OutputError(
        f"{folder}: {', '.join(wrong) or 'its files'}: not as the build wrote them (damaged, edited, or of another "
        "build): build again"
    )


def _damaged(folder: Path) -> OutputError:
    """Return what is wrong with a ``build.json`` of which nothing is known; raises it where it cannot even be read."""
    _read(folder / OPTIONS)
    return OutputError(f"{folder / OPTIONS} is damaged: build again")


def _settle(folder: Path) -> None:
    """Move the rest of the files that a killed program left half moved."""
    if not _is_unsettled(folder):
        return
    try:
        with locked(folder / _LOCK, what=str(folder), patience=_PATIENCE):
            _finish(folder)
            _clear(folder)
    except OSError as error:
        raise OutputError(
            f"{folder}: a build was cut short while its files were put in place, and the rest cannot be "
            f"({error.filename or folder}: {error.strerror or error}): run kg once with the right to write there"
        ) from error


def _is_unsettled(folder: Path) -> bool:
    ready = folder / _WORK / _READY
    # A path may be too long, or not be entered; and nothing of kg is a link, so what is one is somebody else's.
    return os.path.isdir(ready) and not (os.path.islink(ready) or os.path.islink(ready.parent))  # noqa: PTH112, PTH114


def _finish(folder: Path) -> None:
    if not _is_unsettled(folder):
        return
    ready = folder / _WORK / _READY
    for name in sorted(_ALL, key=lambda name: name == OPTIONS):
        if os.path.lexists(ready / name):
            if name == STORE and os.path.lexists(folder / STORE):  # a folder takes the place of none that has files
                _put_away(folder)
            os.replace(ready / name, folder / name)  # noqa: PTH105 (named for what it does: atomic)
    shutil.rmtree(ready)


def _put_away(folder: Path) -> None:
    """Move the store of the build before out of the way; it is removed when all is in place."""
    old = folder / _WORK / _OLD
    shutil.rmtree(old, ignore_errors=True)
    os.replace(folder / STORE, old)  # noqa: PTH105 (named for what it does: atomic)


def _check_work(folder: Path) -> None:
    """See that what is called as kg's own files and folders for work is no link, and what it should be."""
    work = folder / _WORK
    for path in (work, work / _DRAFT, work / _READY, work / _OLD, work / EXTRACTIONS):
        should_be = path.is_file if path.name == EXTRACTIONS else path.is_dir
        if os.path.lexists(path) and (path.is_symlink() or not should_be()):
            raise OutputError(f"{path} stands where kg keeps its work, and is none of it: move it away")


def _clear(folder: Path) -> None:
    """Remove leftovers, but no extractions that are still of use."""
    left = (folder / _WORK / _DRAFT, folder / _WORK / _OLD)
    for draft in (*left, *folder.glob(".kg-????????")):  # the latter were those of earlier versions
        if draft.is_dir() and not draft.is_symlink():
            shutil.rmtree(draft, ignore_errors=True)
    with suppress(OSError):
        if not (folder / _WORK / EXTRACTIONS).stat().st_size:
            (folder / _WORK / EXTRACTIONS).unlink()
    with suppress(OSError):
        (folder / _WORK).rmdir()


def _make(folder: Path) -> list[Path]:
    """Make a folder and return those that had to be made, the innermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _remove_empty(folders: Sequence[Path]) -> None:
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _check_in_the_way(folder: Path, names: Sequence[str] | frozenset[str] | Mapping[str, bytes]) -> None:
    for name in sorted(_FILES.intersection(names)):
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            raise OutputError(f"{folder / name} is a folder where a file of the build should go: move it away")
    store = folder / STORE
    if os.path.lexists(store) and (store.is_symlink() or not (folder / MANIFEST).is_file()):
        raise OutputError(f"{store} stands where the database of the build should go, and is none: move it away")


def _check_foreign(folder: Path) -> None:
    written = _written(folder)
    foreign = [name for name in sorted(_ALL - written) if os.path.lexists(folder / name)]
    if foreign:
        raise OutputError(
            f"{folder}: no build wrote {', '.join(foreign)}: choose another folder with --output, or let the build "
            "overwrite with --replace"
        )


def _written(folder: Path) -> frozenset[str]:
    """Return the names of the files in a folder that are a build's."""
    for path in (folder / OPTIONS, folder / _WORK / _READY / OPTIONS):
        options = _options(path)
        if options is not None and isinstance(options.get("files"), dict):
            return frozenset({OPTIONS, *(name.partition("/")[0] for name in options["files"])}) & _ALL
    # Copied without build.json, or with one that is damaged: all five together are no coincidence.
    return _ALL if all((folder / name).is_file() for name in _CONTRACT) else frozenset()


def _options(path: Path) -> dict[str, Any] | None:
    """Return the content of a ``build.json``; None where it is missing or no such file."""
    try:
        if not path.is_file() or path.stat().st_size > _MAX_OPTIONS:
            return None
        options = json.loads(path.read_bytes())
        if not isinstance(options, dict) or not isinstance(options.get("files", {}), dict):
            return None
        check = options.get("check")  # earlier versions wrote none
        return options if check is None or check == _checksum(options) else None
    except (OSError, ValueError, RecursionError):
        return None


def _dump(options: Mapping[str, Any]) -> bytes:
    return json.dumps({**options, "check": _checksum(options)}, indent=2).encode() + b"\n"


def _checksum(options: Mapping[str, Any]) -> str:
    """Return what tells a ``build.json`` as it was written from one that was damaged or edited."""
    rest = {key: value for key, value in options.items() if key != "check"}
    return _sha256(json.dumps(rest, sort_keys=True).encode())[:32]


def _read(path: Path) -> bytes:
    with _reading(path):
        return path.read_bytes()


def _digest(path: Path) -> str:
    with _reading(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # opening a pipe would wait for ever
            raise OutputError(f"cannot read {path}: it is no regular file: name the folder of a build")
        yield
    except FileNotFoundError as error:
        raise OutputError(f"{path} is missing: name the folder of a build, or make one with `kg build`") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot read {path}: {reason}: check the path and its permissions") from error


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"cannot write to {error.filename or folder}: {reason}; check its permissions and the space on the disk, "
            "or choose another folder with --output"
        ) from error
