"""A finished build taken up again: decided on, added to, resolved and written anew without reading an article twice."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from os.path import realpath, relpath
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Settings
from kg.errors import OutputError, UnknownEntityError, UsageError
from kg.files import check_current_folder
from kg.finding import find
from kg.inputs import read_inputs, recorded_inputs
from kg.integration import revised
from kg.model import Document, Entity, Extraction, Graph
from kg.pipeline import BuildReport, Progress, build_documents, compose, identify

if TYPE_CHECKING:
    from kg.resolution import Judgement, Located, NamedIn, Resolution
    from kg.store import BuildFolder

__all__ = ["Project", "add_documents", "change_project", "open_project", "remove_documents"]

_PATIENCE = 60.0  # seconds to wait for another program that writes to the folder


@dataclass(frozen=True, kw_only=True)
class Project:
    """The folder of a build with what was read for it.

    Attributes:
        folder: the folder.
        documents: its documents, by id.
        extractions: what each says, by key.
        settings: what the build depends on; ``settings.decisions`` is the file of the user's decisions.
        inputs: where the documents come from, seen from the folder.
        decided: digest of the decisions under which the graph was written.
        place: the folder where it may be written to; only ``change_project`` gives it.
    """

    folder: Path
    documents: tuple[Document, ...]
    extractions: Mapping[str, Extraction]
    settings: Settings
    inputs: tuple[str, ...] = ()
    decided: str = ""
    place: "BuildFolder | None" = None

    @property
    def decisions_file(self) -> Path:
        """The file of the user's decisions; it need not be there."""
        return Path(self.settings.decisions or "")

    def read_decisions(self) -> "tuple[Judgement, ...]":
        """Return the user's decisions."""
        from kg.resolution import read_decisions

        return read_decisions(self.decisions_file)

    def check(self, decisions: "Sequence[Judgement]") -> None:
        """Check that decisions agree.

        Raises:
            UsageError: they contradict one another; the message names them.
        """
        from kg.resolution import check_decisions

        check_decisions(self.locate(decisions))

    def locate(self, decisions: "Sequence[Judgement]") -> "tuple[Located, ...]":
        """Find what decisions speak of; those that speak of what is gone are left out."""
        from kg.resolution import Decision, Names, locate

        pairs = [decision for decision in decisions if isinstance(decision, Decision)]
        return locate(Names(self.divided(pairs)), pairs)[0]

    def divided(self, decisions: "Sequence[Judgement]") -> tuple[Extraction, ...]:
        """Return what was read, divided where decisions tell names of one article apart that were read as one."""
        from kg.resolution import Decision, divide

        pairs = [decision for decision in decisions if isinstance(decision, Decision)]
        return divide(self.extractions.values(), pairs, self._texts)

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {document.id: document.text for document in self.documents}

    def identify(self, decisions: "Sequence[Judgement]") -> "Resolution":
        """Resolve the entities of the documents under decisions."""
        return identify(self.documents, list(self.extractions.values()), self.settings, decisions=decisions)

    def anchors(self, entity: Entity, resolution: "Resolution") -> "tuple[NamedIn, ...]":
        """Return how documents name an entity, for a decision to point to it."""
        from kg.resolution import Names

        named = Names(resolution.extractions).named
        return tuple(sorted(named[at] for at, iri in resolution.assignment.items() if iri == entity.id))

    def names_of(self, entity: Entity, resolution: "Resolution") -> "tuple[NamedIn, ...]":
        """Return the names that documents use for an entity, all of them, for a decision to tell some from others."""
        from kg.resolution import NamedIn, Names

        names = Names(resolution.extractions)
        local = {(e.document, i): known for e in resolution.extractions for i, known in enumerate(e.entities)}
        found: set[NamedIn] = set()
        for at, iri in resolution.assignment.items():
            if iri == entity.id:
                aliases = (NamedIn(at[0], alias) for alias in local[at].aliases)
                found |= {names.named[at], *(a for a in aliases if names.places.get(a) == at)}
        return tuple(sorted(found))

    def shown(self, resolution: "Resolution", *, dropped: bool = False) -> Mapping[str, Entity]:
        """Return the entities by IRI as the user decided: renamed, retyped, without those dropped unless asked."""
        from kg.resolution import Edit, EditKind

        whole = Graph(documents=self.documents, entities=resolution.entities, statements=())
        edits = [d for d in self.read_decisions() if isinstance(d, Edit) and d.kind.of_entity]
        edits = [edit for edit in edits if not dropped or edit.kind is not EditKind.DROP]
        return {e.id: e for e in revised(whole, resolution, self.settings, decisions=edits)[0].entities}

    def find(self, name: str, resolution: "Resolution") -> Entity:
        """Return the entity that a name means, be it the articles' or the user's, as it is shown.

        Raises:
            UnknownEntityError: none does, or several do, or the one that does was dropped.
        """
        shown = self.shown(resolution)
        try:
            return find(shown.values(), name)
        except UnknownEntityError as unknown:
            try:
                every = self.shown(resolution, dropped=True).values()
                dropped = find((entity for entity in every if entity.id not in shown), name)
            except UnknownEntityError:
                raise unknown from None
        raise UnknownEntityError(f"{dropped.name} was dropped: `kg decisions DIR --undo N` takes that back")

    def revise(self, change: "Callable[[tuple[Judgement, ...]], tuple[Judgement, ...]]") -> None:
        """Change the file of decisions as it is now, while no other program can; the graph is then behind it.

        Raises:
            OutputError: it cannot be written.
        """
        from kg.resolution import lock_decisions, write_decisions

        with lock_decisions(self.decisions_file):
            write_decisions(self.decisions_file, change(self.read_decisions()))

    @property
    def writable(self) -> "BuildFolder":
        """The folder to write to.

        Raises:
            OutputError: the project was not opened to be changed.
        """
        if self.place is None:
            raise OutputError(f"{self.folder} is open for reading only")
        return self.place

    @property
    def is_behind(self) -> bool:
        """Whether the graph was written before the last decision: a program was killed, or the file edited since."""
        from kg.resolution import decisions_digest

        return self.decided != decisions_digest(self.read_decisions())

    def catch_up(self) -> bool:
        """Write a graph anew that was left behind the decisions, so that what is decided next is about what is shown.

        Returns:
            Whether it was behind.
        """
        if not self.is_behind:
            return False
        self.rebuild(self.read_decisions())
        return True

    def rebuild(self, decisions: "Sequence[Judgement]") -> Graph:
        """Keep decisions and write the build anew under them; where they contradict one another nothing is written.

        The decisions are written first: a graph that is behind them is brought up to date by any later build.

        Raises:
            UsageError: the decisions contradict one another.
            OutputError: something cannot be written, or the project was not opened to be changed.
        """
        from kg.resolution import write_decisions

        place = self.writable
        graph, files = compose(
            self.documents,
            self.extractions,
            self.identify(decisions),
            self.settings,
            output=self.folder,
            decisions=self.decisions_file,
            decided=decisions,
            inputs=self.inputs,
        )
        write_decisions(self.decisions_file, decisions)
        place.install(files)
        return graph


def add_documents(
    folder: str | Path,
    inputs: Sequence[str],
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read further inputs into the graph in a folder; those that are in it already are left as they are.

    Args:
        folder: the folder of a build.
        inputs: what to read, as on the command line.
        settings: how to read them; what the graph depends on stays as it was built.
        progress: as for ``kg.pipeline.build``.

    Raises:
        UsageError: a setting that cannot be used.
        InputError: not one document could be read.
        OutputError: the folder holds no build, or cannot be written.
    """
    given = settings or Settings()
    with change_project(folder, decide=False) as project:
        new, skipped, notes = read_inputs(inputs, _as_built(given, project.settings))
        there = {(document.id, document.sha256) for document in project.documents}
        ids = {document.id for document in project.documents}
        added = [_renamed(document, ids) for document in new if (document.id, document.sha256) not in there]
        return build_documents(
            [*project.documents, *added] if new else [],
            replace(project.settings, workers=given.workers, max_document_seconds=given.max_document_seconds),
            place=project.writable,
            inputs=sorted({*project.inputs, *recorded_inputs(inputs, project.folder)}),
            decisions=project.decisions_file,
            skipped=skipped,
            notes=notes,
            progress=progress,
        )


def remove_documents(folder: str | Path, documents: Sequence[str]) -> BuildReport:
    """Take documents, named by their ids, out of the graph in a folder.

    Raises:
        UsageError: there is no such document, or none would be left.
        OutputError: the folder holds no build, or cannot be written.
    """
    with change_project(folder, decide=False) as project:
        ids = {document.id for document in project.documents}
        for name in documents:
            if name not in ids:
                close = get_close_matches(name, sorted(ids), n=3) or sorted(ids)[:3]
                raise UsageError(f"no document of {folder} has the id {name!r}: it has {', '.join(close)}, ...")
        kept = [document for document in project.documents if document.id not in documents]
        if not kept:
            raise UsageError("no document would be left: delete the folder instead")
        return build_documents(
            kept,
            project.settings,
            place=project.writable,
            inputs=project.inputs,
            decisions=project.decisions_file,
        )


def _as_built(given: Settings, built: Settings) -> Settings:
    """Return settings to read further inputs by: the files that the build depends on are no articles."""
    return replace(given, decisions=built.decisions, authorities=built.authorities)


def _renamed(document: Document, taken: set[str]) -> Document:
    identifier, number = document.id, 1
    while identifier in taken:
        number += 1
        identifier = f"{document.id}-{number}"
    taken.add(identifier)
    return replace(document, id=identifier)


@contextmanager
def change_project(folder: str | Path, *, decide: bool = True) -> Iterator[Project]:
    """Take up the build in a folder to change it; until it is let go no other program can.

    Args:
        folder: the folder.
        decide: whether decisions may change too; their file is then locked.

    Raises:
        BusyError: another program writes there.
        OutputError: the folder holds no build, or one that is damaged, or cannot be written.
    """
    from kg.resolution import lock_decisions
    from kg.store import open_folder, read_options

    check_current_folder()
    read_options(Path(folder))  # makes nothing where no build is
    with open_folder(Path(folder), patience=_PATIENCE) as place:
        project = replace(open_project(folder), place=place)
        with lock_decisions(project.decisions_file) if decide else nullcontext():
            yield project


def open_project(folder: str | Path) -> Project:
    """Take up the build in a folder.

    Raises:
        OutputError: the folder holds no build, or one whose files do not belong together.
    """
    from kg.store import DOCUMENTS, EXTRACTIONS, parse_documents, parse_extractions, read_files, read_options

    folder = Path(folder)
    in_documents, in_extractions = read_files(folder, DOCUMENTS, EXTRACTIONS)
    documents = parse_documents(folder, in_documents)
    extractions = dict(parse_extractions(folder, in_extractions))
    if {d.id for d in documents} != {e.document for e in extractions.values()}:
        raise OutputError(f"{folder}: documents.jsonl and extractions.jsonl are of different builds: build it again")
    options = read_options(folder)
    try:
        settings = Settings(
            base_iri=str(options["base_iri"]),
            decisions=str(_normal(folder / str(options["decisions"]))),
            authorities=tuple(str(_normal(folder / str(file))) for file in options["authorities"]),
            adopt_iris=bool(options["adopt_iris"]),
            extractor=str(options.get("extractor", Settings().extractor)),
            spacy_model=str(options.get("spacy_model", Settings().spacy_model)),
        )
        inputs = tuple(map(str, options.get("inputs", ())))
    except (KeyError, TypeError) as error:
        raise OutputError(f"{folder / 'build.json'} is damaged: build it again") from error
    return Project(
        folder=folder,
        documents=documents,
        extractions=extractions,
        settings=settings,
        inputs=inputs,
        decided=str(options.get("decided", "")),
    )


def _normal(path: Path) -> Path:
    """Return a path without "..", as short as a person would write it."""
    whole = realpath(path)
    try:
        return Path(relpath(whole))
    except (OSError, ValueError):  # the current folder is gone, or on another drive of Windows
        return Path(whole)
