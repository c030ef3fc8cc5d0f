"""The only place that knows where the package's data files and the ontology lie."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_origin

import msgspec

from kg.errors import ModelError

__all__ = ["check_data", "data_path", "fingerprint", "load_yaml", "ontology_path", "read_data"]

_PACKAGE = Path(__file__).parent
_SHOWN = 80  # characters of a wrong entry in a message
T = TypeVar("T")


def data_path(*parts: str) -> Path:
    """Return the path of a file or folder below ``kg/data``."""
    return _existing(_PACKAGE.joinpath("data", *parts))


def ontology_path(name: str) -> Path:
    """Return the path of a file of the ontology: inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "ontology" / name
    return installed if installed.exists() else _existing(_PACKAGE.parent / "ontology" / name)


@cache
def fingerprint(*parts: str, without: tuple[str, ...] = ()) -> str:
    """Return a hash of files of the package and the ontology: what is read with them stays as it is.

    Args:
        parts: files or folders of the package ("extraction"), files of the ontology ("ontology/kg.ttl").
        without: files among them that do not count.
    """
    digest = hashlib.sha256()
    for part in parts:
        ontology, _, name = part.rpartition("/")
        path = ontology_path(name) if ontology == "ontology" else _PACKAGE / part
        for file in sorted(p for p in (path, *path.rglob("*")) if p.is_file() and "__pycache__" not in p.parts):
            named = part if file == path else f"{part}/{file.relative_to(path).as_posix()}"
            if named not in without:
                digest.update(f"{named}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def read_data(path: Path, type_: type[T]) -> T:
    """Return the content of a YAML file as a type of ``msgspec``; nothing is converted that is not of it.

    Raises:
        ModelError: the file is no YAML, or an entry or a key is not what the type says.
    """
    return check_data(path, load_yaml(path), type_)


def load_yaml(path: Path) -> Any:
    """Return the content of a YAML file.

    Raises:
        ModelError: it is no YAML; the message names the file and the line.
    """
    import yaml  # here, since what was found in a cache needs none

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times faster where libyaml is there
    try:
        return yaml.load(path.read_text(encoding="utf8"), Loader=cast("Any", loader))
    except yaml.YAMLError as error:
        raise ModelError(f"{path} is no YAML: {' '.join(str(error).split())}") from error


def check_data(path: Path, raw: Any, type_: type[T], *, entry: str = "") -> T:
    """Return what was read from a file as a type of ``msgspec``.

    Args:
        path: the file, for the message.
        raw: the content of the file, or of an entry of it.
        type_: what it has to be.
        entry: the name of that entry.

    Raises:
        ModelError: a part of it is something else; the message names file and entry.
    """
    try:
        return msgspec.convert(raw, type_)
    except msgspec.ValidationError as error:
        where = f"{entry}: " if entry else ""
        raise ModelError(f"{path}: {where}{_entry(raw, type_, str(error))}: see the header of the file") from error


def _entry(raw: Any, type_: Any, message: str) -> str:
    """Say which entry of a file a message of ``msgspec`` is about: by its key, or by its words in a list."""
    if get_origin(type_) is dict and isinstance(raw, dict):
        for key, value in raw.items():
            try:
                msgspec.convert({key: value}, type_)
            except msgspec.ValidationError as error:
                return f"{key}: {str(error).replace('$[...].', '').replace(' - at `$[...]`', '')}"
    what, _, where = message.partition(" - at `$")
    entry = raw
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", where):
        below = entry[name] if name and isinstance(entry, dict) else entry[int(index)] if index else None
        if not isinstance(below, dict | list):
            break
        entry = below
    shown = " ".join(str(entry).split())
    return f"{what} at {where.strip('.`') or 'the top'} of {shown[:_SHOWN]}{'...' * (len(shown) > _SHOWN)}"


def _existing(path: Path) -> Path:
    if not path.exists():
        raise ModelError(f"{path} is missing from the installation: install kg again")
    return path
