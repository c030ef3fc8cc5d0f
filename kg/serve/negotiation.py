"""Which of several media types a client would rather have, by its Accept header (RFC 9110)."""

from collections.abc import Mapping
from typing import TypeVar

__all__ = ["preferred"]

_MOST = 100  # media ranges of a header; clients send a dozen

T = TypeVar("T")


def preferred(accept: str, offers: Mapping[str, T]) -> T | None:
    """Return the offer that a client likes best, None where it takes none.

    Args:
        accept: value of the Accept header; empty takes anything.
        offers: what there is by media type, of equal ones the first is given.
    """
    ranges = _parsed(accept)
    best, highest = None, 0.0
    for media_type, offer in offers.items():
        quality = _quality(media_type, ranges)
        if quality > highest:
            best, highest = offer, quality
    return best


def _quality(media_type: str, ranges: Mapping[str, float]) -> float:
    kind = f"{media_type.partition('/')[0]}/*"
    return next((ranges[name] for name in (media_type, kind, "*/*") if name in ranges), 0.0)


def _parsed(accept: str) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for item in accept.split(",", _MOST)[:_MOST]:
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        if name:
            ranges[name] = max(ranges.get(name, 0.0), _weight(parameters))
    return ranges or {"*/*": 1.0}


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
