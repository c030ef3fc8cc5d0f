"""Things that have turned out to be one, each called by the one that the others were joined to.

The union-find of networkx calls a set by whichever of two was larger; here the caller says which name stays.
"""

from collections.abc import Hashable
from typing import Generic, TypeVar

__all__ = ["Disjoint"]

T = TypeVar("T", bound=Hashable)


class Disjoint(Generic[T]):
    """Disjoint sets; everything is a set of its own at first."""

    def __init__(self) -> None:
        self._over: dict[T, T] = {}

    def of(self, item: T) -> T:
        """Return what the set of an item is called by."""
        top = item
        while (over := self._over.get(top)) is not None:
            top = over
        while (over := self._over.get(item)) is not None and over != top:
            self._over[item] = top
            item = over
        return top

    def join(self, kept: T, other: T) -> None:
        """Make two sets one, called by what the first is called by."""
        one, two = self.of(kept), self.of(other)
        if one != two:
            self._over[two] = one
