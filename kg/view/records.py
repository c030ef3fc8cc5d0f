"""What the page knows, as JSON: documents, entities and statements in short records, nothing said twice."""

import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from os.path import commonprefix
from typing import Any

from kg.model import PREDICATES, Document, Entity, Evidence, Graph, Modality, Polarity, Statement
from kg.view.words import checked, doubt, labels, short

__all__ = ["doubt_kind", "page_records"]

_WIDE = re.compile("[\U00010000-\U0010ffff]")  # two units in UTF-16

_BYTES = 1_500_000  # that a page may have
_BYTES_A_STATEMENT = 1_000  # and so many more for each statement
_SHELL = 900_000  # scripts, styles and the drawing of a small graph
_BYTES_A_MENTION = 16


def page_records(graph: Graph, *, drawing_bytes: int = 0) -> dict[str, Any]:
    """Return ``documents``, ``entities``, ``statements``, and the words for what they hold.

    What is empty is left out. Entities, documents and extractors are referred to by their index. Offsets count UTF-16
    units, as browsers do. A document has its ``text`` and the ``mentions`` in it while the page stays within 1.5 MB and
    1 KB a statement: those that say most come first. A sentence is told by where it stands in that text, else by its
    own ``text``; the two mentions by where they stand in the sentence.

    Args:
        graph: any graph that is whole.
        drawing_bytes: what else goes into the page.
    """
    known = _Known(graph)
    words = labels()
    kinds = {
        name: _filled(
            symmetric=p.symmetric or None, event=p.is_event or None, term=p.ends or None, titled=p.titled or None
        )
        for name, p in PREDICATES.items()
    }
    quoted = [_statement(s, known) for s in graph.statements]
    people = [_entity(e, known.base) for e in graph.entities]
    used = _SHELL + drawing_bytes + _size(quoted) + _size(people) + sum(map(_size, map(_document, graph.documents)))
    known.texts = texts = _texts(graph, _BYTES + _BYTES_A_STATEMENT * len(graph.statements) - used)
    mentions = _mentions(graph, texts)
    return {
        "types": words["types"],
        "predicates": {name: words["predicates"][name] | kinds[name] for name in PREDICATES},
        "doubts": words["doubts"],
        "found": words["found"],
        "documents": [
            {**_document(d), **({"text": texts[d.id].text, "mentions": mentions[d.id]} if d.id in texts else {})}
            for d in graph.documents
        ],
        "entities": people,
        "statements": [_statement(s, known) for s in graph.statements] if texts else quoted,
        "extractors": list(known.extractors),
        "base": known.base,
    }


def doubt_kind(statement: Statement) -> str | None:
    """Return why a statement is no fact: "denied", "negated", "planned" or "possible"; None for one that is."""
    if statement.asserted:
        return None
    if statement.modality is Modality.DENIED or statement.polarity is Polarity.AFFIRMED:
        return statement.modality.value
    return "negated"


class _Known:
    """Indices of what records refer to; ``base`` is what all IRIs of entities begin with, left out of each."""

    def __init__(self, graph: Graph) -> None:
        self.entities = {e.id: i for i, e in enumerate(graph.entities)}
        self.documents = {d.id: i for i, d in enumerate(graph.documents)}
        self.extractors: dict[str, int] = {}
        self.texts: dict[str, _Text] = {}
        ids = [e.id for e in graph.entities]  # sorted: what the first and the last share, all do
        shared = commonprefix([min(ids, default=""), max(ids, default="")])  # noqa: RUF071 (no paths)
        self.base = shared[: shared.rfind("/") + 1]


class _Text:
    """The text of a document with offsets as a browser counts them."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._wide = [m.start() for m in _WIDE.finditer(document.text)]

    def at(self, offset: int) -> int:
        return offset + bisect_left(self._wide, offset)


def _units(text: str, offset: int) -> int:
    return offset if text.isascii() else offset + sum(ord(c) > 0xFFFF for c in text[:offset])


def _texts(graph: Graph, room: int) -> dict[str, _Text]:
    said = Counter(e.document for s in graph.statements for e in s.evidence)
    mentioned = Counter(m.document for e in graph.entities for m in e.mentions)
    kept = {}
    for document in sorted(graph.documents, key=lambda d: (-said[d.id], d.id)):
        room -= _size(document.text) + _BYTES_A_MENTION * mentioned[document.id]
        if room < 0:
            break
        if document.text:
            kept[document.id] = _Text(document)
    return kept


def _mentions(graph: Graph, texts: dict[str, _Text]) -> dict[str, list[int]]:
    """Return by document start, end and entity of each mention, one after the other, in one flat list."""
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for i, entity in enumerate(graph.entities):
        for m in entity.mentions:
            if m.document in texts and 0 <= m.start < m.end <= len(texts[m.document].text):
                text = texts[m.document]
                found[m.document].append((text.at(m.start), text.at(m.end), i))
    return defaultdict(list, {d: [n for mention in sorted(all_) for n in mention] for d, all_ in found.items()})


def _document(document: Document) -> dict[str, Any]:
    return _filled(id=document.id, title=document.title, date=document.published, source=document.source)


def _entity(entity: Entity, base: str) -> dict[str, Any]:
    counted = Counter(m.document for m in entity.mentions)
    return _filled(
        iri=entity.id.removeprefix(base),
        name=entity.name,
        type=entity.type.value,
        subtype=entity.subtype,
        aliases=list(entity.aliases),
        sameAs=[iri.removeprefix(base) for iri in entity.same_as],
        short=_fitted(entity.name),
        mentions=sum(counted.values()),
        checked=checked(entity),
        documents=len(counted),
    )


def _statement(statement: Statement, known: "_Known") -> dict[str, Any]:
    s, entities = statement, known.entities
    return _filled(
        id=s.id.removeprefix(known.base),
        subject=entities[s.subject],
        predicate=s.predicate,
        object=None if s.object is None else entities[s.object],
        literal=s.literal,
        title=s.title,
        label=s.title and _fitted(s.title),
        role=s.role and s.role.removeprefix(known.base),
        status=s.status and s.status.value,
        start=s.start,
        end=s.end,
        date=s.date,
        place=None if s.place is None else entities[s.place],
        offence=s.offence,
        doubt=doubt(s),
        kind=doubt_kind(s),
        confidence=round(s.confidence, 3),
        checked=checked(s),
        sources=s.sources if s.sources > 1 else None,
        evidence=_evidence(s, known),
    )


def _evidence(statement: Statement, known: "_Known") -> list[dict[str, Any]]:
    """Each sentence once, however many of the statement's readings of it there are."""
    sentences: dict[tuple[str, int, int, str], dict[str, Any]] = {}
    for e in statement.evidence:
        place, sentence = (e.document, e.start, e.end, e.text), _sentence(e, known)
        before = sentences.setdefault(place, sentence)
        before["by"] = list(dict.fromkeys((*before["by"], *sentence["by"])))
        if "who" in sentence:
            before.setdefault("who", sentence["who"])
    return list(sentences.values())


def _sentence(e: Evidence, known: "_Known") -> dict[str, Any]:
    text = known.texts.get(e.document)
    if text is not None and text.text[e.start : e.end] == e.text and e.start >= 0:
        where: dict[str, Any] = {"start": text.at(e.start), "end": text.at(e.end)}
    else:
        where = {"text": e.text}
    return _filled(
        document=known.documents.get(e.document),
        **where,
        s=_within(e, e.subject),
        o=e.object and _within(e, e.object),
        by=[known.extractors.setdefault(name, len(known.extractors)) for name in e.extractors],
        who=known.entities.get(e.attributed_to or ""),
    )


def _within(evidence: Evidence, span: tuple[int, int]) -> list[int] | None:
    """Return a mention's place in its sentence; None where it stands outside."""
    start, end = max(span[0] - evidence.start, 0), min(span[1] - evidence.start, len(evidence.text))
    return [_units(evidence.text, start), _units(evidence.text, end)] if start < end else None


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != "" and value != []}


def _fitted(text: str) -> str | None:
    """Return a name as the canvas has it, where that is not as it is."""
    fitted = short(text) or "?"
    return None if fitted == text else fitted


def _size(record: Any) -> int:
    return len(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf8", "replace"))
