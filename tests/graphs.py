"""Graphs written by hand for tests: sentences with their two mentions marked, no language model."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from kg.model import (
    Document,
    Entity,
    EntityType,
    Evidence,
    Graph,
    MentionAt,
    MentionKind,
    Modality,
    Polarity,
    RoleStatus,
    Span,
    Statement,
)

BASE = "https://kg.example/"
Told = tuple[Any, ...]

_MARK = re.compile(r"\[(s|o):([^\]]+)\]")
_TYPES = {"person": EntityType.PERSON, "organization": EntityType.ORGANIZATION, "place": EntityType.PLACE}
_KINDS = {"modality": Modality, "polarity": Polarity, "status": RoleStatus}


@dataclass
class Writer:
    """Collects documents, entities and statements. Entities are named by their prefixed name, "person:ada-lin"."""

    documents: dict[str, Document] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=lambda: defaultdict(str))
    mentions: dict[str, list[MentionAt]] = field(default_factory=lambda: defaultdict(list))

    def document(self, name: str, **fields: Any) -> None:
        self.documents[name] = Document(id=name, text="", **fields)

    def entity(self, curie: str, name: str, *aliases: str, **fields: Any) -> str:
        type_ = _TYPES[curie.partition(":")[0]]
        self.entities[curie] = Entity(id=iri_of(curie), type=type_, name=name, aliases=aliases, **fields)
        return curie

    def says(self, subject: str, predicate: str, other: str | None, *sentences: tuple[str, str], **fields: Any) -> None:
        """Add a statement with its evidence; ``source`` is who says it, named as an entity is."""
        source = fields.pop("source", None)
        evidence = tuple(self._evidence(d, marked, subject, other, source) for d, marked in sentences)
        fields = typed(fields)
        ends = {"subject": subject, "object": other, "place": fields.pop("place", None)}
        fields |= {key: iri_of(curie) for key, curie in ends.items() if curie}
        name = f"{BASE}statement/{len(self.statements):03}"
        self.statements.append(Statement(id=name, predicate=predicate, evidence=evidence, **fields))

    def tell(self, told: Iterable[Told]) -> None:
        """Add statements of a table: subject, predicate, object, fields, sentences."""
        for subject, predicate, other, fields, *sentences in told:
            self.says(subject, predicate, other, *sentences, **fields)

    def _evidence(self, document: str, marked: str, subject: str, other: str | None, source: str | None) -> Evidence:
        start = len(self.texts[document])
        text, spans, position = "", {}, 0
        for match in _MARK.finditer(marked):
            text += marked[position : match.start()]
            spans[match[1]] = (start + len(text), start + len(text) + len(match[2]))
            text += match[2]
            position = match.end()
        text += marked[position:]
        self.texts[document] += text + "\n"
        for key, name in (("s", subject), ("o", other)):
            if name and key in spans:
                self.mentions[name].append(MentionAt(document, *spans[key], MentionKind.NAME))
        said_by = iri_of(source) if source else None
        known = {"document": document, "extractor": "rule:by-hand", "attributed_to": said_by}
        return quoted(text, spans["s"], spans.get("o"), start=start, **known)

    def graph(self) -> Graph:
        documents = [replace(d, text=self.texts[d.id]) for d in self.documents.values()]
        entities = [replace(e, mentions=tuple(sorted(self.mentions[c]))) for c, e in self.entities.items()]
        return Graph(
            documents=tuple(sorted(documents, key=lambda d: d.id)),
            entities=tuple(sorted(entities, key=lambda e: e.id)),
            statements=tuple(self.statements),
        )


def typed(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields of a claim or a statement, words for the members of enumerations."""
    return {key: _KINDS[key](value) if key in _KINDS else value for key, value in fields.items()}


def quoted(text: str, subject: Span, object_: Span | None = None, *, start: int = 0, **fields: Any) -> Evidence:
    """Evidence that is a whole text, which begins at an offset of its document."""
    known = {"document": "d", "extractor": "rule:test", **fields}
    return Evidence(start=start, end=start + len(text), text=text, subject=subject, object=object_, **known)


def iri_of(curie: str) -> str:
    return BASE + curie.replace(":", "/")
