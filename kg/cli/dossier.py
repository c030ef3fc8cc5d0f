"""``kg dossier``: a printable report on one or two entities."""

import re
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.output import writing_output
from kg.cli.terminal import clean

__all__ = ["EXAMPLES", "dossier"]

EXAMPLES = (
    "kg dossier graph 'Ingrid Halvorsen'",
    "kg dossier graph Kalnina Ozolina -o two.html",
    "kg dossier graph 'Ingrid Halvorsen' -o halvorsen.pdf",
    "kg dossier graph 'Ingrid Halvorsen' --min-sources 2",
)


def dossier(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name, alias or IRI of an entity.")],
    other: Annotated[str | None, typer.Argument(metavar="NAME", help="A second entity.")] = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The report, .html or .pdf.  [default: dossier-NAME.html]"),
    ] = None,
    min_sources: Annotated[
        int, typer.Option("--min-sources", min=1, metavar="N", help="Only what so many independent sources say.")
    ] = 1,
) -> None:
    """Write a printable report on one or two entities.

    One HTML file that needs no network: posts over time, meetings, the network, all statements with numbered sentences,
    what is denied or planned, what clashes, what is in doubt, and the sources. A FILE that ends in .pdf is written as
    PDF (with the extra .[pdf]).
    """
    from kg.atomic import replace_file
    from kg.desk.dossier import dossier as made
    from kg.desk.printing import to_pdf

    names = [name] if other is None else [name, other]
    page = output or Path("dossier-" + "-".join(re.sub(r"\W+", "-", n).strip("-").casefold() for n in names) + ".html")
    html = made(folder, *names, min_sources=min_sources)
    content = html.encode("utf8", "replace") if page.suffix.lower() != ".pdf" else to_pdf(html)
    with writing_output(page):
        replace_file(page, content)
    typer.echo(f"The dossier: {clean(str(page))}")
