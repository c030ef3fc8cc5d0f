"""Documents -> extractions, read in processes of their own.

Whatever a document does to the process that reads it (it hangs in native code, takes all memory, is killed), the build
outlives it: the process is replaced and the document named. A process is given one document at a time and knows nothing
of the others, so what is read is the same for any number of processes.

A process is a fresh interpreter that imports kg and nothing of the caller's program, which therefore needs no
``if __name__ == "__main__"`` guard. Pickles go both ways over its standard streams: to it the settings, then documents;
from it that it is ready, then for each document the stages that it enters and what came of it.
"""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import IO, Any

from kg.config import Settings
from kg.errors import DocumentError, KgError, WorkerError, describe
from kg.model import Document, Extraction
from kg.offline import stay_offline
from kg.reader import ANALYSIS, Reader

__all__ = ["extract", "serve"]

_AHEAD = 64  # documents a process may be ahead of the one whose result is due
_STARTS = 3  # times to try to start a process: it may be killed because another took the memory
_LEAVING = 5  # seconds that a process may take to end once it has nothing to say
_READY, _ENDED = "ready", None
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from kg.workers import serve; serve()"
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def extract(documents: Iterable[Document], settings: Settings | None = None) -> Iterator[Extraction | DocumentError]:
    """Yield what each document says, in order, or why that is not known; none is read with knowledge of the others.

    ``settings.workers`` processes read them. A document that takes longer than ``settings.max_document_seconds``, or
    whose process ends, is a ``DocumentError`` like one on which kg fails. No process outlives the iterator.

    Raises:
        KgError: no document can be read: a model is missing, or no process can be started.
    """
    settings = settings or Settings()
    pool = _Pool(settings)
    due: deque[Future[Extraction | DocumentError]] = deque()
    try:
        for document in documents:
            due.append(pool.submit(document))
            while due and (due[0].done() or len(due) > _AHEAD * settings.workers):
                yield due.popleft().result()
        while due:
            yield due.popleft().result()
    finally:
        pool.end()


class _Pool:
    """Threads that each keep one process busy; both are started when there is work for them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._work: SimpleQueue[tuple[Document, Future[Extraction | DocumentError]] | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._workers: set[_Worker] = set()
        self._lock, self._ended = Lock(), False

    def submit(self, document: Document) -> "Future[Extraction | DocumentError]":
        due: Future[Extraction | DocumentError] = Future()
        self._work.put((document, due))
        if len(self._threads) < self._settings.workers:
            thread = Thread(target=self._read, daemon=True)  # nothing waits for it when the program leaves
            thread.start()
            self._threads.append(thread)
        return due

    def end(self) -> None:
        """End all processes, whatever they are doing, and the threads."""
        with self._lock:
            self._ended = True
            for worker in self._workers:
                worker.kill()
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join()

    def _read(self) -> None:
        worker = None
        while task := self._work.get():
            document, due = task
            try:
                if not (worker and worker.alive):
                    self._forget(worker)
                    worker = self._start()
                due.set_result(worker.read(document, seconds=self._settings.max_document_seconds))
            except BaseException as error:
                due.set_exception(error)
        self._forget(worker)

    def _start(self) -> "_Worker":
        fate = ""
        for _ in range(_STARTS):
            with self._lock:  # so that none is started behind the back of end()
                if self._ended:
                    break
                worker = _Worker(self._settings)
                self._workers.add(worker)
            try:
                if worker.wait_until_ready():
                    return worker
                fate = worker.fate
            except KgError:
                self._forget(worker)
                raise
            self._forget(worker)
        raise WorkerError(
            f"no process that reads articles can be started ({fate}): free memory, or use fewer --workers"
        )

    def _forget(self, worker: "_Worker | None") -> None:
        if worker:
            with self._lock:
                self._workers.discard(worker)
            worker.close()


class _Worker:
    """One process that reads documents, seen from here.

    Raises:
        WorkerError: it cannot be started.
    """

    def __init__(self, settings: Settings) -> None:
        # -P: the folder we are in, which may be one of articles, is no place to import from.
        # A process group of its own: Ctrl-C at the terminal is for us to answer.
        command = [sys.executable, "-P", "-c", _PROGRAM, *sys.path]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, process_group=0)
        except OSError as error:
            raise WorkerError(f"no process that reads articles can be started: {error.strerror or error}") from error
        assert self._process.stdin
        assert self._process.stdout
        self._requests: IO[bytes] = self._process.stdin
        self._replies: SimpleQueue[Any] = SimpleQueue()
        self._listener = Thread(target=_listen, args=(self._process.stdout, self._replies), daemon=True)
        self._listener.start()
        self._send(settings)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def fate(self) -> str:
        """How the process ended, in words; one that closed its pipe, or says what makes no sense, is ended here."""
        try:
            code = self._process.wait(timeout=_LEAVING)
        except subprocess.TimeoutExpired:
            self.kill()
            code = self._process.wait()
        try:
            return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
        except ValueError:
            return f"ended by signal {-code}"

    def wait_until_ready(self) -> bool:
        """Return True when the models are loaded, False if the process ended before.

        Raises:
            KgError: they cannot be loaded.
        """
        reply = self._replies.get()
        if isinstance(reply, KgError):
            raise reply
        return bool(reply == _READY)

    def read(self, document: Document, *, seconds: float) -> Extraction | DocumentError:
        """Return what a document says; the process is ended if that takes longer than ``seconds``."""
        stage, until = ANALYSIS, time.monotonic() + seconds
        self._send(document)
        while True:
            try:
                reply = self._replies.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                self.close()
                reason = f"longer than {seconds:g} seconds: split the text, or allow more with --max-document-seconds"
                return DocumentError(document.id, stage, reason)
            if reply is _ENDED:
                reason = f"the process that read it {self.fate}, perhaps for want of memory: split the text"
                return DocumentError(document.id, stage, reason)
            if isinstance(reply, Extraction | DocumentError):
                return reply
            stage = reply

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()

    def close(self) -> None:
        """End the process and wait until nothing is left of it."""
        self.kill()
        self._process.wait()
        self._listener.join()
        with suppress(OSError):  # what it has not taken
            self._requests.close()

    def _send(self, message: Settings | Document) -> None:
        with suppress(OSError):  # it has ended: the listener will say so
            pickle.dump(message, self._requests)
            self._requests.flush()


def _listen(stream: IO[bytes], replies: "SimpleQueue[Any]") -> None:
    """Pass on what a process says until it has ended; a message that it could not finish is none."""
    try:
        while True:
            replies.put(pickle.load(stream))
    except Exception:
        replies.put(_ENDED)
    finally:
        stream.close()


def serve() -> None:
    """Read documents for the process that started this one until that one goes: the whole life of a worker."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("r+b") as nothing:  # a library that prints or reads must not disturb the messages
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    _go_first()
    stay_offline()
    inbox: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_receive, args=(requests, inbox), daemon=True).start()

    def reply(message: Any) -> None:
        replies.write(pickle.dumps(message))
        replies.flush()

    try:
        reader = Reader(inbox.get())
    except KgError as error:
        reply(error)
        return
    except Exception as error:
        reply(WorkerError(f"cannot load what reads articles: {describe(error)}: free memory, or install kg again"))
        return
    reply(_READY)
    while True:
        reply(reader.read(inbox.get(), enter=reply))


def _receive(requests: IO[bytes], inbox: "SimpleQueue[Any]") -> None:
    try:
        while True:
            inbox.put(pickle.load(requests))
    finally:
        os._exit(1)  # the other process has gone, or what it sent does not fit into memory


def _go_first() -> None:
    """Let the kernel end this process with the one that started it, and before that one where memory runs out.

    Even native code that runs is ended so. Elsewhere than on Linux the end of the pipe must do (``_receive``).
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, ctypes.c_ulong(signal.SIGKILL))
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
