"""The graph of a build as it is served: its records by their IRIs, and the addresses of their pages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import anyio
import anyio.to_thread

from kg.errors import KgError
from kg.finding import fold_name
from kg.model import Document, Entity, Graph, Statement, document_iri
from kg.store import Store, load_graph, read_base_iri
from kg.view.network import check_whole

__all__ = ["Current", "Site"]

_MANIFEST = "build.json"  # changes with every build


@dataclass(frozen=True, kw_only=True)
class Site:
    """A build at hand.

    Attributes:
        folder: where it lies.
        base_iri: start of the IRIs of its documents and, unless they were adopted, its entities.
        prefix: path before every address from outside, without a slash at its end.
        root: path of ``base_iri`` below the prefix.
        graph: its records.
        store: the same to be asked in SPARQL.
        editing: whether its pages let a person correct it.
    """

    folder: Path
    base_iri: str
    prefix: str
    root: str
    graph: Graph
    store: Store
    editing: bool = False

    @classmethod
    def open(cls, folder: Path, *, base_url: str = "", editing: bool = False) -> "Site":
        """Read a build.

        Args:
            folder: its folder.
            base_url: address that the server has from outside, empty for that of this machine.
            editing: whether its pages let a person correct it.

        Raises:
            OutputError: the folder holds no build, or one that is damaged.
        """
        base_iri, graph = read_base_iri(folder), load_graph(folder)
        check_whole(graph)
        prefix = urlsplit(base_url).path.rstrip("/")
        root = urlsplit(base_iri).path or "/"
        if prefix and root.startswith(f"{prefix}/"):
            root = root.removeprefix(prefix)
        return cls(
            folder=folder,
            base_iri=base_iri,
            prefix=prefix,
            root=root,
            graph=graph,
            store=Store.open(folder),
            editing=editing,
        )

    def link(self, path: str) -> str:
        """Return the address, as seen from outside, of a path of this server."""
        return f"{self.prefix}{path}"

    def page_of(self, iri: str) -> str:
        """Return the address of the page of an IRI: its own path where it is one of this build."""
        local = iri.removeprefix(self.base_iri)
        if local != iri and not self.base_iri.endswith("#") and not set("?#") & set(local):
            return self.link(self.root + local)
        return self.link(f"/entity?iri={quote(iri, safe='')}")

    def iri_at(self, path: str) -> str | None:
        """Return the IRI whose page lies at a path, as it stands in the request."""
        if not path.startswith(self.root):
            return None
        iri = self.base_iri + path[len(self.root) :]
        return self._spelt.get(unquote(iri), iri)

    def about(self, iri: str) -> tuple[Statement, ...]:
        """Return the statements that name an entity, by their ids."""
        return tuple(self.graph.statements[i] for i in self._about.get(iri, ()))

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """The entities by IRI."""
        return {entity.id: entity for entity in self.graph.entities}

    @cached_property
    def merged(self) -> Mapping[str, str]:
        """The IRIs that were once or are elsewhere those of an entity, with the one it has."""
        return {other: entity.id for entity in self.graph.entities for other in entity.same_as}

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The documents by IRI."""
        return {document_iri(document.id, base_iri=self.base_iri): document for document in self.graph.documents}

    @cached_property
    def documents_by_id(self) -> Mapping[str, Document]:
        """The documents by id."""
        return {document.id: document for document in self.graph.documents}

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """The statements by IRI."""
        return {statement.id: statement for statement in self.graph.statements}

    @cached_property
    def mentions(self) -> Mapping[str, list[tuple[int, int, str]]]:
        """Start, end and entity of the mentions in each document, by its id."""
        found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for entity in self.graph.entities:
            for mention in entity.mentions:
                found[mention.document].append((mention.start, mention.end, entity.id))
        return found

    @cached_property
    def names(self) -> tuple[tuple[Entity, tuple[str, ...]], ...]:
        """The entities, those that are told of most first, each with the words of its names to be searched."""
        ordered = sorted(self.graph.entities, key=lambda e: (-len(self._about.get(e.id, ())), e.name, e.id))
        return tuple((e, tuple(fold_name(" ".join((e.name, *e.aliases))).split())) for e in ordered)

    @cached_property
    def told(self) -> Mapping[str, tuple[Statement, ...]]:
        """The statements that each document gives evidence for, by its id."""
        found: dict[str, dict[str, Statement]] = defaultdict(dict)
        for statement in self.graph.statements:
            for evidence in statement.evidence:
                found[evidence.document][statement.id] = statement
        return {document: tuple(statements.values()) for document, statements in found.items()}

    def part(self, statements: Iterable[Statement], *entities: str, documents: Iterable[str] = ()) -> Graph:
        """Return a graph of some statements, the names of what they speak of, and the documents that they cite."""
        kept, ids = tuple(statements), set(entities)
        cited = {*documents, *(e.document for s in kept for e in s.evidence)}
        for s in kept:
            ids.update(end for end in (s.subject, s.object, s.place) if end is not None)
            ids.update(e.attributed_to for e in s.evidence if e.attributed_to is not None)
        return Graph(
            documents=tuple(d for i in sorted(cited) if (d := self.documents_by_id.get(i)) is not None),
            entities=tuple(
                replace(e, mentions=tuple(m for m in e.mentions if m.document in documents))
                for i in sorted(ids)
                if (e := self.entities.get(i)) is not None
            ),
            statements=kept,
        )

    @cached_property
    def _about(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for i, s in enumerate(self.graph.statements):
            for end in {s.subject, s.object, s.place}:
                if end is not None:
                    found[end].append(i)
        return found

    @cached_property
    def _spelt(self) -> Mapping[str, str]:
        """The IRIs that have a page by what they are without escapes: clients escape more or less than they must."""
        known = (*self.merged, *self.entities, *self.documents, *self.statements)
        return {unquote(iri): iri for iri in known}


class Current:
    """The build that a folder holds now; one that cannot be read leaves the last one in place."""

    def __init__(self, folder: Path, *, base_url: str = "", editing: bool = False) -> None:
        self._folder, self._base_url, self._editing = folder, base_url, editing
        self._stamp = _stamp(folder)
        self._site = self._open()
        self._reading = False

    @property
    def last(self) -> Site:
        """The build that was read last."""
        return self._site

    async def site(self) -> Site:
        """Return the build, read anew where another took its place."""
        stamp = _stamp(self._folder)
        if stamp != self._stamp and stamp is not None and not self._reading:
            self._reading = True
            try:
                self._site = await anyio.to_thread.run_sync(self._open)
            except KgError:
                pass  # half written or damaged: what was read is whole
            finally:
                self._stamp, self._reading = stamp, False
        return self._site

    def _open(self) -> Site:
        return Site.open(self._folder, base_url=self._base_url, editing=self._editing)


def _stamp(folder: Path) -> tuple[int, int] | None:
    try:
        found = (folder / _MANIFEST).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
