"""The only place that knows where the package's data files and the ontology lie."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, cast

from kg.errors import ModelError

__all__ = ["data_path", "fingerprint", "lexicon", "ontology_path"]

_PACKAGE = Path(__file__).parent


def data_path(*parts: str) -> Path:
    """Return the path of a file or folder below ``kg/data``."""
    return _existing(_PACKAGE.joinpath("data", *parts))


def ontology_path(name: str) -> Path:
    """Return the path of a file of the ontology: inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "ontology" / name
    return installed if installed.exists() else _existing(_PACKAGE.parent / "ontology" / name)


@cache
def lexicon(name: str) -> Any:
    """Return the parsed content of ``kg/data/lexicons/NAME.yaml``; the file's header explains its fields."""
    return _load(data_path("lexicons", f"{name}.yaml"))


@cache
def fingerprint(*parts: str) -> str:
    """Return a hash of the package's files at or below the given paths: what is read with them stays as it is."""
    digest = hashlib.sha256()
    for part in parts:
        path = _PACKAGE / part
        for file in sorted(p for p in (path, *path.rglob("*")) if p.is_file() and "__pycache__" not in p.parts):
            digest.update(f"{file.relative_to(_PACKAGE).as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _load(path: Path) -> Any:
    import yaml  # here, since a query needs none

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times faster where libyaml is there
    return yaml.load(path.read_text(encoding="utf8"), Loader=cast("Any", loader))


def _existing(path: Path) -> Path:
    if not path.exists():
        raise ModelError(f"{path} is missing from the installation: install kg again")
    return path
