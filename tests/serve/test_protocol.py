"""The SPARQL 1.1 protocol as a table of requests: what is answered, in which format, and what is refused."""

import csv
import io
import json
import random
from urllib.parse import urlencode
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

ROWS = "SELECT ?who ?name { ?who kg:holdsRole ?what ; rdfs:label ?name } ORDER BY ?name LIMIT 3"
TRIPLES = "CONSTRUCT { ?who rdfs:label ?name } WHERE { ?who a kg:Person ; rdfs:label ?name }"
ASK = "ASK { person:ingrid-halvorsen a kg:Person }"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
HALVORSEN = "https://kg.example/person/ingrid-halvorsen"
RESHUFFLE = "https://kg.example/document/cabinet-reshuffle-oslo"


def read(reply):
    """The triples of a reply, as rdflib reads them; but JSON-LD, for which it warns of itself, as Oxigraph does."""
    if reply.kind != "application/ld+json":
        return Graph().parse(data=reply.body, format=reply.kind.replace("application/rdf+xml", "xml"))
    quads = ox.parse(reply.body, format=ox.RdfFormat.JSON_LD)
    return Graph().parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/*;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.8", "text/tab-separated-values"),
        ("image/png, */*;q=0.1", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
    ],
)
def test_rows_come_as_the_client_likes_them(server, accept, kind):
    reply = server.query(ROWS, accept)
    assert (reply.status, reply.kind) == (200, kind)
    assert "Accept" in reply.headers["Vary"]
    assert int(reply.headers["Content-Length"]) == len(reply.body)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
        ("text/plain", "application/n-triples"),
    ],
)
def test_triples_come_as_the_client_likes_them(server, accept, kind):
    reply = server.query(TRIPLES, accept)
    assert (reply.status, reply.kind) == (200, kind)
    assert len(read(reply)) > 20


def test_all_formats_of_rows_say_the_same(server):
    js = json.loads(server.query(ROWS, "application/json").body)
    names = [row["name"]["value"] for row in js["results"]["bindings"]]
    assert len(names) == 3
    table = list(csv.DictReader(io.StringIO(server.query(ROWS, "text/csv").text)))
    assert [row["name"] for row in table] == names
    xml = ElementTree.fromstring(server.query(ROWS, "application/sparql-results+xml").body)
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert [b[0].text for b in xml.iter(f"{space}binding") if b.get("name") == "name"] == names


def test_get_and_both_kinds_of_post_answer_alike(server):
    asked = server.query(ROWS).body
    form = server.ask("/sparql", method="POST", body=urlencode({"query": ROWS}).encode(), Content_Type=FORM)
    direct = server.ask("/sparql", method="POST", body=ROWS.encode(), Content_Type=f"{QUERY}; charset=utf-8")
    assert form.body == direct.body == asked


def test_a_yes_is_a_boolean(server):
    assert json.loads(server.query(ASK).body)["boolean"] is True
    assert b"<boolean>true</boolean>" in server.query(ASK, "application/sparql-results+xml").body


@pytest.mark.parametrize(
    ("fields", "query", "answer"),
    [
        ({}, "ASK { ?x a kg:Person }", True),
        ({"default-graph-uri": RESHUFFLE}, f"ASK {{ <{HALVORSEN}> a kg:Person }}", True),
        ({"default-graph-uri": "https://kg.example/document/none"}, "ASK { ?x a kg:Person }", False),
        ({"default-graph-uri": RESHUFFLE}, "ASK { GRAPH ?g { ?x a kg:Person } }", False),
        ({"named-graph-uri": RESHUFFLE}, "ASK { GRAPH ?g { ?x a kg:Person } }", True),
        ({"named-graph-uri": RESHUFFLE}, "ASK { ?x a kg:Person }", False),
        ({"default-graph-uri": "https://kg.example/ontology"}, "ASK { kg:holdsRole rdfs:label ?label }", True),
    ],
)
def test_the_dataset_is_that_of_the_request(server, fields, query, answer):
    assert json.loads(server.query(query, **fields).body)["boolean"] is answer


def test_the_dataset_of_a_direct_post_is_in_its_address(server):
    address = f"/sparql?{urlencode({'default-graph-uri': 'https://kg.example/document/none'})}"
    reply = server.ask(address, method="POST", body=b"ASK { ?x a kg:Person }", Content_Type=QUERY)
    assert json.loads(reply.body)["boolean"] is False


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"]
)
def test_an_endpoint_describes_itself(server, accept):
    reply = server.ask("/sparql", Accept=accept)
    assert (reply.status, reply.kind) == (200, accept)
    text = read(reply).serialize(format="nt")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert f"<{sd}endpoint> <{server.url}sparql>" in text
    assert f"<{sd}supportedLanguage> <{sd}SPARQL11Query>" in text
    assert f"<{sd}name> <{RESHUFFLE}>" in text
    assert len(set(read(reply).objects(None, URIRef(f"{sd}resultFormat")))) == 8


def test_a_browser_without_a_query_is_shown_where_to_write_one(server):
    reply = server.ask("/sparql", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (reply.status, reply.headers["Location"]) == (303, "/query")


REFUSED = [
    ("no SPARQL", "GET", "/sparql?query=SELEC+*", None, {}, 400, "did you mean SELECT?"),
    ("two queries", "GET", "/sparql?query=ASK{}&query=ASK{}", None, {}, 400, "one query"),
    ("an update as a field", "POST", "/sparql", b"update=CLEAR+ALL", {"Content_Type": FORM}, 403, "read only"),
    ("an update", "POST", "/sparql", b"CLEAR ALL", {"Content_Type": "application/sparql-update"}, 403, "read only"),
    ("an update as a query", "POST", "/sparql", b"DELETE WHERE { ?s ?p ?o }", {"Content_Type": QUERY}, 400, "would change"),
    ("LOAD", "POST", "/sparql", b"LOAD <http://127.0.0.1/x>", {"Content_Type": QUERY}, 400, "would change"),
    ("SERVICE", "POST", "/sparql", b"ASK { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }", {"Content_Type": QUERY}, 400, "network"),
    ("a SERVICE that may fail", "POST", "/sparql", b"ASK{SERVICE SILENT<http://127.0.0.1/>{}}", {"Content_Type": QUERY}, 400, "network"),
    ("a wrong type", "POST", "/sparql", b"{}", {"Content_Type": "application/json"}, 415, "application/sparql-query"),
    ("no type", "POST", "/sparql", b"ASK {}", {}, 415, "application/sparql-query"),
    ("no query", "POST", "/sparql", b"a=b", {"Content_Type": FORM}, 400, "no query"),
    ("no UTF-8", "POST", "/sparql", b"ASK { ?s ?p '\xff' }", {"Content_Type": QUERY}, 400, "no UTF-8"),
    ("no UTF-8 in a field", "GET", "/sparql?query=%FF", None, {}, 400, "UTF-8"),
    ("no format", "GET", "/sparql?query=ASK{}", None, {"Accept": "image/png"}, 406, "application/sparql-results+json"),
    ("no graph", "GET", "/sparql?query=ASK{}&default-graph-uri=a+b", None, {}, 400, "IRI"),
    ("too long a query", "POST", "/sparql", b"ASK {}" + b" " * 30_000, {"Content_Type": QUERY}, 400, "20,000"),
    ("too deep a query", "POST", "/sparql", b"ASK " + b"{" * 200 + b"}" * 200, {"Content_Type": QUERY}, 400, "brackets"),
    ("too long a body", "POST", "/sparql", b" " * 600_000, {"Content_Type": QUERY}, 413, "bytes"),
    ("too many fields", "GET", "/sparql?" + "a=b&" * 2_000, None, {}, 400, "fields"),
    ("PUT", "PUT", "/sparql", b"", {}, 405, ""),
    ("DELETE", "DELETE", "/sparql", None, {}, 405, ""),
    ("PATCH", "PATCH", "/sparql", b"", {}, 405, ""),
    ("POST to a page", "POST", "/", b"", {}, 405, ""),
    ("another host", "GET", "/", None, {"Host": "evil.example"}, 421, "address"),
    ("another host with this port", "GET", "/sparql?query=ASK{}", None, {"Host": "evil.example:80"}, 421, "address"),
    ("nothing", "GET", "/nothing", None, {"Accept": "text/plain"}, 404, "nothing"),
    ("out of the files", "GET", "/static/../../model.py", None, {}, 404, ""),
    ("out of the files, escaped", "GET", "/static/%2e%2e%2fserve.css", None, {}, 404, ""),
    ("no IRI", "GET", "/entity?iri=a%20b", None, {}, 404, ""),
    ("no such format", "GET", "/person/ingrid-halvorsen?format=pdf", None, {}, 406, "text/turtle"),
    ("nobody", "GET", "/graph?focus=Nobody+Atall", None, {}, 404, "Nobody Atall"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "said"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_what_is_refused(server, method, path, body, headers, status, said):
    reply = server.ask(path, method=method, body=body, **headers)
    assert reply.status == status
    assert said in reply.text
    assert server.query(ASK).status == 200


def test_a_wrong_method_names_the_right_ones(server):
    assert server.ask("/sparql", method="PUT", body=b"").headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    options = server.ask("/sparql", method="OPTIONS")
    assert (options.status, options.headers["Allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_head_is_get_without_a_body(server):
    reply = server.ask(f"/sparql?{urlencode({'query': ROWS})}", method="HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["Content-Length"]) > 0


@pytest.mark.parametrize(
    "path", ["/", "/sparql", "/query", "/graph", "/person/ingrid-halvorsen", "/static/serve.css", "/nothing"]
)
def test_every_answer_has_the_headers_of_a_safe_one(server, path):
    headers = server.ask(path, Accept="text/html").headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Access-Control-Allow-Origin"] is None
    assert headers["Server"] is None


def test_whatever_is_sent_as_a_query_the_server_answers(server):
    chance = random.Random(41)
    words = (
        *("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "{", "}", "(", ")", "?x", "?y", ".", ";", ",", "a", "kg:metWith"),
        *("OPTIONAL", "UNION", "FILTER", "GRAPH", "*", "+", "/", "|", "^", "LIMIT", "1", '"text"', "'", "<", ">", "\u202e", "\0"),
        *("GROUP BY", "HAVING", "COUNT", "BIND", "AS", "VALUES", "MINUS", "EXISTS", "REGEX", "\\u0041", "%", "\U0001f600", "[]"),
    )  # fmt: skip
    seen = set()
    for _ in range(120):
        query = " ".join(chance.choices(words, k=chance.randint(1, 14)))
        if chance.random() < 0.4:
            query = f"SELECT * {{ {query} }}"
        seen.add(server.query(query).status)
    assert seen <= {200, 400, 503}
    assert server.query(ASK).status == 200
