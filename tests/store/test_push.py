"""A graph pushed into a real Oxigraph server and read back equal; servers that fail, redirect or refuse."""

import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.errors import OutputError, UsageError
from kg.mapping import to_turtle
from kg.store import open_source, write_build
from kg.store.disk import ONTOLOGY_GRAPH, is_named, read_ontology
from kg.store.push import Target, protocol_of, push

BASE = "https://kg.example/"
OXIGRAPH = next(
    filter(None, (shutil.which("oxigraph", path=str(Path(sys.executable).parent)), shutil.which("oxigraph"))), None
)
needs_oxigraph = pytest.mark.skipif(OXIGRAPH is None, reason="needs the oxigraph server")
GRAPH, ONTOLOGY = "https://news.example/graph", ONTOLOGY_GRAPH.value


@pytest.fixture(scope="module")
def built(graph, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pushed") / "graph"
    write_build(graph, folder, turtle=to_turtle(graph, base_iri=BASE), page="")
    return folder


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory):
    """The address of an Oxigraph server with some other graph in it."""
    folder = tmp_path_factory.mktemp("oxigraph")
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as free:
        port = free.server_port
    command = [str(OXIGRAPH), "serve", "--location", str(folder / "db"), "--bind", f"127.0.0.1:{port}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{url}/query?query=ASK%7B%7D", timeout=5).close()
                break
            except URLError:
                time.sleep(0.05)
        request = urllib.request.Request(
            f"{url}/store?graph=urn%3Aother", data=b"<urn:a> <urn:b> <urn:c> .", headers={"Content-Type": "text/turtle"}, method="PUT"
        )  # fmt: skip
        urllib.request.urlopen(request, timeout=30).close()
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def whole(folder):
    """The triples of a build as Oxigraph keeps them: every whole number is an xsd:integer."""
    store = ox.Store()
    store.bulk_load(path=str(folder / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    return {quad.triple for quad in store}


def read_back(url, graph):
    where = "default" if graph is None else f"graph={quote(graph, safe='')}"
    request = urllib.request.Request(f"{url}/store?{where}", headers={"Accept": "application/n-triples"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return {quad.triple for quad in ox.parse(response.read(), format=ox.RdfFormat.N_TRIPLES)}


@needs_oxigraph
@pytest.mark.parametrize("graph_iri", [None, GRAPH])
@pytest.mark.parametrize(("protocol", "path"), [("gsp", "/store"), ("update", "/update")])
def test_what_is_pushed_is_read_back_equal(built, oxigraph, protocol, path, graph_iri):
    target = Target(url=oxigraph + path, protocol=protocol, graph=graph_iri)
    sent = []
    for batch in (7, 10_000):  # again, in other batches: nothing changes
        assert push(built, target, batch=batch, told=sent.append) == len(whole(built))
        assert read_back(oxigraph, graph_iri) == whole(built)
    assert sent[:2] == [7, 14]
    assert len(read_back(oxigraph, "urn:other")) == 1
    listed = open_source(f"{oxigraph}/query").query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert {row[0].value for row in listed.rows} <= {GRAPH, ONTOLOGY, "urn:other"}
    vocabulary = {quad.triple for quad in read_ontology()[0] if is_named(quad)}
    assert read_back(oxigraph, ONTOLOGY) == vocabulary


@needs_oxigraph
@pytest.mark.parametrize(("protocol", "path"), [("gsp", "/store"), ("update", "/update")])
def test_what_was_there_is_replaced(built, oxigraph, protocol, path):
    stale = b"<urn:stale> <urn:b> <urn:c> ."
    url = f"{oxigraph}/store?graph={quote(GRAPH, safe='')}"
    request = urllib.request.Request(url, data=stale, headers={"Content-Type": "text/turtle"}, method="POST")
    urllib.request.urlopen(request, timeout=30).close()
    push(built, Target(url=oxigraph + path, protocol=protocol, graph=GRAPH))
    assert read_back(oxigraph, GRAPH) == whole(built)


# --- servers that misbehave


@contextmanager
def server(answer):
    """A server that is asked ``answer(number, method, path, headers, body)`` for the status and headers of its reply."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.command, self.path, body))
            reply = answer(len(seen), self)
            if reply is None:
                self.close_connection = True
                return
            status, headers = reply
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        do_POST = do_PUT  # noqa: N815

        def log_message(self, *_):
            pass

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{found.server_port}/data", seen
    finally:
        found.shutdown()
        found.server_close()


def is_of_ontology(path, body):
    return quote(ONTOLOGY, safe="") in path or f"urn:x-kg:push:{ONTOLOGY}".encode() in body


@pytest.mark.parametrize("protocol", ["gsp", "update"])
@pytest.mark.parametrize("failure", [(503, {"Retry-After": "0"}), (500, {}), (429, {}), None])
def test_a_request_that_fails_is_sent_again(built, protocol, failure):
    with server(lambda number, _: (204, {}) if number % 3 == 0 else failure) as (url, seen):
        target = Target(url=url, protocol=protocol, pause=0.001)
        count = push(built, target, batch=40)
        assert all(seen[n : n + 3] == [seen[n]] * 3 for n in range(0, len(seen), 3))
        of_graph = [(method, body) for method, path, body in seen if not is_of_ontology(path, body)]
        bodies = [body for _, body in of_graph]
        assert bodies[0::3] == bodies[1::3] == bodies[2::3]
        assert sum(body.count(b" .\n") for body in bodies[::3]) == count
        if protocol == "gsp":
            assert [method for method, _ in of_graph[::3]] == ["PUT", *["POST"] * (len(bodies) // 3 - 1)]
        else:
            assert b"DROP SILENT" in bodies[0]
            assert b"COPY GRAPH" in bodies[-6]


@pytest.mark.parametrize(
    ("reply", "tries", "said"),
    [
        ((503, {}), 3, "503 .* push again"),
        ((401, {}), 1, "--user"),
        ((404, {}), 1, "--by"),
        ((301, {"Location": "http://elsewhere.example/"}), 1, "elsewhere.example.* address"),
        ((307, {"Location": "http://elsewhere.example/"}), 1, "elsewhere.example.* address"),
        (None, 3, "push again"),
    ],
)
def test_a_server_that_does_not_take_it_is_named(built, reply, tries, said):
    with server(lambda *_: reply) as (url, seen):
        with pytest.raises(OutputError, match=said):
            push(built, Target(url=url, protocol="gsp", tries=3, pause=0.001))
        assert len(seen) == tries


def test_nobody_there_is_said(built):
    with server(lambda *_: None) as (url, _):
        pass
    with pytest.raises(OutputError, match="push again"):
        push(built, Target(url=url, protocol="gsp", tries=2, pause=0.001))


BASIC = {"WWW-Authenticate": 'Basic realm="x"'}
DIGEST = {"WWW-Authenticate": 'Digest realm="x", nonce="n1", qop="auth", algorithm=MD5'}
STALE = {"WWW-Authenticate": 'Digest realm="x", nonce="n2", qop="auth", algorithm=MD5, stale=true'}


@pytest.mark.parametrize(
    ("asks", "heads"),
    [
        ([], [None]),
        ([(401, BASIC)], [None, "Basic YW5uYTpwdw=="]),
        ([(403, {})], [None, "Basic YW5uYTpwdw=="]),
        ([(401, DIGEST)], [None, 'Digest username="anna", realm="x", nonce="n1"']),
        ([(401, DIGEST), (401, STALE)], [None, 'Digest username="anna", realm="x", nonce="n1"', 'nonce="n2"']),
    ],
)
def test_a_password_is_given_as_it_is_asked_for_and_with_what_follows(built, asks, heads):
    seen = []

    def answer(number, handler):
        seen.append(handler.headers["Authorization"])
        return asks[number - 1] if number <= len(asks) else (204, {})

    with server(answer) as (url, sent):
        push(built, Target(url=url, protocol="gsp", login=("anna", "pw")), batch=60)
    assert len(seen) > len(heads)
    heads += heads[-1:] * (len(seen) - len(heads))
    assert all(
        (head is None) == (said is None) and (head or "") in (said or "")
        for head, said in zip(heads, seen, strict=True)
    )
    assert ":pw" not in "".join(filter(None, seen))
    assert {body for _, _, body in sent[: len(asks) + 1]} == {sent[0][2]}


@pytest.mark.parametrize(
    "challenge", [BASIC, DIGEST, {}, {"WWW-Authenticate": "Digest"}, {"WWW-Authenticate": "Negotiate"}]
)
def test_a_wrong_password_is_said_and_not_tried_again_and_again(built, challenge):
    with server(lambda *_: (401, challenge)) as (url, seen), pytest.raises(OutputError, match="--user"):
        push(built, Target(url=url, protocol="gsp", login=("anna", "wrong"), pause=0.001))
    assert len(seen) == 2


def test_a_push_that_is_cut_short_leaves_the_graph_as_it_was(built):
    """By update the graph is not touched before all has arrived."""
    with server(lambda number, _: (204, {}) if number < 4 else (400, {})) as (url, seen), pytest.raises(OutputError):
        push(built, Target(url=url, protocol="update", graph=GRAPH), batch=20)
    assert all(b"urn:x-kg:push:" in body and f"<{GRAPH}>".encode() not in body for _, _, body in seen)
    assert seen[-1][2].startswith(b"DROP SILENT")  # nor is a rest left at a server that refuses


@pytest.mark.parametrize(
    ("url", "graph_iri", "said"),
    [
        ("ftp://x.example/", None, "no address"),
        ("x", None, "no address"),
        ("http://x.example/", "no iri", "--graph no iri"),
        ("http://x.example/", ONTOLOGY, "where the vocabulary goes"),
    ],
)
def test_wrong_usage_is_said(built, url, graph_iri, said):
    with pytest.raises(UsageError, match=said):
        push(built, Target(url=url, protocol="gsp", graph=graph_iri))


def test_a_graph_iri_cannot_end_the_update(built):
    with pytest.raises(UsageError):
        push(built, Target(url="http://127.0.0.1:1/", protocol="update", graph="urn:x> ; CLEAR ALL ; <urn:y"))


def test_damage_is_refused_before_anything_is_sent(built, tmp_path):
    shutil.copytree(built, tmp_path / "graph")
    (tmp_path / "graph" / "graph.ttl").write_bytes(b"<a:b> <c:d>")
    with server(lambda *_: (204, {})) as (url, seen):
        with pytest.raises(OutputError, match=r"graph\.ttl"):
            push(tmp_path / "graph", Target(url=url, protocol="gsp"))
        assert seen == []


@pytest.mark.parametrize(
    ("url", "protocol"),
    [
        ("http://h:3030/ds/data", "gsp"),
        ("http://h:3030/ds/update", "update"),
        ("http://h:3030/ds/update/", "update"),
        ("http://h:7878/store", "gsp"),
        ("http://h:8890/sparql", "update"),
        ("http://h:8890/sparql-graph-crud", "gsp"),
        ("http://h:7200/repositories/x/statements", "update"),
    ],
)
def test_the_protocol_is_told_by_the_address(url, protocol):
    assert protocol_of(url) == protocol
