"""A real Virtuoso: what is pushed is read back equal, and queries of kg are answered there."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from contextlib import ExitStack
from urllib.error import URLError
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.errors import OutputError
from kg.store import open_source
from kg.store.disk import ONTOLOGY_GRAPH
from kg.store.push import Target, push
from tests.store.test_named import ASKED, OUTPUT

VIRTUOSO = shutil.which("virtuoso-t")
pytestmark = pytest.mark.skipif(VIRTUOSO is None and not os.environ.get("CI"), reason="needs virtuoso-t")

GRAPH, OTHER = "https://news.example/graph", "urn:other"
LOGIN = ("dba", "dba")  # of a database that is new
WAYS = [("gsp", "/sparql-graph-crud-auth"), ("update", "/sparql-auth")]
SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
DisableUnixSocket = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 5
"""


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory):
    """The address of a Virtuoso that has some other graph."""
    folder = tmp_path_factory.mktemp("virtuoso")
    with ExitStack() as stack:
        sql, http = (stack.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for _ in range(2))
    (folder / "virtuoso.ini").write_text(SETTINGS.format(folder=folder, sql=sql, http=http))
    command = [str(VIRTUOSO), "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    url = f"http://127.0.0.1:{http}"
    try:
        await_answer(f"{url}/sparql?query=ASK%7B%7D", process)
        push_text(url, OTHER, "<urn:a> <urn:b> <urn:c> .")
        yield url
    finally:
        process.kill()
        process.wait(timeout=20)


def await_answer(url, process):
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=30).close()
            return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError("Virtuoso does not answer")


def push_text(url, graph, text):
    logins = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    logins.add_password(None, url, *LOGIN)
    opener = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(logins))
    place = f"{url}/sparql-graph-crud-auth?graph={quote(graph, safe='')}"
    request = urllib.request.Request(place, text.encode(), {"Content-Type": "text/turtle"}, method="PUT")
    opener.open(request, timeout=60).close()


def written(folder):
    return {quad.triple for quad in ox.parse(path=str(folder / "graph.ttl"), format=ox.RdfFormat.TURTLE)}


def read_back(url, graph):
    place = f"{url}/sparql-graph-crud?graph={quote(graph, safe='')}"
    request = urllib.request.Request(place, headers={"Accept": "text/ntriples"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return {quad.triple for quad in ox.parse(response.read(), format=ox.RdfFormat.N_TRIPLES)}


def graphs(url):
    rows = open_source(f"{url}/sparql").query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
    return {row[0].value for row in rows if not row[0].value.startswith(("http://www.openlinksw.com/", url))}


@pytest.mark.parametrize(("protocol", "path"), WAYS)
@pytest.mark.parametrize("build", ["folder", "demo"])
def test_what_is_pushed_is_read_back_equal(request, virtuoso, build, protocol, path):
    folder = request.getfixturevalue(build)
    folder = getattr(folder, "folder", folder)
    push_text(virtuoso, GRAPH, "<urn:stale> <urn:b> <urn:c> .")
    target = Target(url=virtuoso + path, protocol=protocol, graph=GRAPH, login=LOGIN)
    for batch in (300, 1_000):  # again, in other batches: nothing changes
        assert push(folder, target, batch=batch) == len(written(folder))
        assert read_back(virtuoso, GRAPH) == written(folder)
    assert len(read_back(virtuoso, OTHER)) == 1
    assert {g for g in graphs(virtuoso) if "x-kg" in g} == set()


@pytest.mark.parametrize(("protocol", "path"), WAYS)
@pytest.mark.parametrize(("login", "said"), [(None, "--user"), (("dba", "wrong"), "--user")])
def test_who_may_not_write_is_told(virtuoso, folder, protocol, path, login, said):
    with pytest.raises(OutputError, match=said):
        push(folder, Target(url=virtuoso + path, protocol=protocol, graph="urn:refused", login=login, tries=1))
    assert "urn:refused" not in graphs(virtuoso)


@pytest.mark.parametrize(("protocol", "path"), WAYS)
def test_there_is_no_default_graph_and_nothing_of_a_try_is_left(virtuoso, folder, protocol, path):
    before = graphs(virtuoso)
    with pytest.raises(OutputError, match="--graph"):
        push(folder, Target(url=virtuoso + path, protocol=protocol, login=LOGIN, tries=1))
    assert graphs(virtuoso) == before


def test_queries_are_answered_there(virtuoso, folder, store):
    push(folder, Target(url=f"{virtuoso}/sparql-auth", protocol="update", graph=GRAPH, login=LOGIN))
    there = open_source(f"{virtuoso}/sparql")
    for query in ("ASK { ?x kg:metWith ?y }", "ASK { ?x kg:killed ?y }"):
        found, wanted = there.query(query), store.query(query)
        assert (found.form, found.columns, found.rows) == (wanted.form, wanted.columns, wanted.rows)
    names = "SELECT ?x ?name { ?x a kg:Person ; rdfs:label ?name } ORDER BY ?name"
    assert there.query(names).table() == store.query(names).table()
    triples = there.query("CONSTRUCT { ?x kg:memberOf ?y } WHERE { ?x kg:memberOf ?y }")
    assert (triples.form, triples.table()) == ("construct", [("person:boris-o", "kg:memberOf", "organization:corps")])
    assert there.ask("met", {"person": "berg"}).table() == store.ask("met", {"person": "berg"}).table() != []


@pytest.fixture(scope="module")
def pushed(virtuoso):
    """The sample as Virtuoso has it; other graphs are none of its."""
    for graph in graphs(virtuoso) - {OTHER, ONTOLOGY_GRAPH.value}:
        push_text(virtuoso, graph, "")
    push(OUTPUT, Target(url=f"{virtuoso}/sparql-auth", protocol="update", graph=GRAPH, login=LOGIN))
    return open_source(f"{virtuoso}/sparql")


@pytest.mark.parametrize(("name", "parameters"), [asked[:2] for asked in ASKED])
def test_named_queries_have_the_answers_of_the_store(pushed, name, parameters):
    found, wanted = (source.ask(name, parameters) for source in (pushed, open_source(OUTPUT)))
    assert found.columns == wanted.columns
    if name == "names":  # in which order the names of one are put together is left open by SPARQL
        assert [sorted_names(row) for row in found.table()] == [sorted_names(row) for row in wanted.table()]
    else:
        assert found.table() == wanted.table()


def sorted_names(row):
    return tuple(sorted(cell.split(", ")) for cell in row)
