"""The records in the files of a build, written and read back."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kg.config import DEFAULT_BASE_IRI
from kg.errors import OutputError
from kg.model import (
    Document,
    Entity,
    Graph,
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
from kg.store.lines import UNREADABLE, to_line, to_record

__all__ = [
    "build_files",
    "built_documents",
    "entity_record",
    "load_graph",
    "parse_documents",
    "read_base_iri",
    "statement_record",
    "write_build",
]

Record = Mapping[str, Any]
T = TypeVar("T")
_NAMES = {"checkedBy": "checked_by", "checkedOn": "checked_on"}
_CERTAIN = frozenset({"object", "literal", "polarity", "modality", "confidence", "evidence"})  # in every statement


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
    others: Mapping[str, bytes] | None = None,
) -> None:
    """Write a graph as a build leaves it: all files, or none and what was there is as it was.

    Raises:
        OutputError: the folder cannot be written.
    """
    with open_folder(folder) as place:
        place.install(build_files(graph, turtle=turtle, page=page, others=others))


def load_graph(folder: str | Path) -> Graph:
    """Read a build back.

    Raises:
        OutputError: the folder holds no build, or one that is damaged.
    """
    folder = Path(folder)
    documents, entities, statements = read_files(folder, DOCUMENTS, ENTITIES, STATEMENTS)
    return Graph(
        documents=tuple(_parsed(folder / DOCUMENTS, documents, partial(to_record, Document))),
        entities=tuple(_parsed(folder / ENTITIES, entities, _entity)),
        statements=tuple(_parsed(folder / STATEMENTS, statements, _statement)),
    )


def read_base_iri(folder: Path) -> str:
    """Return the start of the IRIs of a build's documents.

    Raises:
        OutputError: the folder holds no build, or one that is damaged.
    """
    [content] = read_files(folder, DOCUMENTS)
    iris = _parsed(folder / DOCUMENTS, content.partition(b"\n")[0], lambda record: to_record(str, record["iri"]))
    return next(iris, f"{DEFAULT_BASE_IRI}document/").rpartition("document/")[0]


def built_documents(folder: Path) -> tuple[Document, ...]:
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
    return tuple(_parsed(folder / DOCUMENTS, content, partial(to_record, Document)))


def _lines(records: Iterable[Record]) -> bytes:
    return b"".join(map(to_line, records))


def _parsed(path: Path, content: bytes, parse: Callable[[Record], T]) -> Iterator[T]:
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            try:
                yield parse(json.loads(line))
            except UNREADABLE as error:
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


def _entity(record: Record) -> Entity:
    entity = to_record(Entity, _by_field(record))
    _check_spans((mention.start, mention.end) for mention in entity.mentions)
    return entity


def _by_field(record: Record) -> Record:
    """Return what a record tells by the names of fields."""
    return {_NAMES.get(name, name): value for name, value in record.items() if value is not None}


def _statement(record: Record) -> Statement:
    if missing := _CERTAIN - record.keys():
        raise KeyError(min(missing))
    statement = to_record(Statement, {**_by_field(record), "evidence": [*map(_evidence, record["evidence"])]})
    for evidence in statement.evidence:
        _check_spans(filter(None, ((evidence.start, evidence.end), evidence.subject, evidence.object)))
    return statement


def _evidence(record: Record) -> Record:
    return {**record, "attributed_to": record.get("attributedTo"), "also": _further(record)}


def _further(record: Record) -> list[str]:
    """Return what found a sentence besides its first extractor, which the list of all begins with."""
    match record.get("extractors"):
        case None:  # written before there were several
            return []
        case [first, *others] if first == record["extractor"]:
            return others
    raise ValueError("extractors do not begin with the extractor")


def _check_spans(spans: Iterable[Span]) -> None:
    for start, end in spans:
        if not 0 <= start <= end:
            raise ValueError(f"[{start}, {end}] is no pair of offsets")
