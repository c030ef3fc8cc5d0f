"""The stages wired together: documents -> extractions (one by one) -> graph (all at once) -> files."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from kg.config import Settings
from kg.errors import InputError, UsageError
from kg.model import Document, EntityType, Extraction, Graph

__all__ = ["BuildReport", "build", "extract", "integrate"]

Progress = Callable[[int, int | None], None]
_CHUNK = 16  # documents handed to a worker at once
_ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build read and wrote.

    Attributes:
        documents: number of documents read.
        entities: number of entities by type.
        statements: number of asserted statements by predicate.
        not_asserted: number of statements negated, planned, possible or denied.
        skipped: one line for each input that could not be used, with the reason and the remedy.
        seconds: wall-clock time.
        output: folder that holds the files.
    """

    documents: int
    entities: dict[str, int]
    statements: dict[str, int]
    not_asserted: int
    skipped: tuple[str, ...]
    seconds: float
    output: Path


def extract(documents: Iterable[Document], settings: Settings | None = None) -> Iterator[Extraction]:
    """Yield what each document says, in order; none is read with knowledge of the others.

    With ``settings.workers`` above 1, documents are spread over that many processes (a script that calls this then
    needs the usual ``if __name__ == "__main__"`` guard).
    """
    settings = settings or Settings()
    if settings.workers == 1:
        yield from _extract(documents, settings)
        return
    with ProcessPoolExecutor(settings.workers, mp_context=get_context("spawn")) as pool:
        for extractions in pool.map(_extract_chunk, _chunks(documents, settings)):
            yield from extractions


def _extract(documents: Iterable[Document], settings: Settings) -> Iterator[Extraction]:
    from kg.analysis import Analyzer
    from kg.extraction import extract as extract_one
    from kg.extraction import make_extractors

    extractors = make_extractors(settings.extractor)
    for doc in Analyzer(model=settings.spacy_model).analyze(documents):
        yield extract_one(doc, extractors=extractors)


def _chunks(documents: Iterable[Document], settings: Settings) -> Iterator[tuple[list[Document], Settings]]:
    iterator = iter(documents)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk, settings


def _extract_chunk(work: tuple[list[Document], Settings]) -> list[Extraction]:
    return list(_extract(*work))


def integrate(
    documents: Sequence[Document], extractions: Sequence[Extraction], settings: Settings | None = None
) -> Graph:
    """Resolve the entities of all extractions and merge their claims; the order of the documents does not matter."""
    from kg.mapping import make_statements
    from kg.resolution import resolve

    settings = settings or Settings()
    resolution = resolve(extractions, base_iri=settings.base_iri)
    statements = make_statements(
        extractions,
        resolution.assignment,
        base_iri=settings.base_iri,
        published={document.id: document.published for document in documents},
    )
    return Graph(
        documents=tuple(sorted(documents, key=lambda d: d.id)), entities=resolution.entities, statements=statements
    )


def build(
    inputs: Sequence[str],
    output: str | Path,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read ``inputs`` (files, folders, globs, ``-``) and write a graph to the folder ``output``.

    Args:
        inputs: what to read, as on the command line.
        output: folder for the files; made if absent, replaced file by file once everything is ready.
        settings: what the build depends on besides its documents.
        progress: called with (documents read so far, total or None while unknown).

    Raises:
        UsageError: a setting or an input that cannot be used at all.
        InputError: not one document could be read.
        OutputError: the files cannot be written; files of an earlier build are as they were.
        InvariantError: the graph breaks the ontology's shapes, an error in kg.
    """
    from kg.mapping import to_rdf, to_turtle, validate
    from kg.store import write_build
    from kg.view.page import render_page

    settings = settings or Settings()
    _check(settings)
    started = time.perf_counter()
    documents, skipped = _read(inputs, settings)
    if not documents:
        reasons = "\n".join(("nothing could be read:", *skipped))
        raise InputError(reasons if skipped else "no documents found: name files or folders with articles")
    extractions = []
    for extraction in extract(documents, settings):
        extractions.append(extraction)
        if progress:
            progress(len(extractions), len(documents))
    graph = integrate(documents, extractions, settings)
    validate(to_rdf(graph, base_iri=settings.base_iri))
    title = documents[0].title or documents[0].id if len(documents) == 1 else f"{len(documents)} articles"
    write_build(
        graph,
        Path(output),
        turtle=to_turtle(graph, base_iri=settings.base_iri),
        page=render_page(graph, title=title),
        base_iri=settings.base_iri,
    )
    asserted = [s for s in graph.statements if s.asserted]
    entities = Counter(e.type for e in graph.entities)
    return BuildReport(
        documents=len(documents),
        entities={kind.value: entities[kind] for kind in EntityType},
        statements=dict(sorted(Counter(s.predicate for s in asserted).items())),
        not_asserted=len(graph.statements) - len(asserted),
        skipped=tuple(skipped),
        seconds=time.perf_counter() - started,
        output=Path(output),
    )


def _read(inputs: Sequence[str], settings: Settings) -> tuple[list[Document], list[str]]:
    from kg.documents import read_documents

    documents, skipped = [], []
    for item in read_documents(inputs, settings=settings):
        if isinstance(item, InputError):
            skipped.append(str(item))
        else:
            documents.append(item)
    return documents, skipped


def _check(settings: Settings) -> None:
    if settings.published is not None and not _ISO_DATE.fullmatch(settings.published):
        raise UsageError(f"--published {settings.published!r} is no ISO date: write it like 2021-03-14")
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#]", settings.base_iri):
        raise UsageError(
            f"--base-iri {settings.base_iri!r} cannot start an IRI: write one like https://example.org/graph/"
        )
    if settings.workers < 1:
        raise UsageError("--workers must be at least 1")
