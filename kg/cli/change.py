"""``kg add``, ``kg remove``: a graph grows and shrinks without being built anew."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.build import (
    IdField,
    MaxSeconds,
    Published,
    PublishedField,
    Quiet,
    SourceField,
    TextField,
    TitleField,
    Workers,
    tell,
)
from kg.cli.terminal import progress_bar
from kg.config import FieldNames, Settings

__all__ = ["EXAMPLES", "add", "remove"]

EXAMPLES = {
    "add": ("kg add graph stories.jsonl", "kg add graph monday/ tuesday/ --published 2021-03-16"),
    "remove": ("kg remove graph border-talks-herat", "kg remove graph stdin riga-rector-resigns"),
}

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")]


def add(
    folder: _Folder,
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, globs, or -.")],
    *,
    published: Published = None,
    workers: Workers = 1,
    max_document_seconds: MaxSeconds = 60.0,
    id_field: IdField = "id",
    title_field: TitleField = "title",
    text_field: TextField = "text",
    published_field: PublishedField = "published",
    source_field: SourceField = "source",
    quiet: Quiet = False,
) -> None:
    """Read further articles into a graph.

    The articles that are in it stay, also where their files are gone, and are not read again; one whose name is taken
    by another gets a counter. Everything else is as the graph was built. The exit status is that of `kg build`.
    """
    from kg.project import add_documents

    settings = Settings(
        published=published,
        workers=workers,
        max_document_seconds=max_document_seconds,
        fields=FieldNames(
            id=id_field, title=title_field, text=text_field, published=published_field, source=source_field
        ),
    )
    with progress_bar(quiet=quiet) as progress:
        report = add_documents(folder, inputs, settings=settings, progress=progress)
    tell(report, quiet=quiet)


def remove(
    folder: _Folder,
    documents: Annotated[
        list[str], typer.Argument(metavar="DOCUMENT", help="Ids of articles, as `kg explain` shows them.")
    ],
    *,
    quiet: Quiet = False,
) -> None:
    """Take articles out of a graph, with all that only they say.

    Their files are left alone: a later `kg build` of the folder that holds them reads them again.
    """
    from kg.project import remove_documents

    tell(remove_documents(folder, documents), quiet=quiet)
