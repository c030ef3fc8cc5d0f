"""``kg evaluate``: the product on a public benchmark, with the figures of its scorer."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.build import ExtractorName
from kg.cli.terminal import clean, print_table, progress_bar
from kg.config import Settings
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.evaluation import Benchmark, DataSet, Table

__all__ = ["EXAMPLES", "BenchmarkName", "evaluate", "read_and_score"]

EXAMPLES = (
    "kg evaluate news data/open/dev-gold",
    "kg evaluate knowledgenet data/ --extractor model",
    "kg evaluate gap data/gap/gap-development.tsv",
)


class BenchmarkName(StrEnum):
    """A benchmark whose files kg can read."""

    CONLL04 = "conll04"
    DWIE = "dwie"
    GAP = "gap"
    KNOWLEDGENET = "knowledgenet"
    NEWS = "news"
    REDOCRED = "redocred"


def evaluate(
    name: Annotated[
        BenchmarkName, typer.Argument(metavar="NAME", help="conll04, dwie, gap, knowledgenet, news or redocred.")
    ],
    data: Annotated[
        Path, typer.Argument(metavar="DATA", help="The benchmark's folder, one above it, or its gold file.")
    ],
    *,
    extractor: Annotated[ExtractorName, typer.Option(help="What reads the relations.")] = ExtractorName.BOTH,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress bar.")] = False,
) -> None:
    """Measure kg on a benchmark's texts.

    Of a folder it takes the part that nothing was learned from, where there is one: fold 3 of KnowledgeNet, the
    validation part of GAP, open/dev of the news. Another part is measured where its file (of news, its folder) is
    given; each table says whether its texts were learned from.

    The texts are read as in a build. KnowledgeNet counts facts about people whom a passage never names ("he"); there,
    and nowhere else, those are kept. Nothing is written or kept.
    """
    from kg.evaluation import open_benchmark

    benchmark = open_benchmark(name.value, data)
    with progress_bar(quiet=quiet) as progress:
        tables, failed = read_and_score(benchmark, extractor=extractor.value, progress=progress)
    for error in failed:
        typer.echo(f"skipped: {clean(str(error))}", err=True)
    for table in tables:
        _print(table, benchmark.data_set)
    if failed:
        raise typer.Exit(1)


def read_and_score(
    benchmark: "Benchmark", *, extractor: str, progress: Callable[[int, int | None], None] | None = None
) -> "tuple[tuple[Table, ...], list[DocumentError]]":
    """Read a benchmark's texts as a build does; return the figures of what was said of them, and what failed.

    Args:
        benchmark: the gold.
        extractor: "rules", "model" or "both".
        progress: called with (documents read so far, total).
    """
    from kg.evaluation import views_of_extractions, views_of_graph
    from kg.pipeline import extract, integrate

    settings = Settings(extractor=extractor, nameless=benchmark.nameless)
    documents = benchmark.documents
    extractions, failed = [], []
    for done, extraction in enumerate(extract(documents, settings), start=1):
        if isinstance(extraction, DocumentError):
            failed.append(extraction)
        else:
            extractions.append(extraction)
        if progress:
            progress(done, len(documents))
    alone = benchmark.nameless  # what has no name cannot be resolved across documents
    views = views_of_extractions(extractions) if alone else views_of_graph(integrate(documents, extractions, settings))
    return benchmark.score(views), failed


def _print(table: "Table", data_set: "DataSet") -> None:
    typer.echo(clean(str(data_set)))
    if table.rows:
        rows = [
            (label, f"{r.precision:.3f}", f"{r.recall:.3f}", f"{r.f1:.3f}", r.gold or "", r.predicted or "")
            for label, r in table.rows.items()
        ]
        print_table((table.title, "P", "R", "F1", "gold", "predicted"), rows, numbers=(1, 2, 3, 4, 5))
    for label, value in table.notes:
        typer.echo(f"{label}: {value:g}")
    typer.echo()
