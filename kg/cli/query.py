"""``kg query``: ask a graph in SPARQL."""

import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import clean, print_table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store import Answer, Source

__all__ = ["EXAMPLES", "Printed", "print_answer", "query"]

EXAMPLES = (
    "kg query graph 'SELECT ?who ?org { ?who kg:holdsRole ?org }'",
    "kg query --list",
    "kg query graph --named roles --param person='Ingrid Halvorsen'",
    "kg query graph --file question.rq --format csv",
    "kg query graph 'DESCRIBE person:ingrid-halvorsen' --format jsonld",
)

_HERE, _OUTPUT = Path("graph.ttl"), Path("output")


class Printed(StrEnum):
    """How to print an answer; all but the table are as ``kg.store.Format``."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"
    JSON_LD = "jsonld"
    N_TRIPLES = "nt"
    RDF_XML = "rdfxml"


def query(
    graph: Annotated[
        str | None,
        typer.Argument(
            metavar="DIR",
            help="Folder of a build, a Turtle file, or the address of an endpoint.  [default: ./graph.ttl or ./output]",
        ),
    ] = None,
    sparql: Annotated[
        str | None, typer.Argument(metavar="SPARQL", help="The query, unless --file or --named gives one.")
    ] = None,
    *,
    file: Annotated[
        str | None,
        typer.Option("--file", "-f", metavar="FILE", help="Read the query from a file, or - for standard input."),
    ] = None,
    named: Annotated[str | None, typer.Option(metavar="NAME", help="Ask a named query; --list shows them.")] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="KEY=VALUE", help="A parameter of the named query; repeatable."),
    ] = None,
    list_named: Annotated[bool, typer.Option("--list", help="List the named queries and their parameters.")] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Ask the graph as of a day: what held then.")
    ] = None,
    min_sources: Annotated[
        int, typer.Option("--min-sources", min=1, metavar="N", help="Ask only what so many independent sources say.")
    ] = 1,
    format_: Annotated[
        Printed | None,
        typer.Option("--format", help="How to print the answer.  [default: table, for triples turtle]"),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Print at most so many rows.")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="When to give a query up.")] = 60.0,
    memory: Annotated[
        int, typer.Option(min=16, metavar="MB", help="How much memory a query may take beyond the graph (on Linux).")
    ] = 1024,
) -> None:
    """Ask a graph in SPARQL or by a named query.

    The prefixes of the graph need no declaration. The vocabulary and the role concepts lie beside the graph:
    GRAPH <https://kg.example/ontology> { ... }; what one article says is the graph of its IRI. Rows are printed as they
    are found, so an answer may have any number of them; a query has at most 20,000 characters and 100 brackets inside
    brackets. In CSV a cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    if list_named:
        _list()
        return
    if named is None and file is None and sparql is None:
        graph, sparql = None, graph  # a single word is the query
    if (named is not None) + (file is not None) + (sparql is not None) != 1:
        raise UsageError("give one query: SPARQL, --file FILE or --named NAME (--list shows the named ones)")
    if parameters and named is None:
        raise UsageError("--param belongs to a named query: give --named NAME too")
    from kg.store import open_source

    place = str(_HERE if os.path.lexists(_HERE) else _OUTPUT) if graph is None else graph
    source = open_source(place) if as_of is None and min_sources == 1 else _part(place, as_of, min_sources)
    if named is not None:
        text, rows = source.prepare(named, dict(map(_parameter, parameters or ())))
        limit = limit if limit is not None else rows
        _warn(source)
    else:
        text = sparql if sparql is not None else _read("-" if file is None else file)
        _warn(source, text)
    with source.stream(text, limit=limit, timeout=timeout, memory=memory * 2**20) as answer:
        print_answer(answer, format_ or (Printed.TURTLE if answer.form == "construct" else Printed.TABLE))
    if answer.truncated:
        typer.echo(f"Only the first {answer.count:,} rows are shown: give a higher --limit for more.", err=True)


def _warn(source: "Source", sparql: str = "") -> None:
    """Say what the reader of the answer should know, on standard error."""
    for line in (*source.notes, *source.slips(sparql)):
        typer.echo(f"note: {clean(line)}", err=True)


def _part(place: str, day: str | None, min_sources: int) -> "Source":
    from kg.asof import store_as_of

    if not os.path.isdir(place):  # noqa: PTH112 (it may be too long, or not be entered)
        option = "--min-sources" if day is None else "--as-of"
        raise UsageError(f"{option} asks the folder of a build, which {place} is not: name one")
    return store_as_of(Path(place), day, min_sources=min_sources)


def _parameter(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--param {text!r} has no value: write --param key=value")
    return key.strip(), value


def _read(file: str) -> str:
    from kg.files import read_utf8
    from kg.store.guard import MAX_LENGTH

    if file != "-":
        return read_utf8(file, limit=4 * MAX_LENGTH)  # bytes of so many characters
    if sys.stdin is None:
        raise UsageError("standard input is closed: give the query itself, or --file FILE")
    try:
        return sys.stdin.read(MAX_LENGTH + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the query on standard input cannot be read ({error}): save it as UTF-8") from error


def _list() -> None:
    from kg.store import named_queries

    rows = [
        (
            name,
            query.title,
            "; ".join(f"{p.name}{'' if p.required else ' (optional)'}: {p.description}" for p in query.parameters),
        )
        for name, query in named_queries().items()
    ]
    print_table(("name", "answers", "parameters"), rows)


def print_answer(answer: "Answer", format_: Printed) -> None:
    """Print an answer as it comes."""
    if format_ is Printed.TABLE:
        print_table(answer.columns, answer.table())
        return
    from kg.store import Format

    _write(answer.text(Format(format_.value)))


def _write(pieces: Iterable[str]) -> None:
    # A program gets the data as they are, a person only what a terminal can show.
    terminal = sys.stdout.isatty()
    for text in pieces:
        typer.echo("".join(f"{clean(line)}\n" for line in text.splitlines()) if terminal else text, nl=False)
