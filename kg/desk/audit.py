"""Whether a build is what its articles, the program and the user's decisions make of it.

Every file is compared with its hash, then made anew from what was read and compared byte by byte, so that whoever
changes a file and its hash as well is found too; the database is compared triple by triple. Each statement is followed
to its sentences, each sentence to its place in the text, each of its two mentions to the name that it stands for; each
text to its hash and, where the article is still there, to the article. Nothing is written.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from kg.errors import KgError, OutputError, UsageError
from kg.garbage import garbage_kept
from kg.inputs import read_inputs
from kg.integration import make_graph, revised
from kg.model import Entity, EntityType, Evidence, Graph, MentionKind, Statement
from kg.pipeline import files_of
from kg.project import Project, open_project
from kg.versions import extraction_key, program_version

__all__ = ["AuditReport", "Chain", "Finding", "audit", "check_files"]

_SHOWN = 3  # differences named of one file
_NAMING = 40  # characters of a value that a difference shows
_RECORDS = (".csv", ".jsonl", ".warc", ".warc.gz")  # read by field names that a build does not keep


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is not as it should be: of what ``kind`` (file, edge, source, decision), where, and what."""

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.where}: {self.what}"


@dataclass(frozen=True, slots=True, order=True)
class Chain:
    """A mention that is no name, and the nearest name in its document that it stands for."""

    statement: str
    document: str
    mention: str
    stands_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """What an audit found.

    Attributes:
        findings: what is not as it should be, sorted; empty for a build that is sound.
        notes: what could not be compared, and why.
        statements: number of statements followed to their sentences, asserted or not.
        quotes: number of sentences compared with the texts.
        chains: mentions that are pronouns or descriptions, with the name that each stands for.
        files: number of files compared.
        sources: number of documents whose article was read again and says the same.
    """

    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    statements: int = 0
    quotes: int = 0
    chains: tuple[Chain, ...] = ()
    files: int = 0
    sources: int = 0

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def audit(folder: str | Path, *, sources: bool = True) -> AuditReport:
    """Verify a build, each file and each statement of it.

    Args:
        folder: the folder of the build.
        sources: whether the articles are read again, where they are.

    Raises:
        OutputError: the folder holds no build at all.
    """
    with garbage_kept():
        return _audited(Path(folder), sources=sources)


def _audited(folder: Path, *, sources: bool) -> AuditReport:
    from kg.store import load_graph, read_options

    findings = sorted(check_files(folder))
    altered = {finding.where for finding in findings}
    if "build.json" in altered:  # nothing that it says can be relied on
        return AuditReport(findings=tuple(findings))
    options = read_options(folder)
    notes: list[str] = []
    report = AuditReport(findings=(), files=len(options.get("files", {})) + 1)
    graph = None
    if altered.isdisjoint({"documents.jsonl", "entities.jsonl", "statements.jsonl"}):
        try:
            graph = load_graph(folder)
        except KgError as error:
            findings.append(Finding("file", folder.name, str(error)))
    if graph is not None:
        edges, chains = _edges(graph)
        findings += edges
        quotes = sum(len(s.evidence) for s in graph.statements)
        report = replace(report, statements=len(graph.statements), quotes=quotes, chains=tuple(chains))
    project = _project(folder, altered, findings, notes)
    if project is not None:
        findings += _documents(project)
        try:
            findings += _remade(project, options, altered, notes)
        except KgError as error:  # what was read cannot be of these texts
            findings.append(Finding("file", folder.name, f"cannot be made of what its files tell: {error}"))
        if sources:
            read, others = _sources(project)
            notes += others[1]
            findings += others[0]
            report = replace(report, sources=read)
    return replace(report, findings=tuple(sorted(set(findings))), notes=tuple(notes))


def check_files(folder: Path) -> Iterator[Finding]:
    """Yield the files of a build that are not as their hashes say.

    Raises:
        OutputError: the folder holds no build at all.
    """
    from kg.store import altered_files, read_options

    try:
        options = read_options(folder)
    except OutputError as error:
        if not (folder / "statements.jsonl").exists():
            raise
        yield Finding("file", "build.json", str(error))
        return
    if (folder / "build.json").read_bytes() != json.dumps(options, indent=2).encode() + b"\n" or "check" not in options:
        yield Finding("file", "build.json", "not as the build wrote it")
    for name, digest in options.get("files", {}).items():
        try:
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    yield Finding("file", name, "not as the build wrote it")
        except OSError as error:
            yield Finding("file", name, f"cannot be read ({error.strerror})")
    try:
        for name in altered_files(folder):
            yield Finding("file", name, "not as the build wrote it")
    except OSError as error:
        yield Finding("file", "store", f"cannot be read ({error.strerror})")


def _edges(graph: Graph) -> tuple[list[Finding], list[Chain]]:
    """Follow each statement to its sentences and the names in them."""
    entities = {entity.id: entity for entity in graph.entities}
    texts = {document.id: document.text for document in graph.documents}
    mentions = {e.id: _Mentions(e) for e in graph.entities}
    findings: list[Finding] = []
    chains: list[Chain] = []
    for statement in graph.statements:
        wrong = [] if statement.evidence else ["has no sentence"]
        ends = (statement.subject, statement.object, statement.place)
        wrong += (f"speaks of {end}, which is no entity of the graph" for end in ends if end and end not in entities)
        for evidence in statement.evidence:
            wrong += _quote(evidence, texts)
            for end, span in ((statement.subject, evidence.subject), (statement.object, evidence.object)):
                if end in mentions and span is not None and evidence.document in texts:
                    wrong += _mention(statement, evidence, span, mentions[end], texts[evidence.document], chains)
        findings += (Finding("edge", _named(statement, entities), reason) for reason in wrong)
    return findings, chains


def _named(statement: Statement, entities: Mapping[str, Entity]) -> str:
    ends = (statement.subject, statement.object)
    one, other = (entities[end].name if end is not None and end in entities else end for end in ends)
    shown = " ".join(filter(None, (one, statement.predicate, other or statement.literal)))
    return f"{statement.id.rpartition('/')[2]} ({shown})"


def _quote(evidence: Evidence, texts: Mapping[str, str]) -> Iterator[str]:
    text = texts.get(evidence.document)
    place = f"{evidence.document}:{evidence.start}-{evidence.end}"
    if text is None:
        yield f"quotes {evidence.document}, which is no document of the graph"
    elif not evidence.text or text[evidence.start : evidence.end] != evidence.text:
        yield f"{place} does not say {evidence.text[:_NAMING]!r}"
    if not evidence.extractor:
        yield f"{place}: nothing is recorded as having read it"


class _Mentions:
    """The places where documents mention an entity."""

    def __init__(self, entity: Entity) -> None:
        self.name = entity.name
        self.has_adjective = entity.type is EntityType.PLACE or bool(entity.checked_by)  # a place that was retyped
        self._of: dict[str, list[tuple[int, int, MentionKind]]] = {}
        for mention in entity.mentions:
            self._of.setdefault(mention.document, []).append((mention.start, mention.end, mention.kind))

    def at(self, document: str, start: int, end: int) -> MentionKind | None:
        """Return the kind of the mention that overlaps a place, a name before others."""
        kinds = [kind for a, b, kind in self._of.get(document, ()) if a < end and start < b]
        return min(kinds, key=lambda kind: kind is not MentionKind.NAME, default=None)

    def nearest_name(self, document: str, start: int) -> tuple[int, int] | None:
        """Return the name that stands nearest to a place."""
        names = [(a, b) for a, b, kind in self._of.get(document, ()) if kind is MentionKind.NAME]
        return min(names, key=lambda name: (abs(name[0] - start), name), default=None)


def _mention(
    statement: Statement,
    evidence: Evidence,
    span: tuple[int, int],
    mentions: _Mentions,
    text: str,
    chains: list[Chain],
) -> Iterator[str]:
    """Yield what is wrong with a mention; one that is no name goes to the chains with the name it stands for."""
    start, end = span
    if not evidence.start <= start < end <= evidence.end:
        yield f"{evidence.document}:{start}-{end}, the mention of {mentions.name}, lies outside its sentence"
        return
    if (start, end) == (evidence.start, evidence.end):
        return  # no word stands for it: the sentence as a whole says it
    kind = mentions.at(evidence.document, start, end)
    if kind is None:
        yield f"{evidence.document}:{start}-{end} ({text[start:end]!r}) is no mention of {mentions.name}"
    elif kind is not MentionKind.NAME:
        name = mentions.nearest_name(evidence.document, start)
        if name is None and mentions.has_adjective:  # "Dutch": the adjective says which place
            chains.append(Chain(statement.id, evidence.document, text[start:end], mentions.name))
        elif name is None:
            yield f"{evidence.document} never names {mentions.name}, for whom {text[start:end]!r} stands"
        else:
            chains.append(Chain(statement.id, evidence.document, text[start:end], text[slice(*name)]))


def _project(folder: Path, altered: set[str], findings: list[Finding], notes: list[str]) -> Project | None:
    if not altered.isdisjoint({"documents.jsonl", "extractions.jsonl"}):
        notes.append(
            "what the articles say could not be compared: the files that tell it are not as the build wrote them"
        )
        return None
    try:
        return open_project(folder)
    except KgError as error:
        findings.append(Finding("file", folder.name, str(error)))
        return None


def _documents(project: Project) -> Iterator[Finding]:
    """Yield the documents whose text is not that of its hash, or not that which was read."""
    keys = {extraction.document: key for key, extraction in project.extractions.items()}
    expected = {document.id: extraction_key(document, project.settings) for document in project.documents}
    same_program = any(keys[name] == key for name, key in expected.items())
    for extraction in project.extractions.values():
        if any(claim.evidence.document != extraction.document for claim in extraction.claims):
            yield Finding("source", extraction.document, "what is recorded of it quotes another document")
    for document in project.documents:
        digest = hashlib.sha256(document.text.encode("utf8", "surrogatepass")).hexdigest()
        if document.sha256 and document.sha256 != digest:
            yield Finding("source", document.id, "its text in documents.jsonl is not that of its hash")
        if same_program and keys[document.id] != expected[document.id]:
            yield Finding("source", document.id, "what is recorded of it is not what was read from this text")


def _remade(project: Project, options: Mapping[str, Any], altered: set[str], notes: list[str]) -> Iterator[Finding]:
    """Make the files of the build anew and yield what differs."""
    from kg.mapping import prefixes, quads_to_turtle, to_quads

    where = os.path.relpath(project.decisions_file, project.folder)
    try:
        decisions = project.read_decisions()
    except UsageError as error:
        yield Finding("decision", where, str(error))
        return
    if project.is_behind:
        yield Finding("decision", where, "the decisions were changed since the graph was written")
        return
    if (made_by := options.get("program")) != program_version():
        notes.append(
            f"the graph was made by kg {made_by or 'of an earlier version'}, this is {program_version()}: what this "
            "one would make of the articles is not compared; `kg build` makes it"
        )
        return
    settings = project.settings
    resolution = project.identify(decisions)
    unedited = make_graph(project.documents, resolution, settings)
    graph, _ = revised(unedited, resolution, settings, decisions=decisions)
    quads = list(to_quads(graph, base_iri=settings.base_iri))
    files = files_of(
        graph,
        project.extractions,
        settings,
        turtle=quads_to_turtle(quads, base_iri=settings.base_iri),
        output=project.folder,
        decisions=project.decisions_file,
        decided=decisions,
        inputs=project.inputs,
    )
    for name, content in files.items():
        if name == "build.json":
            kept = {key: value for key, value in options.items() if key not in {"files", "check"}}
            made = {key: value for key, value in json.loads(content).items() if key not in {"files", "check"}}
            if kept != made:
                wrong = ", ".join(sorted(key for key in {*kept, *made} if kept.get(key) != made.get(key)))
                yield Finding("file", name, f"{wrong}: not what the build depends on")
        elif name not in altered and (there := (project.folder / name).read_bytes()) != content:
            yield from _differences(name, there, content)
    if not any(name.startswith("store") for name in altered):
        yield from _store(project.folder, quads, prefixes(settings.base_iri))


def _differences(name: str, there: bytes, made: bytes) -> Iterator[Finding]:
    """Yield the first lines of a file that are not those that it should have."""
    pairs = zip_longest(there.split(b"\n"), made.split(b"\n"))
    wrong = [(number, a, b) for number, (a, b) in enumerate(pairs, start=1) if a != b]
    for number, a, b in wrong[:_SHOWN]:
        yield Finding(
            "file", f"{name}:{number}", f"{_record(a or b'', b or b'')} is not what the articles and decisions give"
        )
    if len(wrong) > _SHOWN:
        yield Finding("file", name, f"{len(wrong):,} lines are not what the articles and decisions give")


def _record(there: bytes, made: bytes) -> str:
    """Return which fields of which record differ, or the line."""
    try:
        a, b = json.loads(there), json.loads(made)
        fields = ", ".join(key for key in {**a, **b} if a.get(key) != b.get(key))
        return f"{a.get('id', '')} ({fields or 'spelling'})"
    except (ValueError, TypeError, AttributeError, RecursionError):
        return repr(there[:_NAMING].decode("utf8", "replace"))


def _store(folder: Path, quads: Sequence[Any], spaces: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what the database holds that the graph does not, or lacks."""
    from kg.store import compare_quads

    try:
        lacks, adds = compare_quads(folder, quads, prefixes=spaces)
    except (OutputError, OSError, ValueError) as error:
        yield Finding("file", "store", str(error))
        return
    for lines, what in ((lacks, "lacks"), (adds, "adds")):
        if lines:
            yield Finding("file", "store", f"{what} {len(lines):,} triples, first {min(lines)[:200]}")


def _sources(project: Project) -> tuple[int, tuple[list[Finding], list[str]]]:
    """Read the articles again; return how many say the same, those that do not, and what could not be compared."""
    names = [name for name in project.inputs if name != "-"]
    paths = [str(project.folder / name) for name in names]
    there = [path for path in paths if os.path.exists(path) or "*" in path]  # noqa: PTH110 (a path may be too long)
    known = {document.sha256 for document in project.documents}
    documents, _, _ = read_inputs(there, project.settings, known=known) if there else ([], [], [])
    texts = {document.sha256 for document in documents}
    unlike = [document.id for document in project.documents if document.sha256 not in texts]
    same = len(project.documents) - len(unlike)
    if not unlike:
        return same, ([], [])
    shown = ", ".join(unlike[:_SHOWN]) + ", ..." * (len(unlike) > _SHOWN)
    gone = [name for name, path in zip(names, paths, strict=True) if path not in there]
    if gone or "-" in project.inputs or not names:
        missing = ", ".join(gone[:_SHOWN]) or "standard input"
        return same, ([], [f"{len(unlike)} articles could not be read again ({missing}): {shown}"])
    if any(path.casefold().endswith(_RECORDS) for path in there):
        return same, ([], [f"{len(unlike)} records could not be found again in their files: {shown}"])
    return same, ([Finding("source", name, "no article says this any more") for name in unlike], [])
