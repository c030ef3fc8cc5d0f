"""``kg view``: write and open the interactive page."""

import re
from enum import StrEnum
from os.path import realpath
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from kg.cli.output import writing_output
from kg.cli.terminal import clean
from kg.errors import UsageError
from kg.model import PREDICATES, EntityType, Graph
from kg.view.page import LIMIT, Opening

__all__ = ["EXAMPLES", "view"]

EXAMPLES = (
    "kg view graph",
    "kg view graph --focus 'Ingrid Halvorsen' --hops 2",
    "kg view graph --type Person --predicate metWith --predicate spokeWith -o meetings.html",
    "kg view graph --as-of 2021-09-15 --confidence 0.7 --doubtful -o autumn.html",
)

_PAGE, _FILTERED = "graph.html", "view.html"
_PATIENCE = 60.0  # seconds to wait for another program that writes there
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_OPENING = "How the page opens"


class _Tab(StrEnum):
    GRAPH = "graph"
    LIST = "list"
    TABLE = "table"


def _day(text: str) -> str:
    if not _DATE.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is no date: give a year, a month or a day as 2021, 2021-09 or 2021-09-15")
    return text


def view(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    *,
    focus: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Show only what lies around the entity of this name; repeatable."),
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
    limit: Annotated[
        int,
        typer.Option(min=1, metavar="N", help="Draw so many of the most central at first.", rich_help_panel=_OPENING),
    ] = LIMIT,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", parser=_day, help="From this day on.", rich_help_panel=_OPENING)
    ] = None,
    min_sources: Annotated[
        int, typer.Option("--min-sources", min=1, metavar="N", help="Show only what so many independent sources say.")
    ] = 1,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", parser=_day, help="Up to this day.", rich_help_panel=_OPENING)
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", parser=_day, help="As it stood on this day.", rich_help_panel=_OPENING)
    ] = None,
    confidence: Annotated[
        float,
        typer.Option(min=0, max=1, metavar="SHARE", help="Only what is at least so sure.", rich_help_panel=_OPENING),
    ] = 0.0,
    document: Annotated[
        str | None, typer.Option(metavar="ID", help="Only what this article says.", rich_help_panel=_OPENING)
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="Only what this source says.", rich_help_panel=_OPENING)
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(metavar="POST", help="Only posts of this kind (chairman, ...).", rich_help_panel=_OPENING),
    ] = None,
    doubtful: Annotated[
        bool,
        typer.Option("--doubtful", help="Also what is denied, planned or possible.", rich_help_panel=_OPENING),
    ] = False,
    timeline: Annotated[bool, typer.Option("--timeline", help="With the timeline.", rich_help_panel=_OPENING)] = False,
    tab: Annotated[_Tab, typer.Option(help="Graph, list or table.", rich_help_panel=_OPENING)] = _Tab.GRAPH,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The page.  [default: DIR/graph.html, or DIR/view.html for a part]"
        ),
    ] = None,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
) -> None:
    """Write and open the interactive page.

    The page is one file that works from disk with no network. A part is chosen by entities and the steps around them,
    by types or by predicates. How the page opens may be changed in it. Either goes to a file of its own, never over the
    graph.html of the build.
    """
    unknown = sorted(set(predicates or ()) - PREDICATES.keys())
    if unknown:
        raise UsageError(f"no predicate is called {', '.join(unknown)}: choose from {', '.join(PREDICATES)}")
    if hops is not None and not focus:
        raise UsageError("--hops counts steps from an entity: name it with --focus")
    opening = Opening(
        since=since,
        until=until,
        as_of=as_of,
        confidence=confidence,
        document=document,
        source=source,
        role=role,
        doubtful=doubtful,
        timeline=timeline,
        tab=tab.value,
    )
    partial = bool(focus or types or predicates or limit != LIMIT or min_sources > 1 or opening != Opening())
    whole_page = folder / _PAGE
    page = output or (folder / _FILTERED if partial else whole_page)
    if partial and realpath(page) == realpath(whole_page):
        raise UsageError(f"{whole_page} is the page of the whole graph as it is: give another file with --output")
    if not page.name:
        raise UsageError(f"--output {page} names no file: give one like meetings.html")
    steps = 1 if hops is None else hops
    choice = _Choice(focus or [], steps, types or None, predicates or None, limit, opening, min_sources)
    if (realpath(page.parent), page.name) == (realpath(folder), _PAGE):
        _write_whole(folder, choice)
    else:
        _write(page, _rendered(folder, choice))
    typer.echo(f"The page: {clean(str(page))}")
    if open_page:
        _open(page)


class _Choice(NamedTuple):
    """What of the graph to show, and how."""

    focus: list[str]
    hops: int
    types: list[EntityType] | None
    predicates: list[str] | None
    limit: int
    opening: Opening
    min_sources: int


def _rendered(folder: Path, choice: _Choice) -> bytes:
    from kg.asof import with_sources
    from kg.finding import find
    from kg.store import load_graph
    from kg.view.network import select
    from kg.view.page import page_title, render_page

    graph = with_sources(load_graph(folder), choice.min_sources)
    _check(graph, choice.opening)
    part = select(graph, focus=choice.focus, hops=choice.hops, types=choice.types, predicates=choice.predicates)
    starts = [find(graph.entities, name) for name in choice.focus]
    title = ", ".join(e.name for e in starts) or page_title(graph)
    focus = [e.id for e in starts]
    return render_page(part, title=title, focus=focus, limit=choice.limit, opening=choice.opening).encode(
        "utf8", "replace"
    )


def _check(graph: Graph, opening: Opening) -> None:
    """Refuse a filter that would leave nothing because it is misspelt."""
    roles = {s.role for s in graph.statements if s.role}
    known: dict[str, tuple[str | None, set[str]]] = {
        "--document": (opening.document, {d.id for d in graph.documents}),
        "--source": (opening.source, {d.source for d in graph.documents if d.source}),
        "--role": (opening.role and opening.role.replace(" ", "-"), roles | {r.rpartition("/")[2] for r in roles}),
    }
    for option, (value, values) in known.items():
        if value is not None and value not in values:
            some = ", ".join(clean(v) for v in sorted(values)[:8]) or "none"
            raise UsageError(
                f"{option} {clean(value)}: the graph has no such; it has {some}{', ...' * (len(values) > 8)}"
            )


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

    lock = page.with_name(f".{page.name}.lock")
    with writing_output(page), locked(lock, what=str(page), patience=_PATIENCE):
        replace_file(page, html)


def _open(page: Path) -> None:
    import webbrowser

    try:
        opened = webbrowser.open(page.resolve().as_uri())
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        typer.echo("No browser could be opened: open the page by hand.", err=True)
