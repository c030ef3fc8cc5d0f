"""``kg view``: write and open the interactive page."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import clean
from kg.errors import OutputError, UsageError
from kg.model import PREDICATES, EntityType, Graph

__all__ = ["EXAMPLES", "view"]

EXAMPLES = (
    "kg view graph",
    "kg view graph --focus 'Ingrid Halvorsen' --hops 2",
    "kg view graph --type Person --predicate metWith --predicate spokeWith -o meetings.html",
)

_PAGE, _FILTERED = "graph.html", "view.html"


def view(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    *,
    focus: Annotated[
        str | None, typer.Option(metavar="NAME", help="Show only what lies around the entity of this name.")
    ] = None,
    hops: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="How many steps around the focus.  [default: 1]")
    ] = None,
    types: Annotated[
        list[EntityType] | None, typer.Option("--type", case_sensitive=False, help="Show only this type; repeatable.")
    ] = None,
    predicates: Annotated[
        list[str] | None,
        typer.Option("--predicate", metavar="NAME", help="Show only this predicate (metWith, ...); repeatable."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The page.  [default: DIR/graph.html, or DIR/view.html for a part]"
        ),
    ] = None,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
) -> None:
    """Write and open the interactive page.

    The page is one file that works from disk with no network. A part is chosen by an entity and the steps around it, by
    types or by predicates; it goes to a file of its own, never over the graph.html of the build.
    """
    unknown = sorted(set(predicates or ()) - PREDICATES.keys())
    if unknown:
        raise UsageError(f"no predicate is called {', '.join(unknown)}: choose from {', '.join(PREDICATES)}")
    if hops is not None and focus is None:
        raise UsageError("--hops counts steps from an entity: name it with --focus")
    partial = bool(focus is not None or types or predicates)
    whole_page = folder / _PAGE
    page = output or (folder / _FILTERED if partial else whole_page)
    if partial and page.resolve() == whole_page.resolve():
        raise UsageError(f"{whole_page} is the page of the whole graph: give another file with --output")
    _write(
        folder, page, focus=focus, hops=1 if hops is None else hops, types=types or None, predicates=predicates or None
    )
    typer.echo(f"The page: {clean(str(page))}")
    if open_page:
        _open(page)


def _write(
    folder: Path,
    page: Path,
    *,
    focus: str | None,
    hops: int,
    types: list[EntityType] | None,
    predicates: list[str] | None,
) -> None:
    from kg.store import load_graph
    from kg.view.finding import find_entity
    from kg.view.network import select
    from kg.view.page import render_page

    graph = load_graph(folder)
    part = select(graph, focus=focus, hops=hops, types=types, predicates=predicates)
    start = None if focus is None else find_entity(graph, focus)
    title = _title(graph) if start is None else start.name
    html = render_page(part, title=title, focus=None if start is None else start.id)
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html, encoding="utf8", newline="\n")
    except OSError as error:
        raise OutputError(f"{page} cannot be written ({error.strerror}): give another file with --output") from error


def _title(graph: Graph) -> str:
    # As a build words it, so that the whole page stays the file that the build wrote.
    documents = graph.documents
    return documents[0].title or documents[0].id if len(documents) == 1 else f"{len(documents)} articles"


def _open(page: Path) -> None:
    import webbrowser

    try:
        opened = webbrowser.open(page.resolve().as_uri())
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        typer.echo("No browser could be opened: open the page by hand.", err=True)
