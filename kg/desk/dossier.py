"""A printable report on one or two people or organizations, every line with the number of its sentence.

One HTML file that needs no network and runs no script: posts over time, meetings, the network around, everything that
is stated, what is denied, planned or supposed, what clashes, what is in doubt, and the sources with their dates.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup, escape

from kg.asof import with_sources
from kg.desk.conflicts import Conflict, find_conflicts
from kg.desk.pictures import Bar, Tie, draw_network, draw_timeline
from kg.errors import KgError, UsageError
from kg.finding import find
from kg.model import PREDICATES, Document, Entity, Evidence, Graph, Statement
from kg.resources import data_path
from kg.terms import HeldSpan, earliest_day, held_span, latest_day
from kg.view.words import checked, date_in_words, doubt, edge_label, labels, qualifiers

__all__ = ["dossier", "render_dossier"]

_POSTS = ("holdsRole", "memberOf", "politicalAffiliation")
_MEETINGS = ("metWith", "spokeWith", "visited")
_DOUBTFUL = 0.5  # confidence below which a statement is listed among the doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the report: a statement in words, its circumstances and the numbers of its sentences."""

    words: str
    details: str
    citations: tuple[int, ...]
    confidence: float
    sources: int
    checked: str = ""
    date: str = ""


@dataclass(slots=True)
class _Citations:
    """Sentences numbered in the order in which they are first cited."""

    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)

    def cite(self, statement: Statement) -> tuple[int, ...]:
        """Return the numbers of the sentences of a statement."""
        numbers = []
        for evidence in statement.evidence:
            place = (evidence.document, evidence.start, evidence.end)
            if place not in self.numbers:
                self.numbers[place] = len(self.numbers) + 1
                self.evidence.append(evidence)
            numbers.append(self.numbers[place])
        return tuple(sorted(set(numbers)))


def dossier(folder: str | Path, *names: str, min_sources: int = 1) -> str:
    """Return the report on one or two entities of a build as HTML.

    Args:
        folder: the folder of the build.
        names: name, alias or IRI of each.
        min_sources: how many independent sources a statement must have to be told.

    Raises:
        UsageError: there are more than two, or none.
        UnknownEntityError: a name means none, or several.
        OutputError: the folder holds no build.
    """
    from kg.store import load_graph

    graph = load_graph(folder)
    about = tuple(find(graph.entities, name) for name in names)
    return render_dossier(graph, about, doubts=_doubts(folder, about), min_sources=min_sources)


def _doubts(folder: str | Path, about: Sequence[Entity]) -> list[str]:
    """Return in words whom the entities may be one with, by the question that `kg review` asks."""
    from kg.project import open_project

    try:
        project = open_project(folder)
        resolution = project.identify(project.read_decisions())
    except KgError:  # a graph without what was read for it: then there is nothing to ask
        return []
    names = {entity.id: entity.name for entity in resolution.entities}
    ids = {entity.id for entity in about}
    return [
        f"{names[d.a]} and {names[d.b]} may be one (probability {d.score:.2f}): {d.explanation}"
        for d in resolution.doubtful
        if ids & {d.a, d.b}
    ]


def render_dossier(graph: Graph, about: Sequence[Entity], *, doubts: Sequence[str] = (), min_sources: int = 1) -> str:
    """Return the report on entities of a graph as HTML.

    Raises:
        UsageError: there are more than two, none, or one twice.
    """
    if not 1 <= len({entity.id for entity in about}) == len(about) <= 2:
        raise UsageError("a dossier is about one or two different entities: name them")
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(data_path("templates", "dossier.html.j2").read_text(encoding="utf8"))
    return template.render(_Report(with_sources(graph, min_sources), about, doubts, min_sources).content())


class _Report:
    def __init__(self, graph: Graph, about: Sequence[Entity], doubts: Sequence[str], min_sources: int) -> None:
        self._graph, self._about, self._doubts, self._least = graph, about, doubts, min_sources
        self._ids = {entity.id for entity in about}
        self._entities: Mapping[str, Entity] = {e.id: e for e in graph.entities}
        self._documents: Mapping[str, Document] = {d.id: d for d in graph.documents}
        self._citations = _Citations()
        self._mine = [s for s in graph.statements if self._ids & {s.subject, s.object, s.place}]

    def content(self) -> dict[str, object]:
        """Return what the template shows."""
        facts = [s for s in self._mine if s.asserted]
        posts = sorted((s for s in facts if s.predicate in _POSTS), key=lambda s: (self._when(s), s.id))
        meetings = sorted((s for s in facts if s.predicate in _MEETINGS), key=lambda s: (self._when(s), s.id))
        others = [s for s in facts if s.predicate not in (*_POSTS, *_MEETINGS)]
        sections: list[tuple[str, list[_Line]]] = []
        if len(self._about) == 2:
            both = [s for s in facts if self._ids <= {s.subject, s.object}]
            between = "What is stated of the two together"
            sections.append((between, self._lines(sorted(both, key=lambda s: (self._when(s), s.id)))))
        sections += [
            ("Posts and memberships", self._lines(posts)),
            ("Meetings, talks and travels", self._lines(meetings)),
            *self._grouped(others),
        ]
        not_asserted = self._lines(s for s in self._mine if not s.asserted)
        clashes = [self._clash(c) for c in find_conflicts(self._graph) if {c.one.id, c.other.id} & self._own_ids()]
        doubtful = self._lines(s for s in facts if s.confidence < _DOUBTFUL and not s.checked_by)
        bars = [bar for s in posts if s.subject in self._ids and (bar := self._bar(s)) is not None]
        sources = self._sources()
        return {
            "title": " and ".join(entity.name for entity in self._about),
            "about": [self._head(entity) for entity in self._about],
            "summary": f"{_counted(len(facts), 'statement')} from {_counted(len(sources), 'article')}",
            "least": self._least,
            "timeline": draw_timeline(bars),
            "network": draw_network([entity.name for entity in self._about], self._links(facts)),
            "sections": [(heading, lines) for heading, lines in sections if lines],
            "not_asserted": not_asserted,
            "clashes": clashes,
            "doubts": self._doubts,
            "doubtful": doubtful,
            "citations": [self._citation(n, e) for n, e in enumerate(self._citations.evidence, start=1)],
            "sources": sources,
        }

    def _own_ids(self) -> set[str]:
        return {statement.id for statement in self._mine}

    def _head(self, entity: Entity) -> Mapping[str, object]:
        return {
            "name": entity.name,
            "kind": entity.subtype or entity.type.value,
            "aliases": "; ".join(entity.aliases),
            "id": entity.id,
            "same_as": list(entity.same_as),
        }

    def _when(self, statement: Statement) -> str:
        span = held_span(statement, self._documents)
        return statement.date or statement.start or statement.literal or span.first_seen or statement.end or "9999"

    def _lines(self, statements: Iterable[Statement]) -> list[_Line]:
        return [self._line(statement) for statement in statements]

    def _line(self, statement: Statement) -> _Line:
        details = [qualifiers(statement), self._seen(statement)]
        if statement.place:
            details.insert(0, f"in {self._name(statement.place)}")
        if not statement.asserted:
            said = {self._name(e.attributed_to) for e in statement.evidence if e.attributed_to}
            details.insert(0, doubt(statement) + (f", according to {' and '.join(sorted(said))}" if said else ""))
        return _Line(
            words=self._worded(statement),
            details="; ".join(filter(None, details)),
            citations=self._citations.cite(statement),
            confidence=statement.confidence,
            sources=statement.sources,
            checked=checked(statement),
        )

    def _seen(self, statement: Statement) -> str:
        if statement.predicate not in _POSTS:
            return ""
        span = held_span(statement, self._documents)
        if span.first_seen is None or span.last_seen is None:
            return "in an article without a date" if statement.documents == 1 else "in articles without a date"
        if span.first_seen == span.last_seen:
            return f"as of {date_in_words(span.first_seen)}"
        return f"seen from {date_in_words(span.first_seen)} to {date_in_words(span.last_seen)}"

    def _worded(self, statement: Statement) -> str:
        word = edge_label(statement)
        if statement.predicate == "holdsRole":
            at = f", {self._name(statement.object)}" if statement.object else ""
            return f"{self._name(statement.subject)}: {statement.title or 'post'}{at}"
        other = self._name(statement.object) if statement.object else date_in_words(statement.literal or "")
        return f"{self._name(statement.subject)} {word} {other}".rstrip()

    def _name(self, iri: str | None) -> str:
        return self._entities[iri].name if iri is not None and iri in self._entities else str(iri)

    def _grouped(self, statements: Sequence[Statement]) -> Iterator[tuple[str, list[_Line]]]:
        groups: dict[str, list[Statement]] = defaultdict(list)
        for statement in statements:
            groups[statement.predicate].append(statement)
        for predicate in PREDICATES:
            if predicate in groups:
                heading = str(labels()["predicates"][predicate]["edge"])
                lines = self._lines(sorted(groups[predicate], key=lambda s: (self._when(s), s.id)))
                yield heading[:1].upper() + heading[1:], lines

    def _clash(self, conflict: Conflict) -> Mapping[str, object]:
        numbers = {n for s in (conflict.one, conflict.other) for n in self._citations.cite(s)}
        return {"why": conflict.why, "citations": sorted(numbers)}

    def _bar(self, statement: Statement) -> Bar | None:
        span: HeldSpan = held_span(statement, self._documents)
        first = span.start or (None if span.over and span.end is None else span.first_seen) or span.end
        last = span.end or span.last_seen
        low, high = earliest_day(first), latest_day(last)
        if low is None or high is None or high < low:
            return None
        at = f", {self._name(statement.object)}" if statement.object else ""
        who = f"{self._name(statement.subject)}: " if len(self._about) == 2 else ""
        label = f"{who}{edge_label(statement)}{at}"
        return Bar(label=label, first=low, last=high, open=span.end is None and not span.over)

    def _links(self, facts: Iterable[Statement]) -> list[Tie]:
        words: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
        order = {entity.id: number for number, entity in enumerate(self._about)}
        for statement in facts:
            for one, other in ((statement.subject, statement.object), (statement.object, statement.subject)):
                if one in order and other is not None and other not in self._ids:
                    label = edge_label(statement)
                    known = words[order[str(one)], other]
                    known[label] = known.get(label, 0) + statement.sources
        return [
            Tie(
                name=self._name(iri),
                kind=self._entities[iri].type.value,
                words=max(sorted(known), key=lambda word: known[word]),
                weight=sum(known.values()),
                of=number,
            )
            for (number, iri), known in sorted(words.items())
        ]

    def _citation(self, number: int, evidence: Evidence) -> Mapping[str, object]:
        document = self._documents[evidence.document]
        date = date_in_words(document.published) if document.published else "no date"
        return {"number": number, "text": _marked(evidence), "document": document.id, "date": date}

    def _sources(self) -> list[Mapping[str, object]]:
        cited = {evidence.document for evidence in self._citations.evidence}
        found = sorted((self._documents[name] for name in cited), key=lambda d: (d.published or "9999", d.id))
        return [
            {
                "id": document.id,
                "title": document.title or document.id,
                "date": date_in_words(document.published) if document.published else "no date",
                "source": document.source or "",
                "link": document.source if (document.source or "").startswith(("http://", "https://")) else None,
                "numbers": [n for n, e in enumerate(self._citations.evidence, start=1) if e.document == document.id],
            }
            for document in found
        ]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _marked(evidence: Evidence) -> Markup:
    """Return a sentence with its two mentions marked."""
    length = len(evidence.text)
    spans = sorted(
        {
            (max(0, start - evidence.start), min(length, end - evidence.start))
            for start, end in filter(None, (evidence.subject, evidence.object))
            if (start, end) != (evidence.start, evidence.end)
        }
    )
    text, at = Markup(""), 0
    for start, end in spans:
        if at <= start < end:
            text += escape(evidence.text[at:start]) + Markup("<mark>{}</mark>").format(evidence.text[start:end])
            at = end
    return text + escape(evidence.text[at:])
