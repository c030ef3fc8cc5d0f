"""What was read from each document, kept beside the graph: decisions are applied and documents added without reading
the others again.

``extractions.jsonl`` has one line a document, sorted by id: ``{"document", "key", "entities", "claims"}``, the records
of ``kg.model`` as they are. ``key`` stands for all that the extraction depends on, so a line whose key is that of a
document to be read can take the place of reading it. ``build.json`` says where the decisions are and what else the
graph depends on besides.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kg.errors import OutputError
from kg.model import Extraction

__all__ = ["EXTRACTIONS", "OPTIONS", "dump_extractions", "dump_options", "read_extractions", "read_options"]

EXTRACTIONS, OPTIONS = "extractions.jsonl", "build.json"


def dump_extractions(extractions: Iterable[tuple[str, Extraction]]) -> bytes:
    """Return the content of the file for pairs of a key and an extraction."""
    ordered = sorted(extractions, key=lambda pair: pair[1].document)
    return b"".join(_line({"key": key, **_encode(extraction)}) for key, extraction in ordered)


def read_extractions(folder: Path) -> Iterator[tuple[str, Extraction]]:
    """Yield each extraction of a build with its key.

    Raises:
        OutputError: the file is missing, or a line of it is damaged.
    """
    path = folder / EXTRACTIONS
    for number, line in enumerate(_read(path).split(b"\n"), start=1):
        if line.strip():
            try:
                record = json.loads(line)
                yield str(record["key"]), _decode(Extraction, record)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                raise OutputError(f"{path}:{number} is damaged: delete the file and build again") from error


def dump_options(options: Mapping[str, Any]) -> bytes:
    """Return the content of the file for what a build depends on."""
    return json.dumps(options, indent=2).encode() + b"\n"


def read_options(folder: Path) -> Mapping[str, Any]:
    """Return what a build depended on.

    Raises:
        OutputError: the file is missing or damaged.
    """
    path = folder / OPTIONS
    try:
        options = json.loads(_read(path))
    except (ValueError, RecursionError) as error:
        raise OutputError(f"{path} is damaged: build again") from error
    if not isinstance(options, dict):
        raise OutputError(f"{path} is damaged: build again")
    return options


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise OutputError(f"{path} is missing: name the folder of a build, or build it again") from error
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error


def _line(record: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate: only an escape can carry it
        return json.dumps(record).encode() + b"\n"


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _encode(v) for f in fields(value) if (v := getattr(value, f.name)) != f.default}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _decode(kind: Any, value: Any) -> Any:
    """Return a JSON value as the type that a record declares; raises TypeError or ValueError where it is not one."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if value is None and NoneType in arguments else _decode(arguments[0], value)
    if origin is tuple:
        kinds = [arguments[0]] * len(value) if arguments[-1] is ... else arguments
        return tuple(_decode(k, v) for k, v in zip(kinds, _checked(value, list), strict=True))
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        given = {name: _decode(hints[name], v) for name, v in _checked(value, dict).items() if name in hints}
        return kind(**given)  # type: ignore[operator]
    if issubclass(kind, Enum):
        return kind(value)
    return float(value) if kind is float else _checked(value, kind)


def _checked(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r:.40} is no {kind.__name__}")
    return value


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
