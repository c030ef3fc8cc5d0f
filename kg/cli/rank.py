"""``kg rank``: the most connected entities."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.records import Json, entity_json, print_json
from kg.cli.terminal import print_table
from kg.model import EntityType

__all__ = ["EXAMPLES", "Measure", "rank"]

EXAMPLES = ("kg rank graph", "kg rank graph --by betweenness --type Person -n 5")


class Measure(StrEnum):
    """How to measure what is central."""

    DEGREE = "degree"
    BETWEENNESS = "betweenness"
    PAGERANK = "pagerank"


def rank(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    *,
    by: Annotated[
        Measure,
        typer.Option(
            help="degree: how many others it is linked to; betweenness: how many shortest paths lead through "
            "it; pagerank: how well linked those are that it is linked to."
        ),
    ] = Measure.DEGREE,
    types: Annotated[
        list[EntityType] | None, typer.Option("--type", case_sensitive=False, help="Show only this type; repeatable.")
    ] = None,
    count: Annotated[int, typer.Option("-n", "--count", min=1, metavar="N", help="How many to show.")] = 20,
    as_json: Json = False,
) -> None:
    """List the most connected entities.

    Centrality is measured on the whole graph, whatever types are shown.
    """
    from kg.store import load_graph
    from kg.view.network import centrality

    ranked = [c for c in centrality(load_graph(folder), by=by.value) if not types or c.entity.type in types]
    if as_json:
        print_json(
            [
                {
                    **entity_json(c.entity),
                    "rank": i,
                    "degree": c.degree,
                    "betweenness": c.betweenness,
                    "pagerank": c.pagerank,
                }
                for i, c in enumerate(ranked[:count], start=1)
            ]
        )
        return
    rows = [
        (i, c.entity.name, c.entity.subtype or c.entity.type, c.degree, f"{c.betweenness:.4f}", f"{c.pagerank:.4f}")
        for i, c in enumerate(ranked[:count], start=1)
    ]
    header = ("", "name", "type", "degree", "betweenness", "pagerank")
    print_table(header, rows, numbers=(0, 3, 4, 5))
