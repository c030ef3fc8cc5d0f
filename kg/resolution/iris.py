"""Readable IRIs of entities that stay the same from build to build.

An IRI is ``{base}{type}/{slug of the best name}``. Of several entities with one slug, the one whose first document has
the smallest id keeps the bare slug; each other one takes a suffix, a hash of its own first document and name. Nothing
counts over the corpus, so neither the order of documents nor documents about others change an IRI. It does change where
the entity itself does: with its type, with a better name, or when a document that sorts before all others names a
homonym. A country's slug is that of its usual English name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kg.model import EntityType
from kg.resolution.spelling import fold

__all__ = ["Naming", "mint_iris", "slug"]

_MAX_SLUG = 80


@dataclass(frozen=True, slots=True, order=True)
class Naming:
    """What an IRI is made of: ``document`` is the smallest id among the entity's, ``index`` its place there."""

    document: str
    index: int
    type: EntityType
    name: str


def mint_iris(namings: Iterable[Naming], *, base_iri: str) -> Mapping[Naming, str]:
    """Return an IRI for each entity, no two alike."""
    taken: set[str] = set()
    iris: dict[Naming, str] = {}
    for naming in sorted(namings):
        plain = f"{base_iri}{naming.type.lower()}/{slug(naming.name)}"
        iri = plain
        salt = 0
        while iri in taken:
            digest = sha256("\0".join((naming.document, naming.name, str(salt))).encode("utf8", "replace")).hexdigest()
            iri = f"{plain}-{digest[:6]}"
            salt += 1
        taken.add(iri)
        iris[naming] = iri
    return iris


def slug(name: str) -> str:
    """Return a name as letters, digits and hyphens in ASCII: at least one character, at most 80."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    if len(plain) > _MAX_SLUG:
        plain = plain[: _MAX_SLUG + 1].rpartition("-")[0] or plain[:_MAX_SLUG]
    return plain or "unnamed-" + sha256(name.encode("utf8", "replace")).hexdigest()[:6]
