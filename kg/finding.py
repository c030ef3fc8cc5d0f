"""Which entity a person means by a name, an IRI or a part of a name: one finder for commands, queries and pages."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg.errors import UnknownEntityError

if TYPE_CHECKING:
    from kg.model import Statement

__all__ = ["Named", "NamedThing", "find", "find_statement", "fold_name"]

_SUGGESTIONS = 5
_SIMILAR = 60  # of 100; below that a suggestion misleads more than it helps
_WORD = re.compile(r"\w+")


class Named(Protocol):
    """What has an IRI, a name and maybe others; ``same_as`` are IRIs that were its own."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def aliases(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def same_as(self) -> Sequence[str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThing:
    """The names of something in a graph."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


N = TypeVar("N", bound=Named)


def find(entities: Iterable[N], name: str) -> N:
    """Return the one entity that a name means.

    Tried in turn, letter case and accents aside: IRI (also one merged away) or prefixed name ("person:ada-byron"), best
    name, alias, then all words of ``name`` among the words of an entity's names.

    Raises:
        UnknownEntityError: nothing fits (similar names are suggested) or several do (they are listed).
    """
    wanted = name.strip().strip("<>")
    if not wanted:
        raise UnknownEntityError("the name is empty: give a name, an alias or the IRI of an entity")
    known = list(entities)
    for fits in _readings(wanted):
        found = [entity for entity in known if fits(entity)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = "; ".join(f"{_printable(e.name)} <{e.id}>" for e in found[:_SUGGESTIONS])
            more = f"; and {len(found) - _SUGGESTIONS} more" if len(found) > _SUGGESTIONS else ""
            raise UnknownEntityError(
                f"{name!r} may mean {len(found)} entities: {listed}{more}. Give the full name or the IRI"
            )
    similar = _similar(known, wanted)
    remedy = f"did you mean {', '.join(similar)}?" if similar else "`kg query --named names` lists all names"
    raise UnknownEntityError(f"no entity is called {name!r}: {remedy}")


def find_statement(statements: "Iterable[Statement]", wanted: str) -> "Statement | None":
    """Return the statement that an id means, whole or its last part; None where there is none."""
    own = wanted.strip("<>").rpartition("/")[2].removeprefix("statement:")
    return next((s for s in statements if s.id.rpartition("/")[2] == own), None)


def _readings(wanted: str) -> Iterator[Callable[[Named], bool]]:
    folded = fold_name(wanted)
    words = set(_WORD.findall(folded))
    path = "/" + wanted.casefold().replace(":", "/", 1) if re.fullmatch(r"[a-z]+:[^/:]\S*", wanted, re.I) else None
    yield lambda e: wanted.casefold() in {iri.casefold() for iri in (e.id, *e.same_as)}
    if path is not None:
        yield lambda e: any(iri.casefold().endswith(path) for iri in (e.id, *e.same_as))
    yield lambda e: e.name == wanted  # "Oslo" and not "OSLO"
    yield lambda e: fold_name(e.name) == folded
    yield lambda e: folded in map(fold_name, e.aliases)
    if words:
        yield lambda e: any(words <= set(_WORD.findall(fold_name(n))) for n in (e.name, *e.aliases))


def _similar(entities: Sequence[Named], wanted: str) -> list[str]:
    from rapidfuzz import fuzz, process

    names = {i: fold_name(e.name) for i, e in enumerate(entities)}
    best = process.extract(fold_name(wanted), names, scorer=fuzz.WRatio, limit=_SUGGESTIONS, score_cutoff=_SIMILAR)
    return [_printable(entities[i].name) for _, _, i in best]


def _printable(name: str) -> str:
    """Leave out what would steer a terminal; names come from articles."""
    return "".join(c for c in name if c.isprintable())


def fold_name(text: str) -> str:
    """Return text without letter case, accents and surplus space, for names to be compared by."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
