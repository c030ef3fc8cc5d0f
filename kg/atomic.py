"""Files written whole or not at all, and a lock that tells who else is writing."""

import json
import os
import shutil
import socket
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from kg.errors import BusyError

__all__ = ["locked", "replace_file", "write_durably"]

_POLL = 0.05  # seconds between two tries
_FAR = 1 << 30  # byte that is locked on Windows, where nobody else can read one that is


def replace_file(path: Path, content: bytes) -> None:
    """Put content in the place of a file: written beside it, then renamed. Whoever may do so at once holds a lock.

    A link is replaced itself; what it leads to is left alone.

    Raises:
        OSError: it cannot be written, or what stands there is no file; what was there is as it was.
    """
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(f"{path.name} is no regular file")
    draft = path.with_name(f".{path.name}.draft")
    try:
        write_durably(draft, content)
        with suppress(OSError):
            shutil.copymode(path, draft)  # what was private stays private
        os.replace(draft, path)  # noqa: PTH105 (named for what it does: atomic)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise


def write_durably(path: Path, content: bytes) -> None:
    """Write a new file and wait until the disk has it.

    Raises:
        OSError: it cannot be written.
    """
    with suppress(FileNotFoundError):
        path.unlink()  # a leftover, or a link that somebody laid there
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def locked(path: Path, *, what: str, patience: float = 0.0) -> Iterator[None]:
    """Hold a lock: ``path`` is a file that is there as long as it is held; one that a killed program left holds nobody.

    Args:
        path: the lock file; its folder exists.
        what: what is being written, for the message of whoever comes second.
        patience: seconds to wait for another program.

    Raises:
        BusyError: another program holds it; the message names that one.
        OSError: the file cannot be made.
    """
    file = _acquire(path, what=what, until=time.monotonic() + patience)
    try:
        owner = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now().isoformat(" ", "seconds")}
        file.truncate(0)
        file.write(json.dumps(owner).encode())
        file.flush()
        yield
    finally:
        with suppress(OSError):
            path.unlink()  # while it is held: who opened it before sees that it is gone and makes another
        file.close()
        if sys.platform == "win32":  # nothing that is open can be removed there, so this takes it from nobody
            with suppress(OSError):
                path.unlink()


def _acquire(path: Path, *, what: str, until: float) -> BinaryIO:
    while True:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666), "r+b", 0)
        try:
            if _take(file):
                if _is_at(file, path):
                    return file
            elif time.monotonic() >= until:
                raise BusyError(f"{what} is being written by another kg ({_owner(file)}): wait for it, or end it")
            else:
                time.sleep(_POLL)
        except BaseException:
            file.close()
            raise
        file.close()


if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            file.seek(0)
        return True

else:
    import fcntl

    def _take(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            return True  # a file system without locks: better unguarded than of no use
        return True


def _is_at(file: BinaryIO, path: Path) -> bool:
    """Whether a file that was opened is still the one of that name: its holder may have removed it since."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.lstat())
    except FileNotFoundError:
        return False


def _owner(file: BinaryIO) -> str:
    try:
        owner = json.loads(file.read(1000))
        return f"process {int(owner['pid'])} on {owner['host']!s:.100}, since {owner['since']!s:.30}"
    except (ValueError, TypeError, KeyError, OSError):
        return "it has not yet said which"
