# ruff: noqa: T201, SIM905
"""How long and with how much memory one text is read, by what it is made of and by its length.

    python benchmarks/lengths.py [--kinds NAME,...] [--sizes N,...] [--seconds S] [--output FILE]

Each text is read in a process of its own, by rules and model, and stopped after S seconds of processor time: what a
build skips by name. Writes one row a text: its kind and length in characters, processor seconds, the peak of memory in
MB, in how many parts it was read, what was found, and whether it was read or stopped.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SIZES = (10_000, 30_000, 100_000, 10_000_000)  # characters
SECONDS = 60
LOADING = 8  # further seconds for the models
GIVEN = "James Mary John Linda Robert Susan Michael Karen David Nancy".split()
SURNAMES = "Smith Brown Jones Miller Davis Wilson Moore Taylor Clark Lewis Young King Wright Hill Scott Green".split()
PEOPLE = [
    f"{given} {surname}{end}{syllable}"
    for syllable in ("", "a", "er", "ov", "sen", "ski")
    for end in ("", "son", "ton", "field", "wood")
    for surname in SURNAMES
    for given in GIVEN
]


def samples() -> str:
    """The sample articles in a row."""
    return "\n\n".join(path.read_text(encoding="utf8") for path in sorted((HERE.parent / "kg/data/samples").iterdir()))


KINDS: dict[str, Callable[[int], str]] = {
    "prose": lambda n: repeated(samples() + "\n\n", n),
    "one paragraph": lambda n: repeated(" ".join(samples().split()) + " ", n),
    "one name": lambda n: repeated("John Smith ", n),
    "people at one table": lambda n: repeated(f"Angela Merkel met {', '.join(PEOPLE)} and Boris Johnson. ", n),
    "brackets": lambda n: "(a [b " * (n // 12) + "c) d] " * (n // 12),
    "brackets in a row": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "quotation marks": lambda n: repeated('" a ', n),
    "headings": lambda n: repeated("# Peace Talks In Geneva\n", n),
    "datelines": lambda n: repeated("OSLO, 15 October 2021 (Reuters) - ", n),
    "relatives": lambda n: repeated("and her brother ", n),
    "one sentence": lambda n: repeated("the old man and the sea went to see the minister of ", n),
    "one word": lambda n: "a" * n,
}


def repeated(unit: str, size: int) -> str:
    """A text of a length, made of one piece again and again."""
    return (unit * (size // len(unit) + 1))[:size]


def measure(kind: str, size: int) -> dict[str, Any]:
    """Read one text in this process, the loading of the models not counted."""
    from kg.config import Settings
    from kg.model import Document, Extraction
    from kg.reader import Reader

    reader = Reader(Settings())
    text = KINDS[kind](size)
    started = time.process_time()
    extraction = reader.read(Document(id="text", text=text, published="2021-10-15"), enter=lambda _stage: None)
    if not isinstance(extraction, Extraction):
        return {"outcome": str(extraction), "seconds": round(time.process_time() - started, 1)}
    return {
        "outcome": "read",
        "seconds": round(time.process_time() - started, 1),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
        "parts": extraction.parts,
        "sentences_cut": extraction.cut,
        "entities": len(extraction.entities),
        "claims": len(extraction.claims),
    }


def run(kind: str, size: int, seconds: int) -> dict[str, Any]:
    """Measure one text in a process of its own."""
    child = subprocess.Popen(
        [sys.executable, __file__, "--one", kind, str(size)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds + LOADING, seconds + LOADING)),
    )
    _, status, usage = os.wait4(child.pid, 0)  # what it says fits into the pipes
    out, err = child.stdout.read() if child.stdout else "", child.stderr.read() if child.stderr else ""
    row: dict[str, Any] = {"kind": kind, "characters": size}
    if status == 0:
        measured: dict[str, Any] = json.loads(out.splitlines()[-1])
        return row | measured
    used = usage.ru_utime + usage.ru_stime
    return row | {
        "outcome": f"stopped after {seconds} s" if used >= seconds else err.strip().splitlines()[-1],
        "seconds": round(used, 1),
        "megabytes": usage.ru_maxrss // 1000,
    }


def main() -> None:
    """Measure every kind at every size; one that was stopped at a size is read at no larger one but the last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", nargs=2, metavar=("KIND", "SIZE"), help=argparse.SUPPRESS)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--output", type=Path, default=HERE / "results" / "lengths.json")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one[0], int(options.one[1]))))
        return
    rows: list[dict[str, Any]] = []
    sizes = [int(size) for size in options.sizes.split(",")]
    for kind in options.kinds.split(","):
        over = False
        for size in sizes:
            if over and size != sizes[-1]:
                continue
            rows.append(run(kind, size, options.seconds))
            over = over or rows[-1]["outcome"] != "read"
            print(json.dumps(rows[-1]), flush=True)
            options.output.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n", encoding="utf8")


if __name__ == "__main__":
    main()
