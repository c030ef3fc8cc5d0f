"""The stages wired together: documents -> extractions (one by one) -> graph (all at once) -> files."""

import glob
import hashlib
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.config import DECISIONS, Settings
from kg.errors import InputError, OutputError, UsageError
from kg.model import Document, EntityType, Extraction, Graph
from kg.resources import fingerprint

if TYPE_CHECKING:
    from kg.model import AuthorityRecord
    from kg.resolution import Decision, Resolution

__all__ = [
    "BuildReport",
    "build",
    "decisions_file",
    "extract",
    "extraction_key",
    "finish",
    "identify",
    "integrate",
    "make_graph",
]

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
        notes: one line for each text that was too long to be read as a whole.
        unused: one line for each decision of the user that speaks of what no article names any more.
        seconds: wall-clock time.
        output: folder that holds the files.
    """

    documents: int
    entities: dict[str, int]
    statements: dict[str, int]
    not_asserted: int
    skipped: tuple[str, ...]
    notes: tuple[str, ...]
    unused: tuple[str, ...]
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
    from kg.extraction import join, make_extractors, split

    analyzer, extractors = Analyzer(model=settings.spacy_model), make_extractors(settings.extractor)
    for document in documents:
        parts = split(document)
        docs = analyzer.analyze(part.document for part in parts)
        read = (extract_one(doc, extractors=extractors, nameless=settings.nameless) for doc in docs)
        yield join(zip((part.offset for part in parts), read, strict=True))


def _chunks(documents: Iterable[Document], settings: Settings) -> Iterator[tuple[list[Document], Settings]]:
    iterator = iter(documents)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk, settings


def _extract_chunk(work: tuple[list[Document], Settings]) -> list[Extraction]:
    return list(_extract(*work))


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
    from kg.resolution import read_decisions

    settings = settings or Settings()
    _check(settings)
    started = time.perf_counter()
    output = Path(output)
    where = decisions_file(inputs, settings)
    decisions = read_decisions(where)
    documents, skipped = _read(inputs, settings)
    if not documents:
        reasons = "\n".join(("nothing could be read:", *skipped))
        raise InputError(reasons if skipped else "no documents found: name files or folders with articles")
    keyed = _extract_new(documents, settings, output, progress)
    resolution = identify(documents, list(keyed.values()), settings, decisions=decisions)
    graph = finish(documents, keyed, resolution, settings, output=output, decisions=where)
    asserted = [s for s in graph.statements if s.asserted]
    entities = Counter(e.type for e in graph.entities)
    return BuildReport(
        documents=len(documents),
        entities={kind.value: entities[kind] for kind in EntityType},
        statements=dict(sorted(Counter(s.predicate for s in asserted).items())),
        not_asserted=len(graph.statements) - len(asserted),
        skipped=tuple(skipped),
        notes=tuple(note for extraction in keyed.values() for note in _notes(extraction)),
        unused=tuple(str(decision) for decision in resolution.unused),
        seconds=time.perf_counter() - started,
        output=output,
    )


def _notes(extraction: Extraction) -> Iterator[str]:
    """Yield what was not read as a whole."""
    if extraction.parts > 1:
        yield f"{extraction.document} was read in {extraction.parts} parts: no pronoun means a name of another part"
    if extraction.cut:
        yield f"{extraction.document} has sentences too long to be read as one: {extraction.cut} were cut"


def _extract_new(
    documents: Sequence[Document], settings: Settings, output: Path, progress: Progress | None
) -> dict[str, Extraction]:
    """Return the extraction of each document by its key; what an earlier build in ``output`` has read is taken over."""
    from kg.store import read_extractions

    keys = [extraction_key(document, settings) for document in documents]
    try:
        known = {key: extraction for key, extraction in read_extractions(output) if key in set(keys)}
    except OutputError:
        known = {}  # it only saves time
    done = len(known)
    new = [(key, document) for key, document in zip(keys, documents, strict=True) if key not in known]
    for (key, _), extraction in zip(new, extract((d for _, d in new), settings), strict=True) if new else ():
        known[key] = extraction
        done += 1
        if progress:
            progress(done, len(documents))
    return {key: known[key] for key in keys}


def extraction_key(document: Document, settings: Settings) -> str:
    """Return a hash of all that the extraction of a document depends on, the program included."""
    from importlib.metadata import PackageNotFoundError, version

    versions = []
    for package in ("spacy", settings.spacy_model.replace("_", "-")):
        try:
            versions.append(version(package))
        except (PackageNotFoundError, ValueError):
            versions.append("")
    program = fingerprint(
        "analysis.py", "extraction", "geography.py", "model.py", "data/lexicons", "data/model", "data/patterns"
    )
    facts = (program, *versions, settings.spacy_model, settings.extractor, settings.nameless, *astuple(document))
    return hashlib.sha256("\x1f".join(map(repr, facts)).encode()).hexdigest()[:32]


def finish(
    documents: Sequence[Document],
    extractions: Mapping[str, Extraction],
    resolution: "Resolution",
    settings: Settings,
    *,
    output: Path,
    decisions: Path,
) -> Graph:
    """Make the graph, check it and write it with all that is needed to take the build up again.

    Args:
        documents: what was read.
        extractions: what it says, by key.
        resolution: who is who in it.
        settings: what the build depends on besides its documents.
        output: folder for the files.
        decisions: file of the user's decisions.
    """
    from kg.mapping import to_rdf, to_turtle, validate
    from kg.store import EXTRACTIONS, OPTIONS, dump_extractions, dump_options, write_build
    from kg.view.page import render_page

    graph = make_graph(documents, list(extractions.values()), resolution, settings)
    validate(to_rdf(graph, base_iri=settings.base_iri))
    title = documents[0].title or documents[0].id if len(documents) == 1 else f"{len(documents)} articles"
    options = {
        "base_iri": settings.base_iri,
        "decisions": os.path.relpath(decisions, output),
        "authorities": [os.path.relpath(file, output) for file in settings.authorities],
        "adopt_iris": settings.adopt_iris,
    }
    write_build(
        graph,
        output,
        turtle=to_turtle(graph, base_iri=settings.base_iri),
        page=render_page(graph, title=title),
        base_iri=settings.base_iri,
        others={EXTRACTIONS: dump_extractions(extractions.items()), OPTIONS: dump_options(options)},
    )
    return graph


def decisions_file(inputs: Sequence[str], settings: Settings) -> Path:
    """Return the file of the user's decisions: the one in the settings, else ``DECISIONS`` beside the articles.

    Of several folders it is the first by alphabet, so that the order of the inputs does not matter; for standard input
    the current folder.
    """
    if settings.decisions:
        return Path(settings.decisions)
    return min(_folder(name) for name in inputs or ["-"]) / DECISIONS


def _folder(name: str) -> Path:
    if glob.has_magic(name) and not Path(name).exists():
        parts = Path(name).parts
        plain = next(i for i, part in enumerate(parts) if glob.has_magic(part))
        name = str(Path(*parts[:plain], "x"))
    path = Path.cwd() / ("x" if name == "-" else name)
    folder = path if path.is_dir() else path.parent
    return folder if folder.is_dir() else Path.cwd()


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
