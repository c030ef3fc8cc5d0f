"""How fast a large graph is written, loaded and asked, against rdflib in memory.

    python benchmarks/store.py --triples 1000000

makes a graph of news about invented people, organizations and places in the shape of a build (entities, articles,
statements with evidence), and measures in one run: the Turtle and the store written, the Turtle loaded, queries, and
the check of the shapes, by kg and by rdflib in memory or pySHACL. It writes ``benchmarks/results/store.json``. The
figures are seconds of processor time, of all threads and child processes, since others use the machine too; of queries
the least of five runs. kg's queries go the whole way, each with a process of its own.
"""

import argparse
import json
import platform
import random
import resource
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib import Graph as RdfGraph

from kg.mapping import prefixes, to_quads, to_turtle, validate
from kg.mapping.validation import by_pyshacl
from kg.model import (
    Document,
    Entity,
    EntityType,
    Evidence,
    Graph,
    MentionAt,
    MentionKind,
    Modality,
    RoleStatus,
    Statement,
)
from kg.store import Store, store_files

__all__ = ["make_graph", "measure"]

BASE = "https://kg.example/"
RESULT = Path(__file__).parent / "results" / "store.json"
_PER_STATEMENT = 37  # triples, about
_SENTENCE = "On that day {a} and {b} were in the same sentence, number {n} of this article. "

# What is asked over all of the graph, and of one thing.
QUERIES = {
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
    people = [f"{BASE}person/p{i}" for i in range(max(count // 6, 10))]
    bodies = [f"{BASE}organization/o{i}" for i in range(max(count // 20, 5))]
    places = [f"{BASE}place/l{i}" for i in range(max(count // 100, 5))]
    names = {iri: f"{iri.rpartition('/')[2].upper()} Name" for iri in (*people, *bodies, *places)}
    texts: dict[str, str] = {}
    mentions: dict[str, list[MentionAt]] = {iri: [] for iri in names}
    statements = []
    for n in range(count):
        document = f"article-{n // 12}"
        kind = dice.choice(("holdsRole", "holdsRole", "memberOf", "metWith", "metWith", "visited"))
        a = dice.choice(people)
        b = dice.choice({"metWith": people, "visited": places}.get(kind, bodies))
        if a == b:
            b = people[(people.index(a) + 1) % len(people)]
        if kind == "metWith" and b < a:
            a, b = b, a
        text = texts.get(document, "")
        sentence = _SENTENCE.format(a=names[a], b=names[b], n=n)
        start, quote = len(text), sentence.rstrip()
        spans = [(start + quote.index(names[x]), start + quote.index(names[x]) + len(names[x])) for x in (a, b)]
        texts[document] = text + sentence
        for iri, span in zip((a, b), spans, strict=True):
            mentions[iri].append(MentionAt(document, *span, MentionKind.NAME))
        day = f"20{dice.randrange(10, 24)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        statements.append(
            Statement(
                id=f"{BASE}statement/s{n:07}",
                subject=a,
                predicate=kind,
                object=b,
                modality=dice.choice([Modality.ACTUAL] * 9 + [Modality.DENIED]),
                title=dice.choice(("minister", "director", "chair")) if kind == "holdsRole" else None,
                status=RoleStatus.CURRENT if kind == "holdsRole" else None,
                start=day[:4] if kind == "holdsRole" else None,
                date=day if kind in {"metWith", "visited"} else None,
                confidence=round(dice.uniform(0.4, 1.0), 3),
                evidence=(
                    Evidence(
                        document=document,
                        start=start,
                        end=start + len(quote),
                        text=quote,
                        subject=spans[0],
                        object=spans[1],
                        extractor="rule:made",
                    ),
                ),
            )
        )
    kinds = {"person": EntityType.PERSON, "organization": EntityType.ORGANIZATION, "place": EntityType.PLACE}
    return Graph(
        documents=tuple(
            Document(id=name, text=text, title=f"Title {name}", published="2024-01-01")
            for name, text in sorted(texts.items())
        ),
        entities=tuple(
            Entity(
                id=iri,
                type=kinds[iri.removeprefix(BASE).partition("/")[0]],
                name=names[iri],
                mentions=tuple(mentions[iri]),
            )
            for iri in sorted(names)
        ),
        statements=tuple(statements),
    )


def measure(triples: int, *, shapes: int = 20_000) -> dict[str, Any]:
    """Return the figures; ``shapes`` is how large the graph is on which the shapes are checked by pySHACL too."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        found = _written(make_graph(triples), place)
        found |= _asked_of_ours(place)
        theirs = _theirs(place / "graph.ttl")
    for part in ("load Turtle", "write Turtle"):
        found[part] = _beside(found[part], theirs[part])
    for part in ("queries", "queries of one thing"):
        found[part] = {name: _beside(found[part][name], theirs[part][name]) for name in found[part]}
    found["median ratio of the queries"] = statistics.median(q["ratio"] for q in found["queries"].values())
    found["shapes, ms a statement"] |= _shapes(shapes)
    found["memory MB, the highest, with rdflib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found | {"python": platform.python_version(), "pyoxigraph": ox.__version__, "rdflib": rdflib.__version__}


def _beside(ours: float, theirs: float) -> dict[str, float]:
    return {"kg": ours, "rdflib": theirs, "ratio": round(theirs / ours, 1)}


def _written(graph: Graph, place: Path) -> dict[str, Any]:
    turtle, from_records = _timed(lambda: to_turtle(graph, base_iri=BASE))
    (place / "graph.ttl").write_text(turtle, encoding="utf8")
    checked: list[float] = []
    files, written = _timed(
        lambda: store_files(
            to_quads(graph, base_iri=BASE),
            work=place / "work",
            turtle=turtle.encode(),
            prefixes=prefixes(BASE),
            check=lambda store: checked.append(_timed(lambda: validate(store))[1]),
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
        "write the store from records, with the graph of each article": round(written - checked[0], 3),
        "shapes, ms a statement": {"kg, on all": round(checked[0] * 1000 / len(graph.statements), 3)},
    }


def _asked_of_ours(place: Path) -> dict[str, Any]:
    disk = place / "store"
    store, opened = _timed(lambda: Store(place, prefixes(BASE), ox.Store.read_only(str(disk)), (), disk))
    return {"open the store": opened, **_asked(lambda query: store.query(query))}


def _theirs(turtle: Path) -> dict[str, Any]:
    graph, loaded = _timed(lambda: RdfGraph().parse(turtle, format="turtle"))
    _, written = _timed(lambda: graph.serialize(format="turtle"))
    return {"load Turtle": loaded, "write Turtle": written} | _asked(lambda query: list(graph.query(query)))


def _asked(ask: Callable[[str], object], *, runs: int = 5) -> dict[str, dict[str, float]]:
    def least(query: str) -> float:
        return min(_timed(lambda: ask(query))[1] for _ in range(runs))

    return {
        "queries": {name: least(query) for name, query in QUERIES.items()},
        "queries of one thing": {name: least(query) for name, query in OF_ONE.items()},
    }


def _shapes(triples: int) -> dict[str, float]:
    graph = make_graph(triples)
    store, rdf = ox.Store(), RdfGraph().parse(data=to_turtle(graph, base_iri=BASE), format="turtle")
    store.bulk_extend(to_quads(graph, base_iri=BASE))
    per = 1000 / len(graph.statements)
    ours, theirs = _timed(lambda: validate(store))[1], _timed(lambda: by_pyshacl(rdf))[1]
    of = f", on {len(graph.statements)} statements"
    return {f"kg{of}": round(ours * per, 3), f"pySHACL{of}": round(theirs * per, 3)}


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
    parser.add_argument("--output", type=Path, default=RESULT)
    given = parser.parse_args()
    found = measure(given.triples)
    given.output.write_text(json.dumps(found, indent=2) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
