"""A build's graph put into a SPARQL 1.1 server: as a whole, in batches, again where the server or the way failed.

By SPARQL Update the triples go into a graph beside the one meant, which takes its place by one COPY when all are there:
who asks meanwhile sees the old graph or the new one, and a push that is cut short has changed nothing but that other
graph, which the next push empties. By the Graph Store Protocol the first batch replaces the graph (PUT) and the others
add to it (POST). There is no blank node in a graph of kg, so a batch that is sent twice is there once.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from itertools import islice
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pyoxigraph as ox

from kg.errors import OutputError, UsageError
from kg.store.folder import TURTLE, check_file

__all__ = ["BATCH", "Protocol", "Target", "protocol_of", "push"]

Protocol = Literal["gsp", "update"]

BATCH = 5_000
"""Triples that are sent at once; some 500 kB."""

_STAGING = "urn:x-kg:push:"
_UPDATES = frozenset({"sparql", "update", "statements", "sparql-auth"})  # last segment of addresses that take updates
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 60.0  # seconds
_TOLD = 2_000  # bytes of what a server says of an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to push.

    Attributes:
        url: of a graph store or an update endpoint.
        protocol: which of the two.
        graph: IRI of the graph that is replaced, None for the default graph.
        authorization: value of the header of that name, None for none.
        timeout: seconds that a request may take.
        tries: how often a request is sent in all until one gets through.
        pause: seconds before the second try; each further one waits twice as long, or as long as the server says.
    """

    url: str
    protocol: Protocol
    graph: str | None = None
    authorization: str | None = None
    timeout: float = 120.0
    tries: int = 5
    pause: float = 1.0


def protocol_of(url: str) -> Protocol:
    """Return the protocol that is usual at an address: updates at ``.../update`` or ``.../sparql``, else graphs."""
    return "update" if urlsplit(url).path.rstrip("/").rpartition("/")[2] in _UPDATES else "gsp"


def push(folder: Path, target: Target, *, batch: int = BATCH, told: Callable[[int], None] = lambda _: None) -> int:
    """Make a graph of a server equal to that of a build, and return the number of its triples.

    Args:
        folder: of a build.
        target: where to.
        batch: how many triples are sent at once.
        told: called with how many have been sent so far.

    Raises:
        OutputError: the folder holds no build or a damaged one, or the server cannot be reached or refuses.
        UsageError: the address or the IRI of the graph is none.
    """
    _check(target)
    check_file(folder, TURTLE)
    batches = _batches(folder / TURTLE, batch)
    return _by_update(batches, target, told) if target.protocol == "update" else _by_graphs(batches, target, told)


def _check(target: Target) -> None:
    parts = urlsplit(target.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(f"{target.url} is no address of a server: write it like http://localhost:3030/graph/data")
    if target.graph is not None:
        try:
            ox.NamedNode(target.graph)
        except ValueError as error:
            raise UsageError(f"--graph {target.graph} is no IRI ({error}): write it in full") from error


def _batches(path: Path, size: int) -> Iterator[bytes]:
    """Yield the triples of a Turtle file as N-Triples, so many at once."""
    try:
        triples = (f"{quad.triple} .\n" for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        while lines := list(islice(triples, size)):
            yield "".join(lines).encode()
    except (SyntaxError, ValueError) as error:
        raise OutputError(f"{path} is no valid Turtle ({' '.join(str(error).split())[:100]}): build again") from error


def _by_update(batches: Iterator[bytes], target: Target, told: Callable[[int], None]) -> int:
    wanted = "DEFAULT" if target.graph is None else f"GRAPH {ox.NamedNode(target.graph)}"
    staging = ox.NamedNode(f"{_STAGING}{target.graph or 'default'}")

    def update(text: bytes) -> None:
        _send(target, target.url, "POST", text, "application/sparql-update; charset=utf-8")

    update(f"DROP SILENT GRAPH {staging}".encode())
    sent = 0
    for piece in batches:
        update(f"INSERT DATA {{ GRAPH {staging} {{\n".encode() + piece + b"} }")
        sent += piece.count(b"\n")
        told(sent)
    # COPY, not MOVE: sent again after an answer that was lost, MOVE would find nothing and could clear the graph.
    update(f"COPY GRAPH {staging} TO {wanted}".encode() if sent else f"CLEAR SILENT {wanted}".encode())
    update(f"DROP SILENT GRAPH {staging}".encode())
    return sent


def _by_graphs(batches: Iterator[bytes], target: Target, told: Callable[[int], None]) -> int:
    mark = "&" if urlsplit(target.url).query else "?"
    url = target.url + mark + ("default" if target.graph is None else urlencode({"graph": target.graph}))
    sent, method = 0, "PUT"
    for piece in batches:
        _send(target, url, method, piece, "application/n-triples")
        sent, method = sent + piece.count(b"\n"), "POST"
        told(sent)
    if not sent:
        _send(target, url, "PUT", b"", "application/n-triples")
    return sent


class _NoRedirect(HTTPRedirectHandler):
    """A redirected PUT or POST would arrive as a GET."""

    def redirect_request(self, *_: Any) -> None:
        """Follow none; it becomes an error."""


def _send(target: Target, url: str, method: str, body: bytes, content_type: str) -> None:
    """Send a request, again as long as another try may help.

    Raises:
        OutputError: none got through.
    """
    headers = {"Content-Type": content_type, "User-Agent": "kg"}
    if target.authorization is not None:
        headers["Authorization"] = target.authorization
    pause = target.pause
    for left in reversed(range(target.tries)):
        try:
            request = Request(url, data=body, headers=headers, method=method)
            with build_opener(_NoRedirect).open(request, timeout=target.timeout) as response:
                response.read(_TOLD)
            return
        except HTTPError as error:
            with error:
                said = " ".join(error.read(_TOLD).decode("utf8", "replace").split())[:200]
                said = error.headers.get("Location") or said
                reason, final = f"{error.code} {error.reason}: {said}", error.code not in _AGAIN
                pause = max(pause, _retry_after(error.headers.get("Retry-After")))
        except URLError as error:
            reason, final = str(error.reason), False
        except (OSError, HTTPException) as error:
            reason, final = str(error) or type(error).__name__, False
        except ValueError as error:
            raise UsageError(f"{url} is no address of a server ({error})") from error
        if final or not left:
            raise OutputError(f"{url} does not take the graph ({reason}): {_remedy(reason)}")
        time.sleep(min(pause, _LONGEST_WAIT))
        pause *= 2


def _remedy(reason: str) -> str:
    if reason.startswith("30"):
        return "it sends elsewhere, push to the address that it gives"
    match reason[:4]:
        case "401 " | "403 ":
            return "give a --user who may write there, and the password in KG_PUSH_PASSWORD"
        case "404 " | "405 " | "415 ":
            return "check the address, or choose the other protocol with --by"
    return "check the server and push again, which does no harm"


def _retry_after(value: str | None) -> float:
    return float(value) if value is not None and value.isascii() and value.isdigit() else 0.0
