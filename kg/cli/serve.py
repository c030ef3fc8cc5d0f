"""``kg serve``: the graph over HTTP on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from kg.errors import UsageError

__all__ = ["EXAMPLES", "serve"]

EXAMPLES = ("kg serve graph", "kg serve graph --port 8080 --base-url https://example.org/graph/")


def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Where to listen; 0 for any port.")] = 8000,
    base_url: Annotated[
        str, typer.Option(metavar="URL", help="The address that a proxy in front gives this server.")
    ] = "",
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="When to give a query up.")] = 30.0,
    memory: Annotated[
        int, typer.Option(min=16, metavar="MB", help="How much memory a query may take beyond the graph (on Linux).")
    ] = 512,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="Rows or triples that an answer may have; more are refused.")
    ] = 100_000,
    queries: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="How many queries run at once.")] = 4,
) -> None:
    """Serve the graph over HTTP on this machine.

    It listens at 127.0.0.1; Ctrl+C ends it.

    \b
    /             where to begin        /sparql     the endpoint (SPARQL 1.1 Protocol)
    /search       find a name           /query      write queries, with YASGUI
    /documents    every article         /graph      the interactive graph
    /person/...   each person, organization, place, article and statement at the path of its IRI,
                  as HTML, Turtle, JSON-LD, N-Triples or RDF/XML

    It only reads. A build into the folder is served as soon as it is whole. It answers to nobody but this machine: for
    others put a proxy in front, which also knows who may read, and give its address as --base-url.
    """
    try:
        from kg.serve.app import Options
        from kg.serve.protocol import Limits
        from kg.serve.running import run_server as run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"starlette", "uvicorn", "anyio"}:
            raise
        raise UsageError(f"kg serve needs {error.name}, not installed: pip install '.[serve]' in kg's clone") from error
    options = Options(
        base_url=base_url,
        limits=Limits(seconds=timeout, memory=memory * 2**20, rows=limit),
        queries=queries,
    )
    run(folder, port=port, options=options, ready=lambda url: typer.echo(f"The graph: {url} (Ctrl+C ends it)"))
