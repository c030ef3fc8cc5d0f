"""The user's word on statements and entities: rejected, confirmed, corrected, added, renamed, retyped, dropped.

Each function keeps one line in the file of decisions and writes the graph anew under it; `kg decisions DIR --undo N`
takes it back. Statements are named by their id, whole or its last part, and entities as everywhere: name, alias or IRI.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.finding import find_statement, fold_name
from kg.integration import make_graph
from kg.model import Entity, Graph, Statement
from kg.project import Project, change_project
from kg.resolution import Edit, EditKind, Judgement, NamedIn, Resolution, add_decision

__all__ = [
    "Desk",
    "confirm",
    "correct",
    "drop",
    "reject",
    "rename",
    "retype",
    "state",
    "undo",
]

_BETWEEN_SAME = ("polarity", "modality", "literal", "title", "start", "end", "date", "offence")


class Desk:
    """A build with what it would be without edits, to word edits of it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.resolution: Resolution = project.identify(project.read_decisions())
        self.graph: Graph = make_graph(project.documents, self.resolution, project.settings)
        self._anchors: dict[str, list[NamedIn]] = {}

    def statement(self, wanted: str) -> Statement:
        """Return the statement of an id.

        Raises:
            UsageError: there is none.
        """
        found = find_statement(self.graph.statements, wanted)
        if found is None:
            raise UsageError(
                f"the articles give no statement {wanted!r}: `kg explain DIR NAME --ids` shows the ids; what was "
                "added by hand is taken back with `kg decisions DIR --undo N`"
            )
        return found

    def entity(self, name: str) -> Entity:
        """Return the entity that a name means.

        Raises:
            UnknownEntityError: none does, or several do.
        """
        return self.project.find(name, self.resolution)

    def names(self, iri: str | None, documents: Iterable[str] = ()) -> tuple[NamedIn, ...]:
        """Return how documents, or all of them, name an entity."""
        if iri is None:
            return ()
        if iri not in self._anchors:
            entity = next(e for e in self.resolution.entities if e.id == iri)
            self._anchors[iri] = list(self.project.anchors(entity, self.resolution))
        wanted = set(documents)
        return tuple(n for n in self._anchors[iri] if not wanted or n.document in wanted)

    def on(self, kind: EditKind, statement: Statement, **fields: Any) -> Edit:
        """Return an edit of a statement: named by its ends and by what tells it from others between them."""
        documents = {evidence.document for evidence in statement.evidence}
        return Edit(
            kind=kind,
            subject=self.names(statement.subject, documents),
            predicate=statement.predicate,
            object=self.names(statement.object, documents),
            which=tuple(sorted((name, str(getattr(statement, name))) for name in self._telling(statement))),
            **fields,
        )

    def signed(self, kind: EditKind, statement: Statement, *, by: str = "") -> Edit:
        """Return an edit of a statement that says who made it today."""
        return self.on(kind, statement, **_signed(by))

    def check(self, decisions: "Sequence[Judgement]") -> None:
        """Check that decisions agree.

        Raises:
            UsageError: some contradict one another; the message names them.
        """
        from kg.integration import revised

        self.project.check(decisions)
        revised(self.graph, self.resolution, self.project.settings, decisions=decisions)

    def _telling(self, statement: Statement) -> list[str]:
        ends = {statement.subject, statement.object}
        others = [
            s
            for s in self.graph.statements
            if s.predicate == statement.predicate and {s.subject, s.object} == ends and s.id != statement.id
        ]
        telling = []
        for name in _BETWEEN_SAME:
            value = getattr(statement, name)
            if value is not None and (name in {"literal", "title"} or any(getattr(s, name) != value for s in others)):
                telling.append(name)
        return telling

    def check_free(self, entity: Entity, name: str) -> None:
        """Check that no other entity of its type has the name that one is to have.

        Raises:
            UsageError: one has; the message says which.
        """
        for other in self.project.shown(self.resolution).values():
            if other.id != entity.id and other.type is entity.type and fold_name(other.name) == fold_name(name):
                raise UsageError(
                    f"{name!r} is the name of <{other.id}> already: `kg merge` them if they are one, or choose a name "
                    "that tells them apart"
                )

    def keep(self, edit: Edit) -> Graph:
        """Keep an edit and write the graph anew under it.

        Raises:
            UsageError: it contradicts other decisions, speaks of nothing, or the ontology does not allow what it says.
        """
        from kg.integration import revised

        decisions = add_decision(self.project.read_decisions(), edit)
        if edit in revised(self.graph, self.resolution, self.project.settings, decisions=decisions)[1]:
            raise UsageError(f"{edit}: no article says anything like it: see `kg explain DIR NAME --ids`")
        return self.project.rebuild(decisions)


def reject(
    folder: str | Path,
    statement: str | None = None,
    *,
    subject: str | None = None,
    predicate: str | None = None,
    object_: str | None = None,
    extractor: str | None = None,
    by: str = "",
) -> Edit:
    """Take a statement out of the graph, or all between two entities, or what one extractor says of them.

    Args:
        folder: the folder of a build.
        statement: the id of a statement; without it ``subject`` says of whom.
        subject: name of an entity.
        predicate: the relation that is meant; None for all.
        object_: name of the other entity; None for all.
        extractor: "rule:...", "model:..."; only what it found is rejected.
        by: who says so.

    Raises:
        UsageError: nothing like it is stated, or another decision contradicts it.
    """
    with change_project(folder) as project:
        desk = Desk(project)
        if statement is not None:
            edit = desk.on(EditKind.REJECT, desk.statement(statement), **_signed(by))
        elif subject is not None:
            edit = Edit(
                kind=EditKind.REJECT,
                subject=desk.names(desk.entity(subject).id),
                predicate=predicate,
                object=desk.names(desk.entity(object_).id) if object_ else (),
                which=(("extractor", extractor),) if extractor else (),
                **_signed(by),
            )
        else:
            raise UsageError("say which statement: its id, or --subject NAME with --predicate and --object")
        desk.keep(edit)
    return edit


def confirm(folder: str | Path, statement: str, *, by: str = "") -> Edit:
    """Mark a statement as checked by a person; errors as ``reject``."""
    with change_project(folder) as project:
        desk = Desk(project)
        edit = desk.on(EditKind.CONFIRM, desk.statement(statement), **_signed(by))
        desk.keep(edit)
    return edit


def correct(folder: str | Path, statement: str, changes: Mapping[str, str], *, by: str = "") -> Edit:
    """Change a statement: its subject, object or place (by name), title, status, dates, polarity or modality.

    An empty text takes a value away. Errors as ``reject``.
    """
    with change_project(folder) as project:
        desk = Desk(project)
        ends, sets = _split(desk, changes)
        edit = desk.on(EditKind.CORRECT, desk.statement(statement), sets=sets, ends=ends, **_signed(by))
        known = [d for d in project.read_decisions() if isinstance(d, Edit) and d.target == edit.target]
        for before in known:  # what was corrected before stays so
            sets = tuple(sorted({**dict(before.sets), **dict(sets)}.items()))
            ends = tuple(sorted({**dict(before.ends), **dict(ends)}.items()))
        edit = desk.on(EditKind.CORRECT, desk.statement(statement), sets=sets, ends=ends, **_signed(by))
        desk.keep(edit)
    return edit


def state(
    folder: str | Path,
    subject: str,
    predicate: str,
    object_: str | None = None,
    *,
    document: str,
    quote: str,
    details: Mapping[str, str] | None = None,
    by: str = "",
) -> Edit:
    """Add a statement with the sentence of a document that says it; ``details`` as the changes of ``correct``.

    Raises:
        UsageError: the document does not say it word by word, or the ontology does not allow it.
    """
    with change_project(folder) as project:
        desk = Desk(project)
        text = next((d.text for d in project.documents if d.id == document), None)
        if text is None:
            raise UsageError(
                f"no document of {folder} has the id {document!r}: `kg query DIR --named documents` lists them"
            )
        if not quote.strip() or quote not in text:
            raise UsageError(f"{document} does not say {quote!r} word by word: no quote, no edge")
        ends, sets = _split(desk, details or {})
        edit = Edit(
            kind=EditKind.ADD,
            subject=desk.names(desk.entity(subject).id),
            predicate=predicate,
            object=desk.names(desk.entity(object_).id) if object_ else (),
            sets=sets,
            ends=ends,
            document=document,
            quote=quote,
            **_signed(by),
        )
        desk.keep(edit)
    return edit


def rename(folder: str | Path, name: str, new: str, *, by: str = "") -> Edit:
    """Give an entity another name; the one it had becomes another name of it.

    Raises:
        UsageError: the new name is empty, has characters that cannot be seen or is that of another entity of its type,
            or another decision contradicts it.
        UnknownEntityError: the name means none, or several.
    """
    if not new.strip():
        raise UsageError("the new name is empty")
    if not new.strip().isprintable():
        raise UsageError(
            f"{new.strip()!r} has characters that cannot be seen: write the name on one line, without them"
        )
    return _of_entity(folder, EditKind.RENAME, name, {"name": new.strip()}, by)


def retype(folder: str | Path, name: str, type_: str, subtype: str | None = None, *, by: str = "") -> Edit:
    """Say that an entity is a Person, an Organization or a Place; statements that then cannot be go."""
    return _of_entity(folder, EditKind.RETYPE, name, {"type": type_} | ({"subtype": subtype} if subtype else {}), by)


def drop(folder: str | Path, name: str, *, by: str = "") -> Edit:
    """Take an entity out of the graph, with all that is said of it."""
    return _of_entity(folder, EditKind.DROP, name, {}, by)


def undo(folder: str | Path, numbers: Iterable[int]) -> tuple[Judgement, ...]:
    """Take decisions back, by their numbers from 1 in the file of decisions; return them.

    Raises:
        UsageError: there is no such decision.
    """
    wanted = sorted(set(numbers))
    with change_project(folder) as project:
        known = project.read_decisions()
        wrong = [number for number in wanted if not 1 <= number <= len(known)]
        if wrong:
            raise UsageError(f"there is no decision {wrong[0]}: `kg decisions {folder}` lists them")
        project.rebuild([decision for i, decision in enumerate(known, start=1) if i not in wanted])
    return tuple(known[number - 1] for number in wanted)


def _of_entity(folder: str | Path, kind: EditKind, name: str, sets: Mapping[str, str], by: str) -> Edit:
    with change_project(folder) as project:
        desk = Desk(project)
        entity = desk.entity(name)
        edit = Edit(kind=kind, subject=desk.names(entity.id), sets=tuple(sorted(sets.items())), **_signed(by))
        if kind is EditKind.RENAME:
            desk.check_free(entity, sets["name"])
        desk.keep(edit)
    return edit


def _split(
    desk: Desk, changes: Mapping[str, str]
) -> tuple[tuple[tuple[str, tuple[NamedIn, ...]], ...], tuple[tuple[str, str], ...]]:
    ends = {n: desk.names(desk.entity(v).id) for n, v in changes.items() if n in {"subject", "object", "place"}}
    sets = {name: value for name, value in changes.items() if name not in ends}
    return tuple(sorted(ends.items())), tuple(sorted(sets.items()))


def _signed(by: str) -> dict[str, Any]:
    return {"by": by or _login(), "on": date.today().isoformat()}


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody is logged in
        return "somebody"
