"""What commands print with ``--json``: the records of the output contract, with the names that their ids stand for."""

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from kg.model import Document, Entity, Statement

__all__ = ["Json", "entity_json", "print_json", "statement_json"]

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def entity_json(entity: Entity) -> dict[str, Any]:
    """Return an entity as ``entities.jsonl`` has it, without its mentions."""
    from kg.store.files import entity_record

    return {name: value for name, value in entity_record(entity).items() if name != "mentions"}


def statement_json(
    statement: Statement, entities: Mapping[str, Entity], documents: Mapping[str, Document]
) -> dict[str, Any]:
    """Return a statement as ``statements.jsonl`` has it, with names of its ends and dates of its articles."""
    from kg.store.files import statement_record

    record = dict(statement_record(statement))
    for end in ("subject", "object", "place"):
        record[f"{end}Name"] = entities[record[end]].name if record[end] in entities else None
    record["evidence"] = [
        {
            **evidence,
            "published": documents[evidence["document"]].published if evidence["document"] in documents else None,
            "attributedToName": entities[evidence["attributedTo"]].name
            if evidence["attributedTo"] in entities
            else None,
        }
        for evidence in record["evidence"]
    ]
    return record


def print_json(data: object) -> None:
    """Print JSON; on a terminal in ASCII, so that nothing in a text steers it."""
    typer.echo(json.dumps(data, ensure_ascii=sys.stdout.isatty(), indent=2))
