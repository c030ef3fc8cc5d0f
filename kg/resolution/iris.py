"""Readable IRIs of entities that stay the same from build to build.

An IRI is ``{base}{type}/{slug of a name}``: the name in the oldest document that gives one in full, by date and then by
id. Of several entities with one slug, that of the oldest document keeps the bare slug; each other one takes a suffix, a
hash of its own first document and name. Nothing counts over the corpus, so neither the order of documents nor newer
documents change an IRI. What the entity would be called had another of its documents come first stays known as
``owl:sameAs`` (``other_iris``), so an older document added later, or two entities that become one, break no link. A
country's slug is that of its usual English name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kg.matching.spelling import fold
from kg.model import EntityType

__all__ = ["Naming", "mint_iris", "other_iris", "slug"]

_MAX_SLUG = 80


@dataclass(frozen=True, slots=True, order=True)
class Naming:
    """What an IRI is made of: the oldest document that names the entity in full, its date, and the place there."""

    published: str
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


def other_iris(named: Mapping[str, tuple[Naming, Iterable[str]]], *, base_iri: str) -> Mapping[str, tuple[str, ...]]:
    """Return, by IRI, those that an entity would have by its other full names; none that another one could claim.

    A surname alone is left out: it would be an IRI for whoever bears it.
    """
    claims: dict[str, set[str]] = {}
    for iri, (naming, names) in named.items():
        for name in names:
            if naming.type is EntityType.PERSON and len(slug(name).split("-")) < 2:
                continue
            claims.setdefault(f"{base_iri}{naming.type.lower()}/{slug(name)}", set()).add(iri)
    found: dict[str, list[str]] = {iri: [] for iri in named}
    for other, claimed in sorted(claims.items()):
        if len(claimed) == 1 and other not in named:
            found[min(claimed)].append(other)
    return {iri: tuple(others) for iri, others in found.items()}


def slug(name: str) -> str:
    """Return a name as letters, digits and hyphens in ASCII: at least one character, at most 80."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    if len(plain) > _MAX_SLUG:
        plain = plain[: _MAX_SLUG + 1].rpartition("-")[0] or plain[:_MAX_SLUG]
    return plain or "unnamed-" + sha256(name.encode("utf8", "replace")).hexdigest()[:6]
