"""``kg merge``, ``kg split``, ``kg decisions``: what the user knows without being asked."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import clean, print_table

if TYPE_CHECKING:
    from kg.resolution import Judgement

__all__ = ["EXAMPLES", "decisions", "in_words", "merge", "split"]

EXAMPLES = {
    "merge": ("kg merge graph 'Behrooz Tavakoli' 'Behrouz Tavakkoli'",),
    "split": (
        "kg split graph 'John Miller' --document leeds-sign-keeper --document leeds-lose",
        "kg split graph 'Robert Haddow Sr.' --called 'Robert Haddow Jr.'",
    ),
    "decisions": ("kg decisions graph", "kg decisions graph --undo 3"),
}

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")]
_Name = Annotated[str, typer.Argument(metavar="NAME", help="Name, alias or IRI of an entity.")]


def merge(
    folder: _Folder,
    name: Annotated[str, typer.Argument(metavar="A", help="Name, alias or IRI of an entity.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Name, alias or IRI of another.")],
) -> None:
    """Say that two entities are one.

    The decision is kept in a file beside the articles and holds for every build to come; the graph is written anew. The
    IRI that is lost stays in it as owl:sameAs. `kg decisions DIR --undo N` takes it back.
    """
    from kg.desk.pairing import merge as decide

    decide(folder, name, other)
    typer.echo(f"{clean(name)} and {clean(other)} are one. {_written(folder)}")


def split(
    folder: _Folder,
    name: _Name,
    *,
    document: Annotated[
        list[str] | None, typer.Option("--document", "-d", metavar="ID", help="Article that means another; repeatable.")
    ] = None,
    called: Annotated[
        list[str] | None,
        typer.Option("--called", "-c", metavar="NAME", help="Name by which articles mean another; repeatable."),
    ] = None,
) -> None:
    """Say that some articles or names in them mean another one.

    What the named articles say goes to an entity of its own; with names, what they say by these names, with the
    pronouns and descriptions that follow them. The decision is kept and can be taken back like any other.
    """
    from kg.desk.pairing import split as decide

    made = decide(folder, name, documents=document or (), called=called or ())
    what = clean(", ".join(sorted({named.name for named in made.a})) if called else name)
    where = clean(", ".join(sorted({named.document for named in made.a})))
    typer.echo(f"{what} in {where} is another. {_written(folder)}")


def decisions(
    folder: _Folder,
    *,
    undo: Annotated[list[int] | None, typer.Option(metavar="N", help="Take a decision back; repeatable.")] = None,
) -> None:
    """List what was decided, or take it back."""
    if not undo:
        from kg.project import open_project

        known = open_project(folder).read_decisions()
        rows = [(i, *_described(decision)) for i, decision in enumerate(known, start=1)]
        print_table(("", "verdict", "one", "other"), rows, numbers=(0,))
        return
    from kg.desk.deciding import undo as take_back

    for decision in take_back(folder, undo):
        typer.echo(f"Taken back: {clean(str(decision))}")
    typer.echo(_written(folder))


def _written(folder: Path) -> str:
    from kg.project import open_project

    return (
        f"Kept in {clean(str(open_project(folder).decisions_file))}; the graph in {clean(str(folder))} is written anew."
    )


def in_words(decision: "Judgement") -> str:
    """Return a decision on one line."""
    return " · ".join(filter(None, _described(decision)))


def _described(decision: "Judgement") -> tuple[str, str, str]:
    from kg.resolution import Decision

    if isinstance(decision, Decision):
        return decision.verdict.value, _side(decision.a), _side(decision.b)
    kind, _, said = str(decision).partition(": ")
    what, _, change = said.partition(" -> ")
    checked = f"{decision.by}, {decision.on}".strip(", ")
    return kind, what, "; ".join(filter(None, (change, decision.quote, checked)))


def _side(named: tuple[object, ...]) -> str:
    return f"{named[0]}{f' and {len(named) - 1} more' * (len(named) > 1)}"
