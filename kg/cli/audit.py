"""``kg audit``: is the build what its articles say?"""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import clean

__all__ = ["EXAMPLES", "audit"]

EXAMPLES = ("kg audit graph", "kg audit graph --chains", "kg audit graph --no-sources")


def audit(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    *,
    sources: Annotated[bool, typer.Option("--sources/--no-sources", help="Read the articles again.")] = True,
    chains: Annotated[
        bool, typer.Option("--chains", help="Show which name each pronoun and description stands for.")
    ] = False,
) -> None:
    """Verify every file and every statement of a build.

    Each file is compared with its hash and with what the articles, the program and your decisions give; each statement
    with its sentences, each sentence with its place in the text and, where that is still there, with the article. What
    was tampered with or is out of date is named, a line each, and the exit status is then 1. Nothing is written.
    """
    from kg.desk.audit import audit as audited

    report = audited(folder, sources=sources)
    if chains:
        for chain in report.chains:
            typer.echo(clean(f"{chain.document}: {chain.mention!r} means {chain.stands_for!r} ({chain.statement})"))
    for finding in report.findings:
        typer.echo(clean(str(finding)))
    for note in report.notes:
        typer.echo(f"note: {clean(note)}", err=True)
    typer.echo(
        f"{report.files} files, {report.statements:,} statements, {report.quotes:,} sentences "
        f"({len(report.chains):,} mentions by pronoun or description), {report.sources} articles read again: "
        + (f"{len(report.findings)} findings" if report.findings else "all as it should be")
    )
    if not report.passed:
        raise typer.Exit(1)
