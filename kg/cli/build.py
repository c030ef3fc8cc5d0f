"""``kg build``: read articles and write a graph."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import clean, print_table, progress_bar
from kg.config import DEFAULT_BASE_IRI, DEFAULT_SPACY_MODEL, FieldNames, Settings

if TYPE_CHECKING:
    from kg.pipeline import BuildReport

__all__ = ["EXAMPLES", "ExtractorName", "build", "print_report", "run_build"]

EXAMPLES = (
    "kg build articles/ --output graph",
    "kg build interview.pdf 'reports/*.html' -o graph --published 2021-03-14",
    "kg build stories.csv -o graph --text-field body --id-field number",
    "cat article.txt | kg build - -o graph",
)

_FIELD = "Name of the field with the {} in .jsonl and .csv records."


class ExtractorName(StrEnum):
    """What reads the relations."""

    RULES = "rules"
    MODEL = "model"
    BOTH = "both"


def build(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders (read recursively), globs, or - for standard input."),
    ],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the graph.")],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="ISO date for articles that carry none (2021-03-14).")
    ] = None,
    spacy_model: Annotated[
        str, typer.Option(metavar="NAME", help="An installed English spaCy pipeline.")
    ] = DEFAULT_SPACY_MODEL,
    base_iri: Annotated[str, typer.Option(metavar="IRI", help="Start of every IRI in the graph.")] = DEFAULT_BASE_IRI,
    extractor: Annotated[
        ExtractorName,
        typer.Option(help="What reads the relations: rules of grammar, the learned model, or both."),
    ] = ExtractorName.BOTH,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="Processes that read articles.")] = 1,
    id_field: Annotated[str, typer.Option(metavar="FIELD", help=_FIELD.format("id"))] = "id",
    title_field: Annotated[str, typer.Option(metavar="FIELD", help=_FIELD.format("title"))] = "title",
    text_field: Annotated[str, typer.Option(metavar="FIELD", help=_FIELD.format("text"))] = "text",
    published_field: Annotated[str, typer.Option(metavar="FIELD", help=_FIELD.format("date"))] = "published",
    source_field: Annotated[str, typer.Option(metavar="FIELD", help=_FIELD.format("source"))] = "source",
    decisions: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Your decisions on who is who (kg review).  [default: kg-decisions.jsonl beside the articles]",
        ),
    ] = None,
    authority: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="Known things to link to, in CSV, JSON Lines, Turtle or FollowTheMoney; repeatable.",
        ),
    ] = None,
    adopt_iris: Annotated[
        bool, typer.Option("--adopt-iris", help="Name what an authority knows by its IRI there.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors and skipped inputs.")] = False,
) -> None:
    """Read articles and write their graph.

    Reads .txt, .md, .html, .pdf and .docx (one article each), .jsonl, .csv and .warc (many). Writes graph.ttl,
    graph.html, documents.jsonl, entities.jsonl and statements.jsonl to DIR.

    \b
    Exit status:
      0  every input was read
      1  some inputs were skipped: each gets a line that says why
      2  nothing was built, or wrong usage
    """
    settings = Settings(
        base_iri=base_iri,
        spacy_model=spacy_model,
        published=published,
        fields=FieldNames(
            id=id_field, title=title_field, text=text_field, published=published_field, source=source_field
        ),
        workers=workers,
        extractor=extractor.value,
        decisions=decisions,
        authorities=tuple(authority or ()),
        adopt_iris=adopt_iris,
    )
    report = run_build(inputs, output, settings=settings, quiet=quiet)
    if not quiet:
        print_report(report)
    if report.skipped:
        raise typer.Exit(1)


def run_build(inputs: list[str], output: Path, *, settings: Settings, quiet: bool) -> "BuildReport":
    """Build with a progress bar; a line on standard error for each input that was skipped."""
    from kg.pipeline import build as build_graph

    with progress_bar(quiet=quiet) as progress:
        report = build_graph(inputs, output, settings=settings, progress=progress)
    for line in report.skipped:
        typer.echo(f"skipped: {clean(line)}", err=True)
    for line in report.notes:
        typer.echo(f"note: {clean(line)}", err=True)
    for line in report.unused:
        typer.echo(f"decision not used, no article names this any more: {clean(line)}", err=True)
    return report


def print_report(report: "BuildReport") -> None:
    """Print what a build found and where its files are."""
    rows: list[tuple[str, int | str]] = [("documents", report.documents), ("skipped", len(report.skipped))]
    rows.append(("entities", sum(report.entities.values())))
    rows += [(f"  {type_}", count) for type_, count in report.entities.items()]
    rows.append(("statements", sum(report.statements.values())))
    by_count = sorted(report.statements.items(), key=lambda item: (-item[1], item[0]))
    rows += [(f"  {predicate}", count) for predicate, count in by_count]
    rows += [("not asserted (denied, planned, ...)", report.not_asserted), ("seconds", f"{report.seconds:.1f}")]
    print_table(("", "count"), rows, numbers=(1,))
    where = clean(str(report.output))
    typer.echo(f"The graph:    {where}/graph.ttl")
    typer.echo(f"The page:     {where}/graph.html")
