"""A build's graph put into a SPARQL 1.1 server: as a whole, in batches, again where the server or the way failed.

By SPARQL Update the triples go into a graph beside the one meant, which takes its place by one COPY when all are there:
who asks meanwhile sees the old graph or the new one, and a push that is cut short has changed nothing but that other
graph, which the next push empties. By the Graph Store Protocol the first batch replaces the graph (PUT) and the others
add to it (POST). There is no blank node in a graph of kg, so a batch that is sent twice is there once. The vocabulary
goes into a graph of its own, as in the store of a build: named queries take the labels of relations and posts from it.
"""

import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from itertools import islice
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)

import pyoxigraph as ox

from kg.errors import OutputError, UsageError
from kg.store.disk import ONTOLOGY_GRAPH, is_named, read_ontology
from kg.store.folder import TURTLE, check_file

__all__ = ["BATCH", "Protocol", "Target", "protocol_of", "push"]

Protocol = Literal["gsp", "update"]

BATCH = 1_000
"""Triples that are sent at once, some 100 kB; Virtuoso parses no update of 5,000."""

_STAGING = "urn:x-kg:push:"
_UPDATES = frozenset({"sparql", "update", "statements", "sparql-auth"})  # last segment of addresses that take updates
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_WHO_ASKS = frozenset({401, 403})
_LONGEST_WAIT = 60.0  # seconds
_TOLD = 2_000  # bytes of what a server says of an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to push.

    Attributes:
        url: of a graph store or an update endpoint.
        protocol: which of the two.
        graph: IRI of the graph that is replaced, None for the default graph.
        login: name and password, given when the server asks for them, by Basic or Digest; None for none.
        timeout: seconds that a request may take.
        tries: how often a request is sent in all until one gets through.
        pause: seconds before the second try; each further one waits twice as long, or as long as the server says.
    """

    url: str
    protocol: Protocol
    graph: str | None = None
    login: tuple[str, str] | None = None
    timeout: float = 120.0
    tries: int = 5
    pause: float = 1.0


def protocol_of(url: str) -> Protocol:
    """Return the protocol that is usual at an address: updates at ``.../update`` or ``.../sparql``, else graphs."""
    return "update" if urlsplit(url).path.rstrip("/").rpartition("/")[2] in _UPDATES else "gsp"


def push(folder: Path, target: Target, *, batch: int = BATCH, told: Callable[[int], None] = lambda _: None) -> int:
    """Make a graph of a server equal to that of a build, and return the number of its triples.

    The vocabulary, but for what has no name in it, is put beside it into ``ONTOLOGY_GRAPH``.

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
    put = _by_update if target.protocol == "update" else _by_graphs
    server = _Server(target)
    sent = put(_batches(_turtle(folder / TURTLE), batch), server, target.graph, told)
    vocabulary = (quad.triple for quad in read_ontology()[0] if is_named(quad))
    put(_batches(vocabulary, batch), server, ONTOLOGY_GRAPH.value, lambda _: None)
    return sent


def _check(target: Target) -> None:
    parts = urlsplit(target.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(f"{target.url} is no address of a server: write it like http://localhost:3030/graph/data")
    if target.graph is not None:
        try:
            ox.NamedNode(target.graph)
        except ValueError as error:
            raise UsageError(f"--graph {target.graph} is no IRI ({error}): write it in full") from error
        if target.graph == ONTOLOGY_GRAPH.value:
            raise UsageError(f"--graph {target.graph} is where the vocabulary goes: name another")


def _batches(triples: Iterable[ox.Triple], size: int) -> Iterator[bytes]:
    """Yield triples as N-Triples, so many at once."""
    lines = (f"{triple} .\n" for triple in triples)
    while piece := "".join(islice(lines, size)):
        yield piece.encode()


def _turtle(path: Path) -> Iterator[ox.Triple]:
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise OutputError(f"{path} is no valid Turtle ({' '.join(str(error).split())[:100]}): build again") from error


def _by_update(batches: Iterator[bytes], server: "_Server", graph: str | None, told: Callable[[int], None]) -> int:
    wanted = "DEFAULT" if graph is None else f"GRAPH {ox.NamedNode(graph)}"
    staging = ox.NamedNode(f"{_STAGING}{graph or 'default'}")

    def update(text: bytes) -> None:
        server.send(server.target.url, "POST", text, "application/sparql-update; charset=utf-8")

    def forget() -> None:
        update(f"DROP SILENT GRAPH {staging}".encode())

    forget()
    sent = 0
    try:
        for piece in batches:
            update(f"INSERT DATA {{ GRAPH {staging} {{\n".encode() + piece + b"} }")
            sent += piece.count(b"\n")
            told(sent)
        # COPY, not MOVE: sent again after an answer that was lost, MOVE would find nothing and could clear the graph.
        update(f"COPY GRAPH {staging} TO {wanted}".encode() if sent else f"CLEAR SILENT {wanted}".encode())
    except (
        _RefusedError
    ):  # it is there to be told so; where the default graph is all graphs, a rest would be asked, too
        with suppress(OutputError):
            forget()
        raise
    forget()
    return sent


def _by_graphs(batches: Iterator[bytes], server: "_Server", graph: str | None, told: Callable[[int], None]) -> int:
    address = server.target.url
    mark = "&" if urlsplit(address).query else "?"
    url = address + mark + ("default" if graph is None else urlencode({"graph": graph}))
    sent, method = 0, "PUT"
    for piece in batches:
        server.send(url, method, piece, "application/n-triples")
        sent, method = sent + piece.count(b"\n"), "POST"
        told(sent)
    if not sent:
        server.send(url, "PUT", b"", "application/n-triples")
    return sent


class _RefusedError(OutputError):
    """The server is there and does not take it."""


class _NoRedirect(HTTPRedirectHandler):
    """A redirected PUT or POST would arrive as a GET."""

    def redirect_request(self, *_: Any) -> None:
        """Follow none; it becomes an error."""


class _Login:
    """Who sends a request: not said before the server asks, then as it asks, by Digest or Basic, with every request."""

    def __init__(self, url: str, name: str, password: str) -> None:
        logins = HTTPPasswordMgrWithDefaultRealm()
        logins.add_password(None, url, name, password)
        self._digest, self._challenge = HTTPDigestAuthHandler(logins), dict[str, str]()
        self._basic, self._asked = b64encode(f"{name}:{password}".encode()).decode(), False

    def sign(self, request: Request) -> None:
        """Put the login into a request, if it is asked for."""
        if self._challenge:
            said = self._digest.get_authorization(request, self._challenge)
            request.add_header("Authorization", f"Digest {said}")
        elif self._asked:
            request.add_header("Authorization", f"Basic {self._basic}")

    def learn(self, challenges: Iterable[str]) -> bool:
        """Take up a refusal; whether the request may get through when it is signed anew."""
        new, self._asked = not self._asked, True
        for scheme, _, rest in (challenge.partition(" ") for challenge in challenges):
            found = parse_keqv_list(parse_http_list(rest)) if scheme.casefold() == "digest" else {}
            if {"realm", "nonce"} <= found.keys():
                self._challenge = found
                return new or found.get("stale", "").casefold() == "true"
        return new


class _Server:
    """The server that is pushed to."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._opener = build_opener(_NoRedirect)
        self._login = None if target.login is None else _Login(target.url, *target.login)

    def send(self, url: str, method: str, body: bytes, content_type: str) -> None:
        """Send a request, again as long as another try may help.

        Raises:
            OutputError: none got through.
        """
        pause = self.target.pause
        for left in reversed(range(self.target.tries)):
            try:
                self._ask(url, method, body, content_type)
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
                kind = _RefusedError if final else OutputError
                raise kind(f"{url} does not take the graph ({reason}): {_remedy(reason, self.target.graph)}")
            time.sleep(min(pause, _LONGEST_WAIT))
            pause *= 2

    def _ask(self, url: str, method: str, body: bytes, content_type: str) -> None:
        request = Request(url, data=body, headers={"Content-Type": content_type, "User-Agent": "kg"}, method=method)
        if self._login is not None:
            self._login.sign(request)
        try:
            with self._opener.open(request, timeout=self.target.timeout) as response:
                response.read(_TOLD)
        except HTTPError as error:
            asked = error.headers.get_all("WWW-Authenticate") or ()
            if error.code not in _WHO_ASKS or self._login is None or not self._login.learn(asked):
                raise
            error.close()
            self._ask(url, method, body, content_type)


def _remedy(reason: str, graph: str | None) -> str:
    if reason.startswith("30"):
        return "it sends elsewhere, push to the address that it gives"
    match reason[:4]:
        case "400 " | "500 " if graph is None:
            return "check the server, or name a --graph where it has no default graph to write to"
        case "401 " | "403 ":
            return "give a --user who may write there, and the password in KG_PUSH_PASSWORD"
        case "404 " | "405 " | "415 ":
            return "check the address, or choose the other protocol with --by"
    return "check the server and push again, which does no harm"


def _retry_after(value: str | None) -> float:
    return float(value) if value is not None and value.isascii() and value.isdigit() else 0.0
