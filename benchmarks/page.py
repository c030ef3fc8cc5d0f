"""What a browser takes from opening the page to a graph painted and ready for clicks, and how large the page is.

    python benchmarks/page.py [--sizes 100 1000 ...] [--runs 5] [--graph DIR]

Headless Chromium without a graphics card, a new one each time, medians. CPU is that of the page's process, from its
start to the first painted graph with nothing left to do. Beside it pyvis as it comes (``in_line``, physics on) over
the same nodes and links. Written to ``results/page.json``. Needs chromium and chromedriver.
"""

import argparse
import json
import random
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from made import Collector

from kg.model import EntityType, Graph
from kg.view.page import render_page

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["made_up_graph", "main"]

_RESULTS = Path(__file__).parent / "results" / "page.json"
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_PATIENCE = 240.0  # seconds for one load
_PYVIS_AT_MOST = 1_000  # nodes; larger ones it lays out for many minutes
_PYVIS_RUNS = 100  # nodes that pyvis draws as often as the page; more it draws once
_GROUP = 25  # who know each other
_SETTLED = """
new MutationObserver(() => {
  if (document.documentElement.dataset.settled && !window.ready)
    requestAnimationFrame(() => setTimeout(() => { window.ready ??= performance.now(); }));
}).observe(document, {attributes: true, subtree: true, childList: true});
"""
_PYVIS_SETTLED = """
const wait = setInterval(() => {
  if (typeof network === "undefined" || !network?.once) return;
  clearInterval(wait);
  network.once("stabilizationIterationsDone", () =>
    requestAnimationFrame(() => setTimeout(() => { window.ready = performance.now(); })));
}, 5);
"""


def made_up_graph(size: int) -> Graph:
    """Return ``size`` people, organizations and places in groups, 1.3 statements each, from ``size / 8`` articles."""
    choose = random.Random(size)
    kinds = [EntityType.PERSON] * 6 + [EntityType.ORGANIZATION] * 3 + [EntityType.PLACE]
    types = [kinds[i % 10] for i in range(size)]
    words = [
        f"{a}{b}"
        for a in ("Ka", "Mo", "Ri", "Ta", "Ve", "Su", "Lo")
        for b in ("ren", "dal", "vic", "som", "nes", "tor")
    ]
    names = [f"{choose.choice(words)} {choose.choice(words)}{i}" for i in range(size)]
    made = Collector()
    ids = [made.entity(types[i], f"{i:06}", names[i]) for i in range(size)]
    people = [i for i in range(size) if types[i] is EntityType.PERSON]
    articles = max(1, size // 8)
    for i in range(articles):
        made.document(f"article-{i:05}", title=f"What was seen on day {i}", published=f"20{i % 25:02}-03-01")
    for n in range(int(size * 1.3)):
        one = people[n % len(people)]
        group = one - one % _GROUP
        other = choose.randrange(group, min(group + _GROUP, size)) if choose.random() < 0.9 else choose.randrange(size)
        if one == other:
            continue
        predicate = {"Person": "metWith", "Organization": "holdsRole", "Place": "visited"}[types[other].value]
        made.says(
            f"article-{group // _GROUP % articles:05}",
            f"On Tuesday {names[one]} was seen with {names[other]}, three people who were there told the paper.",
            after=" Nobody else would say a word about it to this newspaper or any other.\n",
            local=f"{n:06}",
            subject=ids[one],
            predicate=predicate,
            object=ids[other],
            title="director" if predicate == "holdsRole" else None,
            date=f"20{n % 25:02}-0{n % 9 + 1}-11",
            confidence=0.8,
        )
    return made.graph()


@contextmanager
def _chromium() -> Iterator["Chrome"]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in (*_FLAGS, "--window-size=1280,800"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    driver.set_page_load_timeout(_PATIENCE)
    driver.set_script_timeout(_PATIENCE)
    driver.command_executor._client_config.timeout = 2 * _PATIENCE  # type: ignore[union-attr]
    try:
        yield driver
    finally:
        driver.quit()


def _load(page: Path, script: str) -> tuple[float, float] | None:
    """Load a page in a new browser; return wall and CPU milliseconds to its painted graph, None where it is late."""
    from selenium.common.exceptions import TimeoutException

    with _chromium() as driver, suppress(TimeoutException):
        driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        end = time.monotonic() + _PATIENCE
        driver.get(page.as_uri())
        while time.monotonic() < end:
            ready: float | None = driver.execute_script("return window.ready")
            if ready:
                metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
                return ready, 1_000 * next(m["value"] for m in metrics if m["name"] == "ProcessTime")
            time.sleep(0.02)
    return None


def _median(page: Path, script: str, *, runs: int) -> tuple[int | str, int | str]:
    loads = [_load(page, script) for _ in range(runs)]
    done = [load for load in loads if load is not None]
    if len(done) < runs:
        return (f"over {_PATIENCE * 1000:.0f}",) * 2
    wall, cpu = (round(statistics.median(load[i] for load in done)) for i in (0, 1))
    return wall, cpu


def _labels(page: Path) -> dict[str, Any]:
    """Return how many names are written at first sight, and how; whether a click on the first one opens its panel."""
    with _chromium() as driver:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False},
        )
        driver.get(page.as_uri())
        time.sleep(1)
        names = driver.execute_script("return kgView.names()")
        overlaps = sum(
            a["x"] < b["x"] + b["width"]
            and b["x"] < a["x"] + a["width"]
            and a["y"] < b["y"] + b["height"]
            and b["y"] < a["y"] + a["height"]
            for i, a in enumerate(names)
            for b in names[:i]
        )
        drawn = driver.execute_script("return kgView.stage().ids.size")
        x, y = driver.execute_script(
            "const p = kgView.network.canvasToDOM(kgView.network.getPosition(arguments[0]));"
            "const r = document.getElementById('canvas').getBoundingClientRect(); return [p.x + r.x, p.y + r.y]",
            names[0]["id"],
        )
        for kind in ("mousePressed", "mouseReleased"):
            driver.execute_cdp_cmd(
                "Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            )
        time.sleep(0.6)
        answered = driver.execute_script("return document.getElementById('panel').classList.contains('open')")
        return {
            "names drawn": drawn,
            "names written": len(names),
            "smallest, px": min((n["size"] for n in names), default=0),
            "overlaps": overlaps,
            "a click answers": answered,
            "messages": len(driver.get_log("browser")),  # type: ignore[no-untyped-call]
        }


def _pyvis(graph: Graph, file: Path) -> None:
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for entity in graph.entities:
        network.add_node(entity.id, label=entity.name)
    for s in graph.statements:
        if s.object is not None:
            network.add_edge(s.subject, s.object, title=s.predicate)
    file.write_text(network.generate_html(notebook=False), encoding="utf8")


def _measured(graph: Graph, folder: Path, *, runs: int) -> dict[str, Any]:
    page, plain = folder / "page.html", folder / "pyvis.html"
    began = time.process_time()
    page.write_text(render_page(graph, title="Made up"), encoding="utf8")
    made = time.process_time() - began
    size, allowed = page.stat().st_size, 1_500_000 + 1_000 * len(graph.statements)
    _pyvis(graph, plain)
    wall, cpu = _median(page, _SETTLED, runs=runs)
    pyvis_wall: int | str = "not measured"
    pyvis_cpu: int | str = "not measured"
    if len(graph.entities) <= _PYVIS_AT_MOST:
        few = runs if len(graph.entities) <= _PYVIS_RUNS else 1
        pyvis_wall, pyvis_cpu = _median(plain, _PYVIS_SETTLED, runs=few)
    return {
        "entities": len(graph.entities),
        "statements": len(graph.statements),
        "page made in, CPU s": round(made, 1),
        "bytes": size,
        "bytes allowed": allowed,
        "ready, CPU ms": cpu,
        "ready, ms": wall,
        "pyvis ready, CPU ms": pyvis_cpu,
        "pyvis ready, ms": pyvis_wall,
        **_labels(page),
    }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[30, 100, 1_000, 5_000, 20_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--graph", type=Path, nargs="*", default=[], help="folders of builds to measure, too")
    given = parser.parse_args()
    results = json.loads(_RESULTS.read_text(encoding="utf8")) if _RESULTS.exists() else {}
    with TemporaryDirectory() as folder:
        for size in given.sizes:
            results[f"{size:,} made up"] = _measured(made_up_graph(size), Path(folder), runs=given.runs)
            _RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf8")
        for build in given.graph:
            from kg.store import load_graph

            graph = load_graph(build)
            results[f"{len(graph.documents)} articles"] = _measured(graph, Path(folder), runs=given.runs)
    _RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
