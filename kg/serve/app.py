"""The addresses of the server and what answers at each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.errors import KgError, UnknownEntityError, UsageError
from kg.finding import find
from kg.model import EntityType
from kg.resources import data_path
from kg.serve import pages
from kg.serve.editing import Editing
from kg.serve.limits import Places
from kg.serve.middleware import QUERY_POLICY, Guard
from kg.serve.negotiation import preferred
from kg.serve.protocol import METHODS, TRIPLES, Limits, answer, question
from kg.serve.site import Current, Site
from kg.serve.triples import described_in_rdf, document_triples, rdf_text, service_description
from kg.store import Format

__all__ = ["Options", "application"]

_FILES = {
    "serve.css": ("templates", "serve", "serve.css"),
    "query.js": ("templates", "serve", "query.js"),
    "edit.js": ("templates", "serve", "edit.js"),
    "yasgui.min.js": ("vendor", "yasgui", "yasgui.min.js"),
    "yasgui.min.css": ("vendor", "yasgui", "yasgui.min.css"),
    "yasgui-notices.txt": ("vendor", "yasgui", "NOTICES.txt"),
}
_HTML = "html"
_OFFERS: dict[str, Format | str] = {"text/html": _HTML, "application/xhtml+xml": _HTML, **TRIPLES}
_BY_NAME: dict[str, Format | str] = {format_.value: format_ for format_ in TRIPLES.values()} | {_HTML: _HTML}
_MOST_HOPS = 3
_DRAWN = 20_000  # statements that a browser can hold, and of one entity in RDF
_LONGEST_IRI = 2_000  # characters; a query holds it three times
_HERE = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to serve.

    Attributes:
        base_url: address that the server has from outside, behind a proxy; empty for that of this machine.
        limits: what a query may take.
        queries: how many queries run at once.
        waiting: how many requests may wait for a place, and for how many seconds.
        patience: these seconds.
        editing: how the graph is changed on its pages; without it the server only reads.
    """

    base_url: str = ""
    limits: Limits = field(default_factory=lambda: Limits(seconds=30.0, memory=2**29, rows=100_000))
    queries: int = 4
    waiting: int = 200
    patience: float = 30.0
    editing: Editing | None = None


def application(folder: Path, options: Options) -> ASGIApp:
    """Return the server of a build's folder.

    Raises:
        OutputError: the folder holds no build, or one that is damaged.
    """
    server = _Server(folder, options)
    routes = [
        Route("/sparql", server.sparql, methods=["GET", "POST", "OPTIONS"]),
        Route("/", server.home),
        Route("/query", server.query),
        Route("/search", server.search),
        Route("/documents", server.documents),
        Route("/graph", server.graph),
        Route("/entity", server.by_iri),
        Route("/favicon.ico", server.no_icon),
        Route("/static/{name}", server.static),
        *(
            [Route("/edit", server.edit, methods=["POST"]), Route("/decisions", server.decisions)]
            * bool(options.editing)
        ),
        Route("/{path:path}", server.by_path),
    ]
    handlers: Any = {HTTPException: server.refused, KgError: server.failed, Exception: server.crashed}
    outside = urlsplit(options.base_url).hostname
    return Guard(
        Starlette(routes=routes, exception_handlers=handlers),
        hosts=(*_HERE, *([outside] if outside else [])),
        prefix=urlsplit(options.base_url).path.rstrip("/"),
    )


class _Server:
    def __init__(self, folder: Path, options: Options) -> None:
        self._options = options
        self._current = Current(folder, base_url=options.base_url, editing=options.editing is not None)
        self._queries = Places(running=options.queries, waiting=options.waiting, patience=options.patience)
        self._pages = Places(running=2, waiting=options.waiting, patience=options.patience)

    async def sparql(self, request: Request) -> Response:
        """Answer by the SPARQL protocol; a browser that brings no query is shown where to write one."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": METHODS})
        asked, site = await question(request), await self._current.site()
        if asked is not None:
            return await answer(asked, site.store, places=self._queries, limits=self._options.limits)
        format_ = preferred(request.headers.get("accept", ""), {**TRIPLES, "text/html": _HTML})
        if format_ == _HTML:
            return RedirectResponse(site.link("/query"), 303, headers={"Vary": "Accept"})
        if not isinstance(format_, Format):
            raise HTTPException(406, f"the description of this endpoint can be had as {', '.join(TRIPLES)}")
        return await self._pages.run(partial(self._description, site, self._address(request), format_))

    async def home(self, _: Request) -> Response:
        return await self._page(pages.home_page)

    async def query(self, _: Request) -> Response:
        return await self._page(pages.query_page, {"Content-Security-Policy": QUERY_POLICY})

    async def documents(self, request: Request) -> Response:
        return await self._page(partial(pages.documents_page, page=_number(request)))

    async def search(self, request: Request) -> Response:
        type_ = request.query_params.get("type")
        known = type_ if type_ in {kind.value for kind in EntityType} else None
        text = request.query_params.get("q", "")[:200]
        return await self._page(partial(pages.search_page, text=text, type_=known, page=_number(request)))

    async def graph(self, request: Request) -> Response:
        """Show the interactive page: of the build, or of what lies around one entity."""
        site, focus = await self._current.site(), request.query_params.get("focus")
        hops = _number(request, "hops", most=_MOST_HOPS)
        html = await self._pages.run(partial(_drawn, site, focus, hops))
        return HTMLResponse(html, headers={"Content-Security-Policy": pages.page_policy(html)})

    async def by_iri(self, request: Request) -> Response:
        """Answer what an IRI is that lies elsewhere."""
        return await self._resource(request, await self._current.site(), request.query_params.get("iri", ""))

    async def by_path(self, request: Request) -> Response:
        """Answer what the IRI is that ends in this path."""
        site = await self._current.site()
        iri = site.iri_at(request.scope.get("raw_path", b"").decode("latin-1") or request.url.path)
        if iri is None:
            raise HTTPException(404, "there is nothing here: the search finds people, organizations and places")
        return await self._resource(request, site, iri)

    async def static(self, request: Request) -> Response:
        parts = _FILES.get(request.path_params["name"])
        if parts is None:
            raise HTTPException(404, "there is no such file")
        return FileResponse(data_path(*parts), headers={"Cache-Control": "max-age=3600"})

    async def edit(self, request: Request) -> Response:
        """Change the graph; the answer says in words what was decided, or why it cannot be."""
        editing = self._editing
        action, fields = await editing.asked(request)
        try:
            words = await editing.places.run(partial(editing.decide, action, fields))
        except UsageError as error:
            return JSONResponse({"said": str(error)}, 409)
        return JSONResponse({"said": words})

    async def decisions(self, _: Request) -> Response:
        made = await self._pages.run(self._editing.decisions)
        return await self._page(partial(pages.decisions_page, decisions=made))

    @property
    def _editing(self) -> Editing:
        if self._options.editing is None:
            raise HTTPException(404, "this server only reads: `kg edit` corrects")
        return self._options.editing

    async def no_icon(self, _: Request) -> Response:
        return Response(status_code=204, headers={"Cache-Control": "max-age=86400"})

    async def refused(self, request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if error.status_code == 405 and request.url.path == "/sparql":
            headers["Allow"] = METHODS
        return self._failure(request, error.status_code, str(error.detail), headers)

    async def failed(self, request: Request, error: KgError) -> Response:
        return self._failure(request, 404 if isinstance(error, UnknownEntityError) else 500, str(error), {})

    async def crashed(self, request: Request, _: Exception) -> Response:
        return self._failure(request, 500, "an error of kg itself: the terminal of kg serve tells more", {})

    def _failure(self, request: Request, status: int, message: str, headers: dict[str, str]) -> Response:
        accept = request.headers.get("accept", "")
        if preferred(accept, {"text/plain": "", "text/html": _HTML}) == _HTML:
            return HTMLResponse(pages.error_page(self._current.last, status, message), status, headers)
        return PlainTextResponse(f"{message}\n", status, headers)

    async def _page(self, make: Callable[[Site], str], headers: Mapping[str, str] | None = None) -> Response:
        site = await self._current.site()
        return HTMLResponse(await self._pages.run(partial(make, site)), headers=headers)

    async def _resource(self, request: Request, site: Site, iri: str) -> Response:
        """Answer what an IRI is, as a page or in RDF."""
        if iri in site.merged and iri not in site.entities:
            return RedirectResponse(site.page_of(site.merged[iri]), 301)
        name = request.query_params.get("format")
        format_ = preferred(request.headers.get("accept", ""), _OFFERS) if name is None else _BY_NAME.get(name)
        if format_ is None:
            raise HTTPException(406, f"this can be had as {', '.join(_OFFERS)}")
        found = await self._pages.run(partial(_found, site, iri, format_, _number(request)))
        if found is None:
            raise HTTPException(404, "the graph has nothing of that name: the search finds what there is")
        text, media_type = found
        return Response(text, media_type=f"{media_type}; charset=utf-8", headers={"Vary": "Accept"})

    def _address(self, request: Request) -> str:
        base = self._options.base_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"
        return f"{base}/sparql"

    def _description(self, site: Site, address: str, format_: Format) -> Response:
        counted = site.store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
        triples = int(counted.value) if isinstance(counted, ox.Literal) else 0
        said = service_description(address, graphs=site.documents, triples=triples)
        text, media_type = rdf_text(said, format_, base_iri=site.base_iri)
        return Response(text, media_type=media_type, headers={"Vary": "Accept"})


def _found(site: Site, iri: str, format_: Format | str, page: int) -> tuple[str, str] | None:
    """Return the page of an IRI, or its triples, and the media type; None where nothing is said of it."""
    html = _html(site, iri, page) if format_ == _HTML else None
    if html is not None:
        return html, "text/html"
    triples = _triples(site, iri)
    if triples is None:
        return None
    if not isinstance(format_, Format):  # what has no page of its own is shown as Turtle
        return rdf_text(triples, Format.TURTLE, base_iri=site.base_iri)[0], "text/plain"
    return rdf_text(triples, format_, base_iri=site.base_iri)


def _html(site: Site, iri: str, page: int) -> str | None:
    if (entity := site.entities.get(iri)) is not None:
        statements = pages.in_page_order(site.about(iri))
        shown = statements[(page - 1) * pages.FACTS : page * pages.FACTS]
        return pages.entity_page(site, entity, shown, page=page, count=len(statements))
    if (document := site.documents.get(iri)) is not None:
        return pages.text_page(site, document, page=page)
    if (statement := site.statements.get(iri)) is not None:
        return pages.statement_page(site, statement)
    return None


def _triples(site: Site, iri: str) -> Iterator[ox.Triple] | None:
    if iri in site.entities:
        statements = site.about(iri)
        if len(statements) > _DRAWN:
            raise HTTPException(400, f"more than {_DRAWN:,} statements name it: ask the endpoint for them in parts")
        return described_in_rdf(site.part(statements, iri), base_iri=site.base_iri)
    if (document := site.documents.get(iri)) is not None:
        told = site.told.get(document.id, ())
        names = {who for _, _, who in site.mentions.get(document.id, ())}
        part = site.part(told, *names, documents=(document.id,))
        return document_triples(part, iri, base_iri=site.base_iri)
    if (statement := site.statements.get(iri)) is not None:
        return described_in_rdf(site.part([statement]), base_iri=site.base_iri)
    return _of_the_store(site, iri)


def _of_the_store(site: Site, iri: str) -> Iterator[ox.Triple] | None:
    """Return the triples of anything else: evidence, an extractor, a role concept, a term of the vocabulary."""
    if len(iri) > _LONGEST_IRI:
        return None
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return None
    pattern = f"{{ {node} ?p ?o }} UNION {{ GRAPH <https://kg.example/ontology> {{ {node} ?p ?o }} }}"
    rows = site.store.query(f"CONSTRUCT {{ {node} ?p ?o }} WHERE {{ {pattern} }}").rows
    return (ox.Triple(*row) for row in rows) if rows else None  # type: ignore[arg-type]


def _drawn(site: Site, focus: str | None, hops: int) -> str:
    from kg.store.folder import PAGE, read_files
    from kg.view.network import select
    from kg.view.page import render_page

    if focus is None:
        return read_files(site.folder, PAGE)[0].decode("utf8", "replace")
    start = find(site.graph.entities, focus)
    part = select(site.graph, focus=start.id, hops=hops)
    if len(part.statements) > _DRAWN:
        raise HTTPException(400, f"more than {_DRAWN:,} statements lie so near: take fewer hops, or a smaller entity")
    return render_page(part, title=start.name, focus=start.id)


def _number(request: Request, name: str = "page", *, most: int = 100_000) -> int:
    text = request.query_params.get(name, "1")
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 7 else 1
