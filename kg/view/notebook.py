"""The interactive page inside a notebook."""

from collections.abc import Sequence
from typing import Any

from kg.model import Graph
from kg.view.page import LIMIT, Opening, page_title, render_page

__all__ = ["Shown", "show"]


class Shown:
    """A page that Jupyter and its like show by themselves; ``html`` is the page, to write to a file.

    It runs in a frame of its own that may run its scripts and save files, and nothing else.
    """

    def __init__(self, html: str, *, height: int) -> None:
        self.html = html
        self._height = height

    def _repr_html_(self) -> str:
        from markupsafe import escape

        allowed = "allow-scripts allow-downloads allow-popups allow-modals"
        style = "border: 1px solid #8884; border-radius: 8px"
        return (
            f'<iframe title="kg" sandbox="{allowed}" width="100%" height="{self._height}" style="{style}" '
            f'srcdoc="{escape(self.html)}"></iframe>'
        )

    def __repr__(self) -> str:
        return (
            f"<the page of a graph, {len(self.html):,} characters: shown by a notebook, or write its .html to a file>"
        )


def show(
    graph: Graph,
    *,
    focus: str | Sequence[str] | None = None,
    title: str | None = None,
    height: int = 720,
    limit: int = LIMIT,
    **opening: Any,
) -> Shown:
    """Show a graph in a notebook, as ``kg view`` does in a browser.

    Args:
        graph: one that ``kg.load`` gave, or a part of it (``kg.view.network.select``).
        focus: name or IRI of the entity selected at first; of several, all are drawn with their neighbours.
        title: heading of the page.
        height: of the frame, in pixels.
        limit: how many entities are drawn at first.
        opening: how the page opens, as the fields of ``kg.view.page.Opening``: ``since``, ``as_of``, ``doubtful``, ...

    Raises:
        OutputError: the graph is not whole.
        UnknownEntityError: no entity, or more than one, is meant by ``focus``.
    """
    html = render_page(graph, title=title or page_title(graph), focus=focus, limit=limit, opening=Opening(**opening))
    return Shown(html, height=height)
