"""Fits what turns weights into probabilities: the parameters in ``kg.resolution.calibration``.

    kg build dwie.jsonl -o BUILD    (the texts of DWIE's development articles)
    python -m kg.training.calibration names/pairs.csv dwie/dev.jsonl BUILD

Prints the parameters, and how well the scores of names are calibrated on pairs that were left out of the fit.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, log
from pathlib import Path
from random import Random

from kg.model import EntityType
from kg.resolution import compare_names
from kg.resolution.benchmark import generate
from kg.resolution.blocking import candidate_pairs
from kg.resolution.calibration import LogOdds
from kg.resolution.context import read_locals, shared_context
from kg.resolution.records import Cluster, Local
from kg.store import read_extractions

__all__ = ["fit", "main"]

Case = tuple[float, bool, float]  # a score, whether the two are one, the weight of the case
_ENTITIES = 20_000
_HOLD = 10_000.0  # inverse of the penalty on a slope
_PARTS = 5
_UNLIKE = 5000  # pairs of different things of a type


def fit(cases: Sequence[Case]) -> LogOdds:
    """Return the line of log odds that makes the cases likeliest, held back a little from extremes."""
    from sklearn.linear_model import LogisticRegression

    scores, same, weights = zip(*cases, strict=True)
    fitted = LogisticRegression(C=_HOLD, tol=1e-8, max_iter=1000).fit(
        [[s] for s in scores], same, sample_weight=weights
    )
    return LogOdds(round(float(fitted.intercept_[0]), 2), round(float(fitted.coef_[0, 0]), 2))


def _public(path: Path) -> dict[EntityType, list[Case]]:
    found: dict[EntityType, list[Case]] = defaultdict(list)
    with path.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            type_ = EntityType.PERSON if row["schema"] == "Person" else EntityType.ORGANIZATION
            score = compare_names(row["name1"], row["name2"], type=type_).score
            found[type_].append((score, row["is_match"] == "true", 1.0))
    return found


def _made_up(count: int) -> dict[EntityType, list[Case]]:
    """Return what blocking proposes in a made-up corpus."""
    extractions, truth = generate(count)
    by_name: dict[str, Local] = {}
    for local in (m for extraction in extractions for m in read_locals(extraction)):
        by_name.setdefault(local.key, local)
    locals_ = [by_name[key] for key in sorted(by_name)]
    found: dict[EntityType, list[Case]] = defaultdict(list)
    for i, j in candidate_pairs([Cluster(m.entity.type, [m]) for m in locals_]):
        a, b = locals_[i], locals_[j]
        score = compare_names(a.entity.name, b.entity.name, type=a.entity.type).score
        found[a.entity.type].append((score, truth[a.id] == truth[b.id], 1.0))
    return found


def _weighed(cases: Sequence[Case], total: float) -> list[Case]:
    whole = sum(weight for *_, weight in cases)
    return [(score, same, weight * total / whole) for score, same, weight in cases]


def _contexts(gold: Path, build: Path) -> dict[EntityType, list[Case]]:
    """Return what articles have in common around one entity (each entity counts once) and around two of its type."""
    random = Random(0)
    found: dict[EntityType, list[Case]] = {}
    for type_, items in _linked(gold, build).items():
        links: dict[str, list[Local]] = defaultdict(list)
        for link, local in items:
            links[link].append(local)
        one: list[Case] = []
        for _, members in sorted(links.items()):
            pairs = [(a, b) for i, a in enumerate(members) for b in members[i + 1 :] if a.document != b.document]
            one += [(_common(a, b), True, 1 / len(pairs)) for a, b in pairs]
        draws = (random.sample(items, 2) for _ in range(_UNLIKE))
        two = [(_common(a, b), False, 1.0) for (x, a), (y, b) in draws if x != y and a.document != b.document]
        total = sum(weight for *_, weight in one)
        found[type_] = _weighed(one, total) + _weighed(two, total)
    return found


def _common(a: Local, b: Local) -> float:
    return shared_context(Cluster(a.entity.type, [a]), Cluster(b.entity.type, [b]))[0]


def _linked(gold: Path, build: Path) -> dict[EntityType, list[tuple[str, Local]]]:
    extractions = {extraction.document: extraction for _, extraction in read_extractions(build)}
    found: dict[EntityType, list[tuple[str, Local]]] = defaultdict(list)
    for document in map(json.loads, gold.read_text(encoding="utf8").splitlines()):
        locals_ = read_locals(extractions[document["id"]])
        for entity in document["entities"]:
            overlap = {local.index: _overlap(entity["mentions"], local) for local in locals_}
            best = max(overlap, key=lambda index: (overlap[index], -index), default=None)
            if best is not None and overlap[best] and entity["link"] and locals_[best].entity.type == entity["type"]:
                found[locals_[best].entity.type].append((entity["link"], locals_[best]))
    return found


def _overlap(spans: Iterable[Sequence[int]], local: Local) -> int:
    return sum(any(s[0] < m.end and m.start < s[1] for m in local.entity.mentions) for s in spans)


def _reliability(public: Sequence[Case], others: Sequence[Case]) -> Iterator[str]:
    """Yield how often pairs left out of the fit are the same, by the probability that it gives them."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for part in range(_PARTS):
        rest = [case for at, case in enumerate(public) if at % _PARTS != part]
        line = fit(rest + _weighed(others, len(rest)))
        for score, same, _ in public[part::_PARTS]:
            p = 1 / (1 + exp(-line(score)))
            bins[min(4, int(p * 5))].append((p, same))
    every = [pair for found in bins.values() for pair in found]
    yield f"Brier score {sum((p - same) ** 2 for p, same in every) / len(every):.3f}"
    yield f"log loss {-sum(log(p if same else 1 - p) for p, same in every) / len(every):.3f}"
    for at, found in sorted(bins.items()):
        said, true = (sum(x) / len(found) for x in zip(*found, strict=True))
        yield f"{at / 5:.1f} to {at / 5 + 0.2:.1f}: {len(found)} pairs, said {said:.2f}, same {true:.2f}"


def main(arguments: Sequence[str]) -> None:
    """Fit and print."""
    pairs, gold, build = map(Path, arguments)
    public, made_up, contexts = _public(pairs), _made_up(_ENTITIES), _contexts(gold, build)
    for type_ in EntityType:
        known = public.get(type_, [])
        cases: Mapping[str, Sequence[Case]] = {
            "names": known + _weighed(made_up[type_], len(known) or 1.0) if known else made_up[type_],
            "context": contexts[type_],
        }
        for name, found in cases.items():
            line = fit(found)
            sys.stdout.write(f"{type_} {name}: LogOdds({line.start}, {line.slope}) from {len(found)} pairs\n")
        for text in _reliability(known, made_up[type_]) if known else ():
            sys.stdout.write(f"    left out: {text}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
