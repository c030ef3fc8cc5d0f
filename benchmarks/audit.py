"""What ``kg audit`` takes beside the build that it audits, in processor time of all threads.

    python benchmarks/audit.py [--statements 10000] [--extractor both] [--sample output]

The articles are those of a build again and again, each time with other people in them. Those of ``output/`` tell ten
times as much a word as news does: of news (``--sample``: a build of some) the same statements take a build more and an
audit hardly. Each command runs as in a shell, start and all.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model import Document, EntityType, Graph
from kg.store import load_graph

RESULT = Path(__file__).parent / "results" / "audit.json"
SAMPLE = Path(__file__).parents[1] / "output"
_SYLLABLES = ("bar", "den", "fol", "gri", "hal", "jor", "kem", "lin", "mar", "nov", "ost", "pel", "ras", "sol", "tam")


def main() -> None:
    """Build, audit and write what each took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=10_000, help="of the graph, about")
    parser.add_argument("--extractor", default="both")
    parser.add_argument("--sample", type=Path, default=SAMPLE, help="a build whose articles are taken")
    parser.add_argument("--output", type=Path, default=RESULT)
    given = parser.parse_args()
    sample = load_graph(given.sample)
    with tempfile.TemporaryDirectory() as folder:
        articles, graph = Path(folder, "articles.jsonl"), Path(folder, "graph")
        times = -(-given.statements // len(sample.statements))
        lines = (json.dumps({"id": d.id, "text": d.text, "published": d.published}) for d in _copies(sample, times))
        articles.write_text("\n".join(lines), encoding="utf8")
        build = _seconds("build", str(articles), "--output", str(graph), "--extractor", given.extractor, "--quiet")
        audit = _seconds("audit", str(graph))
        built = load_graph(graph)
    found = {
        "articles": len(built.documents),
        "entities": len(built.entities),
        "statements": len(built.statements),
        "sentences": sum(len(statement.evidence) for statement in built.statements),
        "build, CPU seconds": round(build, 2),
        "audit, CPU seconds": round(audit, 2),
        "audit, share of the build": round(audit / build, 4),
    }
    known = json.loads(given.output.read_text(encoding="utf8")) if given.output.exists() else {}
    known[f"{given.sample.name}, {given.extractor}"] = found
    given.output.write_text(json.dumps(known, indent=2) + "\n", encoding="utf8")
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


def _copies(sample: Graph, times: int) -> Iterator[Document]:
    """Yield the articles as often as is asked, each time with other people."""
    people = [entity for entity in sample.entities if entity.type is EntityType.PERSON]
    words = sorted({word for e in people for word in re.findall(r"\w+", e.name) if word[0].isupper()})
    pattern = re.compile(rf"\b({'|'.join(words)})\b")
    dice = random.Random(7)
    for number in range(times):
        names = {word: "".join(dice.choices(_SYLLABLES, k=3)).capitalize() for word in words}
        for document in sample.documents:
            text = pattern.sub(lambda found: names[found[1]], document.text)  # noqa: B023 (called at once)
            yield Document(id=f"{document.id}-{number}", text=text, published=document.published)


def _seconds(*command: str) -> float:
    """Return the processor time that a command of kg takes."""
    before = _processor()
    done = subprocess.run(_kg(command), check=True, capture_output=True, text=True)
    if "note:" in done.stderr:
        sys.exit(f"not all was compared: {done.stderr}")
    return _processor() - before


def _kg(command: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "kg", *command]


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
