"""The authorities of a build, whatever their format: known persons, organizations and places, each with an IRI."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from kg.config import Settings
from kg.errors import InputError
from kg.model import AuthorityRecord

__all__ = ["read_authorities"]


def read_authorities(settings: Settings) -> tuple[list[AuthorityRecord], list[InputError]]:
    """Return the records of ``settings.authorities``, and one error a kind of record that cannot be used in a file.

    A Wikidata number has an IRI, another identifier that is none gets one below ``settings.base_iri``.

    Raises:
        UsageError: a file cannot be read at all.
    """
    records: list[AuthorityRecord] = []
    problems: list[InputError] = []
    for name in settings.authorities:
        found, unusable = _read(Path(name))
        records += (replace(record, id=_iri(record.id, base_iri=settings.base_iri)) for record in found)
        problems += unusable
    return records, problems


def _read(path: Path) -> tuple[list[AuthorityRecord], list[InputError]]:
    from kg.documents.problems import Problems
    from kg.mapping import read_turtle
    from kg.resolution import read_authority

    problems = Problems()
    found = []
    for item in read_turtle(path) if path.suffix.casefold() in {".ttl", ".nt"} else read_authority(path):
        if isinstance(item, InputError):
            problems.add(item)
        else:
            found.append(item)
    return found, [InputError(f"the authority {path}: {line}") for line in problems.lines()]


def _iri(identifier: str, *, base_iri: str) -> str:
    from kg.mapping.vocabulary import is_iri

    if re.fullmatch(r"Q[1-9]\d*", identifier):
        return f"http://www.wikidata.org/entity/{identifier}"
    if is_iri(identifier):
        return identifier
    local = quote(identifier, safe="", errors="replace")
    if not local.strip("."):  # "." and ".." would lead to another folder
        local = local.replace(".", "%2E")
    return f"{base_iri}authority/{local}"
