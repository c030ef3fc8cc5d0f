"""How fast a large graph is written, checked, loaded and asked, against rdflib in memory.

    python benchmarks/store.py --triples 1000000

makes a graph of news about invented people, organizations and places in the shape of a build (entities, articles,
statements with evidence), and measures in one run: the Turtle and the store written, the Turtle loaded, queries, and
the check of the shapes, by kg and by rdflib in memory or pySHACL; then what the check is of a build of the sample. It
says on standard error how far it is, and writes ``benchmarks/results/store.json``. The figures are seconds of processor
time, of all threads and child processes, since others use the machine too; of a query the least of three runs, or of as
many as five seconds hold. kg's queries go the whole way, each with a process of its own: from the database of the build
("kg"), which is opened and not loaded, and from the graph loaded into memory ("kg in memory"). All must give as many
rows as rdflib. Of a pattern's time in memory more than half goes into pages that the query's process must copy, for the
engine counts references in what it reads, and from the database a tenth; the rest is the engine's (pyoxigraph's own,
asked in this process). A machine that is busy slows rdflib more than such copying: ratios of different loads are not
comparable. What rdflib has not done within a minute (``--most``; two to write) is given up, without
rows: its seconds and the ratio are then "at least".
"""

import argparse
import json
import platform
import random
import resource
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox
import rdflib
from made import BASE, Collector
from rdflib import Graph as RdfGraph

import kg
from kg import mapping
from kg.mapping import prefixes, to_quads, to_turtle, validate_turtle
from kg.mapping.validation import by_pyshacl
from kg.model import EntityType, Graph, Modality, RoleStatus
from kg.resources import data_path
from kg.store import Store, store_files

__all__ = ["make_graph", "measure"]

RESULT = Path(__file__).parent / "results" / "store.json"
SAMPLE = data_path("samples")
T = TypeVar("T")

_PER_STATEMENT = 31  # triples, about
_RUNS, _SECONDS = 3, 5.0  # of a query at most, in all
_CHECKED = 20_000  # triples, about, of the graph whose shapes pySHACL checks too
_SENTENCE = "On that day {a} and {b} were in the same sentence, number {n} of this article."

# What people ask: named queries, of all of the graph.
TYPICAL: dict[str, dict[str, str]] = {
    **{name: {} for name in ("top", "counts", "names", "met", "statements")},
    "roles-on": {"on": "2015-06-30"},
}
# Plain patterns, of all of the graph and of one thing.
PATTERNS = {
    "posts, people and organizations": "SELECT ?title ?name ?org { ?s a kg:RoleStatement ; kg:title ?title ; "
    "rdf:subject/rdfs:label ?name ; rdf:object/rdfs:label ?org } ORDER BY ?org ?title ?name",
    "latest meetings": "SELECT ?date ?one ?other { ?s a kg:MeetingStatement ; kg:date ?date ; "
    "rdf:subject/rdfs:label ?one ; rdf:object/rdfs:label ?other } ORDER BY DESC(STR(?date)) ?one ?other LIMIT 20",
    "the most connected": "SELECT ?who (COUNT(DISTINCT ?other) AS ?n) { ?who kg:metWith ?other } GROUP BY ?who "
    "ORDER BY DESC(?n) ?who LIMIT 10",
    "what is denied, with sentences": "SELECT ?one ?sentence { ?s kg:asserted false ; kg:modality kg:denied ; "
    "rdf:subject/rdfs:label ?one ; kg:evidence/oa:hasSelector/oa:exact ?sentence } ORDER BY ?one ?sentence",
    "how many of each kind": "SELECT ?p (COUNT(?s) AS ?n) { ?s kg:asserted true ; rdf:predicate ?p } GROUP BY ?p",
    "facts of little confidence": "SELECT ?s ?c { ?s kg:asserted true ; kg:confidence ?c FILTER(?c < 0.45) } "
    "ORDER BY ?c ?s LIMIT 50",
}
OF_ONE = {
    "posts of a person": "SELECT ?title ?org { ?s a kg:RoleStatement ; rdf:subject person:p7 ; kg:title ?title . "
    "OPTIONAL { ?s rdf:object/rdfs:label ?org } } ORDER BY ?title ?org",
    "people at an organization": "SELECT DISTINCT ?name { ?who kg:holdsRole|kg:memberOf organization:o3 ; "
    "rdfs:label ?name } ORDER BY ?name",
}


def make_graph(triples: int, *, seed: int = 7) -> Graph:
    """Return a graph that is about so many triples in RDF; the same seed gives the same graph."""
    dice = random.Random(seed)
    count = max(triples // _PER_STATEMENT, 20)
    made = Collector(extractor="rule:made")

    def entities(type_: EntityType, letter: str, number: int) -> list[str]:
        return [made.entity(type_, f"{letter}{i}", f"{letter.upper()}{i} Name") for i in range(number)]

    people = entities(EntityType.PERSON, "p", max(count // 6, 10))
    bodies = entities(EntityType.ORGANIZATION, "o", max(count // 20, 5))
    places = entities(EntityType.PLACE, "l", max(count // 100, 5))
    for n in range(count):
        document = f"article-{n // 12}"
        made.document(document, title=f"Title {document}", published="2024-01-01")
        kind = dice.choice(("holdsRole", "holdsRole", "memberOf", "metWith", "metWith", "visited"))
        a = dice.choice(people)
        b = dice.choice({"metWith": people, "visited": places}.get(kind, bodies))
        if a == b:
            b = people[(people.index(a) + 1) % len(people)]
        if kind == "metWith" and b < a:
            a, b = b, a
        day = f"20{dice.randrange(10, 24)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        made.says(
            document,
            _SENTENCE.format(a=made.entities[a].name, b=made.entities[b].name, n=n),
            after=" ",
            local=f"s{n:07}",
            subject=a,
            predicate=kind,
            object=b,
            modality=dice.choice([Modality.ACTUAL] * 9 + [Modality.DENIED]),
            title=dice.choice(("minister", "director", "chair")) if kind == "holdsRole" else None,
            status=RoleStatus.CURRENT if kind == "holdsRole" else None,
            start=day[:4] if kind == "holdsRole" else None,
            date=day if kind in {"metWith", "visited"} else None,
            confidence=round(dice.uniform(0.4, 1.0), 3),
        )
    return made.graph()


def measure(triples: int, *, most: float = 60.0) -> dict[str, Any]:
    """Return the figures.

    Args:
        triples: how large the graph is, about.
        most: seconds of processor time after which a query of rdflib's, or its writing, is given up.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _tell(f"making a graph of {triples:,} triples")
        found = _written(make_graph(triples), place)
        # In a process of its own, for one that has held the whole graph as records takes longer to fork.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            queries, ours, ours_in_memory, opening = pool.submit(_ours, place).result()
        found |= opening
        theirs = _theirs(place / "graph.ttl", queries, most)
    for part in ("load Turtle", "write Turtle"):
        found[part] = _beside(found[part], theirs[part])
    for kind in queries:
        found[kind] = {
            name: _compared(ours[kind][name], ours_in_memory[kind][name], theirs[kind][name]) for name in queries[kind]
        }
    for way in ("ratio", "ratio in memory"):
        medians = {kind: statistics.median(q[way] for q in found[kind].values()) for kind in queries}
        found |= {f"median {way}, {kind}": round(median, 1) for kind, median in medians.items()}
    _tell("the check of the shapes")
    found["shapes, ms a statement"] |= _shapes()
    found["check of the shapes in a build of the sample"] = _share()
    found["memory MB, the highest, with rdflib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found | {"python": platform.python_version(), "pyoxigraph": ox.__version__, "rdflib": rdflib.__version__}


def _beside(ours: float, theirs: float) -> dict[str, float]:
    return {"kg": ours, "rdflib": theirs, "ratio": round(theirs / ours, 1)}


def _compared(ours: "Measured", in_memory: "Measured", theirs: "Measured") -> dict[str, float | None]:
    if ours.rows != in_memory.rows or theirs.rows not in {None, ours.rows}:
        raise ValueError(f"{ours.rows}, {in_memory.rows} and {theirs.rows} rows to one query")
    return {
        "rows": ours.rows,
        "rows of rdflib": theirs.rows,
        "kg": ours.seconds,
        "kg in memory": in_memory.seconds,
        "rdflib": theirs.seconds,
        "ratio": round(theirs.seconds / ours.seconds, 1),
        "ratio in memory": round(theirs.seconds / in_memory.seconds, 1),
    }


def _written(graph: Graph, place: Path) -> dict[str, Any]:
    turtle, from_records = _timed(lambda: to_turtle(graph, base_iri=BASE))
    encoded = turtle.encode()
    (place / "graph.ttl").write_bytes(encoded)
    _, checked = _timed(lambda: validate_turtle(encoded))
    files, written = _timed(
        lambda: store_files(
            to_quads(graph, base_iri=BASE), work=place / "work", turtle=encoded, prefixes=prefixes(BASE)
        )
    )
    for name, content in files.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_bytes(content)
    memory = ox.Store()
    _, loaded = _timed(lambda: memory.bulk_load(path=str(place / "graph.ttl"), format=ox.RdfFormat.TURTLE))
    spaces = {name: iri for name, iri in prefixes(BASE).items() if name not in {"document", "extractor"}}
    _, serialized = _timed(
        lambda: memory.dump(format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph(), prefixes=spaces)
    )
    return {
        "triples": len(memory),
        "statements": len(graph.statements),
        "Turtle MB": round(len(turtle) / 1e6, 1),
        "store MB": round(sum(map(len, files.values())) / 1e6, 1),
        "load Turtle": loaded,
        "write Turtle": serialized,
        "write Turtle from records": from_records,
        "write the store from records, with the graph of each article": written,
        "shapes, ms a statement": {"kg, on all": round(checked * 1000 / len(graph.statements), 3)},
    }


def _queries(store: Store) -> dict[str, dict[str, str]]:
    return {
        "typical queries": {name: store.prepare(name, given)[0] for name, given in TYPICAL.items()},
        "patterns": PATTERNS,
        "patterns of one thing": OF_ONE,
    }


def _ours(place: Path) -> tuple[dict[str, dict[str, str]], dict[str, Any], dict[str, Any], dict[str, float]]:
    """Return the queries, what they take from the database and in memory, and what it takes to open these."""
    disk, opened = _timed(
        lambda: Store(place, prefixes(BASE), ox.Store.read_only(str(place / "store")), (), place / "store")
    )
    queries = _queries(disk)
    found = _asked("kg", queries, lambda query: len(disk.query(query, timeout=None).rows))
    memory, loaded = _timed(lambda: Store.open(place / "graph.ttl"))
    in_memory = _asked("kg in memory", queries, lambda query: len(memory.query(query, timeout=None).rows))
    return queries, found, in_memory, {"open the store": opened, "open the Turtle": loaded}


def _theirs(turtle: Path, queries: dict[str, dict[str, str]], most: float) -> dict[str, Any]:
    _tell("rdflib loads")
    graph, loaded = _timed(lambda: RdfGraph().parse(turtle, format="turtle"))

    def ask(query: str) -> int | None:
        return _within(most, lambda: len(list(graph.query(query, initNs=prefixes(BASE)))))

    found = _asked("rdflib", queries, ask)
    _tell("rdflib writes")
    _, written = _timed(lambda: _within(2 * most, lambda: graph.serialize(format="turtle")))
    return {"load Turtle": loaded, "write Turtle": written} | found


class _TooLong(BaseException):
    """Work is given up; no ``Exception``, which rdflib would take for one of its own."""


def _within(seconds: float, work: Callable[[], T]) -> T | None:
    """Return the result of work, None if it takes more seconds of processor time."""

    def stop(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return work()
    except _TooLong:
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@dataclass(frozen=True, slots=True)
class Measured:
    """The seconds that a query took and the rows that it gave; no rows where it was given up."""

    seconds: float
    rows: int | None


def _asked(
    whom: str, queries: dict[str, dict[str, str]], ask: Callable[[str], int | None]
) -> dict[str, dict[str, Measured]]:
    def least(name: str, query: str) -> Measured:
        _tell(f"{whom}: {name}")
        times: list[float] = []
        rows: int | None = None
        while len(times) < _RUNS and (not times or sum(times) + times[-1] <= _SECONDS):
            rows, seconds = _timed(lambda: ask(query))
            times.append(seconds)
        return Measured(min(times), rows)

    return {kind: {name: least(name, query) for name, query in of.items()} for kind, of in queries.items()}


def _share() -> dict[str, Any]:
    """Return what part of a build of the sample articles the check is: of a first one, and of one with nothing new."""
    checked: list[float] = []
    real = mapping.validate_turtle

    def timed(turtle: bytes) -> None:
        checked.append(_timed(lambda: real(turtle))[1])

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        mapping.validate_turtle = timed
        try:
            for which in ("the first", "one with nothing new"):
                built = _timed(lambda: kg.build([str(SAMPLE)], folder))[1]
                found[which] = {"build": built, "check": checked[-1], "share": round(checked[-1] / built, 4)}
        finally:
            mapping.validate_turtle = real
    return found


def _shapes() -> dict[str, float]:
    graph = make_graph(_CHECKED)
    turtle = to_turtle(graph, base_iri=BASE)
    rdf = RdfGraph().parse(data=turtle, format="turtle")
    per = 1000 / len(graph.statements)
    ours, theirs = _timed(lambda: validate_turtle(turtle.encode()))[1], _timed(lambda: by_pyshacl(rdf))[1]
    of = f", on {len(graph.statements)} statements"
    return {f"kg{of}": round(ours * per, 3), f"pySHACL{of}": round(theirs * per, 3)}


def _tell(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = _processor()
    result = work()
    return result, round(_processor() - began, 4)


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def main() -> None:
    """Measure and write the record."""
    parser = argparse.ArgumentParser(description="Store against rdflib")
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--most", type=float, default=60.0)
    parser.add_argument("--output", type=Path, default=RESULT)
    given = parser.parse_args()
    found = measure(given.triples, most=given.most)
    given.output.write_text(json.dumps(found, indent=2) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
