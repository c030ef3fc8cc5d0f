"""The records of one file that cannot be used: one line a reason, with the first places and how many others."""

from collections.abc import Iterator

from kg.errors import InputError

__all__ = ["Problems"]

_NAMED = 120  # characters of places that a line names


class Problems:
    """Collects the errors of one file, however many; they take no more memory for that."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, error: InputError) -> None:
        """Take in an error; those of records with the same reason count together."""
        places = self._places.setdefault(error.reason, [])
        self._counts[error.reason] = self._counts.get(error.reason, 0) + 1
        if error.where and (not places or sum(map(len, places)) + len(error.where) <= _NAMED):
            places.append(error.where)

    def lines(self) -> Iterator[str]:
        """Yield a line for each reason, in the order in which they were met."""
        for reason, places in self._places.items():
            others = self._counts[reason] - len(places)
            named = ", ".join(places) + (f" and {others:,} more" if others > 0 and places else "")
            yield f"{named}: {reason}" if named else reason
