"""``kg explain``: the statements about one or between two entities, with the sentences that say them."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.records import Json, entity_json, print_json, statement_json
from kg.cli.statements import headline, print_evidence
from kg.cli.terminal import clean, console
from kg.model import PREDICATES, Entity, Graph, Statement

__all__ = ["EXAMPLES", "explain"]

EXAMPLES = (
    "kg explain graph 'Ingrid Halvorsen'",
    "kg explain graph Kalnina Ozolina",
    "kg explain graph 'Ingrid Halvorsen' --as-of 2021-12-31",
)


def explain(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name, alias or IRI of an entity, or id of a statement.")],
    other: Annotated[str | None, typer.Argument(metavar="NAME", help="A second entity.")] = None,
    *,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Show what held, or had happened, on a day.")
    ] = None,
    as_json: Json = False,
    ids: Annotated[bool, typer.Option("--ids", help="Show the id of each statement, to decide on it.")] = False,
) -> None:
    """Show what is stated and by which sentences.

    Lists the statements about one entity or between two, or the one of an id, each with its sentences, their document
    and its date. What an article denies, plans or supposes is shown last and marked NOT ASSERTED: it is no edge of the
    graph. The exit status is 1 where there is nothing to show.
    """
    from kg.finding import find, find_statement
    from kg.store import load_graph

    graph = load_graph(folder)
    if as_of is not None:
        from kg.asof import as_of as graph_as_of

        graph = graph_as_of(graph, as_of)
    named = find_statement(graph.statements, name.strip()) if other is None else None
    wanted = (named.subject, named.object) if named is not None else (name, other)
    about = [find(graph.entities, end) for end in wanted if end is not None]
    entities = {entity.id: entity for entity in graph.entities}
    documents = {document.id: document for document in graph.documents}
    statements = [named] if named is not None else _statements(graph, about)
    if as_json:
        found = [statement_json(statement, entities, documents) for statement in statements]
        print_json({"entities": list(map(entity_json, about)), "statements": found})
        raise typer.Exit(not statements)
    screen = console()
    for entity in about:
        screen.print(_title(entity), style="bold", soft_wrap=True)
    for statement in statements:
        screen.print()
        screen.print(headline(statement, entities, documents=documents), soft_wrap=True)
        if ids:
            screen.print(f"  {statement.id.rpartition('/')[2]}", soft_wrap=True)
        print_evidence(screen, statement, documents, entities)
    if not statements:
        typer.echo("kg read no statement about " + " and ".join(clean(entity.name) for entity in about) + ".")
        raise typer.Exit(1)


def _statements(graph: Graph, about: list[Entity]) -> list[Statement]:
    wanted, order = {entity.id for entity in about}, list(PREDICATES)
    found = [s for s in graph.statements if wanted <= {s.subject, s.object, s.place}]
    return sorted(
        found, key=lambda s: (not s.asserted, order.index(s.predicate), s.date or s.start or s.literal or "", s.id)
    )


def _title(entity: Entity) -> str:
    from kg.view.words import checked

    kind = entity.subtype or entity.type
    aliases = f", also called {'; '.join(entity.aliases)}" if entity.aliases else ""
    by = f", checked by {checked(entity)}" if entity.checked_by else ""
    return clean(f"{entity.name} ({kind}){aliases}{by}")
