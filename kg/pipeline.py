"""The stages wired together: documents -> extractions (one by one) -> graph (all at once) -> files."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.authorities import read_authorities
from kg.config import Settings
from kg.errors import (
    DocumentError,
    InputError,
    InvariantError,
    KgError,
    failure,
    wants_memory,
)
from kg.files import check_current_folder
from kg.inputs import check_losses, decisions_file, read_inputs, recorded_inputs, seen_from
from kg.integration import identify, integrate, make_graph, revised
from kg.model import Document, EntityType, Extraction, Graph
from kg.reader import left_to_rules
from kg.versions import extraction_key, program_version
from kg.workers import extract

if TYPE_CHECKING:
    from kg.resolution import Edit, Judgement, Resolution
    from kg.store import BuildFolder

__all__ = [
    "BuildReport",
    "build",
    "build_documents",
    "compose",
    "extract",
    "files_of",
    "identify",
    "integrate",
    "make_graph",
]

T = TypeVar("T")
Progress = Callable[[int, int | None], None]


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
        notes: one line for each thing that the user should know and that costs no document.
        undated: number of documents without a date.
        seconds: wall-clock time.
        output: folder that holds the files.
    """

    documents: int
    entities: dict[str, int]
    statements: dict[str, int]
    not_asserted: int
    skipped: tuple[str, ...]
    unused: tuple[str, ...]
    notes: tuple[str, ...] = ()
    undated: int = 0
    seconds: float
    output: Path


def build(
    inputs: Sequence[str],
    output: str | Path,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
    replace: bool = False,
) -> BuildReport:
    """Read ``inputs`` (files, folders, globs, ``-``) and write a graph to the folder ``output``.

    Args:
        inputs: what to read, as on the command line.
        output: folder for the files; made if absent. They appear together once everything is ready.
        settings: what the build depends on besides its documents.
        progress: called with (documents read so far, total or None while unknown).
        replace: whether documents of a graph that is there may be lost, and files that no build wrote overwritten.

    Raises:
        UsageError: a setting or an input that cannot be used at all, or documents of the graph there would be lost.
        InputError: not one document could be read.
        OutputError: the files cannot be written; files of an earlier build are as they were.
        InvariantError: the graph breaks the ontology's shapes, an error in kg.
    """
    from kg.resolution import read_decisions
    from kg.store import open_folder

    settings = settings or Settings()
    check_current_folder()
    started = time.perf_counter()
    where = decisions_file(inputs, settings)
    with open_folder(Path(output), replace=replace) as place:
        read_decisions(where)  # what is wrong with them is said before the articles are read
        documents, skipped, notes = read_inputs(inputs, settings)
        if not replace:
            check_losses(documents, inputs, place.path)
        return build_documents(
            documents,
            settings,
            place=place,
            inputs=recorded_inputs(inputs, place.path),
            decisions=where,
            skipped=skipped,
            notes=notes,
            progress=progress,
            started=started,
        )


def build_documents(
    documents: Sequence[Document],
    settings: Settings,
    *,
    place: "BuildFolder",
    inputs: Sequence[str],
    decisions: Path,
    skipped: Sequence[str] = (),
    notes: Sequence[str] = (),
    progress: Progress | None = None,
    started: float | None = None,
) -> BuildReport:
    """Extract from documents what is not known yet, and write the graph of all of them.

    Args:
        documents: what was read.
        settings: what the build depends on besides.
        place: the folder to write to.
        inputs: where the documents come from, as ``recorded_inputs`` gives it.
        decisions: file of the user's decisions.
        skipped: one line for each input that could not be used.
        notes: one line for each thing that the user should know of the inputs.
        progress: as for ``build``.
        started: when the work began, in seconds of ``time.perf_counter``; now if None.

    Raises:
        InputError: there is no document, or nothing could be extracted from any.
        OutputError: the files cannot be written.
    """
    from kg.resolution import read_decisions

    started = time.perf_counter() if started is None else started
    authority, unusable = read_authorities(settings)
    skipped = [*map(str, unusable), *skipped]
    _check_some(documents, skipped)
    keyed, failed, remarks = _extract_new(documents, settings, place, progress)
    skipped = [*skipped, *failed]
    _check_some(_read_of(documents, keyed), skipped)
    known = read_decisions(decisions)

    def make(keyed: Mapping[str, Extraction]) -> "tuple[Resolution, Graph, dict[str, bytes]]":
        read = _read_of(documents, keyed)
        resolution = identify(read, list(keyed.values()), settings, decisions=known, authority=authority)
        graph, files = compose(
            read, keyed, resolution, settings, output=place.path, decisions=decisions, decided=known, inputs=inputs
        )
        return resolution, graph, files

    (resolution, graph, files), failed = _make_tolerantly(make, keyed)
    skipped += failed
    place.install(files)
    place.forget_journal()
    documents = graph.documents
    asserted = [s for s in graph.statements if s.asserted]
    entities = Counter(e.type for e in graph.entities)
    return BuildReport(
        documents=len(documents),
        entities={kind.value: entities[kind] for kind in EntityType},
        statements=dict(sorted(Counter(s.predicate for s in asserted).items())),
        not_asserted=len(graph.statements) - len(asserted),
        skipped=tuple(skipped),
        unused=tuple(map(str, (*resolution.unused, *_unused_edits(graph, resolution, settings, known)))),
        notes=(*notes, *remarks, *(note for extraction in keyed.values() for note in _notes(extraction))),
        undated=sum(document.published is None for document in documents),
        seconds=time.perf_counter() - started,
        output=place.path,
    )


def _unused_edits(
    graph: Graph, resolution: "Resolution", settings: Settings, decisions: "Sequence[Judgement]"
) -> "tuple[Edit, ...]":
    """Return the decisions on statements and entities that speak of nothing that the articles say."""
    from kg.resolution import Edit

    if not any(isinstance(decision, Edit) for decision in decisions):
        return ()
    unedited = make_graph(graph.documents, resolution, settings)
    return revised(unedited, resolution, settings, decisions=decisions)[1]


def _read_of(documents: Iterable[Document], keyed: Mapping[str, Extraction]) -> list[Document]:
    read = {extraction.document for extraction in keyed.values()}
    return [document for document in documents if document.id in read]


def _make_tolerantly(
    make: Callable[[Mapping[str, Extraction]], T], keyed: Mapping[str, Extraction]
) -> tuple[T, list[str]]:
    """Make something of extractions; where kg fails, of those of which it can alone, with a line for each other one."""
    try:
        return make(keyed), []
    except Exception as error:
        if wants_memory(error) or (isinstance(error, KgError) and not isinstance(error, InvariantError)):
            raise
        failed = {}
        for key, extraction in keyed.items():
            try:
                make({key: extraction})
            except Exception as reason:
                failed[key] = str(DocumentError(extraction.document, "integration", failure(reason)))
        if len(failed) in {0, len(keyed)}:
            raise  # it is no fault of single documents
        return make({key: extraction for key, extraction in keyed.items() if key not in failed}), list(failed.values())


def _notes(extraction: Extraction) -> Iterator[str]:
    """Yield what was not read as a whole."""
    if extraction.parts > 1:
        yield f"{extraction.document} was read in {extraction.parts} parts: no pronoun means a name of another part"
    if extraction.cut:
        yield f"{extraction.document} has sentences too long to be read as one: {extraction.cut} were cut"


def _check_some(documents: Sequence[Document], skipped: Sequence[str]) -> None:
    if not documents:
        reasons = "\n".join(("nothing could be read:", *skipped))
        raise InputError(reasons if skipped else "no documents found: name files or folders with articles")


def _extract_new(
    documents: Sequence[Document], settings: Settings, place: "BuildFolder", progress: Progress | None
) -> tuple[dict[str, Extraction], list[str], list[str]]:
    """Return the extraction of each document by its key, a line for each that failed, and notes.

    What an earlier build in the folder has read, or one that was cut short, is taken over; each new extraction is kept
    as soon as it is made.
    """
    from kg.store import EXTRACTIONS, known_extractions, open_journal

    keys = [extraction_key(document, settings) for document in documents]
    known, damaged = known_extractions(place.path / EXTRACTIONS, keys)
    known |= known_extractions(place.journal, keys)[0]  # its last line may well be cut short
    notes = [_believed_not(place.path / EXTRACTIONS, damaged)] if damaged else []
    if untaught := left_to_rules(settings.extractor):
        notes.append(f"{', '.join(untaught)}: read by rules alone, the model was not trained on it")
    failed: list[str] = []
    done = len(known)
    new = [(key, document) for key, document in zip(keys, documents, strict=True) if key not in known]
    if new:
        with open_journal(place.journal) as keep:
            for (key, _), item in zip(new, extract((document for _, document in new), settings), strict=True):
                if isinstance(item, Extraction):
                    keep(key, item)
                    known[key] = item
                else:
                    failed.append(str(item))
                done += 1
                if progress:
                    progress(done, len(documents))
    return {key: known[key] for key in keys if key in known}, failed, notes


def _believed_not(path: Path, lines: int) -> str:
    return f"{path}: {lines} line{'s are' if lines > 1 else ' is'} damaged: what is missing was read anew"


def compose(
    documents: Sequence[Document],
    extractions: Mapping[str, Extraction],
    resolution: "Resolution",
    settings: Settings,
    *,
    output: Path,
    decisions: Path,
    decided: "Sequence[Judgement]" = (),
    inputs: Sequence[str] = (),
) -> tuple[Graph, dict[str, bytes]]:
    """Make the graph, check it, and return it with the content of the build's files by name.

    Args:
        documents: what was read.
        extractions: what it says, by key.
        resolution: who is who in it.
        settings: what the build depends on besides its documents.
        output: folder that the files are for.
        decisions: file of the user's decisions.
        decided: the decisions under which it was resolved.
        inputs: where the documents come from, as ``recorded_inputs`` gives it; nothing if that is not known.
    """
    from kg.mapping import prefixes, to_quads, to_turtle, validate_turtle
    from kg.store import store_files, work_folder

    graph, _ = revised(make_graph(documents, resolution, settings), resolution, settings, decisions=decided)
    turtle = to_turtle(graph, base_iri=settings.base_iri)
    encoded = turtle.encode("utf8", "replace")
    validate_turtle(encoded)
    store = store_files(
        to_quads(graph, base_iri=settings.base_iri),
        work=work_folder(output),
        turtle=encoded,
        prefixes=prefixes(settings.base_iri),
    )
    return graph, files_of(
        graph,
        extractions,
        settings,
        turtle=turtle,
        output=output,
        decisions=decisions,
        decided=decided,
        inputs=inputs,
        store=store,
    )


def files_of(
    graph: Graph,
    extractions: Mapping[str, Extraction],
    settings: Settings,
    *,
    turtle: str,
    output: Path,
    decisions: Path,
    decided: "Sequence[Judgement]" = (),
    inputs: Sequence[str] = (),
    store: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return the content of the files of a build by name; the database's are ``store``, all else as for ``compose``."""
    from kg.resolution import decisions_digest
    from kg.store import EXTRACTIONS, build_files, dump_extractions
    from kg.view.page import page_title, render_page

    options = {
        "base_iri": settings.base_iri,
        "decisions": seen_from(output, decisions),
        "decided": decisions_digest(decided),
        "authorities": [seen_from(output, file) for file in settings.authorities],
        "adopt_iris": settings.adopt_iris,
        "extractor": settings.extractor,
        "spacy_model": settings.spacy_model,
        "inputs": list(inputs),
        "program": program_version(),
    }
    return build_files(
        graph,
        turtle=turtle,
        page=render_page(graph, title=page_title(graph)),
        base_iri=settings.base_iri,
        others={EXTRACTIONS: dump_extractions(extractions.items()), **(store or {})},
        options=options,
    )
