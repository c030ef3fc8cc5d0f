"""The graph as of a day: who held which post then, and what had happened by then, as far as the articles tell.

A post or membership is held on a day if it had begun, by its start or by an article of that day or before that knows it
as current, and had not ended, by its end or by an article that calls it former. Whoever reads the answer sees the date
of each article: what held when one was written is taken to hold on until another says otherwise. What happens at a time
had happened if its date, or the date of the article that tells it, is not after the day; what has no time (a family, a
seat, a place of birth) is kept.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.model import Graph, RoleStatus, Statement
from kg.terms import is_iso_date

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["as_of", "held", "store_as_of", "with_sources"]

_AT_WORK = frozenset({None, RoleStatus.CURRENT, RoleStatus.ACTING})


def as_of(graph: Graph, day: str) -> Graph:
    """Return a graph without the statements that did not hold, or had not happened, on a day.

    Raises:
        UsageError: the day is no ISO date.
    """
    if not is_iso_date(day):
        raise UsageError(f"--as-of {day!r} is no ISO date: write it like 2021-03-14")
    published = {document.id: document.published for document in graph.documents}
    return replace(graph, statements=tuple(s for s in graph.statements if held(s, day, published)))


def with_sources(graph: Graph, count: int) -> Graph:
    """Return a graph without the statements that fewer independent sources support; copies of a story are one."""
    if count <= 1:
        return graph
    return replace(graph, statements=tuple(s for s in graph.statements if s.sources >= count))


def store_as_of(folder: Path, day: str | None = None, *, min_sources: int = 1) -> "Store":
    """Return the store of the graph of a build as of a day, of what so many sources say, in memory.

    Raises:
        UsageError: the day is no ISO date.
        OutputError: the folder holds no build, or one that is damaged.
    """
    from kg.mapping import prefixes, to_quads
    from kg.store import Store, load_graph, read_base_iri

    graph = with_sources(load_graph(folder), min_sources)
    if day is not None:
        graph = as_of(graph, day)
    base_iri = read_base_iri(folder)
    return Store.of(to_quads(graph, base_iri=base_iri), prefixes=prefixes(base_iri), path=folder)


def held(statement: Statement, day: str, published: Mapping[str, str | None]) -> bool:
    """Whether a statement held, or what it tells had happened, on a day.

    Args:
        statement: any statement; one that is not asserted counts from when it was told.
        day: ISO date; a month or a year stands for its last day.
        published: ISO date of each document, or None.
    """
    told = {published.get(evidence.document) for evidence in statement.evidence}
    if not statement.asserted:
        return any(_by(date, day) for date in told)
    if statement.relation.ends:
        return any(_held(statement, day, date) for date in told)
    dated = statement.literal or statement.date or statement.start
    if dated is not None:
        return _by(dated, day)
    return not statement.relation.is_event or any(_by(date, day) for date in told)


def _held(statement: Statement, day: str, told: str | None) -> bool:
    """Whether a post was held on a day, by an article of a date."""
    if statement.start is not None:
        begun = _by(statement.start, day)
    else:
        begun = _by(told, day) and statement.status in _AT_WORK
    if statement.end is not None:
        return begun and statement.end >= day[: len(statement.end)]
    return begun and (statement.status is not RoleStatus.FORMER or not (told is None or _by(told, day)))


def _by(date: str | None, day: str) -> bool:
    """Whether a date is on or before a day; one that is less precise may be."""
    return date is not None and date[: len(day)] <= day
