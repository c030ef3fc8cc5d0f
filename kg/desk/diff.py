"""What one build has that another has not, and why: documents, decisions or the program's version.

Statements are the same by their id; what lost its id because an end was merged, split or moved is found again by its
sentence and the mentions in it, so it is one change and no loss beside a gain. Entities are followed by the places that
mention them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.model import Document, Entity, Graph, Statement

__all__ = ["BuildDiff", "Change", "diff_builds", "rdf_patch"]

_FIELDS = (
    *("subject", "predicate", "object", "literal", "polarity", "modality", "title", "role", "status"),
    *("start", "end", "date", "place", "offence", "confidence", "documents", "sources", "checked_by", "checked_on"),
)
_ENDS = ("subject", "object", "place")
_OF_ENTITIES = ("type", "subtype", "name", "aliases", "same_as", "checked_by", "checked_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference.

    Attributes:
        what: "document", "entity" or "statement".
        how: "added", "removed", "changed"; of entities also "merged" and "split".
        about: it in words.
        ids: ids of what it was and is.
        fields: what changed, each with the old and the new value.
        cause: why: "documents: ...", "decisions", "program", or "nothing that is recorded".
    """

    what: str
    how: str
    about: str
    ids: tuple[str, ...]
    fields: Mapping[str, tuple[Any, Any]]
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildDiff:
    """The differences between two builds.

    Attributes:
        changes: the differences.
        made: what of their makings differs: "decisions", "program", "authorities".
        names: of the entities of both, by IRI.
    """

    changes: tuple[Change, ...]
    made: tuple[str, ...]
    names: Mapping[str, str]

    def in_words(self, change: Change) -> Iterator[str]:
        """Yield what changed, a field at a time, entities by their names."""
        for field, values in change.fields.items():
            names = self.names if field in _ENDS else {}
            was, now = (_value(names.get(value, value)) for value in values)
            yield f"{field.replace('_', ' ')}: {was} -> {now}"

    def record(self) -> Mapping[str, Any]:
        """Return it as JSON takes it."""
        return {"made": list(self.made), "changes": [asdict(change) for change in self.changes]}


def diff_builds(old: str | Path, new: str | Path) -> BuildDiff:
    """Compare two builds.

    Raises:
        OutputError: one of the folders holds no build, or one that is damaged.
    """
    from kg.store import load_graph, read_options

    before, after = load_graph(old), load_graph(new)
    options = [read_options(Path(folder)) for folder in (old, new)]
    made = tuple(
        word
        for word, keys in (
            ("decisions", ("decided",)),
            ("program", ("program", "extractor", "spacy_model", "base_iri")),
            ("authorities", ("authorities", "adopt_iris")),
        )
        if any(options[0].get(key) != options[1].get(key) for key in keys)
    )
    found = _Comparison(before, after, made)
    return BuildDiff(changes=tuple(found.changes()), made=made, names=found.names)


def rdf_patch(old: str | Path, new: str | Path) -> Iterator[str]:
    """Yield the lines of an RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html) from one build to another.

    Raises:
        OutputError: as ``diff_builds``.
    """
    from kg.mapping import triples
    from kg.store import load_graph, read_base_iri

    before, after = (
        {
            f"{t.subject} {t.predicate} {t.object}"
            for t in triples(load_graph(folder), base_iri=read_base_iri(Path(folder)))
        }
        for folder in (old, new)
    )
    yield "TX ."
    for sign, lines in (("D", before - after), ("A", after - before)):
        for line in sorted(lines):
            yield f"{sign} {line} ."
    yield "TC ."


class _Comparison:
    def __init__(self, before: Graph, after: Graph, made: tuple[str, ...]) -> None:
        self._before, self._after, self._made = before, after, made
        self._old = {document.id: document for document in before.documents}
        self._new = {document.id: document for document in after.documents}
        self._moved = {
            name for name in {*self._old, *self._new} if not _same_text(self._old.get(name), self._new.get(name))
        }
        self.names = {e.id: e.name for graph in (before, after) for e in graph.entities}

    def changes(self) -> Iterator[Change]:
        """Yield the differences: of documents, of entities, of statements."""
        yield from self._documents()
        yield from self._entities()
        yield from self._statements()

    def _documents(self) -> Iterator[Change]:
        for name in sorted(self._moved):
            old, new = self._old.get(name), self._new.get(name)
            how = "added" if old is None else "removed" if new is None else "changed"
            told = new or old
            about = f"{name} ({(told and (told.title or told.published)) or 'no title'})"
            fields = {
                field: (getattr(old, field), getattr(new, field))
                for field in ("title", "published", "source", "sha256")
                if old and new and getattr(old, field) != getattr(new, field)
            }
            yield Change(what="document", how=how, about=about, ids=(name,), fields=fields, cause="input")

    def _cause(self, documents: Iterable[str]) -> str:
        """Return why something that rests on documents differs."""
        if own := sorted(self._moved.intersection(documents)):
            return f"documents: {', '.join(own[:3])}{', ...' * (len(own) > 3)}"
        reasons = [*self._made, *(["documents: who is who"] if self._moved else [])]
        return " or ".join(reasons) or "nothing that is recorded: see `kg audit`"

    def _entities(self) -> Iterator[Change]:
        old, new = ({e.id: e for e in graph.entities} for graph in (self._before, self._after))
        was, now = self._homes(self._before), self._homes(self._after)
        came_from: dict[str, set[str]] = defaultdict(set)
        went_to: dict[str, set[str]] = defaultdict(set)
        for place in was.keys() & now.keys():
            came_from[now[place]].add(was[place])
            went_to[was[place]].add(now[place])
        told: set[str] = set()
        for iri in sorted(new):
            if len(came_from[iri]) > 1:
                names = " and ".join(sorted(old[one].name for one in came_from[iri]))
                told |= came_from[iri] | {iri}
                ids = (*sorted(came_from[iri]), iri)
                yield self._entity("merged", f"{names} are one: {new[iri].name}", ids, (new[iri],))
        for iri in sorted(old):
            if len(went_to[iri]) > 1:
                names = " and ".join(sorted(f"{new[one].name} <{one}>" for one in went_to[iri]))
                told |= went_to[iri] | {iri}
                yield self._entity("split", f"{old[iri].name} is {names}", (iri, *sorted(went_to[iri])), (old[iri],))
        for iri in sorted(old):
            (to,) = went_to[iri] if len(went_to[iri]) == 1 else (iri,)
            if iri not in told and iri not in new and to not in old and to not in told:
                told |= {iri, to}
                fields = {"id": (iri, to), **_differing(old[iri], new[to], _OF_ENTITIES)}
                about = f"{old[iri].name} is now {new[to].name}" if old[iri].name != new[to].name else new[to].name
                yield self._entity("changed", about, (iri, to), (old[iri], new[to]), fields)
        for iri in sorted(old.keys() | new.keys()):
            one, other = old.get(iri), new.get(iri)
            if iri in told:
                continue
            if one is None and other is not None:
                yield self._entity("added", f"{other.name} ({other.subtype or other.type})", (iri,), (other,))
            elif other is None and one is not None:
                yield self._entity("removed", f"{one.name} ({one.subtype or one.type})", (iri,), (one,))
            elif one is not None and other is not None:
                fields = _differing(one, other, _OF_ENTITIES)
                if fields:
                    yield self._entity("changed", other.name, (iri,), (one, other), fields)

    def _entity(
        self,
        how: str,
        about: str,
        ids: tuple[str, ...],
        entities: Iterable[Entity],
        fields: Mapping[str, tuple[Any, Any]] | None = None,
    ) -> Change:
        documents = {mention.document for entity in entities for mention in entity.mentions}
        cause = self._cause(documents)
        return Change(what="entity", how=how, about=about, ids=ids, fields=fields or {}, cause=cause)

    def _homes(self, graph: Graph) -> dict[tuple[str, int, int], str]:
        """Return the entity that each place of a text mentions, in documents that are the same in both."""
        return {
            (m.document, m.start, m.end): e.id
            for e in graph.entities
            for m in e.mentions
            if m.document not in self._moved and m.kind == "name"
        }

    def _statements(self) -> Iterator[Change]:
        old, new = ({s.id: s for s in graph.statements} for graph in (self._before, self._after))
        gone = {iri: old[iri] for iri in old.keys() - new.keys()}
        come = {iri: new[iri] for iri in new.keys() - old.keys()}
        pairs = [(old[iri], new[iri]) for iri in sorted(old.keys() & new.keys())]
        places: dict[tuple[Any, ...], str] = {place: iri for iri in sorted(gone) for place in _places(gone[iri])}
        for iri in sorted(come):
            same = next((places[place] for place in _places(come[iri]) if places.get(place) in gone), None)
            if same is not None:
                pairs.append((gone.pop(same), come.pop(iri)))
        for statement in (gone[iri] for iri in sorted(gone)):
            yield self._statement("removed", statement, (statement,))
        for statement in (come[iri] for iri in sorted(come)):
            yield self._statement("added", statement, (statement,))
        for one, other in pairs:
            fields = _differing(one, other, _FIELDS)
            if fields:
                yield self._statement("changed", other, (one, other), fields)

    def _statement(
        self,
        how: str,
        shown: Statement,
        both: tuple[Statement, ...],
        fields: Mapping[str, tuple[Any, Any]] | None = None,
    ) -> Change:
        evidence = [{(e.document, e.start, e.end) for e in s.evidence} for s in both]
        moved = evidence[0] if len(evidence) == 1 else evidence[0] ^ evidence[1]
        documents = {document for document, _, _ in moved}
        decided = "decisions" in self._made and any(s.checked_by for s in both) and not self._moved & documents
        cause = "decisions" if decided else self._cause(documents)
        ids = tuple(dict.fromkeys(s.id for s in both))
        return Change(what="statement", how=how, about=self._worded(shown), ids=ids, fields=fields or {}, cause=cause)

    def _worded(self, statement: Statement) -> str:
        other = self.names.get(statement.object or "", statement.literal)
        said = (self.names.get(statement.subject), statement.predicate, statement.title, other, statement.date)
        return " ".join(filter(None, said)) + ("" if statement.asserted else " (not asserted)")


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value in (None, "") else str(value)


def _same_text(old: Document | None, new: Document | None) -> bool:
    if old is None or new is None:
        return False
    return (old.sha256 or old.text, old.published, old.title) == (new.sha256 or new.text, new.published, new.title)


def _differing(one: object, other: object, names: Iterable[str]) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(one, name), getattr(other, name)) for name in names}
    return {name: (old, new) for name, (old, new) in pairs.items() if old != new}


def _places(statement: Statement) -> Iterator[tuple[Any, ...]]:
    for e in statement.evidence:
        yield statement.predicate, e.document, e.start, e.end, frozenset((e.subject, e.object))
