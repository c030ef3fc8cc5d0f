"""Work whose output is read while it goes on, in a child process with bounded memory and time.

An engine that can neither be interrupted nor told how much memory to take does its work in a fork of this process:
whatever happens to it, this one goes on. It has a large stack, since an engine that goes down into a query by calling
itself comes to the end of a usual one within a few thousand steps. Time is that which the reader waits, so a reader
that is slow itself, or stands still, uses up none. Where a process cannot be forked (Windows) the work is done in a
thread and its output handed over whole: then only its time is bounded. Elsewhere than on Linux a process can be kept
from no memory.
"""

import faulthandler
import gc
import io
import os
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Thread, active_count, stack_size
from typing import BinaryIO, NoReturn

from kg.errors import KgError, QueryError, QueryLimitError

__all__ = ["bounded"]

Work = Callable[[BinaryIO], None]

STACK = 256 * 2**20
"""Bytes of address space for the stack; 20,000 characters of SPARQL come down to less than a quarter of it."""

_ENDING = (signal.SIGINT, signal.SIGTERM)
_DONE, _REFUSED, _NO_MEMORY = 0, 1, 2
_FORKING = Lock()  # how warnings are shown is one setting of all threads
_MOST_FILES = 2**20  # descriptors; closing a range of them is one call
_LOOK = 0.5  # seconds until a child notices that its parent has gone


@contextmanager
def bounded(work: Work, *, seconds: float | None, memory: int) -> Iterator[BinaryIO]:
    """Give what ``work`` writes, as a binary file to be read while it is written.

    Args:
        work: writes its output to the file that it is given; a ``KgError`` that it raises is one of this process too.
        seconds: for how long the reader waits in all, None for ever.
        memory: bytes that the work may take beyond what this process has now.

    Raises:
        QueryError: from the file's ``read``: the work failed, took too long or needed too much memory.
    """
    if not hasattr(os, "fork"):
        yield _in_thread(work, seconds)
        return
    output = None
    # An interruption waits until the child is known here and, there, until it would end at once.
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        try:
            output = _Output(*_fork(work, memory), seconds=seconds, memory=memory)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        yield output  # type: ignore[misc]  # a raw stream has all that is needed of a file
    finally:
        if output is not None:
            output.close()


class _Output(io.RawIOBase):
    """The reading end of a child's output; closing it ends the child."""

    def __init__(self, child: int, output: int, reason: int, *, seconds: float | None, memory: int) -> None:
        self._child, self._output, self._reason = child, output, reason
        self._seconds, self._left, self._memory = seconds, seconds, memory
        self._code: int | None = None
        self._poll = select.poll()
        self._poll.register(output, select.POLLIN)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        """Read what is there, waiting for it if nothing is.

        Raises:
            QueryError: the child failed, or there is no time left to wait.
        """
        self._wait()
        data = os.read(self._output, len(buffer))
        buffer[: len(data)] = data
        if not data:
            self._end()
            self._check()
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._end(kill=True)
            os.close(self._output)
            os.close(self._reason)
        super().close()

    def _wait(self) -> None:
        began = time.monotonic()
        if not self._poll.poll(None if self._left is None else self._left * 1000):
            raise _too_slow(self._seconds)
        if self._left is not None:
            self._left = max(0.0, self._left - (time.monotonic() - began))

    def _end(self, *, kill: bool = False) -> None:
        if self._code is None:
            if kill:
                os.kill(self._child, signal.SIGKILL)
            self._code = _DONE
            with suppress(ChildProcessError):  # this process was told to care for no child
                self._code = os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])

    def _check(self) -> None:
        if self._code == -signal.SIGINT:
            raise KeyboardInterrupt  # Ctrl-C reaches the child too, and may do so first
        if self._code == _REFUSED:
            raise QueryError(os.read(self._reason, select.PIPE_BUF).decode("utf8", "replace"))
        if self._code in {_NO_MEMORY, -signal.SIGABRT}:
            raise QueryLimitError(
                f"the query needs more than {self._memory // 2**20:,} MB of memory: narrow it down or give it more"
            )
        if self._code != _DONE:
            raise QueryError(f"the query has brought the engine down ({_name(self._code)}): make it simpler")


def _fork(work: Work, memory: int) -> tuple[int, int, int]:
    """Start the work and return the process and the reading ends of its output and of the reason of a failure."""
    parent = os.getpid()
    alone = active_count() == 1  # a database that is open stays so for a child; see kg.store.oxigraph
    output, output_end = os.pipe()
    reason, reason_end = os.pipe()
    try:
        with (
            _FORKING,
            warnings.catch_warnings(),
        ):  # of other threads' locks: the child takes none but those of the engine
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
    except OSError as error:
        for descriptor in (output, output_end, reason, reason_end):
            os.close(descriptor)
        raise QueryError(f"no process can be started ({error.strerror}): close other programs") from error
    if child == 0:
        _live(work, output_end, reason_end, memory=memory, parent=parent, alone=alone)
    os.close(output_end)
    os.close(reason_end)
    return child, output, reason


def _live(work: Work, output: int, reason: int, *, memory: int, parent: int, alone: bool) -> NoReturn:
    """Be the child: do the work in a thread with a large stack, and leave when it is done or the parent has gone."""
    code = _NO_MEMORY
    try:
        for number in _ENDING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):  # what an engine says as it goes down is no word of kg
            os.dup2(nowhere, stream)
        if not alone:  # of what others opened nothing stays open: no connection, no output of another query's process
            gc.disable()
            first, second = sorted((output, reason))
            for lowest, above in ((3, first), (first + 1, second), (second + 1, _MOST_FILES)):
                os.closerange(lowest, above)
        faulthandler.disable()
        sys.stdout = sys.stderr = None
        _limit(memory)

        def run() -> None:
            nonlocal code
            code = _perform(work, output, reason)

        stack_size(STACK)
        worker = Thread(target=run, daemon=True)
        worker.start()
        while worker.is_alive() and os.getppid() == parent:
            worker.join(_LOOK)
    finally:
        os._exit(code)


def _perform(work: Work, output: int, reason: int) -> int:
    try:
        with open(output, "wb", buffering=2**16) as file:
            work(file)
    except MemoryError:
        return _NO_MEMORY
    except BrokenPipeError:  # who read it has enough
        return _DONE
    except BaseException as error:
        said = str(error) if isinstance(error, KgError) else f"the query cannot be run: {type(error).__name__}: {error}"
        os.write(reason, said.encode("utf8", "replace")[: select.PIPE_BUF])
        return _REFUSED
    return _DONE


def _limit(memory: int) -> None:
    """Bound the address space of this process; a system that does not say how much it has now does not keep to it."""
    import resource

    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return
    wanted = pages * resource.getpagesize() + STACK + memory
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or wanted < soft:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _in_thread(work: Work, seconds: float | None) -> BinaryIO:
    output, failure = io.BytesIO(), list[BaseException]()

    def run() -> None:
        try:
            work(output)
        except BaseException as error:  # handed to the caller's thread
            failure.append(error)

    usual = stack_size(STACK)
    try:
        worker = Thread(target=run, daemon=True)
        worker.start()
    finally:
        stack_size(usual)
    worker.join(seconds)
    if worker.is_alive():
        raise _too_slow(seconds)
    if failure:
        raise failure[0]
    output.seek(0)
    return output


def _too_slow(seconds: float | None) -> QueryLimitError:
    return QueryLimitError(f"no whole answer within {seconds:g} seconds: narrow the query down or give it more time")


def _name(code: int | None) -> str:
    with suppress(ValueError, TypeError):
        return signal.Signals(-code).name  # type: ignore[operator]
    return f"status {code}"
