"""CPU time of a whole build against that of spaCy's pipeline alone over the same texts, each in one fresh process."""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.config import DEFAULT_SPACY_MODEL
from kg.errors import UsageError
from kg.model import Document

__all__ = ["cpu_of_build"]

_TIMES = 2  # of each the least is taken: what else the machine does only adds
_ALONE = """
import json, spacy, sys
with open(sys.argv[1], encoding="utf8") as lines:
    texts = [json.loads(line)["text"] for line in lines]
for _ in spacy.load(sys.argv[2]).pipe(texts):
    pass
"""
_BUILD = "from kg.cli import main; main()"


def cpu_of_build(documents: Sequence[Document], *, reader: str) -> dict[str, float]:
    """Return the CPU seconds of ``spaCy alone``, those of a ``build``, and their ``ratio``.

    Both count from the start of the interpreter to its end, loading included, and the processes that a build starts.

    Raises:
        UsageError: one of the two fails.
    """
    with TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        records = ({"id": d.id, "text": d.text, "published": d.published} for d in documents)
        articles.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf8")
        alone, build = [], []
        for n in range(_TIMES):
            alone.append(_seconds(_ALONE, str(articles), DEFAULT_SPACY_MODEL))
            graph = str(Path(folder) / f"graph{n}")  # a new one, or nothing would be read again
            build.append(_seconds(_BUILD, "build", str(articles), "-o", graph, "-q", "--extractor", reader))
    ratio = min(build) / min(alone)
    return {"spaCy alone": round(min(alone), 1), "build": round(min(build), 1), "ratio": round(ratio, 2)}


def _seconds(program: str, *arguments: str) -> float:
    """Return the CPU seconds, in user and system mode, of a Python program and what it waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, encoding="utf8")
    if done.returncode:
        raise UsageError(f"a program to measure fails: {done.stderr.strip()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
