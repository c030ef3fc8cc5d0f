"""``kg explain-match``: why two entities are one or are not."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.records import Json, print_json
from kg.cli.terminal import clean, print_table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.model import Entity, Extraction, LocalEntity
    from kg.project import Project
    from kg.resolution import Decision, MatchReport, Resolution

__all__ = ["EXAMPLES", "explain_match"]

EXAMPLES = ("kg explain-match graph 'Marta Kalnina' 'Liga Ozolina'", "kg explain-match graph Tavakoli Tavakkoli")


def explain_match(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    name: Annotated[str, typer.Argument(metavar="A", help="Name, alias or IRI of an entity.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Name, alias or IRI of another, or another name of A.")],
    *,
    as_json: Json = False,
) -> None:
    """Show why two entities are one or are not.

    Goes feature by feature:

    Each line is a reason with what it adds to the names' score, which starts at 1, or takes from it. What names and
    context come to is then told as a probability, fitted on public pairs of names and annotated news. Two names of one
    entity show why the articles that use the one and those that use the other were joined, or why an article's own two
    names were.
    """
    from kg.project import open_project
    from kg.resolution import MATCH, MERGE, Decision, explain_match

    project = open_project(folder)
    decisions = tuple(d for d in project.read_decisions() if isinstance(d, Decision))
    resolution = project.identify(decisions)
    entities = [project.find(wanted, resolution) for wanted in (name, other)]
    extractions, sides = _sides(project, resolution, entities, (name, other))
    report = explain_match(extractions, *sides)
    decided = _decided(project, decisions, sides)
    if as_json:
        print_json(_as_json(report, entities, decided))
        return
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
    if report.article:
        rows.append(("article", report.article, "asked"))
    if report.conflict:
        rows.append(("conflict", report.conflict, "never"))
    rows += [("decision", str(d), d.verdict.value) for d in decided]
    print_table(("feature", "detail", "effect"), rows, numbers=(2,))
    one = entities[0].id == entities[1].id
    typer.echo(f"In the graph they are {'one' if one else 'two'}: {' and '.join(sorted({e.id for e in entities}))}")


def _as_json(report: "MatchReport", entities: "list[Entity]", decided: "list[Decision]") -> dict[str, object]:
    return {
        "compared": report.compared,
        "features": [{"name": f.name, "detail": f.detail, "effect": f.effect} for f in report.names.features],
        "names": report.names.score,
        "likely": report.likely,
        "context": {"score": report.context[0], "detail": report.context[1]},
        "score": report.score,
        "article": report.article,
        "conflict": report.conflict,
        "decisions": [{"verdict": d.verdict.value, "decision": str(d)} for d in decided],
        "one": entities[0].id == entities[1].id,
        "entities": sorted({e.id for e in entities}),
    }


_Places = list[tuple[str, int]]


def _sides(
    project: "Project", resolution: "Resolution", entities: "list[Entity]", names: tuple[str, str]
) -> "tuple[tuple[Extraction, ...], tuple[_Places, _Places]]":
    """Return the extractions with the local entities of both.

    Of one entity, those of the documents that use the one and the other name; where a document uses both for one, it is
    divided as ``kg split`` would.
    """
    a, b = entities
    members = {e.id: [at for at, iri in resolution.assignment.items() if iri == e.id] for e in entities}
    if a.id != b.id:
        return resolution.extractions, (members[a.id], members[b.id])
    local = {(e.document, i): entity for e in resolution.extractions for i, entity in enumerate(e.entities)}

    def using(name: str, *, best: bool) -> _Places:
        wanted = name.casefold()
        found = [
            at
            for at in members[a.id]
            if wanted in {n.casefold() for n in (local[at].name, *(() if best else local[at].aliases))}
        ]
        return found or (using(name, best=False) if best else [])

    first, second = (using(name, best=True) for name in names)
    others = [at for at in second if at not in first]
    if first and others:
        return resolution.extractions, (first, others)
    for at in second if names[0].casefold() != names[1].casefold() else ():
        divided = project.divided([_apart(at[0], local[at], names)])
        new = {(e.document, i) for e in divided for i in range(len(e.entities))} - local.keys()
        if new:
            return divided, ([at], sorted(new))
    used = sorted({name for at in members[a.id] for name in (local[at].name, *local[at].aliases)})
    raise UsageError(
        f"{names[0]!r} and {names[1]!r} are one entity, and nothing tells them apart: compare two of the names that "
        f"articles use: {'; '.join(used)}"
    )


def _apart(document: str, entity: "LocalEntity", names: tuple[str, str]) -> "Decision":
    """Return the decision that the second of two names of an entity of one document means another."""
    from kg.resolution import Decision, NamedIn, Verdict

    called = [n for n in (entity.name, *entity.aliases) if n.casefold() == names[1].casefold()]
    rest = [n for n in (entity.name, *entity.aliases) if n not in called]
    one, two = (tuple(NamedIn(document, name) for name in side) for side in (called, rest))
    return Decision(verdict=Verdict.DIFFERENT, a=one, b=two)


def _decided(project: "Project", decisions: "tuple[Decision, ...]", sides: tuple[_Places, _Places]) -> "list[Decision]":
    one, two = map(set, sides)
    return [
        decision
        for decision, a, b in project.locate(decisions)
        if (one & set(a) and two & set(b)) or (two & set(a) and one & set(b))
    ]
