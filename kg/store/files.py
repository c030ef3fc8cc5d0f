"""The records in the files of a build, written and read back."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from kg.config import DEFAULT_BASE_IRI
from kg.errors import OutputError
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
    document_iri,
)
from kg.store.folder import (
    DOCUMENTS,
    ENTITIES,
    PAGE,
    STATEMENTS,
    TURTLE,
    open_folder,
    read_files,
    with_hashes,
)

__all__ = [
    "build_files",
    "entity_record",
    "load_graph",
    "parse_documents",
    "read_base_iri",
    "read_documents",
    "statement_record",
    "write_build",
]

Record = Mapping[str, Any]
T = TypeVar("T")


def build_files(
    graph: Graph,
    *,
    turtle: str,
    page: str,
    base_iri: str = DEFAULT_BASE_IRI,
    others: Mapping[str, bytes] | None = None,
    options: Mapping[str, Any] | None = None,
) -> dict[str, bytes]:
    """Return the content of a build's files by name: the five of the output contract, ``others`` and ``build.json``.

    Args:
        graph: what the build found.
        turtle: the same in Turtle.
        page: the same as a page.
        base_iri: start of the IRIs of its documents.
        others: further files by name.
        options: what the build depends on, for ``build.json``.
    """
    files = {
        DOCUMENTS: _lines(_document_record(document, base_iri) for document in graph.documents),
        ENTITIES: _lines(map(entity_record, graph.entities)),
        STATEMENTS: _lines(map(statement_record, graph.statements)),
        TURTLE: turtle.encode("utf8", "replace"),
        PAGE: page.encode("utf8", "replace"),
        **(others or {}),
    }
    return with_hashes(options or {}, files)


def write_build(
    graph: Graph,
    folder: Path,
    *,
    turtle: str,
    page: str,
    base_iri: str = DEFAULT_BASE_IRI,
    others: Mapping[str, bytes] | None = None,
) -> None:
    """Write a graph as a build leaves it: all files, or none and what was there is as it was.

    Raises:
        OutputError: the folder cannot be written.
    """
    with open_folder(folder) as place:
        place.install(build_files(graph, turtle=turtle, page=page, base_iri=base_iri, others=others))


def load_graph(folder: str | Path) -> Graph:
    """Read a build back.

    Raises:
        OutputError: the folder holds no build, or one that is damaged.
    """
    folder = Path(folder)
    documents, entities, statements = read_files(folder, DOCUMENTS, ENTITIES, STATEMENTS)
    return Graph(
        documents=tuple(_parsed(folder / DOCUMENTS, documents, _document)),
        entities=tuple(_parsed(folder / ENTITIES, entities, _entity)),
        statements=tuple(_parsed(folder / STATEMENTS, statements, _statement)),
    )


def read_base_iri(folder: Path) -> str:
    """Return the start of the IRIs of a build's documents.

    Raises:
        OutputError: the folder holds no build, or one that is damaged.
    """
    [content] = read_files(folder, DOCUMENTS)
    iris = _parsed(folder / DOCUMENTS, content.partition(b"\n")[0], lambda record: _text(record["iri"]))
    return next(iris, f"{DEFAULT_BASE_IRI}document/").rpartition("document/")[0]


def read_documents(folder: Path) -> tuple[Document, ...]:
    """Return the documents of a build.

    Raises:
        OutputError: the folder holds no build, or one that is damaged.
    """
    return parse_documents(folder, *read_files(folder, DOCUMENTS))


def parse_documents(folder: Path, content: bytes) -> tuple[Document, ...]:
    """Return the documents in the content of a build's file of them.

    Raises:
        OutputError: a line of it is damaged.
    """
    return tuple(_parsed(folder / DOCUMENTS, content, _document))


def _lines(records: Iterable[Record]) -> bytes:
    return b"".join(_line(record) for record in records)


def _line(record: Record) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate: only an escape can carry it
        return json.dumps(record).encode() + b"\n"


def _parsed(path: Path, content: bytes, parse: Callable[[Record], T]) -> Iterator[T]:
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            try:
                yield parse(json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                raise OutputError(f"{path}:{number} is damaged ({_reason(error)}): build it again") from error


def _reason(error: Exception) -> str:
    return f"no field {error}" if isinstance(error, KeyError) else str(error)[:120]


def _document_record(document: Document, base_iri: str) -> Record:
    return {
        "id": document.id,
        "iri": document_iri(document.id, base_iri=base_iri),
        "title": document.title,
        "published": document.published,
        "source": document.source,
        "sha256": document.sha256,
        "text": document.text,
    }


def entity_record(entity: Entity) -> Record:
    """Return an entity as a line of ``entities.jsonl``."""
    return {
        "id": entity.id,
        "type": entity.type,
        "subtype": entity.subtype,
        "name": entity.name,
        "aliases": entity.aliases,
        "same_as": entity.same_as,
        **_checked(entity),
        "mentions": [
            {"document": mention.document, "start": mention.start, "end": mention.end, "kind": mention.kind}
            for mention in entity.mentions
        ],
    }


def statement_record(statement: Statement) -> Record:
    """Return a statement as a line of ``statements.jsonl``."""
    return {
        "id": statement.id,
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": statement.object,
        "literal": statement.literal,
        "asserted": statement.asserted,
        "polarity": statement.polarity,
        "modality": statement.modality,
        "title": statement.title,
        "role": statement.role,
        "status": statement.status,
        "start": statement.start,
        "end": statement.end,
        "date": statement.date,
        "place": statement.place,
        **({"offence": statement.offence} if statement.offence else {}),
        "confidence": statement.confidence,
        "documents": statement.documents,
        "sources": statement.sources,
        **_checked(statement),
        "evidence": [
            {
                "document": evidence.document,
                "start": evidence.start,
                "end": evidence.end,
                "text": evidence.text,
                "subject": evidence.subject,
                "object": evidence.object,
                "extractor": evidence.extractor,
                "extractors": evidence.extractors,
                "attributedTo": evidence.attributed_to,
            }
            for evidence in statement.evidence
        ],
    }


def _checked(told: Statement | Entity) -> Record:
    """Return who checked a statement or an entity and when; nothing where nobody did."""
    if not told.checked_by:
        return {}
    return {"checkedBy": told.checked_by, "checkedOn": told.checked_on or None}


def _document(record: Record) -> Document:
    return Document(
        id=_text(record["id"]),
        text=_text(record["text"]),
        title=_optional(record.get("title")),
        published=_optional(record.get("published")),
        source=_optional(record.get("source")),
        sha256=_text(record.get("sha256", "")),
    )


def _entity(record: Record) -> Entity:
    return Entity(
        id=_text(record["id"]),
        type=EntityType(record["type"]),
        name=_text(record["name"]),
        subtype=_optional(record.get("subtype")),
        aliases=tuple(map(_text, record["aliases"])),
        same_as=tuple(map(_text, record["same_as"])),
        mentions=tuple(
            MentionAt(
                _text(mention["document"]), *_span([mention["start"], mention["end"]]), MentionKind(mention["kind"])
            )
            for mention in record["mentions"]
        ),
        checked_by=_optional(record.get("checkedBy")) or "",
        checked_on=_optional(record.get("checkedOn")) or "",
    )


def _statement(record: Record) -> Statement:
    status = record.get("status")
    return Statement(
        id=_text(record["id"]),
        subject=_text(record["subject"]),
        predicate=_text(record["predicate"]),
        object=_optional(record["object"]),
        literal=_optional(record["literal"]),
        polarity=Polarity(record["polarity"]),
        modality=Modality(record["modality"]),
        title=_optional(record.get("title")),
        role=_optional(record.get("role")),
        status=None if status is None else RoleStatus(status),
        start=_optional(record.get("start")),
        end=_optional(record.get("end")),
        date=_optional(record.get("date")),
        place=_optional(record.get("place")),
        offence=_optional(record.get("offence")),
        confidence=float(record["confidence"]),
        sources=int(record.get("sources", 1)),
        checked_by=_optional(record.get("checkedBy")) or "",
        checked_on=_optional(record.get("checkedOn")) or "",
        evidence=tuple(map(_evidence, record["evidence"])),
    )


def _evidence(record: Record) -> Evidence:
    start, end = _span([record["start"], record["end"]])
    return Evidence(
        document=_text(record["document"]),
        start=start,
        end=end,
        text=_text(record["text"]),
        subject=_span(record["subject"]),
        object=None if record["object"] is None else _span(record["object"]),
        extractor=_text(record["extractor"]),
        attributed_to=_optional(record.get("attributedTo")),
        also=_further(record),
    )


def _further(record: Record) -> tuple[str, ...]:
    """Return what found a sentence besides its first extractor, which the list of all begins with."""
    match record.get("extractors"):
        case None:  # written before there were several
            return ()
        case [first, *others] if first == record["extractor"]:
            return tuple(map(_text, others))
    raise ValueError("extractors do not begin with the extractor")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is not text")
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _text(value)


def _span(value: object) -> Span:
    match value:
        case [int(start), int(end)] if 0 <= start <= end:
            return start, end
    raise TypeError(f"{value!r:.40} is no pair of offsets")
