"""Reading a file that a user names: a regular one, bounded in size; whatever is wrong is one clear line.

A pipe would be waited for without end, ``/dev/zero`` read without end: neither is ever opened for reading.
"""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from kg.errors import UsageError

__all__ = ["check_current_folder", "open_regular", "read_regular", "read_utf8"]

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


def open_regular(path: str | Path, *, name: str | None = None) -> BinaryIO:
    """Open a regular file for reading bytes; never waits for the other end of a pipe.

    Args:
        path: the file; links are followed.
        name: what messages call it; the path if None.

    Raises:
        UsageError: it is not there, is no regular file or may not be read; the message names it and the remedy.
    """
    shown = str(path) if name is None else name
    try:
        _check_regular(os.stat(path), shown)  # noqa: PTH116 (opening some devices already does something)
        descriptor = os.open(path, _FLAGS)
        try:
            _check_regular(os.fstat(descriptor), shown)  # it may have been replaced since
        except BaseException:
            os.close(descriptor)
            raise
        return open(descriptor, "rb")  # noqa: PTH123 (a descriptor, no path)
    except (OSError, ValueError) as error:
        raise _unreadable(shown, error) from error


def read_regular(path: str | Path, *, limit: int, missing_ok: bool = False, name: str | None = None) -> bytes:
    """Return the bytes of a regular file of at most ``limit`` bytes; with ``missing_ok`` none where there is no file.

    Raises:
        UsageError: as ``open_regular``, or it is larger; the message names the file, the limit and the remedy.
    """
    shown = str(path) if name is None else name
    try:
        with open_regular(path, name=name) as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise _unreadable(shown, error) from error
    except UsageError as error:
        if missing_ok and isinstance(error.__cause__, FileNotFoundError) and not Path(path).is_symlink():
            return b""  # a link that leads nowhere is no missing file: what it led to may have been lost
        raise
    if len(data) > limit:
        raise UsageError(f"{shown}: it is larger than {limit:,} bytes: split it")
    return data


def read_utf8(path: str | Path, *, limit: int, missing_ok: bool = False, name: str | None = None) -> str:
    """Return the text of a regular file in UTF-8, without a byte order mark; line ends stay as they are.

    Raises:
        UsageError: as ``read_regular``, or it is not UTF-8.
    """
    data = read_regular(path, limit=limit, missing_ok=missing_ok, name=name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path if name is None else name}: it is not UTF-8: save it as UTF-8") from error


def check_current_folder() -> None:
    """Check that the current folder is there: libraries ask for it late, when much has been done already.

    Raises:
        UsageError: it is gone.
    """
    try:
        os.getcwd()  # noqa: PTH109 (only asked whether it is there)
    except OSError as error:
        raise UsageError("the current folder is gone: go to another one, such as by `cd`") from error


def _check_regular(found: os.stat_result, shown: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no regular file"
        raise UsageError(f"{shown}: it is {kind}: name a file")


def _unreadable(shown: str, error: Exception) -> UsageError:
    reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
    remedy = "check the path" if isinstance(error, FileNotFoundError | ValueError) else "check its permissions"
    return UsageError(f"{shown}: it cannot be read ({reason}): {remedy}")
