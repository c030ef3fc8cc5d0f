"""Kills builds at random moments and between the renames: what is left must be the old build whole or the new one.

    python benchmarks/kills.py [--random 150] [--renames 50] [--output benchmarks/results/kills.json]

Each build runs in a forked process that ends by SIGKILL: at a random moment of its run, or as it is about to rename for
the n-th time. Then a command that reads the folder must find the old build or the new one, byte for byte, and building
again must give the bytes of a build that nobody disturbed, with no leftovers; a database must be as its build wrote it.
The language pipeline and all modules are loaded once, in this process, so that a build takes a second and not ten; all
else is as ``kg build`` does it. This process opens no database on disk: a fork of one that did hangs.
"""

import argparse
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

from kg import pipeline
from kg.config import Settings
from kg.errors import DocumentError, OutputError
from kg.model import Document, Extraction
from kg.reader import Reader
from kg.store import Store, altered_files, load_graph

SETTINGS = Settings(extractor="rules")
SEED = 9
TEXTS = [
    "Norwegian Prime Minister Sigrid Aasland met Graham Ellery, the chairman of Fenland Bank, in Oslo on Friday.",
    "Latvian Education Minister Marta Kalnina named Edgars Vitols acting rector on Monday.",
    "Priya Ramanan, the chief executive of Kestrel Instruments, visited Trondheim on Thursday.",
    "Jonas Brekke founded Halden Optics in 1998. His sister Astrid Brekke is its chairwoman.",
    "The Galway Harriers have appointed Declan Moriarty as head coach, the club said on Monday.",
    "Tor Eikeland, the former mayor of Bergen, died on Sunday. He was born in Stavanger in 1941.",
]


def main() -> None:
    """Run the kills and write what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--random", type=int, default=150, help="kills at random moments")
    parser.add_argument("--renames", type=int, default=50, help="kills between two renames")
    parser.add_argument("--output", type=Path, default=Path("benchmarks/results/kills.json"))
    options = parser.parse_args()
    reader = Reader(SETTINGS)

    def extract(
        documents: Iterable[Document],
        settings: Settings | None = None,  # noqa: ARG001 (the reader has them)
    ) -> Iterator[Extraction | DocumentError]:
        return _extract(reader, documents)

    pipeline.extract = extract
    with tempfile.TemporaryDirectory() as folder:
        result = _Trial(Path(folder)).run(options.random, options.renames)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(result, indent=2) + "\n", encoding="utf8")
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    sys.exit(bool(result["failures"]))


def _extract(reader: Reader, documents: Iterable[Document]) -> Iterator[Extraction | DocumentError]:
    for document in documents:
        yield reader.read(document, enter=lambda _stage: None)


class _Trial:
    def __init__(self, folder: Path) -> None:
        self._articles, self._graph, self._kept = folder / "articles", folder / "graph", folder / "kept"
        self._write(TEXTS[:4])
        with patch("kg.store.store_files", return_value={}):
            self._build()  # here, so that no build has to import anything
        self._old = self._whole()
        self._graph.rename(self._kept)
        self._write(TEXTS)
        started = time.perf_counter()
        self._new = self._whole()
        self._seconds = time.perf_counter() - started
        self._random = random.Random(SEED)

    def run(self, at_random: int, at_renames: int) -> dict[str, object]:
        """Return how often which build was found, and what did not hold."""
        found: Counter[str] = Counter()
        failures = []
        for number in range(at_random + at_renames):
            before = self._old if number % 2 else {}
            shutil.rmtree(self._graph, ignore_errors=True)
            if before:
                shutil.copytree(self._kept, self._graph)
            if number < at_random:
                kind = "at a random moment"
                _fork(self._build, seconds=self._random.uniform(0, 1.1 * self._seconds))
            else:
                # The first rename is that of the draft, by which the build counts; those after it place seven files
                # and the database, and put away the one before.
                kind = "between renames"
                rename = 1 + (number - at_random) // 2 % (9 if before else 8)
                if _fork(partial(self._killed_at, rename)) != -signal.SIGKILL:
                    failures.append(f"{number}, {kind}: there is no rename {rename + 1}")
            outcome, problem = self._examine(before)
            found[f"{kind}: {outcome}"] += 1
            if problem:
                failures.append(f"{number}, {kind}: {problem}")
        return {
            "kills": at_random + at_renames,
            "between renames": at_renames,
            "found": dict(sorted(found.items())),
            "seconds of a whole build": round(self._seconds, 2),
            "failures": failures,
        }

    def _whole(self) -> dict[str, bytes]:
        shutil.rmtree(self._graph, ignore_errors=True)
        return self._built()

    def _files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self._graph.glob("[!.]*") if path.is_file()}

    def _write(self, texts: list[str]) -> None:
        self._articles.mkdir(exist_ok=True)
        for number, text in enumerate(texts):
            (self._articles / f"{number}.txt").write_text(text, encoding="utf8")

    def _build(self) -> None:
        pipeline.build([str(self._articles)], self._graph, settings=SETTINGS)

    def _killed_at(self, number: int) -> None:
        rename, count = os.replace, iter(range(number))

        def killed(*names: Path) -> None:
            if next(count, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            rename(*names)

        os.replace = killed  # type: ignore[assignment]
        self._build()

    def _read(self) -> None:
        """Do what any command does first: it finishes what was cut short."""
        try:
            load_graph(self._graph)
            Store.open(self._graph)
        except OutputError as error:
            if "is missing" not in str(error):
                sys.exit(str(error))

    def _examine(self, before: dict[str, bytes]) -> tuple[str, str]:
        problem = "refused, as said above" if _fork(self._read) else ""
        files = self._files()
        outcome = "new" if files == self._new else "mixed" if files != before else "old" if before else "none yet"
        if outcome == "mixed":
            problem = problem or "a mixture of two builds"
        elif files and altered_files(self._graph):
            problem = problem or "the database is not as its build wrote it"
        again = self._built()
        if again != self._new or len(list(self._graph.iterdir())) != len(self._new) + 1:  # and the store
            problem = problem or "building again gives other bytes, or leaves something behind"
        return outcome, problem

    def _built(self) -> dict[str, bytes]:
        _fork(self._build)
        return {} if altered_files(self._graph) else self._files()


def _fork(work: Callable[[], None], *, seconds: float | None = None) -> int | None:
    """Run work in a process of its own, killed after some seconds if they are given, and return its exit code."""
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join(seconds)
    child.kill()
    child.join()
    return child.exitcode


if __name__ == "__main__":
    main()
