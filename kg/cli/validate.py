"""``kg validate``: whether a graph satisfies the shapes of the ontology."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import clean

__all__ = ["EXAMPLES", "validate"]

EXAMPLES = ("kg validate graph", "kg validate graph/graph.ttl --limit 20")


def validate(
    graph: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build, or a Turtle file.")],
    *,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Show at most so many violations.")] = 100,
) -> None:
    """Check a graph against the shapes (SHACL).

    The shapes are those of the ontology, the checker is pySHACL. A build checks what it writes, so this is for files
    that were edited, merged or made elsewhere. Each line names a node, what is wrong with it, the property and value.

    \b
    Exit status, as pySHACL has it:
      0  the graph conforms
      1  it does not: each violation has a line
      2  it could not be checked: no such file, or no Turtle
    """
    from kg.mapping import check_turtle

    file = graph / "graph.ttl" if graph.is_dir() else graph
    problems = check_turtle(file)
    for line in problems[:limit]:
        typer.echo(clean(line))
    if len(problems) > limit:
        typer.echo(
            f"Only the first {limit:,} of {len(problems):,} are shown: give a higher --limit for more.", err=True
        )
    if problems:
        typer.echo(
            f"{clean(str(file))} does not conform: {len(problems):,} violation{'s' * (len(problems) > 1)}", err=True
        )
        raise typer.Exit(1)
    typer.echo(f"{clean(str(file))} conforms.")
