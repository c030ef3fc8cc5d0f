"""``kg.toml``, a file beside the articles with the options of a build: strict, so that a slip is told.

published = "2021-03-14"
extractor = "rules"
authority = ["people.csv"]
"""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.files import read_utf8

__all__ = ["OPTIONS_FILE", "read_options_file"]

OPTIONS_FILE = "kg.toml"
"""Name of the file in the folder of the articles."""

_MAX_BYTES = 1_000_000

# Options of `kg build` by their names on the command line, each with the types of its value.
_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("published", "spacy-model", "base-iri", "extractor", "decisions"), (str,)),
    **dict.fromkeys(("id-field", "title-field", "text-field", "published-field", "source-field"), (str,)),
    "workers": (int,),
    "max-document-seconds": (int, float),
    "authority": (list,),
    "adopt-iris": (bool,),
}
_WORDS = {str: "a text in quotes", int: "a whole number", list: "a list of files", bool: "true or false"}
_PATHS = ("decisions", "authority")


def read_options_file(path: Path, *, missing_ok: bool = False) -> Mapping[str, Any]:
    """Return the options in a file by their names in Python (``spacy_model``); files are found from its folder.

    Raises:
        UsageError: it cannot be read, is no TOML, or has an option that there is not or a value that it cannot have.
    """
    text = read_utf8(path, limit=_MAX_BYTES, missing_ok=missing_ok)
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path} is no TOML ({error}): write it like workers = 2") from error
    return {name.replace("-", "_"): _value(path, name, value) for name, value in found.items()}


def _value(path: Path, name: str, value: object) -> object:
    if name not in _TYPES:
        close = get_close_matches(name, _TYPES, n=1)
        hint = f"did you mean {close[0]}?" if close else f"it may have {', '.join(_TYPES)}"
        raise UsageError(f"{path}: there is no option {name!r}: {hint}")
    types = _TYPES[name]
    fits = isinstance(value, types) and not (isinstance(value, bool) and bool not in types)
    if not fits or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
        raise UsageError(f"{path}: {name} must be {_WORDS.get(types[0], 'a number')}")
    if name not in _PATHS:
        return value
    return [str(path.parent / item) for item in value] if isinstance(value, list) else str(path.parent / str(value))
