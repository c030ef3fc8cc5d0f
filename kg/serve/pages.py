"""The pages: what the templates are given. They escape every word, and no page holds a script or style of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from re import search as find_in
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from kg.finding import fold_name
from kg.model import (
    PREDICATES,
    Document,
    Entity,
    EntityType,
    Evidence,
    MentionKind,
    RoleStatus,
    Statement,
    document_iri,
)
from kg.resources import data_path
from kg.serve.editing import Made
from kg.serve.marking import marked, sentence_parts
from kg.serve.site import Site
from kg.store import named_queries
from kg.view.words import checked, date_in_words, doubt, edge_label, labels, qualifiers

if TYPE_CHECKING:
    import jinja2

__all__ = [
    "FACTS",
    "decisions_page",
    "documents_page",
    "entity_page",
    "error_page",
    "home_page",
    "in_page_order",
    "page_policy",
    "query_page",
    "search_page",
    "statement_page",
    "text_page",
]

FACTS = 200
"""Statements on a page of an entity or a document; the next ones are on the next."""

_LISTED = 100  # names or documents on a page
_SENTENCES = 10  # of one statement, on a page that has several
_HOME = 12
_ORDER = {predicate: i for i, predicate in enumerate(PREDICATES)}


def home_page(site: Site) -> str:
    """Return the first page: what there is, and where to begin."""
    counts = {type_: sum(e.type is type_ for e, _ in site.names) for type_ in EntityType}
    return _rendered(
        "home",
        site,
        counts=[(labels()["types"][type_]["plural"], type_.value, n) for type_, n in counts.items()],
        facts=sum(s.asserted for s in site.graph.statements),
        doubted=sum(not s.asserted for s in site.graph.statements),
        entities=[_named(e, site) for e, _ in site.names[:_HOME]],
        documents=[_document(d, site) for d in _by_day(site.graph.documents)[:_HOME]],
        document_count=len(site.graph.documents),
    )


def search_page(site: Site, text: str, *, type_: str | None, page: int) -> str:
    """Return the entities that have a name with words that begin as those given, and the documents likewise."""
    words = fold_name(text).split()
    found = [e for e, names in site.names if (type_ is None or e.type == type_) and _fits(words, names)]
    documents = [
        d
        for d in site.graph.documents
        if words and type_ is None and _fits(words, fold_name(f"{d.title or ''} {d.id}").split())
    ]
    turn = {"q": text, **({"type": type_} if type_ else {})}
    return _rendered(
        "search",
        site,
        text=text,
        type=type_,
        types=[(name, words["plural"]) for name, words in labels()["types"].items()],
        count=len(found),
        entities=[_named(e, site) for e in _slice(found, page)],
        documents=[_document(d, site) for d in documents[:_LISTED]] if page == 1 else [],
        turns=_turns(site.link("/search"), turn, page, len(found), _LISTED),
    )


def documents_page(site: Site, *, page: int) -> str:
    """Return the documents, the latest first."""
    documents = _by_day(site.graph.documents)
    return _rendered(
        "documents",
        site,
        count=len(documents),
        documents=[_document(d, site) for d in _slice(documents, page)],
        turns=_turns(site.link("/documents"), {}, page, len(documents), _LISTED),
    )


def entity_page(site: Site, entity: Entity, statements: Sequence[Statement], *, page: int, count: int) -> str:
    """Return the page of an entity: facts, time line, sentences.

    Args:
        site: the build.
        entity: what the page is of.
        statements: those of this page, facts first.
        page: its number, from 1.
        count: how many statements there are in all.
    """
    headings: dict[str, list[dict[str, Any]]] = {}
    for s in statements:
        headings.setdefault(_heading(s, entity.id), []).append(_fact(s, site, entity.id))
    dated = sorted((when, s.id, s) for s in statements if (when := s.date or s.start or s.literal or s.end))
    return _rendered(
        "entity",
        site,
        entity=_named(entity, site),
        same_as=[(iri, _web(iri)) for iri in entity.same_as],
        documents=len({m.document for m in entity.mentions}),
        mentions=len(entity.mentions),
        named_in=[_document(site.documents_by_id[i], site) for i in _naming(entity)[:_LISTED]] if site.editing else [],
        headings=headings,
        timeline=[{"when": date_in_words(when), "iso": when, **_fact(s, site, entity.id)} for when, _, s in dated],
        turns=_turns(site.page_of(entity.id), {}, page, count, FACTS),
        alternates=_alternates(site.page_of(entity.id)),
        graph=site.link(f"/graph?focus={quote(entity.id, safe='')}"),
    )


def _naming(entity: Entity) -> list[str]:
    return sorted({m.document for m in entity.mentions if m.kind is MentionKind.NAME})


def text_page(site: Site, document: Document, *, page: int) -> str:
    """Return the page of a document: its text with every mention marked, and what it says."""
    iri = document_iri(document.id, base_iri=site.base_iri)
    told = sorted(site.told.get(document.id, ()), key=lambda s: (not s.asserted, _first(s, document.id), s.id))
    pieces = marked(document.text, site.mentions.get(document.id, ()))
    return _rendered(
        "document",
        site,
        document=_document(document, site),
        source=document.source,
        web=_web(document.source or ""),
        pieces=[(text, None if who is None else _named(site.entities[who], site), at) for text, who, at in pieces],
        statements=[_fact(s, site, None, document=document.id) for s in _slice(told, page, FACTS)],
        turns=_turns(site.page_of(iri), {}, page, len(told), FACTS),
        alternates=_alternates(site.page_of(iri)),
    )


def statement_page(site: Site, statement: Statement) -> str:
    """Return the page of a statement with all its sentences."""
    fact = _fact(statement, site, None, sentences=len(statement.evidence))
    fields = {
        "Title": statement.title,
        "Offence": statement.offence,
        "Role": statement.role,
        "Confidence": f"{statement.confidence:.3f}",
        "Documents": statement.documents,
        "Independent sources": statement.sources,
    }
    return _rendered(
        "statement",
        site,
        statement=fact,
        written=_written(statement),
        statuses=["", *RoleStatus],
        fields={name: value for name, value in fields.items() if value},
        alternates=_alternates(site.page_of(statement.id)),
    )


def _written(statement: Statement) -> dict[str, str]:
    """Return what a form for a correction shows."""
    names = ("title", "start", "end", "date", "offence", "literal", "status")
    told = PREDICATES[statement.predicate].tells
    asked = {
        "title": "title" in told,
        "status": "title" in told,
        "start": "term" in told,
        "end": "term" in told,
        "date": "date" in told,
        "offence": "offence" in told,
        "literal": statement.literal is not None,
    }
    return {name: str(getattr(statement, name) or "") for name in names if asked[name] or getattr(statement, name)}


def query_page(site: Site) -> str:
    """Return the page where queries are written: YASGUI, and the named queries to begin with."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(site.store.prefixes.items()))
    ready = [q for q in named_queries().values() if not any(p.required for p in q.parameters)]
    return _rendered("query", site, prefixes=prefixes, queries=[(q.name, q.title, q.sparql) for q in ready])


def decisions_page(site: Site, *, decisions: Sequence[Made]) -> str:
    """Return what was decided, the latest first, each to be undone."""
    return _rendered("decisions", site, decisions=list(reversed(decisions)))


def error_page(site: Site, status: int, message: str) -> str:
    """Return the page that says what went wrong."""
    return _rendered("error", site, status=status, message=message)


def page_policy(html: str) -> str:
    """Return the Content-Security-Policy that a page of ``kg.view`` declares, with none of it framed."""
    declared = find_in(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html[:4_000])
    policy = unescape(declared[1]) if declared is not None else "default-src 'none'"
    return f"{policy}; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class _Turn:
    """The pages before and after one of several; empty where there is none."""

    page: int
    pages: int
    before: str
    after: str


def _turns(path: str, query: Mapping[str, str], page: int, count: int, size: int) -> _Turn:
    pages = max(1, -(-count // size))

    def at(number: int) -> str:
        mark = "&" if "?" in path else "?"
        return f"{path}{mark}{urlencode({**query, 'page': number})}" if 1 <= number <= pages else ""

    return _Turn(page, pages, at(page - 1), at(page + 1))


def _slice(items: Sequence[Any], page: int, size: int = _LISTED) -> Sequence[Any]:
    return items[(page - 1) * size : page * size]


def _alternates(path: str) -> list[tuple[str, str, str]]:
    mark = "&" if "?" in path else "?"
    return [
        ("Turtle", "text/turtle", f"{path}{mark}format=turtle"),
        ("JSON-LD", "application/ld+json", f"{path}{mark}format=jsonld"),
    ]


def _named(entity: Entity, site: Site) -> dict[str, Any]:
    return {
        "iri": entity.id,
        "name": entity.name or entity.id,
        "type": entity.type.value,
        "kind": entity.subtype or entity.type.value,
        "aliases": entity.aliases,
        "checked": checked(entity),
        "link": site.page_of(entity.id),
        "statements": len(site.about(entity.id)),
    }


def _document(document: Document, site: Site) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title or document.id,
        "day": date_in_words(document.published) if document.published else None,
        "link": site.page_of(document_iri(document.id, base_iri=site.base_iri)),
    }


def _by_day(documents: Iterable[Document]) -> list[Document]:
    return sorted(documents, key=lambda d: (d.published or "", d.id), reverse=True)


def _heading(statement: Statement, iri: str) -> str:
    words = labels()["predicates"][statement.predicate]
    if statement.subject == iri:
        return str(words["forward"])
    if statement.object == iri:
        return str(words.get("inverse", words["forward"]))
    return "Took place here"


def _fact(
    statement: Statement, site: Site, iri: str | None, *, document: str | None = None, sentences: int = _SENTENCES
) -> dict[str, Any]:
    """Return a statement as a page shows it: seen from an entity, or whole; by one document, or by all."""
    evidence = [e for e in statement.evidence if document is None or e.document == document]
    ends = {
        name: None if end is None else _named(site.entities[end], site)
        for name, end in (("subject", statement.subject), ("object", statement.object), ("place", statement.place))
    }
    return {
        **ends,
        "label": edge_label(statement),
        "title": statement.title,
        "symmetric": PREDICATES[statement.predicate].symmetric,
        "value": statement.literal and date_in_words(statement.literal),
        "other": ends["object"] if statement.subject == iri else ends["subject"],
        "qualifiers": qualifiers(statement),
        "doubt": doubt(statement),
        "link": site.page_of(statement.id),
        "id": statement.id,
        "checked": checked(statement),
        "by_hand": any(e.extractor == "hand" for e in statement.evidence),
        "confidence": f"{statement.confidence:.2f}",
        "sources": statement.sources,
        "sentences": [_sentence(e, site) for e in evidence[:sentences]],
        "more": max(0, len(evidence) - sentences),
    }


def _sentence(evidence: Evidence, site: Site) -> dict[str, Any]:
    document = site.documents_by_id.get(evidence.document)
    speaker = site.entities.get(evidence.attributed_to or "")
    start, end = evidence.subject
    return {
        "parts": sentence_parts(evidence),
        "document": None if document is None else _document(document, site),
        "anchor": f"#char={start},{end}",
        "speaker": None if speaker is None else _named(speaker, site),
    }


def _first(statement: Statement, document: str) -> int:
    return min((e.start for e in statement.evidence if e.document == document), default=0)


def _fits(words: Sequence[str], names: Sequence[str]) -> bool:
    return all(any(name.startswith(word) for name in names) for word in words)


def _web(iri: str) -> str | None:
    """Return an address that a reader may follow, None for what is none: no other scheme is made a link."""
    return iri if iri.startswith(("http://", "https://")) else None


def in_page_order(statements: Iterable[Statement]) -> list[Statement]:
    """Return statements as a page of an entity has them: facts first, by predicate, then by time."""
    return sorted(
        statements,
        key=lambda s: (not s.asserted, _ORDER[s.predicate], s.date or s.start or s.literal or "", s.id),
    )


def _rendered(name: str, site: Site, **values: Any) -> str:
    html = _environment().get_template(f"{name}.html.j2").render(site=site, link=site.link, **values)
    return html.encode("utf8", "replace").decode()


@cache
def _environment() -> "jinja2.Environment":
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(data_path("templates", "serve")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
