"""A record as a line of JSON, and back: the one codec of a build's files."""

import json
from dataclasses import fields
from typing import Any, TypeVar

import msgspec

__all__ = ["UNREADABLE", "sparse", "to_line", "to_record"]

T = TypeVar("T")
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, msgspec.ValidationError)
"""What reading a line that is damaged raises."""


def to_line(record: object) -> bytes:
    """Return a record as a line; of one of ``kg.model``, what is not as by default."""
    try:
        return json.dumps(record, ensure_ascii=False, default=sparse).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate: only an escape can carry it
        return json.dumps(record, default=sparse).encode() + b"\n"


def sparse(record: Any) -> dict[str, Any]:
    """Return the fields of a record of ``kg.model`` that are not as by default."""
    return {f.name: value for f in fields(record) if (value := getattr(record, f.name)) != f.default}


def to_record(kind: type[T], given: object) -> T:
    """Return what was read from JSON as a record of ``kg.model``; fields that it does not have are left out.

    Raises:
        msgspec.ValidationError: a field is missing, or of another type.
    """
    return msgspec.convert(given, kind)
