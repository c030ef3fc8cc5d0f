"""Graphs that the benchmarks make up: articles of sentences that name two entities each; no language model."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from kg.config import DEFAULT_BASE_IRI as BASE
from kg.model import Document, Entity, EntityType, Evidence, Graph, MentionAt, MentionKind, Span, Statement

__all__ = ["BASE", "Collector"]


@dataclass
class Collector:
    """Collects articles, entities and statements; ``extractor`` is recorded as what read them all."""

    extractor: str = "rule:made-up"
    documents: dict[str, Document] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=lambda: defaultdict(str))
    mentions: dict[str, list[MentionAt]] = field(default_factory=lambda: defaultdict(list))

    def document(self, name: str, *, title: str, published: str) -> None:
        """Add an article; its text comes with what it says."""
        self.documents[name] = Document(id=name, text="", title=title, published=published)

    def entity(self, type_: EntityType, local: str, name: str) -> str:
        """Add an entity and return its IRI."""
        iri = f"{BASE}{type_.lower()}/{local}"
        self.entities[iri] = Entity(id=iri, type=type_, name=name)
        return iri

    def says(self, document: str, sentence: str, *, after: str, local: str, **fields: Any) -> None:
        """Add a statement and the sentence that says it, in which its subject comes before its object.

        Args:
            document: the article, to which the sentence is added.
            sentence: with the names of both.
            after: what follows it in the article.
            local: the end of the statement's IRI.
            fields: the others of the statement.
        """
        text = self.texts[document]
        spans: dict[str, Span] = {}
        for role, find in (("subject", sentence.index), ("object", sentence.rindex)):
            iri = fields[role]
            name = self.entities[iri].name
            start = len(text) + find(name)
            end = start + len(name)
            spans[role] = start, end
            self.mentions[iri].append(MentionAt(document, start, end, MentionKind.NAME))
        evidence = Evidence(
            document=document,
            start=len(text),
            end=len(text) + len(sentence),
            text=sentence,
            subject=spans["subject"],
            object=spans["object"],
            extractor=self.extractor,
        )
        self.statements.append(Statement(id=f"{BASE}statement/{local}", evidence=(evidence,), **fields))
        self.texts[document] = text + sentence + after

    def graph(self) -> Graph:
        """Return what was collected, the mentions of an entity in the order in which the articles were added."""
        order = {name: number for number, name in enumerate(self.documents)}

        def mentions(iri: str) -> tuple[MentionAt, ...]:
            return tuple(sorted(self.mentions[iri], key=lambda at: (order[at.document], at.start)))

        return Graph(
            documents=tuple(replace(self.documents[name], text=self.texts[name]) for name in sorted(self.documents)),
            entities=tuple(replace(self.entities[iri], mentions=mentions(iri)) for iri in sorted(self.entities)),
            statements=tuple(self.statements),
        )
