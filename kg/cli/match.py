"""``kg explain-match``: why two entities are one or are not."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import clean, print_table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.model import Entity
    from kg.project import Project
    from kg.resolution import Decision, Resolution

__all__ = ["EXAMPLES", "explain_match"]

EXAMPLES = ("kg explain-match graph 'Marta Kalnina' 'Liga Ozolina'", "kg explain-match graph Tavakoli Tavakkoli")


def explain_match(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    name: Annotated[str, typer.Argument(metavar="A", help="Name, alias or IRI of an entity.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Name, alias or IRI of another, or another name of A.")],
) -> None:
    """Show why two entities are one or are not.

    Goes feature by feature:

    Each line is a reason with what it adds to the names' score, which starts at 1, or takes from it. What names and
    context come to is then told as a probability, fitted on public pairs of names and annotated news. Two names of one
    entity show why the articles that use the one and those that use the other were joined.
    """
    from kg.project import open_project
    from kg.resolution import MATCH, MERGE, explain_match

    project = open_project(folder)
    decisions = project.read_decisions()
    resolution = project.identify(decisions)
    entities = [project.find(wanted, resolution) for wanted in (name, other)]
    sides = _sides(project, resolution, entities, (name, other))
    report = explain_match(project.extractions.values(), *sides)
    typer.echo(f"{clean(report.compared[0])}  /  {clean(report.compared[1])}")
    rows: list[tuple[str, str, str]] = [(f.name, f.detail, f"{f.effect + 0.0:+.2f}") for f in report.names.features]
    rows.append(
        (
            "names",
            f"a match from {MATCH:.2f} on, merged without asking from {MERGE:.2f} on",
            f"{report.names.score:.2f}",
        )
    )
    rows.append(("", "how likely one by such names alone", f"{report.likely:.2f}"))
    rows.append(("context", report.context[1], f"{report.context[0]:.2f}"))
    rows.append(("score", "how likely one by names and context", f"{report.score:.2f}"))
    if report.conflict:
        rows.append(("conflict", report.conflict, "never"))
    rows += [("decision", str(d), d.verdict.value) for d in _decided(project, decisions, sides)]
    print_table(("feature", "detail", "effect"), rows, numbers=(2,))
    one = entities[0].id == entities[1].id
    typer.echo(f"In the graph they are {'one' if one else 'two'}: {' and '.join(sorted({e.id for e in entities}))}")


def _sides(
    project: "Project", resolution: "Resolution", entities: "list[Entity]", names: tuple[str, str]
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return the local entities of both; of one entity, those of the documents that use the one and the other name."""
    a, b = entities
    members = {e.id: [at for at, iri in resolution.assignment.items() if iri == e.id] for e in entities}
    if a.id != b.id:
        return members[a.id], members[b.id]
    local = {(e.document, i): entity for e in project.extractions.values() for i, entity in enumerate(e.entities)}

    def using(name: str, *, best: bool) -> list[tuple[str, int]]:
        wanted = name.casefold()
        found = [
            at
            for at in members[a.id]
            if wanted in {n.casefold() for n in (local[at].name, *(() if best else local[at].aliases))}
        ]
        return found or (using(name, best=False) if best else [])

    first, second = (using(name, best=True) for name in names)
    second = [at for at in second if at not in first]
    if not first or not second:
        used = sorted({local[at].name for at in members[a.id]})
        raise UsageError(
            f"{names[0]!r} and {names[1]!r} are one entity, and no two articles tell them apart: compare two of the "
            f"names that articles use: {'; '.join(used)}"
        )
    return first, second


def _decided(
    project: "Project", decisions: "tuple[Decision, ...]", sides: tuple[list[tuple[str, int]], list[tuple[str, int]]]
) -> "list[Decision]":
    one, two = map(set, sides)
    return [
        decision
        for decision, a, b in project.locate(decisions)
        if (one & set(a) and two & set(b)) or (two & set(a) and one & set(b))
    ]
