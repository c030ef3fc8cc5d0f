"""What is left of an error that kg does not know: a file that tells those who mend it where it happened."""

import os
import platform
import shlex
import tempfile
import traceback
from collections.abc import Sequence

__all__ = ["write_report"]


def write_report(error: BaseException, arguments: Sequence[str]) -> str | None:
    """Write a report into the folder for temporary files, readable by the user alone, and return its path.

    It holds the versions, the command and the traceback, and nothing of an article but what the error quotes. None is
    returned where no file can be written.
    """
    import kg

    lines = (
        f"kg {kg.__version__}, Python {platform.python_version()}, {platform.platform()}\n",
        f"command: kg {shlex.join(arguments)}\n\n",
        *traceback.format_exception(error),
    )
    try:
        descriptor, path = tempfile.mkstemp(prefix="kg-error-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf8", errors="backslashreplace") as file:
            file.writelines(lines)
    except OSError:
        return None
    return path
