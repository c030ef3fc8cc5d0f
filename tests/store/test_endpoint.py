"""An endpoint asked by its address: a small one of our own, and ones that misbehave."""

import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, UnknownEntityError
from kg.store import open_source


@contextmanager
def serving(answer):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            with suppress(BrokenPipeError):
                answer(self, fields, self.headers["Accept"])

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # they are waited for
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        server.server_close()


def send(handler, status, kind, body):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture(scope="module")
def endpoint(turtle):
    """Oxigraph behind the protocol, without the prefixes of kg."""
    from kg.store.disk import load_ontology

    store = ox.Store()
    load_ontology(store)
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)

    def answer(handler, fields, accept):
        try:
            found = store.query(fields["query"][0])
        except SyntaxError as error:
            send(handler, 400, "text/plain", str(error).encode())
            return
        if isinstance(found, ox.QueryTriples):
            send(handler, 200, "application/n-triples; charset=utf-8", found.serialize(format=ox.RdfFormat.N_TRIPLES))
        else:
            send(handler, 200, "application/sparql-results+json", found.serialize(format=ox.QueryResultsFormat.JSON))

    with serving(answer) as url:
        yield url


SAME = [
    "SELECT ?x ?name { ?x a kg:Person ; rdfs:label ?name } ORDER BY ?name",
    "ASK { ?x kg:metWith ?y }",
    "ASK { ?x kg:killed ?y }",
    "PREFIX p: <https://kg.example/person/> SELECT ?o { p:anna-berg kg:holdsRole ?o }",
    "SELECT ?t { ?s kg:title ?t } ORDER BY ?t",
]


@pytest.mark.parametrize("query", SAME)
def test_it_answers_as_the_store_does(endpoint, store, query):
    there, here = open_source(endpoint).query(query), store.query(query)
    assert (there.form, there.columns, there.rows) == (here.form, here.columns, here.rows)


def test_triples_and_limits(endpoint, store):
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert set(open_source(endpoint).query(query).rows) == set(store.query(query).rows)
    few = open_source(endpoint).query(query, limit=3)
    assert (len(few.rows), few.truncated) == (3, True)


@pytest.mark.parametrize("name", ["Anna Berg", "berg", "person:anna-berg", "https://kg.example/person/anna-old"])
def test_named_queries_find_names_there(endpoint, store, name):
    assert open_source(endpoint).ask("roles", {"person": name}).table() == store.ask("roles", {"person": name}).table()


def test_an_unknown_name_is_explained(endpoint):
    with pytest.raises(UnknownEntityError, match="did you mean Anna Berg"):
        open_source(endpoint).ask("roles", {"person": "Ana Berg"})


def test_a_refused_query_tells_why(endpoint):
    with pytest.raises(QueryError, match=r"line 1, column 1: 'SELEC' cannot stand there"):
        open_source(endpoint).query("SELEC ?x {}")


@pytest.mark.parametrize("query", ["DROP ALL", "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"])
def test_nothing_that_changes_it_or_goes_on_from_there_is_sent(query):
    with pytest.raises(QueryError, match="would"):
        open_source("http://127.0.0.1:9/").query(query)


def wait(handler, _fields, _accept):
    threading.Event().wait(3)
    send(handler, 200, "text/plain", b"")


def half(handler, _fields, _accept):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/sparql-results+json")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "a:b"}},')


# what an endpoint does -> what is said
MISBEHAVING = [
    (lambda h, _f, _a: send(h, 500, "text/html", b"<h1>\nno</h1>" * 1000), r"refuses the query \(500 .*<h1> no</h1>"),
    (lambda h, _f, _a: send(h, 200, "text/html", b"<h1>hello</h1>"), "text/html, which is no answer in SPARQL"),
    (lambda h, _f, _a: send(h, 200, "application/sparql-results+json", b"{nope"), "answers what is no|cannot be read"),
    (lambda h, _f, _a: send(h, 200, "application/sparql-results+json", b""), "answers what is no|cannot be read"),
    (lambda h, _f, _a: send(h, 200, "text/turtle", b"<a:b> <c:d>"), "cannot be read"),
    (wait, "says nothing within 0.5 seconds"),
    (half, "cannot be read|cannot be asked"),
]


@pytest.mark.parametrize(("answer", "said"), MISBEHAVING, ids=range(len(MISBEHAVING)))
def test_an_endpoint_that_misbehaves_is_named(answer, said):
    with serving(answer) as url, pytest.raises(QueryError, match=said) as raised:
        open_source(url).query("SELECT ?x { ?x a ?y }", timeout=0.5)
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/sparql", "http://no-such-host.invalid/", "http://[::bad/"])
def test_an_address_where_nothing_is(url):
    with pytest.raises(QueryError, match="cannot be asked"):
        open_source(url).query("ASK {}", timeout=5)
