"""The interactive page: one HTML file that needs nothing but a browser.

Data travel as JSON in a script element that no browser runs, and the page's own scripts build the document with text
nodes only: no word of an article is ever read as markup. A strict content security policy stands behind that. Scripts
and styles are allowed by their hashes, and nothing may be loaded from anywhere.
"""

import base64
import hashlib
import json
from itertools import pairwise
from typing import Any

from kg.model import Evidence, Graph, RoleStatus, Statement
from kg.resources import data_path
from kg.view.drawing import EDGE_LABEL, draw, short, vis_network_script
from kg.view.finding import find_entity
from kg.view.network import check_whole
from kg.view.words import date_in_words, doubt, edge_label, labels, qualifiers

__all__ = ["marked_parts", "render_page"]

_SCRIPTS = ("data.js", "facts.js", "graph.js", "search.js", "list.js", "page.js")  # joined in this order
# Enough for "<!--", "</script" and "]]>", and for the two line ends that JavaScript has beside JSON's.
_JSON_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def render_page(graph: Graph, *, title: str, focus: str | None = None, limit: int = 400) -> str:
    """Return the page as one self-contained HTML file; equal arguments give equal bytes.

    Args:
        graph: what to show; it should be no larger than a browser can hold (some 20,000 statements).
        title: heading of the page.
        focus: name or IRI of the entity selected at first.
        limit: a graph with more connected entities than this opens with the best connected ones drawn, says so, and
            draws the others on demand; the list and the search always hold all.

    Raises:
        UnknownEntityError: no entity, or more than one, is meant by ``focus``.
        OutputError: the graph is not whole, or pyvis is damaged.
    """
    import jinja2

    check_whole(graph)
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    data = _data(graph, title=title, focus=focus, limit=limit)
    style = _template("page.css")
    vis = vis_network_script()
    script = '(() => {\n"use strict";\n' + "\n".join(map(_template, _SCRIPTS)) + "})();\n"
    html = environment.from_string(_template("page.html.j2")).render(
        title=title,
        types=labels()["types"],
        policy=_policy(styles=[style], scripts=[vis, script]),
        data=_markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_JSON_ESCAPES)),
        style=_markup(style),
        vis=_markup(vis),
        script=_markup(script),
    )
    # A lone surrogate, which JSON may carry, has no UTF-8 form; and no byte that could end the file early.
    return html.encode("utf8", "replace").decode("utf8").replace("\x00", "\ufffd")


def _data(graph: Graph, *, title: str, focus: str | None, limit: int) -> dict[str, Any]:
    entities = {e.id: i for i, e in enumerate(graph.entities)}
    documents = {d.id: i for i, d in enumerate(graph.documents)}
    words = labels()
    return {
        "title": title,
        "focus": None if focus is None else entities[find_entity(graph, focus).id],
        "limit": limit,
        "types": words["types"],
        "predicates": words["predicates"],
        "documents": [
            {"id": d.id, "title": d.title, "date": d.published and date_in_words(d.published), "source": d.source}
            for d in graph.documents
        ],
        "entities": [
            {
                "iri": e.id,
                "sameAs": e.same_as,
                "name": e.name,
                "type": e.type,
                "subtype": e.subtype,
                "aliases": e.aliases,
                "mentions": len(e.mentions),
                "documents": len({m.document for m in e.mentions}),
            }
            for e in graph.entities
        ],
        "statements": [_statement(s, entities, documents) for s in graph.statements],
        "drawing": draw(graph),
    }


def _statement(statement: Statement, entities: dict[str, int], documents: dict[str, int]) -> dict[str, Any]:
    return {
        "subject": entities[statement.subject],
        "predicate": statement.predicate,
        "object": None if statement.object is None else entities[statement.object],
        "value": statement.literal and date_in_words(statement.literal),
        "label": edge_label(statement),
        "short": short(edge_label(statement), EDGE_LABEL),
        "title": statement.title,
        "former": statement.status is RoleStatus.FORMER,
        "qualifiers": qualifiers(statement),
        "place": None if statement.place is None else entities[statement.place],
        "when": statement.date or statement.start or statement.literal or statement.end,
        "doubt": doubt(statement),
        "confidence": round(statement.confidence, 3),
        "evidence": [
            {
                "document": documents.get(e.document),
                "parts": marked_parts(e),
                "extractor": " and ".join(e.extractors),
                "source": entities.get(e.attributed_to or ""),
            }
            for e in statement.evidence
        ],
    }


def marked_parts(evidence: Evidence) -> list[list[str]]:
    """Cut a sentence into ``[text, mark]`` with mark "" or "subject", "object" or "both" over the two mentions.

    Cut here, for a browser counts offsets in UTF-16 units. A mention outside the sentence marks nothing.
    """
    spans = {"subject": evidence.subject, "object": evidence.object}
    inside = {
        name: (max(span[0] - evidence.start, 0), min(span[1] - evidence.start, len(evidence.text)))
        for name, span in spans.items()
        if span is not None
    }
    cuts = sorted({0, len(evidence.text), *(c for s, e in inside.values() if s < e for c in (s, e))})
    parts = []
    for start, end in pairwise(cuts):
        over = [name for name, (s, e) in inside.items() if s <= start and end <= e]
        parts.append([evidence.text[start:end], "both" if len(over) == 2 else "".join(over)])
    return parts


def _policy(*, styles: list[str], scripts: list[str]) -> str:
    allowed = f"style-src {_hashes(styles)}; script-src {_hashes(scripts)}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hashes(sources: list[str]) -> str:
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in sources)


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _template(name: str) -> str:
    return data_path("templates", name).read_text(encoding="utf8")
