"""Standard streams that are closed, full or of another encoding."""

import io
import os
import sys
from typing import TextIO

__all__ = ["is_broken_stream", "prepare_streams"]

_NAMES = {1: "standard output", 2: "standard error"}


class _Named(io.FileIO):
    """A standard stream whose errors say that they are its own, as those of a file do."""

    def write(self, data: object) -> int:
        """Write as a file does.

        Raises:
            OSError: with the name of the stream as its file.
        """
        try:
            return super().write(data) or 0  # type: ignore[arg-type]
        except OSError as error:
            number = self.fileno()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)  # once is enough: the interpreter writes again when it leaves
            os.close(nowhere)
            raise OSError(error.errno, error.strerror, _NAMES[number]) from None


def prepare_streams() -> None:
    """Make both outputs streams that any text can be written to, and whose errors are told from those of a file.

    What is closed gets a place: else the next file that is opened takes its number, and what a library prints goes
    into it. Standard output, if closed, fails when something is written.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY), True)
    if sys.stdout is sys.__stdout__:  # else a program that runs the command has put its own in place
        sys.stdout = _named(sys.stdout, 1)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _named(sys.stderr, 2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without UTF-8 shows "?" rather than a traceback


def is_broken_stream(error: BaseException) -> bool:
    """Whether the error is that a standard stream cannot be written."""
    return isinstance(error, OSError) and error.filename in _NAMES.values()


def _named(stream: TextIO | None, number: int) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(_Named(number, "w", closefd=False)),
        encoding=stream.encoding if stream is not None else "utf8",
        line_buffering=stream is not None and bool(stream.line_buffering),
    )
