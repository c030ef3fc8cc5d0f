"""``kg ask``: a question in plain English."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.query import Printed, print_answer
from kg.cli.terminal import clean
from kg.errors import UsageError

__all__ = ["EXAMPLES", "ask"]

EXAMPLES = (
    "kg ask graph 'who met Ozolina in November 2021?'",
    "kg ask graph 'did Kalnina meet Ozolina?'",
    "kg ask --list",
)


def ask(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="Folder of a build.")] = None,
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="The question, in English.")] = None,
    *,
    list_forms: Annotated[
        bool, typer.Option("--list", help="Show a question of each form that is understood.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Ask the graph as of a day: what held then.")
    ] = None,
    format_: Annotated[Printed, typer.Option("--format", help="How to print the answer.")] = Printed.TABLE,
) -> None:
    """Ask in plain English.

    A small grammar turns the question into SPARQL; what it understood and the query are shown before the answer. Where
    it does not understand it says so: nothing is guessed. A time ("in May 2020", "since 2019") may end any question.
    The exit status is 1 where the articles tell nothing.
    """
    from kg.desk.questions import examples, understand

    if list_forms:
        for example in examples():
            typer.echo(example)
        return
    if folder is None or question is None:
        raise UsageError("give the folder of a build and a question, or --list for what is understood")
    from kg.asof import store_as_of
    from kg.store import open_source

    source = open_source(str(folder)) if as_of is None else store_as_of(folder, as_of)
    asked = understand(question, source)
    if format_ is Printed.TABLE:
        typer.echo(f"Understood: {clean(asked.means)}\n")
        for line in asked.sparql.splitlines():
            typer.echo(f"    {clean(line)}")
        typer.echo()
    with source.stream(asked.sparql) as answer:
        print_answer(answer, format_)
    if not answer.count:
        typer.echo("kg read nothing of it in the articles, which may tell it all the same.", err=True)
        raise typer.Exit(1)
