"""``kg diff``: what one build has that another has not."""

import json
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import clean

__all__ = ["EXAMPLES", "diff"]

EXAMPLES = (
    "kg diff last-week graph",
    "kg diff last-week graph --format json",
    "kg diff last-week graph --format patch > changes.rdfp",
)

_SIGNS = {"added": "+", "removed": "-", "changed": "~", "merged": ">", "split": "<"}
_MINOR = frozenset({"confidence", "documents", "sources", "aliases", "role"})


class DiffFormat(StrEnum):
    """How to print the differences."""

    TEXT = "text"
    JSON = "json"
    PATCH = "patch"


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Folder of a build.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Folder of another.")],
    *,
    format_: Annotated[
        DiffFormat, typer.Option("--format", help="Lines to read, JSON, or an RDF Patch that makes OLD NEW.")
    ] = DiffFormat.TEXT,
    all_: Annotated[
        bool, typer.Option("--all", help="Show also where only confidence, counts of sources or other names changed.")
    ] = False,
) -> None:
    """Show what changed from one build to another, and why.

    What was added, removed, changed, merged and split, each with its cause as far as the builds record it: a document
    that was added, removed or edited, a decision, or the program's version.
    """
    from kg.desk.diff import diff_builds, rdf_patch

    if format_ is DiffFormat.PATCH:
        for line in rdf_patch(old, new):
            typer.echo(line)
        return
    found = diff_builds(old, new)
    if format_ is DiffFormat.JSON:
        typer.echo(json.dumps(found.record(), ensure_ascii=False, indent=2))
        return
    shown = [c for c in found.changes if all_ or not c.fields or set(c.fields) - _MINOR]
    for change in shown:
        details = "; ".join(found.in_words(change))
        cause = "" if change.cause == "input" else f"  ({change.cause})"
        line = f"{_SIGNS[change.how]} {change.what} {change.about}{': ' * bool(details)}{details}{cause}"
        typer.echo(clean(line))
    counts = Counter((change.what, change.how) for change in found.changes)
    total = ", ".join(f"{n:,} {what}{'s' * (n > 1)} {how}" for (what, how), n in sorted(counts.items()))
    typer.echo(total.replace("entitys", "entities") or "The two say the same.")
    if hidden := len(found.changes) - len(shown):
        typer.echo(f"Not shown: {hidden:,} where only confidence, sources or other names changed (--all shows them).")
