"""``kg evaluate``: the product on a public benchmark, with the figures of its scorer."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.build import ExtractorName
from kg.cli.terminal import clean, print_table, progress_bar
from kg.config import Settings
from kg.errors import DocumentError

__all__ = ["EXAMPLES", "BenchmarkName", "evaluate"]

EXAMPLES = ("kg evaluate news data/", "kg evaluate knowledgenet data/knowledgenet/fold3.jsonl --extractor model")


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

    The texts are read as in a build. KnowledgeNet counts facts about people whom a passage never names ("he"); there,
    and nowhere else, those are kept.
    """
    from kg.evaluation import open_benchmark, views_of_extractions, views_of_graph
    from kg.pipeline import extract, integrate

    benchmark = open_benchmark(name.value, data)
    settings = Settings(extractor=extractor.value, nameless=benchmark.nameless)
    documents = benchmark.documents
    extractions, failed = [], []
    with progress_bar(quiet=quiet) as progress:
        for done, extraction in enumerate(extract(documents, settings), start=1):
            if isinstance(extraction, DocumentError):
                failed.append(extraction)
            else:
                extractions.append(extraction)
            if progress:
                progress(done, len(documents))
    for error in failed:
        typer.echo(f"skipped: {clean(str(error))}", err=True)
    alone = benchmark.nameless  # what has no name cannot be resolved across documents
    views = views_of_extractions(extractions) if alone else views_of_graph(integrate(documents, extractions, settings))
    for table in benchmark.score(views):
        rows = [
            (label, f"{r.precision:.3f}", f"{r.recall:.3f}", f"{r.f1:.3f}", r.gold or "", r.predicted or "")
            for label, r in table.rows.items()
        ]
        print_table((table.title, "P", "R", "F1", "gold", "predicted"), rows, numbers=(1, 2, 3, 4, 5))
        for label, value in table.notes:
            typer.echo(f"{label}: {value:g}")
    if failed:
        raise typer.Exit(1)
