"""A finished build taken up again: decided on, resolved and written anew without reading an article a second time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Settings
from kg.errors import OutputError
from kg.model import Document, Entity, Extraction, Graph
from kg.pipeline import finish, identify

if TYPE_CHECKING:
    from kg.resolution import Decision, Located, NamedIn, Names, Resolution

__all__ = ["Project", "open_project"]


@dataclass(frozen=True, kw_only=True)
class Project:
    """The folder of a build with what was read for it.

    Attributes:
        folder: the folder.
        documents: its documents, by id.
        extractions: what each says, by key.
        settings: what the build depends on; ``settings.decisions`` is the file of the user's decisions.
    """

    folder: Path
    documents: tuple[Document, ...]
    extractions: Mapping[str, Extraction]
    settings: Settings

    @property
    def decisions_file(self) -> Path:
        """The file of the user's decisions; it need not be there."""
        return Path(self.settings.decisions or "")

    def read_decisions(self) -> "tuple[Decision, ...]":
        """Return the user's decisions."""
        from kg.resolution import read_decisions

        return read_decisions(self.decisions_file)

    def check(self, decisions: "Sequence[Decision]") -> None:
        """Check that decisions agree.

        Raises:
            UsageError: they contradict one another; the message names them.
        """
        from kg.resolution import check_decisions

        check_decisions(self.locate(decisions))

    def locate(self, decisions: "Sequence[Decision]") -> "tuple[Located, ...]":
        """Find what decisions speak of; those that speak of what is gone are left out."""
        from kg.resolution import locate

        return locate(self._names, decisions)[0]

    @cached_property
    def _names(self) -> "Names":
        from kg.resolution import Names

        return Names(self.extractions.values())

    def identify(self, decisions: "Sequence[Decision]") -> "Resolution":
        """Resolve the entities of the documents under decisions."""
        return identify(self.documents, list(self.extractions.values()), self.settings, decisions=decisions)

    def anchors(self, entity: Entity, resolution: "Resolution") -> "tuple[NamedIn, ...]":
        """Return how documents name an entity, for a decision to point to it."""
        return tuple(sorted(self._names.named[at] for at, iri in resolution.assignment.items() if iri == entity.id))

    def find(self, name: str, resolution: "Resolution") -> Entity:
        """Return the entity that a name means.

        Raises:
            UnknownEntityError: none does, or several do.
        """
        from kg.view.finding import find_entity

        return find_entity(Graph(documents=self.documents, entities=resolution.entities, statements=()), name)

    def save(self, decisions: "Sequence[Decision]") -> None:
        """Write the file of decisions."""
        from kg.resolution import write_decisions

        write_decisions(self.decisions_file, decisions)

    def rebuild(self, decisions: "Sequence[Decision]") -> Graph:
        """Write the build anew under decisions; nothing is written where they contradict one another."""
        return finish(
            self.documents,
            self.extractions,
            self.identify(decisions),
            self.settings,
            output=self.folder,
            decisions=self.decisions_file,
        )


def open_project(folder: str | Path) -> Project:
    """Take up the build in a folder.

    Raises:
        OutputError: the folder holds no build, or one whose files do not belong together.
    """
    from kg.store import read_documents, read_extractions, read_options

    folder = Path(folder)
    documents = tuple(read_documents(folder))
    extractions = dict(read_extractions(folder))
    if {d.id for d in documents} != {e.document for e in extractions.values()}:
        raise OutputError(f"{folder}: documents.jsonl and extractions.jsonl are of different builds: build it again")
    options = read_options(folder)
    try:
        settings = Settings(
            base_iri=str(options["base_iri"]),
            decisions=str(_normal(folder / str(options["decisions"]))),
            authorities=tuple(str(_normal(folder / str(file))) for file in options["authorities"]),
            adopt_iris=bool(options["adopt_iris"]),
        )
    except (KeyError, TypeError) as error:
        raise OutputError(f"{folder / 'build.json'} is damaged: build it again") from error
    return Project(folder=folder, documents=documents, extractions=extractions, settings=settings)


def _normal(path: Path) -> Path:
    """Return a path without "..", as short as a person would write it."""
    return Path(relpath(path.resolve()))
