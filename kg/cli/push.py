"""``kg push``: the graph into a SPARQL server."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from kg.cli.terminal import clean, progress_bar

__all__ = ["EXAMPLES", "push"]

EXAMPLES = (
    "kg push graph http://localhost:3030/articles/data",
    "kg push graph http://localhost:7878/update --graph https://example.org/articles",
)


class Way(StrEnum):
    """The protocol by which a server takes a graph."""

    GRAPHS = "gsp"
    UPDATE = "update"


def push(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of a graph store or an update endpoint.")],
    *,
    graph: Annotated[
        str | None, typer.Option(metavar="IRI", help="The graph to replace.  [default: the default graph]")
    ] = None,
    by: Annotated[
        Way | None,
        typer.Option(
            help="Graph Store Protocol or SPARQL Update.  [default: update if URL ends in update or sparql, else gsp]"
        ),
    ] = None,
    batch: Annotated[int, typer.Option(min=1, metavar="N", help="Triples that are sent at once.")] = 1_000,
    user: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who may write there; the password is in KG_PUSH_PASSWORD.")
    ] = None,
) -> None:
    """Put the graph into a SPARQL 1.1 server.

    That may be Fuseki, Oxigraph, GraphDB, Virtuoso or another one; Virtuoso has no default graph to write to and needs
    --graph. What graph.ttl holds replaces the content of one graph, the default graph unless --graph names another;
    all other graphs of the server stay as they are. A push may
    be repeated: the result is the same. Requests that fail are sent again, five times in all. By SPARQL Update the
    graph changes at once, when all has arrived; by the Graph Store Protocol batch by batch.
    """
    from kg.store.push import Target, protocol_of
    from kg.store.push import push as send

    protocol: Literal["gsp", "update"] = by.value if by is not None else protocol_of(url)
    login = None if user is None else (user, os.environ.get("KG_PUSH_PASSWORD", ""))
    target = Target(url=url, protocol=protocol, graph=graph, login=login)
    with progress_bar(quiet=False) as bar:
        count = send(folder, target, batch=batch, told=lambda sent: bar(sent, None) if bar is not None else None)
    place = "the default graph" if graph is None else f"the graph {graph}"
    typer.echo(f"{count:,} triples are now {clean(place)} of {clean(url)}")
