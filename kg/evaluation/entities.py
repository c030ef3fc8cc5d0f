"""Mentions of names, and their grouping into entities by B-cubed (Bagga and Baldwin, 1998), document by document."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.evaluation.rates import Rates, Table, f1
from kg.evaluation.shape import Record
from kg.model import EntityType, Span

__all__ = ["score"]

Mentions = dict[Span, tuple[str, int]]
_TYPES = tuple(str(t) for t in EntityType)


def _shared(a: Sequence[int], b: Sequence[int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _mentions(document: Record) -> tuple[Mentions, list[Span]]:
    """Return the scored names with type and entity, and the spans that are neither asked for nor held against."""
    scored: Mentions = {}
    neutral: list[Span] = []
    for number, entity in enumerate(document.get("entities", ())):
        for start, end, *kind in entity["mentions"]:
            if entity["type"] in _TYPES and kind in ([], ["name"]):
                scored.setdefault((start, end), (entity["type"], number))
            elif entity.get("neutral"):
                neutral.append((start, end))
    return scored, neutral


def _pair(gold: Mentions, predicted: Mentions) -> dict[Span, Span]:
    """Pair spans one to one: equal ones first, then by the most characters in common."""
    pairs = {span: span for span in gold if span in predicted}
    left = set(predicted) - set(pairs)
    options = [(-_shared(g, p), g, p) for g in gold if g not in pairs for p in left if _shared(g, p)]
    for _, g, p in sorted(options):
        if g not in pairs and p in left:
            pairs[g] = p
            left.discard(p)
    return pairs


def score(gold: Iterable[Record], predicted: Mapping[str, Record]) -> tuple[Table, Table]:
    """Return the table of mentions (exact, overlap) and that of entities (grouping alone, and with what was missed)."""
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    grouped: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for document in gold:
        ours, neutral = _mentions(document)
        theirs = {
            span: value
            for span, value in _mentions(predicted.get(document["id"], {}))[0].items()
            if any(_shared(span, g) for g in ours) or not any(_shared(span, n) for n in neutral)
        }
        _count_mentions(ours, theirs, sums)
        _count_groups(ours, theirs, grouped)
    mentions = {
        f"{measure} {row}": _rates(sums[measure, row])
        for measure in ("exact", "overlap")
        for row in (*_TYPES, "ALL", "untyped")
    }
    entities = {
        f"{measure} {row}": _rates(grouped[measure, row]) for measure in ("found", "all") for row in (*_TYPES, "ALL")
    }
    return Table(title="mentions", rows=mentions), Table(title="entities, B-cubed", rows=entities)


def _count_mentions(gold: Mentions, predicted: Mentions, sums: "Mapping[tuple[str, str], Counter[str]]") -> None:
    measures: tuple[tuple[str, Callable[[Span, Span], object]], ...] = (
        ("exact", lambda a, b: a == b),
        ("overlap", _shared),
    )
    for measure, same in measures:
        for row in (*_TYPES, "ALL", "untyped"):
            for side, ours, others in (("gold", gold, predicted), ("predicted", predicted, gold)):
                for span, (kind, _) in ours.items():
                    if row in (kind, "ALL", "untyped"):
                        sums[measure, row][side] += 1
                        sums[measure, row][f"right {side}"] += any(
                            same(span, other) and (row == "untyped" or kind == other_kind)
                            for other, (other_kind, _) in others.items()
                        )


def _count_groups(gold: Mentions, predicted: Mentions, sums: Mapping[tuple[str, str], dict[str, float]]) -> None:
    pairs = _pair(gold, predicted)
    both = Counter((gold[g][1], predicted[p][1]) for g, p in pairs.items())
    sizes = {
        "found": (Counter(gold[g][1] for g in pairs), Counter(predicted[p][1] for p in pairs.values())),
        "all": (Counter(n for _, n in gold.values()), Counter(n for _, n in predicted.values())),
    }
    for g, p in pairs.items():
        (gold_type, mine), (predicted_type, theirs) = gold[g], predicted[p]
        for measure, (gold_sizes, predicted_sizes) in sizes.items():
            for row in ("ALL", gold_type):
                sums[measure, row]["right gold"] += both[mine, theirs] / gold_sizes[mine]
            for row in ("ALL", predicted_type if measure == "all" else gold_type):
                sums[measure, row]["right predicted"] += both[mine, theirs] / predicted_sizes[theirs]
        for row in ("ALL", gold_type):
            sums["found", row]["gold"] += 1
            sums["found", row]["predicted"] += 1
    for side, spans in (("gold", gold), ("predicted", predicted)):
        for kind, _ in spans.values():
            sums["all", "ALL"][side] += 1
            sums["all", kind][side] += 1


def _rates(sums: Mapping[str, float]) -> Rates:
    gold, predicted = sums.get("gold", 0), sums.get("predicted", 0)
    precision = sums.get("right predicted", 0) / predicted if predicted else 0.0
    recall = sums.get("right gold", 0) / gold if gold else 0.0
    return Rates(precision, recall, f1(precision, recall), int(gold), int(predicted))
