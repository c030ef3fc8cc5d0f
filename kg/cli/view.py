"""``kg view``: write and open the interactive page."""

from os.path import realpath
from pathlib import Path
from typing import Annotated, NamedTuple

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
_PATIENCE = 60.0  # seconds to wait for another program that writes there


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
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Show what held, or had happened, on a day.")
    ] = None,
    min_sources: Annotated[
        int, typer.Option("--min-sources", min=1, metavar="N", help="Show only what so many independent sources say.")
    ] = 1,
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
    partial = bool(focus is not None or types or predicates or as_of or min_sources > 1)
    whole_page = folder / _PAGE
    page = output or (folder / _FILTERED if partial else whole_page)
    if partial and realpath(page) == realpath(whole_page):
        raise UsageError(f"{whole_page} is the page of the whole graph: give another file with --output")
    if not page.name:
        raise UsageError(f"--output {page} names no file: give one like meetings.html")
    choice = _Choice(focus, 1 if hops is None else hops, types or None, predicates or None, as_of, min_sources)
    if (realpath(page.parent), page.name) == (realpath(folder), _PAGE):
        _write_whole(folder, choice)
    else:
        _write(page, _rendered(folder, choice))
    typer.echo(f"The page: {clean(str(page))}")
    if open_page:
        _open(page)


class _Choice(NamedTuple):
    """What of the graph to show."""

    focus: str | None
    hops: int
    types: list[EntityType] | None
    predicates: list[str] | None
    as_of: str | None
    min_sources: int


def _rendered(folder: Path, choice: _Choice) -> bytes:
    from kg.asof import with_sources
    from kg.store import load_graph
    from kg.view.finding import find_entity
    from kg.view.network import select
    from kg.view.page import render_page

    graph = with_sources(load_graph(folder), choice.min_sources)
    if choice.as_of is not None:
        from kg.asof import as_of

        graph = as_of(graph, choice.as_of)
    part = select(graph, focus=choice.focus, hops=choice.hops, types=choice.types, predicates=choice.predicates)
    start = None if choice.focus is None else find_entity(graph, choice.focus)
    title = _title(graph) if start is None else start.name
    return render_page(part, title=title, focus=None if start is None else start.id).encode("utf8", "replace")


def _write_whole(folder: Path, choice: _Choice) -> None:
    """Write the page of the build where it is not as it should be; it takes its place among the build's files."""
    from kg.store import PAGE, open_folder

    page, html = folder / PAGE, _rendered(folder, choice)
    if page.is_file() and page.read_bytes() == html:
        return
    with open_folder(folder, replace=True, patience=_PATIENCE) as place:
        place.install_one(PAGE, _rendered(folder, choice))  # of the graph as it is now, while nobody can change it


def _write(page: Path, html: bytes) -> None:
    from kg.atomic import locked, replace_file

    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        with locked(page.with_name(f".{page.name}.lock"), what=str(page), patience=_PATIENCE):
            replace_file(page, html)
    except OSError as error:
        raise OutputError(
            f"{page} cannot be written ({error.strerror or error}): give another file with --output"
        ) from error


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
