"""The user's word on who is who: two entities that are one, and one that is two.

As every decision it is a line in the file of decisions, and the graph is written anew under it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.errors import UsageError
from kg.model import Entity
from kg.project import change_project
from kg.resolution import Decision, NamedIn, Verdict, add_decision

__all__ = ["merge", "split"]


def merge(folder: str | Path, name: str, other: str) -> Decision:
    """Say that two entities are one; the IRI that is lost stays as owl:sameAs.

    Raises:
        UsageError: they are one already, or of two types, or another decision contradicts it.
        UnknownEntityError: a name means none, or several.
    """
    with change_project(folder) as project:
        project.catch_up()
        resolution = project.identify(project.read_decisions())
        a, b = project.find(name, resolution), project.find(other, resolution)
        if a.id == b.id:
            raise UsageError(f"{name!r} and {other!r} are one entity already: {a.name} <{a.id}>")
        types = {entity.id: entity.type for entity in resolution.entities}  # a merge is of what articles say
        one, two = types[a.id], types[b.id]
        if one is not two:
            raise UsageError(f"articles have {a.name} as {one} and {b.name} as {two}: only two of one type can be one")
        sides = {key: project.anchors(entity, resolution) for key, entity in (("a", a), ("b", b))}
        made = Decision(verdict=Verdict.SAME, **sides)
        project.rebuild(add_decision(project.read_decisions(), made))
    return made


def split(folder: str | Path, name: str, *, documents: Sequence[str] = (), called: Sequence[str] = ()) -> Decision:
    """Say that some documents, or some names in them, mean another entity.

    Raises:
        UsageError: no document or name is given, one that does not name it, or nothing is left for it.
        UnknownEntityError: the name means none, or several.
    """
    if not documents and not called:
        raise UsageError("say which articles mean another (--document ID), or which names do (--called NAME)")
    with change_project(folder) as project:
        project.catch_up()
        resolution = project.identify(project.read_decisions())
        entity = project.find(name, resolution)
        used = project.names_of(entity, resolution)
        _check_used(entity, used, documents, called)
        if not called and {named.document for named in used} <= set(documents):
            called = [name]  # no other article names it: then it is the name that means another
        away, rest = _sides(used if called else project.anchors(entity, resolution), documents, called)
        if not away or not rest:
            raise UsageError(
                f"{entity.name} is named in no other article: leave at least one where it is, or say with --called "
                f"which of its names mean another: {', '.join(sorted({n.name for n in used}))}"
            )
        made = Decision(verdict=Verdict.DIFFERENT, a=away, b=rest)
        project.rebuild(add_decision(project.read_decisions(), made))
    return made


def _check_used(entity: Entity, used: Sequence[NamedIn], documents: Iterable[str], names: Iterable[str]) -> None:
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
    used: Sequence[NamedIn], documents: Iterable[str], names: Iterable[str]
) -> tuple[tuple[NamedIn, ...], tuple[NamedIn, ...]]:
    """Return the names that mean another, and those that do not, each with its article."""
    wanted, said = set(documents), {name.casefold() for name in names}
    away = [n for n in used if (not wanted or n.document in wanted) and (not said or n.name.casefold() in said)]
    return tuple(away), tuple(n for n in used if n not in away)
