"""What a build is made of, as the user names it: articles, the file of decisions, and what is written down of both."""

import glob
import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from kg.config import DECISIONS, Settings
from kg.errors import InputError, OutputError, UsageError
from kg.model import Document

__all__ = ["check_losses", "decisions_file", "read_inputs", "recorded_inputs", "seen_from"]


def decisions_file(inputs: Sequence[str], settings: Settings) -> Path:
    """Return the file of the user's decisions: the one in the settings, else ``DECISIONS`` beside the articles.

    Of several folders it is the first by alphabet, so that the order of the inputs does not matter; for standard input
    the current folder. One that may not be entered is not among them: nothing of it is read.
    """
    if settings.decisions:
        return Path(settings.decisions)
    folders = (_folder(name) for name in inputs or ["-"])
    return min(filter(None, folders), default=Path()) / DECISIONS


def _folder(name: str) -> Path | None:
    if glob.has_magic(name) and not os.path.exists(name):  # noqa: PTH110 (a path may be too long, or not be entered)
        parts = Path(name).parts
        plain = next(i for i, part in enumerate(parts) if glob.has_magic(part))
        name = str(Path(*parts[:plain], "x"))
    path = Path("x" if name == "-" else name).absolute()
    folder = path if os.path.isdir(path) else path.parent  # noqa: PTH112 (likewise)
    folder = folder if os.path.isdir(folder) else Path().absolute()  # noqa: PTH112
    return folder if os.access(folder, os.X_OK) else None


def read_inputs(
    inputs: Sequence[str], settings: Settings, *, known: Collection[str] = ()
) -> tuple[list[Document], list[str], list[str]]:
    """Read inputs, but no file of a build; ``known`` as for ``kg.documents.read_documents``.

    Returns:
        The documents, a line for each that could not be used, and one for each thing that the user should know.
    """
    from kg.documents import read_documents
    from kg.store import is_of_build

    documents: list[Document] = []
    skipped: list[str] = []
    notes: list[str] = []
    for item in read_documents(inputs, settings=settings, is_output=is_of_build, known=known):
        if isinstance(item, Document):
            documents.append(item)
        else:
            (skipped if isinstance(item, InputError) else notes).append(str(item))
    return documents, skipped, notes


def recorded_inputs(inputs: Iterable[str], output: Path) -> list[str]:
    """Return inputs as ``build.json`` keeps them: seen from the folder of the build, so that both may be moved."""
    return sorted({name if name == "-" else seen_from(output, name or ".") for name in inputs})


def seen_from(folder: Path, path: str | Path) -> str:
    """Return a path as it is from a folder."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # on another drive of Windows
        return os.path.abspath(path)  # noqa: PTH100 (as relpath does it: without a look at the disk)


def check_losses(documents: Sequence[Document], inputs: Sequence[str], output: Path) -> None:
    """Check that a build from other inputs than before loses no document of the graph that is there.

    Raises:
        UsageError: documents would be lost; the message names some.
    """
    from kg.store import DOCUMENTS, OPTIONS, built_documents, read_options

    if not (output / DOCUMENTS).exists():
        return
    now = set(recorded_inputs(inputs, output))
    try:
        before = read_options(output).get("inputs") if (output / OPTIONS).exists() else None
        if before and isinstance(before, list) and {"-"}.isdisjoint(before) and not set(before) - now:
            return
        kept = {document.sha256 for document in documents}
        there = built_documents(output)
        lost = [document.id for document in there if document.sha256 not in kept]
        what = f"{len(lost)} of the {len(there)} documents of the graph in {output} are not among"
        named = f" ({', '.join(lost[:3])}{', ...' * (len(lost) > 3)})"
    except OutputError:
        lost, what, named = ["?"], f"the graph in {output} is damaged and may be of other documents than", ""
    if lost:
        raise UsageError(
            f"{what} these inputs{named}: add to it with `kg add`, choose another --output, or let them go with "
            "--replace"
        )
