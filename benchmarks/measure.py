"""Measure kg on the public data sets and write the figures to ``results.json``, from which the README's come.

    python benchmarks/measure.py --data DATA [--only NAME ...] [--output benchmarks/results.json]

DATA is the folder of the data sets (``open``, ``knowledgenet``, ``gap``, ``dwie``, ``conll04``, ``news``). ``--only
open-dev`` measures the sets whose name is that or begins with it and a slash, and leaves the figures of the others as
they are. A data set that is kept for reporting is not for trying things: each run over ``open-dev`` looks at it.

Of a set there are ``name``, ``what``, ``learned_from`` and ``note`` of its texts (see ``kg.evaluation.datasets``), the
``reader`` (rules, model or both), and ``figures``: by table and row precision, recall and F1 in 0..1, and single
numbers. ``date`` is that of the newest commit. Equal programs give equal figures on the same kind of processor, but for
CPU time.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cpu import cpu_of_build

from kg import __version__
from kg.cli.evaluate import read_and_score
from kg.cli.terminal import clean, progress_bar
from kg.errors import KgError, UsageError
from kg.evaluation import Benchmark, Table, open_benchmark

__all__ = ["RESULTS", "RUNS", "Run", "main", "measure"]

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("results.json")
Figures = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A reader on a part of a benchmark; ``path`` is that of the part below the folder of the data sets."""

    benchmark: str
    path: str
    reader: str
    figures: Callable[[Benchmark, str], Figures]


def _rates(benchmark: Benchmark, reader: str) -> Figures:
    with progress_bar(quiet=False) as progress:
        tables, failed = read_and_score(benchmark, extractor=reader, progress=progress)
    if failed:
        raise UsageError(f"{failed[0]}: a figure without it would be of another set")
    return _as_figures(tables)


def _as_figures(tables: Iterable[Table]) -> Figures:
    return {
        table.title: {
            **{
                row: {name: round(getattr(rates, name), 3) for name in ("precision", "recall", "f1")}
                for row, rates in table.rows.items()
            },
            **dict(table.notes),
        }
        for table in tables
    }


def _cpu(benchmark: Benchmark, reader: str) -> Figures:
    return {"CPU": dict(cpu_of_build(benchmark.documents, reader=reader))}


def _runs(name: str, benchmark: str, path: str, *readers: str) -> dict[str, Run]:
    return {f"{name}/{r}": Run(benchmark=benchmark, path=path, reader=r, figures=_rates) for r in readers}


RUNS: Mapping[str, Run] = {
    **_runs("open-dev", "news", "open/dev-gold", "rules", "model", "both"),
    **_runs("knowledgenet-fold3", "knowledgenet", "knowledgenet/fold3.jsonl", "model", "both"),
    **_runs("gap-validation", "gap", "gap/gap-validation.tsv", "both"),
    **_runs("dwie-dev", "dwie", "dwie/dev.jsonl", "both"),
    **_runs("conll04-dev", "conll04", "conll04/dev.jsonl", "both"),
    **_runs("news", "news", "news", "both"),
    **{f"cpu/{r}": Run(benchmark="dwie", path="dwie/dev.jsonl", reader=r, figures=_cpu) for r in ("rules", "both")},
}


def measure(run: Run, data: Path) -> dict[str, Any]:
    """Return a set of ``results.json``.

    Raises:
        InputError: its files are not below ``data``.
    """
    benchmark = open_benchmark(run.benchmark, data / run.path)
    return {**asdict(benchmark.data_set), "reader": run.reader, "figures": run.figures(benchmark, run.reader)}


def main(arguments: list[str] | None = None) -> int:
    """Measure and write; the exit code is 2 for an error of the caller's, else 0."""
    parser = argparse.ArgumentParser(
        prog="python benchmarks/measure.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--only", action="append", metavar="NAME", help=f"one of {', '.join(RUNS)}; repeatable")
    parser.add_argument("--output", type=Path, default=RESULTS, help="the file to write")
    options = parser.parse_args(arguments)
    try:
        names = _chosen(options.only)
        sets = _read(options.output)
        for name in names:
            sys.stderr.write(f"{name}\n")
            sets[name] = measure(RUNS[name], options.data)
            _write(options.output, sets)  # at once: a set takes minutes
    except KgError as error:
        sys.stderr.write(f"error: {clean(str(error))}\n")
        return 2
    return 0


def _chosen(only: Iterable[str] | None) -> list[str]:
    if only is None:
        return list(RUNS)
    for wanted in only:
        if not any(_within(name, wanted) for name in RUNS):
            raise UsageError(f"no set {wanted!r}: choose from {', '.join(RUNS)}")
    return [name for name in RUNS if any(_within(name, wanted) for wanted in only)]


def _within(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith(f"{wanted}/")


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf8"))["sets"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is no file of results: {error}: remove it or give another --output") from error


def _write(path: Path, sets: Mapping[str, Any]) -> None:
    results = {"version": __version__, "date": _date(), "sets": sets}
    path.write_text(json.dumps(results, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf8")


def _date() -> str | None:
    """Return the day of the newest commit; None outside a checkout."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%cs"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None


if __name__ == "__main__":
    raise SystemExit(main())
