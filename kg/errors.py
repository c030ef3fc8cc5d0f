"""The errors that kg raises; every message says what to do next.

KgError
├── UsageError              the caller asked for something that cannot be (exit code 2)
│   ├── UnknownEntityError      no entity of that name in the graph
│   └── QueryError              SPARQL that cannot be parsed, run or bounded
│       └── QueryLimitError         it takes more time or memory than it may
├── InputError              one input that cannot be used; the build goes on without it (exit code 1)
│   └── DocumentError           one document that could be opened but not read to its end
├── WorkerError             the processes that read documents cannot be started
├── OutputError             a build's files are missing, damaged or cannot be written
│   └── BusyError               another program is writing them
├── ModelError              a language pipeline or model file is missing or not the recorded one
└── InvariantError          a build broke its own rules (SHACL): an error in the program (exit code 3)
"""

import errno
import re
import traceback
from pathlib import Path

__all__ = [
    "BusyError",
    "DocumentError",
    "InputError",
    "InvariantError",
    "KgError",
    "ModelError",
    "OutputError",
    "QueryError",
    "QueryLimitError",
    "UnknownEntityError",
    "UsageError",
    "WorkerError",
    "describe",
    "failure",
    "wants_memory",
]

_PACKAGE = Path(__file__).parent
_LONGEST = 200  # characters of an error's own words
_REFUSED = re.compile(r"bad_alloc|failed to map segment|alloc\w* memory|memory alloc|out of memory", re.IGNORECASE)


class KgError(Exception):
    """Base of every error that kg raises on purpose."""


class UsageError(KgError):
    """The caller asked for something that cannot be done as asked."""


class UnknownEntityError(UsageError):
    """No entity of the graph has the given name or IRI."""


class QueryError(UsageError):
    """A SPARQL query that cannot be parsed or run."""


class QueryLimitError(QueryError):
    """A query that takes more time or memory than it may."""


class InputError(KgError):
    """One input document that cannot be used; the message names the file and the remedy.

    ``where`` is the place of a record in its file ("line 3"), which the message begins with; ``reason`` is the rest.
    """

    def __init__(self, *reason: object, where: str | None = None) -> None:
        super().__init__(*reason)
        self.reason = super().__str__()
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


class DocumentError(InputError):
    """One document that could not be read to its end; the others are not touched by it.

    Attributes:
        document: id of the document.
        stage: what was being done with it: "analysis" or "extraction".
        reason: what went wrong, and the remedy.
    """

    def __init__(self, document: str, stage: str, reason: str) -> None:
        super().__init__(document, stage, reason)
        self.document, self.stage, self.reason = document, stage, reason

    def __str__(self) -> str:
        return f"{self.document}: {self.stage} failed: {self.reason}"


class WorkerError(KgError):
    """The processes that read documents cannot be started."""


class OutputError(KgError):
    """The files of a build are missing, damaged or cannot be written."""


class BusyError(OutputError):
    """Another program is writing the same files; the message names it."""


class ModelError(KgError):
    """A language pipeline or a model file is missing or differs from the one recorded."""


class InvariantError(KgError):
    """A build that violates the shapes of the ontology: an error in the program, not in the input."""


def wants_memory(error: BaseException | None) -> bool:
    """Whether memory that was refused is behind an error: libraries take it for a fault of what they read."""
    if error is None:
        return False
    refused = isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
    return refused or bool(_REFUSED.search(str(error))) or wants_memory(error.__cause__ or error.__context__)


def describe(error: Exception) -> str:
    """Return the kind, the place in kg and the words of an error that was raised there, in one line."""
    words = " ".join(str(error).split())[:_LONGEST]
    frames = [f for f in traceback.extract_tb(error.__traceback__) if _PACKAGE in Path(f.filename).parents]
    place = (
        f" at {Path(frames[-1].filename).relative_to(_PACKAGE.parent).as_posix()}:{frames[-1].lineno}" if frames else ""
    )
    return f"{type(error).__name__}{place}" + (f", {words}" if words else "")


def failure(error: Exception) -> str:
    """Return why a document is lost to an error of whatever kind, with the remedy."""
    if wants_memory(error):
        return "not enough memory: free some or split the text, and build again"
    return str(error) if isinstance(error, KgError) else f"{describe(error)}: an error in kg, please report it"
