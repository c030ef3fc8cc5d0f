"""Fifty clients at once at ``kg serve`` for a minute: answers, errors, times, memory.

    python benchmarks/serve.py [--clients 50] [--seconds 60] [--statements 5000] [--output FILE]

A made-up graph is written as a build leaves it and served by ``kg serve`` in a process of its own. Each client, a
thread with a connection that it keeps, asks one question after the other, drawn by chance: queries with their answers
in four formats, pages and RDF of entities and articles, searches. The memory is that of the server and of its queries'
processes together, what they share counted once, looked at twice a second. Clients and server share the machine.
"""

import argparse
import http.client
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from made import BASE, Collector

from kg.mapping import prefixes, to_quads, to_turtle
from kg.model import EntityType, Graph
from kg.store import store_files, write_build

SEED = 13
PER_DOCUMENT = 20  # statements
NAMED = 7  # statements of which each entity is the subject, about

QUERIES = {
    "one entity": "SELECT ?name ?org {{ person:p{n} rdfs:label ?name . OPTIONAL {{ person:p{n} kg:holdsRole ?org }} }}",
    "who met whom": "SELECT ?a ?b {{ ?a kg:metWith ?b }} LIMIT 50",
    "roles by sentence": (
        "SELECT ?who ?title ?quote {{ ?s rdf:subject ?who ; rdf:object organization:o{m} ; kg:title ?title ; "
        "kg:evidence/oa:hasSelector/oa:exact ?quote }}"
    ),
    "most connected": "SELECT ?who (COUNT(*) AS ?n) {{ ?who kg:metWith ?b }} GROUP BY ?who ORDER BY DESC(?n) LIMIT 10",
    "two steps": "SELECT DISTINCT ?c {{ person:p{n} kg:metWith/kg:metWith ?c }} LIMIT 100",
    "describe": "DESCRIBE person:p{n}",
}
ACCEPTED = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "*/*")


def main() -> None:
    """Serve, ask for a while, and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--statements", type=int, default=5_000)
    parser.add_argument("--output", type=Path, default=Path("benchmarks/results/serve.json"))
    options = parser.parse_args()
    load = round(os.getloadavg()[0], 1)  # processes that want a core
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "build")
        triples = _write(_graph(options.statements), folder, Path(work, "store"))
        with _server(folder) as (port, process):
            result = _load(
                port, process.pid, clients=options.clients, seconds=options.seconds, statements=options.statements
            )
    result = {"triples": triples, "cores": len(os.sched_getaffinity(0)), "load of others before": load, **result}
    options.output.write_text(json.dumps(result, indent=2) + "\n", encoding="utf8")
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


def _graph(count: int) -> Graph:
    """Return a graph of so many statements: people who hold posts and meet, a sentence each, twenty an article."""
    chance = random.Random(SEED)
    made = Collector()
    people = max(2, count // NAMED)
    persons = [made.entity(EntityType.PERSON, f"p{n}", f"Ada Number{n}") for n in range(people)]
    offices = [made.entity(EntityType.ORGANIZATION, f"o{n}", f"Office {n}") for n in range(max(1, people // 10))]
    for number in range(count):
        article = number // PER_DOCUMENT
        made.document(f"article-{article}", title=f"Article {article}", published="2021-03-05")
        held = chance.random() < 0.5
        subject, object_ = chance.choice(persons), chance.choice(offices if held else persons)
        before = made.entities[subject].name + (", chief of " if held else " met ")
        made.says(
            f"article-{article}",
            f"{before}{made.entities[object_].name} on Monday.",
            after="\n",
            local=f"s{number:06}",
            subject=subject,
            predicate="holdsRole" if held else "metWith",
            object=object_,
            title="chief" if held else None,
            date=None if held else f"20{number % 20 + 1:02}-03-04",
            confidence=0.8,
        )
    return made.graph()


def _write(graph: Graph, folder: Path, work: Path) -> int:
    turtle, quads = to_turtle(graph, base_iri=BASE), list(to_quads(graph, base_iri=BASE))
    files = store_files(quads, work=work, turtle=turtle.encode(), prefixes=prefixes(BASE))
    write_build(graph, folder, turtle=turtle, page="", others=files)
    return sum(1 for quad in quads if not hasattr(quad.graph_name, "value"))


@contextmanager
def _server(folder: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout is not None else ""
            yield urlsplit(line.split()[2]).port or 0, process
        finally:
            process.send_signal(signal.SIGINT)


def _load(port: int, server: int, *, clients: int, seconds: float, statements: int) -> dict[str, object]:
    times: dict[str, list[float]] = defaultdict(list)
    failures: Counter[str] = Counter()
    lock, end = threading.Lock(), time.monotonic() + seconds

    def client(number: int) -> None:
        chance = random.Random(SEED * 1_000 + number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.monotonic() < end:
            kind, path, accept = _question(chance, statements)
            began = time.monotonic()
            try:
                connection.request("GET", path, headers={"Accept": accept})
                response = connection.getresponse()
                response.read()
                failure = "" if response.status == 200 else f"{kind}: {response.status}"
            except (OSError, http.client.HTTPException) as error:
                failure = f"{kind}: {type(error).__name__}"
                connection.close()
            with lock:
                times[kind].append(time.monotonic() - began)
                failures.update([failure] if failure else [])
        connection.close()

    idle = _memory(server)
    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    highest = idle
    while any(thread.is_alive() for thread in threads):
        highest = max(highest, _memory(server))
        time.sleep(0.5)
    every = [taken for kind in times.values() for taken in kind]
    return {
        "clients": clients,
        "seconds": seconds,
        "answers": len(every),
        "answers a second": round(len(every) / seconds, 1),
        "errors": dict(failures),
        "time of an answer, in seconds": _quantiles(every),
        "by kind": {kind: {"answers": len(taken), **_quantiles(taken)} for kind, taken in sorted(times.items())},
        "memory before, MB": round(idle / 2**20),
        "memory at most, MB": round(highest / 2**20),
        "memory afterwards, MB": round(_memory(server) / 2**20),
    }


def _question(chance: random.Random, statements: int) -> tuple[str, str, str]:
    """Return the kind, the address and the Accept header of a question drawn by chance."""
    people = max(2, statements // NAMED)
    n, m = chance.randrange(people), chance.randrange(max(1, people // 10))
    match chance.randrange(10):
        case 0:
            return "page of an entity", f"/person/p{n}", "text/html"
        case 1:
            return "entity in RDF", f"/person/p{n}", chance.choice(["text/turtle", "application/ld+json"])
        case 2:
            return (
                "page of an article",
                f"/document/article-{chance.randrange(statements // PER_DOCUMENT)}",
                "text/html",
            )
        case 3:
            return "search", f"/search?q={quote(f'number{n}')}", "text/html"
    kind = chance.choice(list(QUERIES))
    accept = chance.choice(ACCEPTED) if kind != "describe" else "text/turtle"
    return f"query: {kind}", f"/sparql?{urlencode({'query': QUERIES[kind].format(n=n, m=m)})}", accept


def _quantiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [*times * 99]
    return {
        "median": round(cuts[49], 3),
        "p95": round(cuts[94], 3),
        "p99": round(cuts[98], 3),
        "max": round(max(times), 3),
    }


def _memory(process: int) -> int:
    """Return the bytes that a process and its children hold."""
    total = 0
    for number in (process, *_children(process)):
        try:
            rollup = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii")
        except OSError:  # it has ended
            continue
        total += sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
    return total


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += map(int, task.read_text(encoding="ascii").split())
        except OSError:
            continue
    return found


if __name__ == "__main__":
    main()
