"""``kg conflicts``: what articles say that cannot all be so."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import clean, console

__all__ = ["EXAMPLES", "conflicts"]

EXAMPLES = ("kg conflicts graph", "kg conflicts graph --kind two-holders", "kg conflicts graph --format json")


class ConflictKind(StrEnum):
    """What to look for; ``kg.desk.conflicts.KINDS`` says what each is."""

    ASSERTED_AND_DENIED = "asserted-and-denied"
    TWO_HOLDERS = "two-holders"
    TWO_DATES = "two-dates"
    AFTER_DEATH = "after-death"
    DEAD_BEFORE_BORN = "dead-before-born"
    TWO_SPOUSES = "two-spouses"
    FOUNDER_UNBORN = "founder-unborn"
    TWO_PLACES = "two-places"


class ConflictFormat(StrEnum):
    """How to print the conflicts."""

    TEXT = "text"
    JSON = "json"


def conflicts(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    *,
    kinds: Annotated[list[ConflictKind] | None, typer.Option("--kind", help="Look only for this; repeatable.")] = None,
    format_: Annotated[ConflictFormat, typer.Option("--format", help="How to print them.")] = ConflictFormat.TEXT,
) -> None:
    """Show what articles say that cannot all be so.

    Two people in a post that one holds, two dates of one birth or death, acts after death, two spouses at once, a
    founder not yet born, one person in two countries on a day, what is stated here and denied there; each with both
    sentences and the dates of their articles, the surest first. What an earlier article says and a later one ends is no
    conflict.
    """
    import json

    from kg.cli.statements import headline, print_evidence
    from kg.desk.conflicts import find_conflicts
    from kg.store import load_graph

    graph = load_graph(folder)
    found = find_conflicts(graph, kinds=[kind.value for kind in kinds or ()] or None)
    entities = {entity.id: entity for entity in graph.entities}
    documents = {document.id: document for document in graph.documents}
    if format_ is ConflictFormat.JSON:
        records = [
            {
                "kind": c.kind,
                "why": c.why,
                "weight": c.weight,
                "statements": [c.one.id, c.other.id],
                "evidence": [
                    {
                        "statement": s.id,
                        "document": e.document,
                        "published": documents[e.document].published,
                        "text": e.text,
                    }
                    for s in (c.one, c.other)
                    for e in s.evidence
                ],
            }
            for c in found
        ]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    screen = console()
    for conflict in found:
        screen.print(clean(f"{conflict.why}  [{conflict.kind}, {conflict.weight:.2f}]"), style="bold", soft_wrap=True)
        for statement in (conflict.one, conflict.other):
            screen.print("  ", headline(statement, entities, documents=documents), sep="", soft_wrap=True)
            print_evidence(screen, statement, documents, entities, limit=2, indent="    ")
        screen.print()
    typer.echo(f"{len(found)} conflict{'s' * (len(found) > 1)}" if found else "No conflict was found.")
