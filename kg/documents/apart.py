"""Readers of intricate formats in a process apart: whatever a hostile file makes of them, the build goes on.

What a page, a PDF or a Word document takes in time and memory cannot be told from its size, and the libraries that
parse them are C. So one child process reads these formats, one file at a time, with a limit on memory and processor
time that the operating system holds it to. It is started for the first such file and again after a loss.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from kg.documents.content import Content
from kg.documents.limits import READING_MEMORY, READING_SECONDS
from kg.errors import InputError, wants_memory
from kg.offline import stay_offline

try:
    import resource
except ImportError:  # not on Windows, where the clock alone limits the child
    resource = None  # type: ignore[assignment]

__all__ = ["ReaderApart", "serve_files"]

_WAIT = READING_SECONDS * (20 if resource else 2)  # seconds by the clock, which passes faster on a busy machine
_SLOW = f"reading it takes more than {READING_SECONDS} seconds: save its text as .txt"
_LARGE = f"reading it takes more than {READING_MEMORY:,} bytes of memory: save its text as .txt"
_BROKEN = f"its reader breaks down on it, or at {READING_MEMORY:,} bytes of memory: save its text as .txt"
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from kg.documents.apart import serve_files; serve_files()"
_PACKAGES = str(Path(__file__).parents[2])


class ReaderApart:
    """Reads files in a child process; use as a context manager, which ends the child."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, suffix: str, data: bytes, **options: str | None) -> list[Content]:
        """Read a whole file by the reader of its suffix, or a piece of HTML, with its keyword arguments.

        Raises:
            InputError: the reader says so, or it takes more time or memory than it may.
        """
        fresh = self._child is None
        child = self._child or self._start()
        timed_out = threading.Event()

        def give_up() -> None:
            timed_out.set()
            child.kill()

        timer = threading.Timer(_WAIT, give_up)
        timer.start()
        try:
            answer = _ask(child, {"suffix": suffix, "size": len(data), "options": options}, data)
        finally:
            timer.cancel()
        if answer is None:
            self._end()
            slow = timed_out.is_set() or _ran_out_of_time(child.returncode)
            if slow or fresh:
                raise InputError(_SLOW if slow else _BROKEN)
            return self.read(suffix, data, **options)  # it may have died of something else
        if answer.get("last"):
            self._end()
        if "error" in answer:
            raise InputError(answer["error"])
        return [_content(raw) for raw in answer["contents"]]

    def _start(self) -> subprocess.Popen[bytes]:
        paths = [*(path for path in sys.path if path), _PACKAGES]  # not the current folder: articles may lie there
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-c", _CODE, *paths],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            why = f"its reader cannot be started ({error.strerror or type(error).__name__})"
            raise InputError(f"{why}: free memory and build again") from error
        return self._child

    def _end(self) -> None:
        if child := self._child:
            self._child = None
            child.kill()
            for stream in (child.stdin, child.stdout):
                if stream:
                    with contextlib.suppress(OSError):  # what was not sent any more
                        stream.close()
            child.wait()


def _ask(child: subprocess.Popen[bytes], question: Mapping[str, Any], data: bytes) -> dict[str, Any] | None:
    """Return the child's answer, or None where it died of the question."""
    if not child.stdin or not child.stdout:
        return None
    try:
        child.stdin.write(json.dumps(question).encode() + b"\n" + data)
        child.stdin.flush()
        line = child.stdout.readline()
    except OSError:
        return None
    return json.loads(line) if line.endswith(b"\n") else None


def _content(raw: Mapping[str, Any]) -> Content:
    return Content(**(dict(raw) | {"notes": tuple(raw["notes"]), "lost": tuple(raw["lost"])}))


def _ran_out_of_time(status: int | None) -> bool:
    return status is not None and status == -getattr(signal, "SIGXCPU", 0)


def serve_files() -> None:
    """Answer questions from standard input on standard output until it ends: the child's whole life."""
    stay_offline()
    asked, answered = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_AS", READING_MEMORY)
    _peak_before()
    while line := asked.readline():
        question = json.loads(line)
        _limit("RLIMIT_CPU", int(time.process_time()) + 1 + READING_SECONDS)
        answered.write(json.dumps(_answer(question, asked)).encode() + b"\n")
        answered.flush()


def _answer(question: Mapping[str, Any], asked: BinaryIO) -> dict[str, Any]:
    """Return what the file says or why it cannot be read; ``last`` where so much memory was used that none is left."""
    from kg.documents.formats import FILE_READERS, PART_READERS

    try:
        data = asked.read(question["size"])
        reader = (FILE_READERS | PART_READERS)[question["suffix"]]
        answer: dict[str, Any] = {"contents": list(map(asdict, reader(data, **question["options"])))}
    except (InputError, MemoryError) as error:
        answer = {"error": _LARGE if _is_full() or wants_memory(error) else str(error)}
    return answer | {"last": _is_full()}


def _is_full() -> bool:
    return _peak() > max(_peak_before(), READING_MEMORY / 2)


def _peak() -> int:
    """The most memory used so far, in bytes; 0 where the system does not tell."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit if resource else 0


@cache
def _peak_before() -> int:
    """The peak when the process began: on Linux it has that of the process that started it."""
    return _peak()


def _limit(name: str, value: int) -> None:
    if resource:
        with contextlib.suppress(OSError, ValueError):  # it may be lower already
            limit = getattr(resource, name)
            resource.setrlimit(limit, (value, resource.getrlimit(limit)[1]))
