"""The interactive page: one HTML file that needs nothing but a browser.

Data travel as JSON in a script element that no browser runs, and the page's own scripts build the document with text
nodes only: no word of an article is ever read as markup. A strict content security policy stands behind that. Scripts
and styles are allowed by their hashes, and nothing may be loaded from anywhere.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.finding import find
from kg.model import Graph
from kg.resources import data_path
from kg.view.drawing import draw, vis_network_script
from kg.view.network import check_whole
from kg.view.records import page_records
from kg.view.words import labels

__all__ = ["LIMIT", "Opening", "page_title", "render_page"]

LIMIT = 2_000  # entities drawn at first

# Joined in this order, one scope: a script uses what those before it declare, and what those after it do when called.
_SCRIPTS = (
    *("data", "words", "state", "filter", "layout", "theme", "graph", "names", "path", "sentence", "facts", "panel"),
    *("article", "search", "filters", "timeline", "list", "table", "picture", "keep", "page"),
)
# Enough for "<!--", "</script" and "]]>", and for the two line ends that JavaScript has beside JSON's.
_JSON_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How the page stands when it is opened; whoever looks at it may change all of it there.

    ``since``, ``until`` and ``as_of`` are ISO dates, ``confidence`` the least shown (0..1), ``document`` the id of one,
    ``source`` and ``role`` as the graph has them (of a role's IRI the last part is enough). ``doubtful`` shows what is
    denied, planned or possible, too; ``tab`` is "graph", "list" or "table".
    """

    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    confidence: float = 0.0
    document: str | None = None
    source: str | None = None
    role: str | None = None
    doubtful: bool = False
    timeline: bool = False
    tab: str = "graph"


def render_page(
    graph: Graph,
    *,
    title: str,
    focus: str | Sequence[str] | None = None,
    limit: int = LIMIT,
    opening: Opening | None = None,
) -> str:
    """Return the page as one self-contained HTML file; equal arguments give equal bytes.

    Args:
        graph: what to show; 20,000 entities still open.
        title: heading of the page.
        focus: name or IRI of the entity selected at first; of several, all are drawn with their neighbours.
        limit: a graph with more linked entities than this opens with the most central ones drawn, and says so; the
            others are found by search and drawn on demand. List, table and search always hold all.
        opening: filters and view at first.

    Raises:
        UnknownEntityError: no entity, or more than one, is meant by ``focus``.
        OutputError: the graph is not whole, or pyvis is damaged.
    """
    import jinja2

    check_whole(graph)
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    wanted = [focus] if isinstance(focus, str) else list(focus or ())
    index = {e.id: i for i, e in enumerate(graph.entities)}
    drawing = draw(graph, limit=limit)
    data = {
        "title": title,
        "focus": [index[find(graph.entities, name).id] for name in wanted],
        "limit": limit,
        "opening": {k: v for k, v in asdict(opening or Opening()).items() if v},
        **page_records(graph, drawing_bytes=len(_json(drawing))),
        "drawing": drawing,
    }
    style = _template("page.css")
    vis = vis_network_script()
    script = '(() => {\n"use strict";\n' + "\n".join(_template(f"{name}.js") for name in _SCRIPTS) + "})();\n"
    html = environment.from_string(_template("page.html.j2")).render(
        title=title,
        types=labels()["types"],
        policy=_policy(styles=[style], scripts=[vis, script]),
        data=_markup(_json(data).translate(_JSON_ESCAPES)),
        style=_markup(style),
        vis=_markup(vis),
        script=_markup(script),
    )
    # A lone surrogate, which JSON may carry, has no UTF-8 form; and no byte that could end the file early.
    return html.encode("utf8", "replace").decode("utf8").replace("\x00", "\ufffd")


def page_title(graph: Graph) -> str:
    """Return what the page of a whole build is headed by."""
    documents = graph.documents
    return documents[0].title or documents[0].id if len(documents) == 1 else f"{len(documents)} articles"


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


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
