"""``kg samples``: the sample articles as files of one's own, to try the commands on."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import clean
from kg.errors import OutputError, UsageError

__all__ = ["EXAMPLES", "samples"]

EXAMPLES = ("kg samples", "kg samples trial")


def samples(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to put them.  [default: here]")] = Path(),
) -> None:
    """Copy the sample articles.

    Writes the articles to DIR/articles and some shorter ones, as a table, to DIR/stories.csv. They are about invented
    people. No file that is there is overwritten.
    """
    from kg.atomic import replace_file
    from kg.resources import data_path

    files = {Path("articles", path.name): path.read_bytes() for path in sorted(data_path("samples").iterdir())}
    files[Path("stories.csv")] = data_path("stories.csv").read_bytes()
    try:
        for name, content in files.items():
            path = folder / name
            if path.exists() and path.read_bytes() != content:
                raise UsageError(f"{path} is there already and is no sample: name another folder")
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if not (folder / name).exists():
                replace_file(folder / name, content)
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror or error}; name another folder") from error
    typer.echo(f"{len(files) - 1} articles: {clean(str(folder / 'articles'))}/")
    typer.echo(f"a table:    {clean(str(folder / 'stories.csv'))}")
