"""Clients of others at the endpoint: SPARQLWrapper, rdflib's SPARQLStore, Comunica, curl, and kg itself."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.store import load_graph, open_source

KG = "https://kg.example/ontology#"
PEOPLE = f"SELECT ?who ?name WHERE {{ ?who a <{KG}Person> ; <{RDFS.label}> ?name }}"


@pytest.fixture(scope="module")
def people(demo):
    return {e.id: e.name for e in load_graph(demo.folder).entities if e.type == "Person"}


@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.filterwarnings("ignore")  # its own: it is built on an old setuptools
def test_sparqlwrapper_reads_rows(server, people, format_, method):
    from SPARQLWrapper import SPARQLWrapper

    wrapper = SPARQLWrapper(f"{server.url}sparql", returnFormat=format_)
    wrapper.setMethod(method)
    wrapper.setQuery(PEOPLE)
    found = wrapper.queryAndConvert()
    if format_ == "json":
        assert {b["who"]["value"]: b["name"]["value"] for b in found["results"]["bindings"]} == people
    elif format_ == "xml":
        assert len(found.getElementsByTagName("result")) == len(people)
    else:
        assert found.decode().count("\n") == len(people) + 1


@pytest.mark.parametrize("format_", ["turtle", "xml", "json-ld", "n3"])
@pytest.mark.filterwarnings("ignore")
def test_sparqlwrapper_reads_graphs(server, people, format_):
    from SPARQLWrapper import SPARQLWrapper

    wrapper = SPARQLWrapper(f"{server.url}sparql", returnFormat=format_)
    wrapper.setQuery(f"CONSTRUCT {{ ?who a <{KG}Person> }} WHERE {{ ?who a <{KG}Person> }}")
    found = wrapper.queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert {str(s) for s in graph.subjects(RDF.type)} == set(people)


@pytest.mark.filterwarnings("ignore")
def test_sparqlwrapper_is_told_why(server):
    from SPARQLWrapper import SPARQLExceptions, SPARQLWrapper

    wrapper = SPARQLWrapper(f"{server.url}sparql")
    wrapper.setQuery("SELECT * { ?s ?p }")
    with pytest.raises(SPARQLExceptions.QueryBadFormed, match="column"):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_a_graph_of_rdflib_reads_from_the_endpoint(server, people, method):
    graph = Graph(SPARQLStore(f"{server.url}sparql", method=method))
    assert {str(s): str(graph.value(s, RDFS.label)) for s in graph.subjects(RDF.type, URIRef(f"{KG}Person"))} == people
    assert {str(row.who): str(row.name) for row in graph.query(PEOPLE)} == people
    assert (URIRef("https://kg.example/person/ingrid-halvorsen"), RDF.type, URIRef(f"{KG}Person")) in graph


def test_kg_asks_it_too(server, people):
    source = open_source(f"{server.url}sparql")
    assert {str(row[0].value): row[1].value for row in source.query(PEOPLE).rows} == people
    assert source.ask("roles", {"person": "Ingrid Halvorsen"}).rows


@pytest.mark.skipif(shutil.which("curl") is None and not os.environ.get("CI"), reason="needs curl")
def test_curl_gets_answers_and_entities(server):
    def curl(*arguments):
        return subprocess.run(
            ["curl", "--silent", "--fail", *arguments], capture_output=True, check=True, timeout=60
        ).stdout

    rows = curl("-H", "Accept: text/csv", "--data-urlencode", f"query={PEOPLE}", f"{server.url}sparql")
    assert b"Ingrid Halvorsen" in rows
    rows = curl(
        "-H", "Content-Type: application/sparql-query", "--data-binary", "ASK { ?x a kg:Person }", f"{server.url}sparql"
    )
    assert json.loads(rows)["boolean"] is True
    turtle = curl("-L", "-H", "Accept: text/turtle", f"{server.url}person/ingrid-halvorsen")
    assert len(Graph().parse(data=turtle, format="turtle")) > 10


COMUNICA = Path(__file__).parent / "comunica" / "node_modules" / ".bin" / "comunica-sparql"
needs_comunica = pytest.mark.skipif(
    not (COMUNICA.exists() and shutil.which("node")) and not os.environ.get("CI"),
    reason="needs node and `npm ci --prefix tests/serve/comunica --ignore-scripts`",
)


@needs_comunica
@pytest.mark.parametrize("source", ["sparql@", ""])  # told what it is, or left to find it out
def test_comunica_asks(server, people, source):
    command = [str(COMUNICA), f"{source}{server.url}sparql", "-q", PEOPLE, "-t", "application/sparql-results+json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["results"]["bindings"]
    assert {b["who"]["value"]: b["name"]["value"] for b in found} == people


@needs_comunica
def test_comunica_follows_links_from_an_entity(server):
    """It reads the entity's own page, which gives it RDF."""
    query = "SELECT ?name { <https://kg.example/person/ingrid-halvorsen> <http://www.w3.org/2000/01/rdf-schema#label> ?name }"
    command = [str(COMUNICA), f"{server.url}person/ingrid-halvorsen", "-q", query, "-t", "text/csv"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["name", "Ingrid", "Halvorsen"]
