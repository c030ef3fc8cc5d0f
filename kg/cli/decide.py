"""``kg merge``, ``kg split``, ``kg decisions``: what the user knows without being asked."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import clean, print_table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.project import Project
    from kg.resolution import Decision

__all__ = ["EXAMPLES", "decisions", "merge", "split"]

EXAMPLES = {
    "merge": ("kg merge graph 'Behrooz Tavakoli' 'Behrouz Tavakkoli'",),
    "split": ("kg split graph 'John Miller' --document leeds-sign-keeper --document leeds-lose",),
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
    from kg.project import change_project
    from kg.resolution import Decision, Verdict

    with change_project(folder) as project:
        _catch_up(project)
        resolution = project.identify(project.read_decisions())
        a, b = project.find(name, resolution), project.find(other, resolution)
        if a.id == b.id:
            raise UsageError(f"{name!r} and {other!r} are one entity already: {a.name} <{a.id}>")
        if a.type is not b.type:
            raise UsageError(f"{a.name} is a {a.type} and {b.name} a {b.type}: only two of one type can be one")
        one, two = project.anchors(a, resolution), project.anchors(b, resolution)
        _decide(project, Decision(verdict=Verdict.SAME, a=one, b=two))
    typer.echo(f"{clean(a.name)} and {clean(b.name)} are one. {_written(project)}")


def split(
    folder: _Folder,
    name: _Name,
    *,
    document: Annotated[
        list[str], typer.Option("--document", "-d", metavar="ID", help="Article that means another; repeatable.")
    ],
) -> None:
    """Say that some articles mean another one by the same name.

    What the named articles say goes to an entity of its own; the decision is kept and can be taken back like any other.
    """
    from kg.project import change_project
    from kg.resolution import Decision, Verdict

    with change_project(folder) as project:
        _catch_up(project)
        resolution = project.identify(project.read_decisions())
        entity = project.find(name, resolution)
        anchors = project.anchors(entity, resolution)
        known = {anchor.document for anchor in anchors}
        strange = sorted(set(document) - known)
        if strange:
            raise UsageError(
                f"{', '.join(strange)}: no article of that id names {entity.name}; these do: {', '.join(sorted(known))}"
            )
        away = tuple(anchor for anchor in anchors if anchor.document in document)
        rest = tuple(anchor for anchor in anchors if anchor.document not in document)
        if not rest:
            raise UsageError(f"{entity.name} is named in no other article: leave at least one where it is")
        _decide(project, Decision(verdict=Verdict.DIFFERENT, a=away, b=rest))
    typer.echo(f"{clean(entity.name)} in {clean(', '.join(sorted(set(document))))} is another. {_written(project)}")


def decisions(
    folder: _Folder,
    *,
    undo: Annotated[list[int] | None, typer.Option(metavar="N", help="Take a decision back; repeatable.")] = None,
) -> None:
    """List what was decided on who is who, or undo it."""
    from kg.project import change_project, open_project

    if not undo:
        known = open_project(folder).read_decisions()
        rows = [(i, d.verdict.value, _side(d.a), _side(d.b)) for i, d in enumerate(known, start=1)]
        print_table(("", "verdict", "one", "other"), rows, numbers=(0,))
        return
    with change_project(folder) as project:
        known = project.read_decisions()
        wrong = [number for number in undo if not 1 <= number <= len(known)]
        if wrong:
            raise UsageError(f"there is no decision {wrong[0]}: `kg decisions {folder}` lists them")
        project.rebuild([decision for i, decision in enumerate(known, start=1) if i not in undo])
    for number in sorted(set(undo)):
        typer.echo(f"Taken back: {clean(str(known[number - 1]))}")
    typer.echo(_written(project))


def _catch_up(project: "Project") -> None:
    """Write a graph anew that was left behind the decisions, so that what is decided next is about what is shown."""
    if project.is_behind:
        project.rebuild(project.read_decisions())
        typer.echo(f"The graph was behind the decisions in {clean(str(project.decisions_file))}.")


def _decide(project: "Project", new: "Decision") -> None:
    from kg.resolution import add_decision

    project.rebuild(add_decision(project.read_decisions(), new))


def _written(project: "Project") -> str:
    return f"Kept in {clean(str(project.decisions_file))}; the graph in {clean(str(project.folder))} is written anew."


def _side(named: tuple[object, ...]) -> str:
    return f"{named[0]}{f' and {len(named) - 1} more' * (len(named) > 1)}"
