"""All extractions -> the graph: who is who, and what is said of them; the half that knows nothing of spaCy."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.config import Settings
from kg.model import Document, Extraction, Graph

if TYPE_CHECKING:
    from kg.model import AuthorityRecord
    from kg.resolution import Decision, Resolution

__all__ = ["identify", "integrate", "make_graph"]


def integrate(
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    settings: Settings | None = None,
    *,
    decisions: "Sequence[Decision]" = (),
) -> Graph:
    """Resolve the entities of all extractions and merge their claims; the order of the documents does not matter."""
    return make_graph(documents, extractions, identify(documents, extractions, settings, decisions=decisions), settings)


def identify(
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    settings: Settings | None = None,
    *,
    decisions: "Sequence[Decision]" = (),
) -> "Resolution":
    """Resolve the entities of all extractions: the first half of ``integrate``."""
    from kg.resolution import resolve

    settings = settings or Settings()
    return resolve(
        extractions,
        base_iri=settings.base_iri,
        decisions=decisions,
        authority=list(_authorities(settings)),
        adopt_iris=settings.adopt_iris,
        published={document.id: document.published for document in documents},
    )


def _authorities(settings: Settings) -> "Iterator[AuthorityRecord]":
    """Yield the records of the authorities with IRIs for identifiers: a Wikidata number has one, others get one."""
    if not settings.authorities:
        return
    from kg.mapping import read_turtle
    from kg.mapping.vocabulary import is_iri
    from kg.resolution import read_authority

    for name in settings.authorities:
        path = Path(name)
        records = read_turtle(path) if path.suffix.casefold() in {".ttl", ".nt"} else read_authority(path)
        for record in records:
            iri = record.id
            if re.fullmatch(r"Q[1-9]\d*", iri):
                iri = f"http://www.wikidata.org/entity/{iri}"
            elif not is_iri(iri):
                iri = f"{settings.base_iri}authority/{quote(iri, safe='', errors='replace')}"
            yield replace(record, id=iri)


def make_graph(
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    resolution: "Resolution",
    settings: Settings | None = None,
) -> Graph:
    """Merge the claims of all extractions: the second half of ``integrate``."""
    from kg.mapping import link_countries, make_statements
    from kg.resolution import group_copies

    statements = make_statements(
        extractions,
        resolution.assignment,
        base_iri=(settings or Settings()).base_iri,
        published={document.id: document.published for document in documents},
        sources=group_copies({document.id: document.text for document in documents}),
    )
    return Graph(
        documents=tuple(sorted(documents, key=lambda d: d.id)),
        entities=link_countries(resolution.entities),
        statements=statements,
    )
