"""``kg export``: the graph for other programs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.output import writing_output
from kg.cli.terminal import clean
from kg.errors import UsageError

__all__ = ["EXAMPLES", "export"]

EXAMPLES = (
    "kg export graph --format xlsx",
    "kg export graph --format graphml -o network.graphml",
    "kg export graph --format neo4j -o to-load --as-of 2021-12-31",
)


class ExportFormat(StrEnum):
    """What to write; ``kg.export.FORMATS`` says what each holds."""

    JSON_LD = "jsonld"
    N_TRIPLES = "nt"
    N_QUADS = "nq"
    TRIG = "trig"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CSV = "csv"
    XLSX = "xlsx"
    NEO4J = "neo4j"
    FTM = "ftm"


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    *,
    format_: Annotated[ExportFormat, typer.Option("--format", help="What to write.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to, a folder for neo4j.  [default: DIR's name here]"
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Export what held, or had happened, on a day.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a file that is there.")] = False,
) -> None:
    """Write the graph for other programs.

    \b
    jsonld, nt    the graph in JSON-LD or N-Triples
    nq, trig      the graph, and that of each article under its IRI, in N-Quads or TriG
    graphml, gexf entities and facts as a network, for Gephi, yEd, Cytoscape
    csv, xlsx     all statements as one flat table; what a spreadsheet would run as a formula is text
    neo4j         tables of nodes and relationships, and a script that loads them, in a folder
    ftm           entities of FollowTheMoney, one a line of JSON

    Networks, Neo4j and FollowTheMoney get facts only, the others also what is denied, planned or possible, marked so.
    """
    from kg.asof import as_of as graph_as_of
    from kg.atomic import replace_file
    from kg.export import FORMATS
    from kg.export import export as exported
    from kg.mapping import to_quads
    from kg.store import load_graph, read_base_iri

    graph = load_graph(folder)
    if as_of is not None:
        graph = graph_as_of(graph, as_of)
    suffix = FORMATS[format_.value].suffix
    target = output or Path(folder.resolve().name + (suffix or f"-{format_.value}"))
    if not target.name:
        raise UsageError(f"--output {target} names no file: give one like graph{suffix or ''}")
    base_iri = read_base_iri(folder)
    files = exported(graph, format_.value, quads=lambda: to_quads(graph, base_iri=base_iri))
    paths = [target / name if name else target for name in files]
    there = [path for path in paths if path.exists()]
    if there and not replace:
        raise UsageError(
            f"{there[0]} is there already: give another file with --output, or overwrite it with --replace"
        )
    for path, content in zip(paths, files.values(), strict=True):
        with writing_output(path):
            replace_file(path, content)
    held = "entities" if format_ in {"graphml", "gexf", "neo4j", "ftm"} else "statements"
    count = len(graph.entities if held == "entities" else graph.statements)
    typer.echo(f"{clean(str(target))}: {FORMATS[format_.value].holds} ({count:,} {held})")
