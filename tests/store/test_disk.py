"""The database of a build: made with it, opened by each query, and never believed where it is not whole or another's."""

import json
import shutil
import threading

import pyoxigraph as ox
import pytest

from kg.errors import InvariantError, OutputError, QueryError
from kg.mapping import prefixes, to_quads
from kg.store import Store, open_folder, store_files, write_build
from kg.store.disk import _is_exactly
from kg.store.folder import is_of_build

from .conftest import killed

BASE = "https://kg.example/"
PEOPLE = "SELECT ?x { ?x a kg:Person } ORDER BY ?x"
FOUND = [("person:anna-berg",), ("person:boris-o",)]


def files_of(graph, turtle, work):
    return store_files(to_quads(graph, base_iri=BASE), work=work, turtle=turtle.encode(), prefixes=prefixes(BASE))


@pytest.fixture(scope="module")
def database(graph, turtle, tmp_path_factory):
    return files_of(graph, turtle, tmp_path_factory.mktemp("work"))


@pytest.fixture
def built(graph, turtle, database, tmp_path):
    write_build(graph, tmp_path / "out", turtle=turtle, page="<!doctype html>", others=database)
    return tmp_path / "out"


def answered(folder):
    store = Store.open(folder)
    return store.query(PEOPLE).table(), store.notes


def test_a_build_is_asked_by_its_store(built):
    assert answered(built) == (FOUND, ())
    assert Store.open(built)._disk == built / "store"
    assert all(is_of_build(path) for path in (built / "store").iterdir())


def test_what_it_says_is_what_the_turtle_says(built):
    disk, turtle = Store.open(built), Store.open(built / "graph.ttl")
    for query in ("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "SELECT * { GRAPH kg: {} } ORDER BY ?s"):
        assert disk.query(query).table() == turtle.query(query).table()
    ontology = "SELECT (COUNT(*) AS ?n) { GRAPH <https://kg.example/ontology> { ?s ?p ?o } }"
    assert disk.query(ontology).table() == turtle.query(ontology).table()
    assert disk.prefixes == dict(turtle.prefixes)


def test_each_document_has_a_graph(built):
    store = Store.open(built)
    graphs = store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s a ?type } } ORDER BY ?g").table()
    assert graphs == [("document:a",), ("document:b",), ("https://kg.example/ontology",)]
    in_a = "ASK { GRAPH document:a { person:anna-berg kg:metWith person:boris-o ; rdfs:label 'Anna Berg' } }"
    assert store.query(in_a)
    assert not store.query("ASK { GRAPH document:b { ?x kg:metWith ?y } }")
    both = "SELECT (COUNT(*) AS ?n) { ?s rdf:predicate kg:metWith }"
    assert store.query(both).table() == [("1",)]  # once, in how many documents it may stand
    with store.stream("ASK { ?x kg:metWith ?y }", default_graphs=[f"{BASE}document/b"]) as answer:
        assert list(answer.table()) == [("false",)]


def test_reading_changes_nothing(built):
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(built.rglob("*")) if path.is_file()}
    for _ in range(2):
        answered(built)
    assert before == {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(built.rglob("*")) if path.is_file()
    }


def edit(**changes):
    def change(built):
        manifest = json.loads((built / "store" / "kg.json").read_bytes())
        content = json.dumps({**manifest, **changes}).encode()
        with open_folder(built) as place:  # as the kg that writes such a store would
            place.install_one("store/kg.json", content)

    return change


def cut(pattern, to):
    def change(built):
        for path in sorted((built / "store").glob(pattern)):
            path.write_bytes(path.read_bytes()[:to])

    return change


def drop(pattern):
    return lambda built: [path.unlink() for path in (built / "store").glob(pattern)]


def overwrite(built):
    (built / "store" / "kg.json").write_text("{}")


def of_another(built):
    options = json.loads((built / "build.json").read_bytes())
    assert "store/kg.json" in options["files"]
    turtle = (built / "graph.ttl").read_bytes() + b"# another\n"
    with open_folder(built) as place:
        place.install_one("graph.ttl", turtle)


# What happened to a store -> what is said of it; the answer comes from graph.ttl.
BROKEN = {
    "a newer format": (edit(format=2), "was made by a newer version of kg"),
    "an older format": (edit(format=0), "was made by another version of kg"),
    "another vocabulary": (edit(vocabulary="x"), "was made by another version of kg"),
    "no format": (edit(format=None), "was made by another version"),
    "another build": (of_another, "is of another build"),
    "an edited manifest": (overwrite, "not as the build wrote them"),
    "no manifest": (drop("kg.json"), "kg.json is missing"),
    "no CURRENT": (drop("CURRENT"), "is damaged"),
    "no list of files": (drop("MANIFEST-*"), "is damaged"),
    "no data": (drop("*.sst"), "is damaged"),
    "half of the data": (cut("*.sst", 100), "is damaged"),
    "an empty list of files": (cut("MANIFEST-*", 0), "is damaged"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_store_that_cannot_be_used_is_named_and_the_turtle_answers(built, case):
    damage, said = BROKEN[case]
    damage(built)
    rows, notes = answered(built)
    assert rows == FOUND
    assert len(notes) == 1
    assert said in notes[0]
    assert notes[0].endswith("answered from " + str(built / "graph.ttl") + "; `kg build` makes the store anew")


def test_a_store_that_breaks_later_is_an_error_with_the_remedy(built):
    store, done = Store.open(built), threading.Event()
    drop("CURRENT")(built)
    assert store.query(PEOPLE).table() == FOUND  # what is open stays so
    other = threading.Thread(target=done.wait)
    other.start()  # then each query opens it anew
    try:
        with pytest.raises(OutputError, match=r"store cannot be read .* build again"):
            store.query(PEOPLE)
    finally:
        done.set()
        other.join()


def test_flipped_bytes_are_never_an_answer(built):
    whole = Store.open(built).query("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o").rows
    for path in sorted((built / "store").glob("*.sst")):
        data = bytearray(path.read_bytes())
        for place in range(200, min(len(data), 20_000), 400):
            data[place] ^= 0xFF
        path.write_bytes(data)
    store = Store.open(built)
    try:
        rows = store.query("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o").rows
    except (OutputError, QueryError) as error:
        assert "build again" in str(error) or "cannot be run" in str(error)
    else:
        assert rows == whole


def test_a_build_without_a_store_is_asked_by_its_turtle(graph, turtle, tmp_path):
    write_build(graph, tmp_path / "out", turtle=turtle, page="")
    assert answered(tmp_path / "out") == (FOUND, ())


def test_a_store_may_be_read_where_nobody_may_write(built):
    for path in (built / "store", built):
        path.chmod(0o555)
    try:
        assert answered(built) == (FOUND, ())
    finally:
        built.chmod(0o755)
        (built / "store").chmod(0o755)


def test_what_stands_in_the_way_of_a_store_is_not_touched(graph, turtle, database, tmp_path):
    mine = tmp_path / "out" / "store"
    mine.mkdir(parents=True)
    (mine / "notes.txt").write_text("mine")
    for replace in (False, True):
        way = pytest.raises(OutputError, match="store stands where the database of the build should go")
        with way, open_folder(tmp_path / "out", replace=replace):
            pytest.fail("not seen")
    assert (mine / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("at", range(10))
def test_killed_at_any_rename_the_old_store_answers_or_the_new(graph, turtle, built, tmp_path, at):
    from dataclasses import replace

    fewer = replace(graph, statements=graph.statements[:1])
    from kg.mapping import to_turtle

    smaller = to_turtle(fewer, base_iri=BASE)
    database = files_of(fewer, smaller, tmp_path / "work")
    died = killed(
        lambda: write_build(fewer, built, turtle=smaller, page="", others=database),
        at=at,
    )
    assert died == (at < 9)  # the draft, the old store out of the way, then seven of the new build
    store = Store.open(built)
    count = int(store.query("SELECT (COUNT(*) AS ?n) { ?s a kg:Statement }").table()[0][0])
    assert count == (8 if at == 0 else 1)
    assert store.notes == ()
    write_build(fewer, built, turtle=smaller, page="", others=database)
    assert sorted(p.name for p in built.iterdir()) == sorted(
        ["build.json", "documents.jsonl", "entities.jsonl", "graph.html", "graph.ttl", "statements.jsonl", "store"]
    )


def test_a_graph_that_breaks_off_makes_no_store(graph, turtle, tmp_path):
    def broken():
        yield from list(to_quads(graph, base_iri=BASE))[:10]
        raise InvariantError("no")

    with pytest.raises(InvariantError):
        store_files(broken(), work=tmp_path, turtle=b"", prefixes={})
    assert "store/kg.json" in files_of(graph, turtle, tmp_path)  # what it left is in nobody's way


def test_a_moved_build_takes_its_store_along(built, tmp_path):
    shutil.move(built, tmp_path / "there")
    assert answered(tmp_path / "there") == (FOUND, ())


ANYTHING = "(rdf:type|!rdf:type)"
EVERYTHING = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(4))

# query -> what is said of it, with two seconds and 64 MB
ENDLESS = {
    f"SELECT (COUNT(*) AS ?n) {{ ?a {ANYTHING}* ?b . ?c {ANYTHING}* ?d . ?e {ANYTHING}* ?f }}": "seconds|more than 64 MB",
    f"SELECT * {{ {EVERYTHING} }} ORDER BY ?o3 ?o1": "seconds|more than 64 MB",
    f"SELECT (COUNT(*) AS ?n) {{ {EVERYTHING} ?s5 ?p5 ?o5 . ?s6 ?p6 ?o6 }}": "seconds|more than 64 MB",
}


@pytest.mark.parametrize("query", ENDLESS, ids=range(len(ENDLESS)))
def test_what_would_not_end_is_given_up_and_the_store_answers_on(built, query):
    store = Store.open(built)
    with pytest.raises(QueryError, match=ENDLESS[query]):
        store.query(query, timeout=2, memory=64 * 2**20)
    assert store.query(PEOPLE).table() == FOUND


def test_of_millions_of_rows_as_many_are_found_as_are_read(built):
    store = Store.open(built)
    with store.stream(f"SELECT * {{ {EVERYTHING} }}", limit=20_000) as answer:
        assert sum(1 for _ in answer) == 20_000
        assert answer.truncated
    assert store.query(PEOPLE).table() == FOUND


def test_threads_may_ask_at_once(built):
    from concurrent.futures import ThreadPoolExecutor

    store = Store.open(built)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: store.query(PEOPLE).table(), range(12)))
    assert answers == [FOUND] * 12


_A, _P, _B, _G = (ox.NamedNode(f"https://kg.example/{name}") for name in "apbg")
_NUMBER = ox.Literal("007", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#nonNegativeInteger"))
QUADS = [
    ox.Quad(_A, _P, _B),
    ox.Quad(_A, _P, _B, _G),
    ox.Quad(_A, _P, ox.Literal("seven")),
    ox.Quad(_B, _P, _NUMBER),
    ox.Quad(ox.BlankNode("x"), _P, _B),
]


@pytest.mark.parametrize(
    ("held", "exactly"),
    [
        (QUADS, True),
        ([*QUADS[:-1], ox.Quad(ox.BlankNode("y"), _P, _B)], True),
        (QUADS[1:], False),
        ([*QUADS, ox.Quad(_B, _P, _A)], False),
        ([*QUADS[1:], ox.Quad(_B, _P, _A)], False),
        ([*QUADS[:2], ox.Quad(_A, _P, ox.Literal("eight")), *QUADS[3:]], False),
        ([QUADS[0], ox.Quad(_A, _P, _B, _A), *QUADS[2:]], False),
    ],
)
def test_a_quad_more_or_less_or_another_is_seen(held, exactly):
    store = ox.Store()
    store.bulk_extend(held)
    assert _is_exactly(store, QUADS) == exactly
