"""``kg build``: read articles and write a graph."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.terminal import clean, print_table, progress_bar
from kg.config import DEFAULT_BASE_IRI, DEFAULT_SPACY_MODEL, FieldNames, Settings
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.pipeline import BuildReport

__all__ = [
    "EXAMPLES",
    "ExtractorName",
    "IdField",
    "MaxSeconds",
    "Published",
    "PublishedField",
    "Quiet",
    "SourceField",
    "TextField",
    "TitleField",
    "Workers",
    "build",
    "run_build",
    "tell",
]

EXAMPLES = (
    "kg build articles/ --output graph",
    "kg build interview.pdf 'reports/*.html' -o graph --published 2021-03-14",
    "kg build stories.csv -o graph --text-field body --id-field number",
    "cat article.txt | kg build - -o graph",
)

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors and skipped inputs.")]

_FIELD = "Name of the field with the {} in .jsonl and .csv records."
IdField = Annotated[str, typer.Option(metavar="FIELD", help=_FIELD.format("id"))]
TitleField = Annotated[str, typer.Option(metavar="FIELD", help=_FIELD.format("title"))]
TextField = Annotated[str, typer.Option(metavar="FIELD", help=_FIELD.format("text"))]
PublishedField = Annotated[str, typer.Option(metavar="FIELD", help=_FIELD.format("date"))]
SourceField = Annotated[str, typer.Option(metavar="FIELD", help=_FIELD.format("source"))]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="ISO date for articles that carry none (2021-03-14).")
]
Workers = Annotated[int, typer.Option(metavar="N", min=1, help="Processes that read articles.")]
MaxSeconds = Annotated[float, typer.Option(metavar="SECONDS", help="Leave out an article that takes longer to read.")]


class ExtractorName(StrEnum):
    """What reads the relations."""

    RULES = "rules"
    MODEL = "model"
    BOTH = "both"


def build(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders (read recursively), globs, or - for standard input."),
    ],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the graph.")],
    published: Published = None,
    spacy_model: Annotated[
        str, typer.Option(metavar="NAME", help="An installed English spaCy pipeline.")
    ] = DEFAULT_SPACY_MODEL,
    base_iri: Annotated[str, typer.Option(metavar="IRI", help="Start of every IRI in the graph.")] = DEFAULT_BASE_IRI,
    extractor: Annotated[
        ExtractorName,
        typer.Option(help="What reads the relations: rules of grammar, the learned model, or both."),
    ] = ExtractorName.BOTH,
    workers: Workers = 1,
    max_document_seconds: MaxSeconds = 60.0,
    id_field: IdField = "id",
    title_field: TitleField = "title",
    text_field: TextField = "text",
    published_field: PublishedField = "published",
    source_field: SourceField = "source",
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
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Options of this build in TOML.  [default: kg.toml beside the articles]"),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Let documents of the graph in DIR go, and overwrite other files."),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Read articles and write their graph.

    Reads .txt, .md, .html, .pdf and .docx (one article each), .jsonl, .csv and .warc (many). Writes graph.ttl,
    graph.html, documents.jsonl, entities.jsonl and statements.jsonl to DIR, all at once when everything is read.

    A build of the same inputs into the same folder reads only what is new. One of other inputs that would lose
    documents of the graph there needs --replace; `kg add` keeps them. What a build wrote is never read as articles,
    and what none wrote never overwritten without --replace. A file kg.toml beside the articles gives options by their
    names (workers = 2); those on the command line go before.

    \b
    Exit status:
      0  every input was read
      1  some inputs or articles were skipped: each gets a line that says why
      2  nothing was built, or wrong usage
    """
    given = {
        "base_iri": base_iri,
        "spacy_model": spacy_model,
        "published": published,
        "workers": workers,
        "max_document_seconds": max_document_seconds,
        "extractor": extractor.value,
        "decisions": decisions,
        "authority": authority,
        "adopt_iris": adopt_iris,
        "id_field": id_field,
        "title_field": title_field,
        "text_field": text_field,
        "published_field": published_field,
        "source_field": source_field,
    }
    settings = _settings(_with_file(context, given, inputs, config))
    run_build(inputs, output, settings=settings, replace=replace, quiet=quiet)


def _with_file(context: typer.Context, given: dict[str, Any], inputs: list[str], config: Path | None) -> dict[str, Any]:
    """Return options with those of ``kg.toml`` in place of what the command line left as it is."""
    from kg.files import check_current_folder
    from kg.inputs import decisions_file
    from kg.options import OPTIONS_FILE, read_options_file

    check_current_folder()
    beside = decisions_file(inputs, Settings()).parent / OPTIONS_FILE
    found = read_options_file(config or beside, missing_ok=config is None)
    sources = {name: context.get_parameter_source(name) for name in given}
    said = {name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE"}
    return given | {name: value for name, value in found.items() if name not in said}


def _settings(given: dict[str, Any]) -> Settings:
    if given["extractor"] not in set(ExtractorName):
        raise UsageError(f"there is no extractor {given['extractor']!r}: choose one of {', '.join(ExtractorName)}")
    return Settings(
        base_iri=given["base_iri"],
        spacy_model=given["spacy_model"],
        published=given["published"],
        fields=FieldNames(**{name: given[f"{name}_field"] for name in ("id", "title", "text", "published", "source")}),
        workers=given["workers"],
        max_document_seconds=given["max_document_seconds"],
        extractor=given["extractor"],
        decisions=given["decisions"],
        authorities=tuple(given["authority"] or ()),
        adopt_iris=given["adopt_iris"],
    )


def run_build(inputs: list[str], output: Path, *, settings: Settings, replace: bool = False, quiet: bool) -> None:
    """Build with a progress bar, say what came of it, and leave with 1 where an input was skipped."""
    from kg.pipeline import build as build_graph

    with progress_bar(quiet=quiet) as progress:
        report = build_graph(inputs, output, settings=settings, progress=progress, replace=replace)
    tell(report, quiet=quiet)


def tell(report: "BuildReport", *, quiet: bool) -> None:
    """Say what a build found; leave with 1 where an input was skipped, each with a line on standard error."""
    for line in report.skipped:
        typer.echo(f"skipped: {clean(line)}", err=True)
    for line in report.notes:
        typer.echo(f"note: {clean(line)}", err=True)
    for line in report.unused:
        typer.echo(f"decision not used, no article names this any more: {clean(line)}", err=True)
    if not quiet:
        _print(report)
    if report.skipped:
        raise typer.Exit(1)


def _print(report: "BuildReport") -> None:
    rows: list[tuple[str, int | str]] = [("documents", report.documents), ("skipped", len(report.skipped))]
    rows.append(("without a date", report.undated))
    rows.append(("entities", sum(report.entities.values())))
    rows += [(f"  {type_}", count) for type_, count in report.entities.items()]
    rows.append(("statements", sum(report.statements.values())))
    by_count = sorted(report.statements.items(), key=lambda item: (-item[1], item[0]))
    rows += [(f"  {predicate}", count) for predicate, count in by_count]
    rows += [("not asserted (denied, planned, ...)", report.not_asserted), ("seconds", f"{report.seconds:.1f}")]
    print_table(("", "count"), rows, numbers=(1,))
    if report.undated:
        typer.echo(f"Dates:        {_undated(report)}; --published DATE gives one")
    where = clean(str(report.output))
    typer.echo(f"The graph:    {where}/graph.ttl")
    typer.echo(f"The page:     {where}/graph.html")


def _undated(report: "BuildReport") -> str:
    count = f"{report.undated} of {report.documents} documents have"
    if report.undated == report.documents:
        count = "the document has" if report.documents == 1 else "the documents have"
    return f"{count} no date, and so 'on Sunday' or 'last year' there none either"
