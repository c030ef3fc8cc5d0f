"""Files that a command writes where the user says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError

__all__ = ["writing_output"]


@contextmanager
def writing_output(path: Path) -> Iterator[None]:
    """Make the folder of a file, and say what to do where the file cannot be written.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror or error}): give another file with --output"
        ) from error
