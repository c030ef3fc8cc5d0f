"""The graph as an embedded Oxigraph database: ``store/`` in the folder of a build, made with it and never changed.

``store/kg.json`` says what the database is: its format, the vocabulary in it, and the SHA-256 of the ``graph.ttl`` that
says the same. It is hashed in ``build.json`` like any file of the build; the engine's own files differ from run to run,
so their hashes stand apart, in ``store/files.json``. Whoever opens a store that is not of its build, broken or of
another format is told so and reads ``graph.ttl`` instead.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from traceback import clear_frames

import pyoxigraph as ox

from kg.errors import OutputError
from kg.resources import ontology_path
from kg.store.folder import BELOW, MANIFEST, STORE, TURTLE, read_files

__all__ = [
    "ONTOLOGY_GRAPH",
    "altered_files",
    "compare_quads",
    "is_named",
    "load_ontology",
    "open_disk",
    "read_ontology",
    "store_files",
]

ONTOLOGY_GRAPH = ox.NamedNode("https://kg.example/ontology")
"""The named graph of the vocabulary and the role concepts: ``GRAPH <https://kg.example/ontology> { ... }``."""

FORMAT = 1
"""Number of the layout of a store; one that kg does not know is not read."""

HASHES = f"{BELOW}files.json"
"""The SHA-256 of each file of the engine, by name."""

_ONTOLOGY = ("kg.ttl", "roles.ttl")
_TEXT = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
_SPOKEN = "{ ?term ?p ?o } UNION { ?s ?term ?o } UNION { ?s ?p ?term }"
_TERMS = f"SELECT DISTINCT ?term {{ {_SPOKEN} UNION {{ GRAPH {ONTOLOGY_GRAPH} {{ {_SPOKEN} }} }} }}"
_NOT_KEPT = ("LOG", "LOCK", "OPTIONS", "IDENTITY")


def store_files(
    quads: Iterable[ox.Quad],
    *,
    work: Path,
    turtle: bytes,
    prefixes: Mapping[str, str],
) -> dict[str, bytes]:
    """Make the database of a graph and return its files by their names in the folder of the build.

    Args:
        quads: the graph; the ontology is put beside it.
        work: folder that the database may be made in; what stands there under its name is lost.
        turtle: content of ``graph.ttl``, which says the same as the default graph.
        prefixes: those of the graph.

    Raises:
        OutputError: the database cannot be written.
    """
    folder = work / STORE
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        store = ox.Store(str(folder))
        ontology, known = read_ontology()
        # Each load, and each million quads of one, makes files of its own over the same range of keys: a query looks
        # into all of them until they are merged.
        store.bulk_extend(chain(ontology, quads))
        store.optimize()
        store.flush()
        del store  # closes it
        names = sorted(path for path in folder.iterdir() if not path.name.startswith(_NOT_KEPT) and path.stat().st_size)
        files = {f"{BELOW}{path.name}": path.read_bytes() for path in names}
    except OSError as error:
        raise OutputError(f"{folder} cannot be written ({_line(error)}): check the space on the disk") from error
    except BaseException as error:
        clear_frames(error.__traceback__)  # they hold the store open
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    graph = hashlib.sha256(turtle).hexdigest()
    hashes = {name.removeprefix(BELOW): hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return {
        MANIFEST: _manifest(graph, {**known, **prefixes}),
        HASHES: _json(hashes),
        **files,
    }


def altered_files(folder: Path) -> tuple[str, ...]:
    """Return what of the database in the folder of a build is not as the build wrote it: missing, changed or added."""
    try:
        content = (folder / HASHES).read_bytes()
        hashes = json.loads(content)
        whole = content == _json(hashes) and isinstance(hashes, dict)
    except (OSError, ValueError, RecursionError):
        whole = False
    if not whole:
        return (HASHES,)
    own = {Path(MANIFEST).name, Path(HASHES).name}
    there = {p.name for p in (folder / STORE).iterdir() if not p.name.startswith(_NOT_KEPT)} - own
    strange = there ^ hashes.keys()
    changed = {name for name in there & hashes.keys() if _digest(folder / STORE / name) != hashes[name]}
    return tuple(f"{BELOW}{name}" for name in sorted(strange | changed))


def _manifest(graph: str, prefixes: Mapping[str, str]) -> bytes:
    """Return what says what a database is; ``graph`` is the SHA-256 of the Turtle that says the same."""
    spaces = dict(sorted(prefixes.items()))
    return _json({"format": FORMAT, "vocabulary": _vocabulary(), "graph": graph, "prefixes": spaces})


def _json(record: object) -> bytes:
    return json.dumps(record, indent=2).encode() + b"\n"


def compare_quads(folder: Path, quads: Sequence[ox.Quad], *, prefixes: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """Return which quads the database in the folder of a build lacks, and which it has besides, as N-Quads.

    Raises:
        OutputError: as ``open_disk``, where its prefixes are not those of the graph, and where it cannot be read.
    """
    store, _ = open_disk(folder)
    ontology, own = read_ontology()
    if (folder / MANIFEST).read_bytes() != _manifest(_digest(folder / TURTLE), {**own, **prefixes}):
        raise OutputError(f"{folder / MANIFEST} has other prefixes than the graph, or says more than it should")
    told = [*ontology, *quads]
    try:
        if _is_exactly(store, told):
            return set(), set()
        there, should_be = map(_lines, (store, _in_memory(told)))
    except (OSError, RuntimeError) as error:  # a block of it is not as its checksum says
        raise OutputError(f"{folder / STORE} is damaged ({_line(error)})") from error
    return _named(should_be - there), _named(there - should_be)


def _is_exactly(store: ox.Store, quads: Sequence[ox.Quad]) -> bool:
    """Whether a store holds these quads and no others, but for those of what has no name, which are counted only.

    The engine looks a quad up by the hashes of its terms and reads no term for that, which is most of what reading all
    quads takes; what each hash stands for is then read once a term, of the default graph and the ontology: the graphs
    of documents say nothing else.
    """
    terms = {term for q in quads for term in (q.subject, q.predicate, q.object) if not isinstance(term, ox.BlankNode)}
    values = [term for term in terms if isinstance(term, ox.Literal) and term.datatype != _TEXT]
    written = _in_memory(ox.Quad(ONTOLOGY_GRAPH, ONTOLOGY_GRAPH, value) for value in values)
    should_be = terms.difference(values).union(quad.object for quad in written)  # it writes numbers in its own way
    return (
        len(store) == len(quads)
        and all(map(store.__contains__, filter(is_named, quads)))
        and should_be == {row[0] for row in _solutions(store, _TERMS) if not isinstance(row[0], ox.BlankNode)}
    )


def _solutions(store: ox.Store, query: str) -> ox.QuerySolutions:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return found


def _in_memory(quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(quads)
    return store


def _lines(store: ox.Store) -> set[bytes]:
    return set((store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines())


def _named(lines: Iterable[bytes]) -> set[str]:
    """Return quads but for those of what has no name.

    These cannot be compared one by one: they are of the vocabulary, and the files' own hashes hold them.
    """
    quads = (line.decode().split(" ", 2) for line in lines)
    return {" ".join(parts) for parts in quads if not parts[0].startswith("_:") and not parts[2].startswith("_:")}


def load_ontology(store: ox.Store) -> dict[str, str]:
    """Load the vocabulary and the role concepts into their named graph, and return their prefixes."""
    quads, prefixes = read_ontology()
    store.bulk_extend(quads)
    return prefixes


def read_ontology() -> tuple[list[ox.Quad], dict[str, str]]:
    """Return the vocabulary and the role concepts, in their named graph, and their prefixes."""
    quads, prefixes = list[ox.Quad](), dict[str, str]()
    for name in _ONTOLOGY:
        reader = ox.parse(path=str(ontology_path(name)), format=ox.RdfFormat.TURTLE)
        quads += (ox.Quad(q.subject, q.predicate, q.object, ONTOLOGY_GRAPH) for q in reader)
        prefixes |= reader.prefixes
    return quads, prefixes


def open_disk(folder: Path) -> tuple[ox.Store, dict[str, str]]:
    """Open the store in the folder of a build for reading, and return it with the prefixes of its graph.

    Raises:
        OutputError: it is missing, broken, of another build or of a format that this kg does not know; the message says
            which.
    """
    [content] = read_files(folder, MANIFEST)
    try:
        manifest = json.loads(content)
        format_, vocabulary, graph = manifest["format"], manifest["vocabulary"], manifest["graph"]
        prefixes = {str(name): str(iri) for name, iri in manifest["prefixes"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OutputError(f"{folder / STORE} is damaged") from error
    if format_ != FORMAT or vocabulary != _vocabulary():
        other = "a newer" if isinstance(format_, int) and format_ > FORMAT else "another"
        raise OutputError(f"{folder / STORE} was made by {other} version of kg")
    if graph != _digest(folder / TURTLE):
        raise OutputError(f"{folder / STORE} is of another build")
    try:
        return ox.Store.read_only(str(folder / STORE)), prefixes
    except (OSError, ValueError, RuntimeError) as error:
        raise OutputError(f"{folder / STORE} is damaged ({_line(error)})") from error


def is_named(quad: ox.Quad) -> bool:
    """Whether both ends of a quad have a name: no blank nodes."""
    return not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def _vocabulary() -> str:
    return hashlib.sha256(b"\0".join(ontology_path(name).read_bytes() for name in _ONTOLOGY)).hexdigest()


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:120]
