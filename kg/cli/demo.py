"""``kg demo``: build the sample articles that come with the package."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.build import run_build
from kg.config import Settings

__all__ = ["EXAMPLES", "demo"]

EXAMPLES = ("kg demo", "kg demo --output graph")


def demo(
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the graph.")] = Path(
        "kg-demo"
    ),
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite another graph in DIR.")] = False,
) -> None:
    """Build the graph of the sample articles.

    The articles are about invented people; they need no files of yours and no network.
    """
    from kg.resources import data_path

    decisions = output.with_name(f"{output.name}-decisions.jsonl")  # not in the package
    settings = Settings(decisions=str(decisions))
    run_build([str(data_path("samples"))], output, settings=settings, replace=replace, quiet=False)
    folder = shlex.quote(str(output))
    typer.echo(f"Look at it:   kg view {folder}")
    typer.echo(f"Ask it:       kg query {folder} --named top")
    typer.echo(f"Ask for why:  kg explain {folder} 'Ingrid Halvorsen'")
