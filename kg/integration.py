"""All extractions -> the graph: who is who, and what is said of them; the half that knows nothing of spaCy."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.authorities import read_authorities
from kg.config import Settings
from kg.model import Document, Extraction, Graph

if TYPE_CHECKING:
    from kg.model import AuthorityRecord
    from kg.resolution import Edit, Judgement, Resolution

__all__ = ["identify", "integrate", "make_graph", "revised"]


def integrate(
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    settings: Settings | None = None,
    *,
    decisions: "Sequence[Judgement]" = (),
) -> Graph:
    """Resolve the entities of all extractions and merge their claims; the order of the documents does not matter."""
    resolution = identify(documents, extractions, settings, decisions=decisions)
    return revised(make_graph(documents, resolution, settings), resolution, settings, decisions=decisions)[0]


def identify(
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    settings: Settings | None = None,
    *,
    decisions: "Sequence[Judgement]" = (),
    authority: "Sequence[AuthorityRecord] | None" = None,
) -> "Resolution":
    """Resolve the entities of all extractions: the first half of ``integrate``.

    ``authority`` is what the files in ``settings.authorities`` say, where they are read already.
    """
    from kg.resolution import Decision, resolve

    settings = settings or Settings()
    return resolve(
        extractions,
        base_iri=settings.base_iri,
        decisions=[decision for decision in decisions if isinstance(decision, Decision)],
        authority=read_authorities(settings)[0] if authority is None else authority,
        adopt_iris=settings.adopt_iris,
        published={document.id: document.published for document in documents},
        texts={document.id: document.text for document in documents},
    )


def make_graph(
    documents: Sequence[Document],
    resolution: "Resolution",
    settings: Settings | None = None,
) -> Graph:
    """Merge the claims of all that was resolved: the second half of ``integrate``."""
    from kg.mapping import link_countries, make_statements
    from kg.resolution import group_copies

    statements = make_statements(
        resolution.extractions,
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


def revised(
    graph: Graph, resolution: "Resolution", settings: Settings | None = None, *, decisions: "Sequence[Judgement]"
) -> "tuple[Graph, tuple[Edit, ...]]":
    """Apply to a graph what the user decided on statements and entities; also return the edits of no use any more.

    Raises:
        UsageError: they contradict one another, or one cannot be followed.
    """
    from kg.resolution import Edit

    edits = [decision for decision in decisions if isinstance(decision, Edit)]
    if not edits:
        return graph, ()
    from kg.revision import revise

    return revise(graph, edits, resolution, base_iri=(settings or Settings()).base_iri)
