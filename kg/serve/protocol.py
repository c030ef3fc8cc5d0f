"""The SPARQL 1.1 protocol: a query in, its answer out in the format that the client likes best.

The answer is put together before anything is sent, in memory or, if it is long, in a file without a name: so whatever
goes wrong is told by a status, and a client that takes its time holds no query's process.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from kg.errors import KgError, QueryError, QueryLimitError
from kg.serve.limits import Places, read_body
from kg.serve.negotiation import preferred
from kg.store import Format, Store
from kg.store.formats import MEDIA_TYPES

__all__ = ["METHODS", "RESULTS", "TRIPLES", "AskedQuery", "Limits", "answer", "question"]

METHODS = "GET, HEAD, POST, OPTIONS"

RESULTS = {
    MEDIA_TYPES[Format.JSON]: Format.JSON,
    MEDIA_TYPES[Format.XML]: Format.XML,
    MEDIA_TYPES[Format.CSV]: Format.CSV,
    MEDIA_TYPES[Format.TSV]: Format.TSV,
    "application/json": Format.JSON,
    "application/xml": Format.XML,
    "text/xml": Format.XML,
}
"""Formats of rows by the media types that stand for them."""

TRIPLES = {
    MEDIA_TYPES[Format.TURTLE]: Format.TURTLE,
    MEDIA_TYPES[Format.N_TRIPLES]: Format.N_TRIPLES,
    MEDIA_TYPES[Format.JSON_LD]: Format.JSON_LD,
    MEDIA_TYPES[Format.RDF_XML]: Format.RDF_XML,
    "text/plain": Format.N_TRIPLES,
    "application/json": Format.JSON_LD,
    "application/xml": Format.RDF_XML,
}
"""Formats of triples by the media types that stand for them."""

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_READ_ONLY = "this endpoint is read only: a graph is changed by its articles and `kg build`, not by an update"
_NOTHING = "urn:x-kg:nothing"  # the graph of a dataset that was named without one of this kind
_MAX_FIELDS = 1_000
_IN_MEMORY = 2**20  # bytes of an answer
_PIECE = 2**16


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a query may take.

    Attributes:
        seconds: until it is given up.
        memory: bytes beyond the graph.
        rows: of its answer, triples likewise.
        size: bytes of its answer.
    """

    seconds: float
    memory: int
    rows: int
    size: int = 2**27


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuery:
    """A query, what it is to be asked of, and what its answer may look like."""

    sparql: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    accept: str


async def question(request: Request) -> AskedQuery | None:
    """Return what a request asks, None for one without a query, which asks what the endpoint is.

    Raises:
        HTTPException: it is no request that the protocol knows, or one to change the graph.
    """
    fields = _fields(request.url.query)
    queries = [value for name, value in fields if name == "query"]
    if request.method == "POST":
        body, kind = await read_body(request), request.headers.get("content-type", "")
        kind = kind.partition(";")[0].strip().lower()
        if kind == _FORM:
            fields += _fields(_text(body))
            queries = [value for name, value in fields if name == "query"]
        elif kind == _QUERY:
            queries.append(_text(body))
        elif kind == _UPDATE:
            raise HTTPException(403, _READ_ONLY)
        else:
            raise HTTPException(415, f"a query is sent as {_FORM} or {_QUERY}, not as {kind[:100] or 'nothing'}")
    if any(name == "update" for name, _ in fields):
        raise HTTPException(403, _READ_ONLY)
    if len(queries) > 1:
        raise HTTPException(400, "give one query, not several")
    if not queries:
        if request.method == "POST":
            raise HTTPException(400, "there is no query: send it as the field 'query'")
        return None
    return AskedQuery(
        sparql=queries[0],
        default_graphs=tuple(value for name, value in fields if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in fields if name == "named-graph-uri"),
        accept=request.headers.get("accept", ""),
    )


async def answer(asked: AskedQuery, store: Store, *, places: Places, limits: Limits) -> Response:
    """Return the answer to a question: 200, or 400 for a query that is wrong, 406, 500 or 503 and why."""
    try:
        written, media_type = await places.run(lambda: _written(asked, store, limits))
    except QueryLimitError as error:
        return PlainTextResponse(f"{error}\n", 503)
    except QueryError as error:
        return PlainTextResponse(f"{error}\n", 400)
    except KgError as error:
        return PlainTextResponse(f"{error}\n", 500)
    size = written.tell()
    written.seek(0)
    headers = {"Content-Length": str(size), "Vary": "Accept"}
    return StreamingResponse(_pieces(written), media_type=media_type, headers=headers)


def _written(asked: AskedQuery, store: Store, limits: Limits) -> tuple[IO[bytes], str]:
    """Write the answer to a file and return it with its media type."""
    with store.stream(
        asked.sparql,
        limit=limits.rows,
        timeout=limits.seconds,
        memory=limits.memory,
        default_graphs=asked.default_graphs or ((_NOTHING,) if asked.named_graphs else None),
        named_graphs=asked.named_graphs or ((_NOTHING,) if asked.default_graphs else None),
    ) as found:
        offers = TRIPLES if found.form == "construct" else RESULTS
        format_ = preferred(asked.accept, offers)
        if format_ is None:
            raise HTTPException(406, f"the answer can be had as {', '.join(offers)}")
        output: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed when it has been sent)
        try:
            for piece in found.text(format_):
                output.write(piece.encode("utf8", "replace"))
                if output.tell() > limits.size:
                    raise QueryError(f"the answer has more than {limits.size // 2**20:,} MB: ask for less at once")
            if found.truncated:
                raise QueryError(
                    f"the answer has more than {limits.rows:,} rows: add a LIMIT, or take parts by ORDER BY and OFFSET"
                )
        except BaseException:
            output.close()
            raise
        return output, MEDIA_TYPES[format_]


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _fields(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except ValueError as error:
        raise HTTPException(400, "the fields of the request cannot be read: encode them as UTF-8") from error


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the query is no UTF-8 (byte {error.start}): encode it as such") from error
