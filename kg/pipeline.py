"""The stages wired together: documents -> extractions (one by one) -> graph (all at once) -> files."""

import glob
import hashlib
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.authorities import read_authorities
from kg.config import DECISIONS, Settings
from kg.errors import DocumentError, InputError, OutputError, UsageError
from kg.model import Document, EntityType, Extraction, Graph
from kg.offline import stay_offline
from kg.resources import fingerprint
from kg.workers import extract

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
_A_YEAR = 31_536_000  # seconds
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
        unused: one line for each decision of the user that speaks of what no article names any more.
        seconds: wall-clock time.
        output: folder that holds the files.
    """

    documents: int
    entities: dict[str, int]
    statements: dict[str, int]
    not_asserted: int
    skipped: tuple[str, ...]
    unused: tuple[str, ...]
    seconds: float
    output: Path


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
    authority: "Sequence[AuthorityRecord] | None" = None,
) -> "Resolution":
    """Resolve the entities of all extractions: the first half of ``integrate``.

    ``authority`` is what the files in ``settings.authorities`` say, where they are read already.
    """
    from kg.resolution import resolve

    settings = settings or Settings()
    return resolve(
        extractions,
        base_iri=settings.base_iri,
        decisions=decisions,
        authority=read_authorities(settings)[0] if authority is None else authority,
        adopt_iris=settings.adopt_iris,
        published={document.id: document.published for document in documents},
    )


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
    authority, unusable = read_authorities(settings)
    documents, skipped = _read(inputs, settings)
    skipped = [*map(str, unusable), *skipped]
    if not documents:
        reasons = "\n".join(("nothing could be read:", *skipped))
        raise InputError(reasons if skipped else "no documents found: name files or folders with articles")
    keyed, failed = _extract_new(documents, settings, output, progress)
    documents = [document for document in documents if extraction_key(document, settings) not in failed]
    skipped += map(str, failed.values())
    if not documents:
        raise InputError("\n".join(("nothing could be read:", *skipped)))
    resolution = identify(documents, list(keyed.values()), settings, decisions=decisions, authority=authority)
    graph = finish(documents, keyed, resolution, settings, output=output, decisions=where)
    asserted = [s for s in graph.statements if s.asserted]
    entities = Counter(e.type for e in graph.entities)
    return BuildReport(
        documents=len(documents),
        entities={kind.value: entities[kind] for kind in EntityType},
        statements=dict(sorted(Counter(s.predicate for s in asserted).items())),
        not_asserted=len(graph.statements) - len(asserted),
        skipped=tuple(skipped),
        unused=tuple(str(decision) for decision in resolution.unused),
        seconds=time.perf_counter() - started,
        output=output,
    )


def _extract_new(
    documents: Sequence[Document], settings: Settings, output: Path, progress: Progress | None
) -> tuple[dict[str, Extraction], dict[str, DocumentError]]:
    """Return the extraction of each document by its key, and why some have none.

    What an earlier build in ``output`` has read is taken over.
    """
    from kg.store import read_extractions

    keys = [extraction_key(document, settings) for document in documents]
    wanted = set(keys)
    try:
        known = {key: extraction for key, extraction in read_extractions(output) if key in wanted}
    except OutputError:
        known = {}  # it only saves time
    failed: dict[str, DocumentError] = {}
    new = [(key, document) for key, document in zip(keys, documents, strict=True) if key not in known]
    for (key, _), result in zip(new, extract((d for _, d in new), settings), strict=True):
        if isinstance(result, DocumentError):
            failed[key] = result
        else:
            known[key] = result
        if progress:
            progress(len(known) + len(failed), len(documents))
    return {key: known[key] for key in keys if key in known}, failed


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
    if glob.has_magic(name) and not os.path.exists(name):  # noqa: PTH110 (a path may be too long, or not be entered)
        parts = Path(name).parts
        plain = next(i for i, part in enumerate(parts) if glob.has_magic(part))
        name = str(Path(*parts[:plain], "x"))
    path = Path.cwd() / ("x" if name == "-" else name)
    folder = path if os.path.isdir(path) else path.parent  # noqa: PTH112 (likewise)
    return folder if os.path.isdir(folder) else Path.cwd()  # noqa: PTH112


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
    if not 0 < settings.max_document_seconds <= _A_YEAR:
        raise UsageError(f"--max-document-seconds must be above 0 and at most {_A_YEAR}")
