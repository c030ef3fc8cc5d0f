"""``kg path``: how two entities are connected."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.records import Json, entity_json, print_json, statement_json
from kg.cli.statements import headline, print_evidence
from kg.cli.terminal import clean, console

__all__ = ["EXAMPLES", "path"]

EXAMPLES = ("kg path graph 'Priya Ramanan' 'Sigrid Aasland'",)


def path(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    start: Annotated[str, typer.Argument(metavar="A", help="Name, alias or IRI of an entity.")],
    goal: Annotated[str, typer.Argument(metavar="B", help="Name, alias or IRI of another.")],
    *,
    as_json: Json = False,
) -> None:
    """Show how two entities are connected.

    Gives the shortest path, each step with a sentence that says it. A way through people and small organizations is
    preferred to one through a country that everything is linked to. The exit status is 1 where no path exists.
    """
    from kg.store import load_graph
    from kg.view.network import shortest_path

    graph = load_graph(folder)
    steps = shortest_path(graph, start, goal)
    entities = {entity.id: entity for entity in graph.entities}
    documents = {document.id: document for document in graph.documents}
    if as_json:
        print_json(
            [
                {
                    "start": entity_json(step.start),
                    "end": entity_json(step.end),
                    "statement": statement_json(step.statement, entities, documents),
                }
                for step in steps
            ]
        )
        raise typer.Exit(not steps)
    if not steps:
        typer.echo(f"No path leads from {clean(start)} to {clean(goal)}.")
        raise typer.Exit(1)
    screen = console()
    for step in steps:
        screen.print(headline(step.statement, entities, start=step.start.id), soft_wrap=True)
        print_evidence(screen, step.statement, documents, entities, limit=1)
