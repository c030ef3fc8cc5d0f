"""``kg merge``, ``kg split``, ``kg decisions``: what the user knows without being asked."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import clean, print_table
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model import Entity
    from kg.project import Project
    from kg.resolution import Decision, Judgement, NamedIn

__all__ = ["EXAMPLES", "decisions", "merge", "split"]

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
    from kg.project import change_project
    from kg.resolution import Decision, Verdict

    if not document and not called:
        raise UsageError("say which articles mean another (--document ID), or which names do (--called NAME)")
    with change_project(folder) as project:
        _catch_up(project)
        resolution = project.identify(project.read_decisions())
        entity = project.find(name, resolution)
        used = project.names_of(entity, resolution)
        _check_used(entity, used, document or (), called or ())
        if not called and {named.document for named in used} <= set(document or ()):
            called = [name]  # no other article names it: then it is the name that means another
        away, rest = _sides(used if called else project.anchors(entity, resolution), document or (), called or ())
        if not away or not rest:
            raise UsageError(
                f"{entity.name} is named in no other article: leave at least one where it is, or say with --called "
                f"which of its names mean another: {', '.join(sorted({n.name for n in used}))}"
            )
        _decide(project, Decision(verdict=Verdict.DIFFERENT, a=away, b=rest))
    what = clean(", ".join(sorted({named.name for named in away})) if called else entity.name)
    where = clean(", ".join(sorted({named.document for named in away})))
    typer.echo(f"{what} in {where} is another. {_written(project)}")


def _check_used(
    entity: "Entity", used: "Sequence[NamedIn]", documents: "Iterable[str]", names: "Iterable[str]"
) -> None:
    """Check that articles and names are of those that name an entity."""
    known = {named.document for named in used}
    if strange := sorted(set(documents) - known):
        raise UsageError(
            f"{', '.join(strange)}: no article of that id names {entity.name}; these do: {', '.join(sorted(known))}"
        )
    called = {named.name.casefold() for named in used}
    if strange := sorted(name for name in names if name.casefold() not in called):
        every = ", ".join(sorted({named.name for named in used}))
        raise UsageError(f"{', '.join(strange)}: no article calls {entity.name} so; its names are {every}")


def _sides(
    used: "Sequence[NamedIn]", documents: "Iterable[str]", names: "Iterable[str]"
) -> "tuple[tuple[NamedIn, ...], tuple[NamedIn, ...]]":
    """Return the names that mean another, and those that do not, each with its article."""
    wanted, said = set(documents), {name.casefold() for name in names}
    away = [n for n in used if (not wanted or n.document in wanted) and (not said or n.name.casefold() in said)]
    return tuple(away), tuple(n for n in used if n not in away)


def decisions(
    folder: _Folder,
    *,
    undo: Annotated[list[int] | None, typer.Option(metavar="N", help="Take a decision back; repeatable.")] = None,
) -> None:
    """List what was decided, or take it back."""
    from kg.project import change_project, open_project

    if not undo:
        known = open_project(folder).read_decisions()
        rows = [(i, *_described(decision)) for i, decision in enumerate(known, start=1)]
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
