"""Relations between entities, document by document, through a data set's mapping to the ontology.

A predicted relation is right when its ends overlap the ends of a gold relation and the names agree. Strictly, a
predicted entity stands only for the gold entity with which it shares the most mentions. The mapping says for a gold
relation which predicates it may become, whether its direction turns, and whether it is optional: neither asked for nor
held against a prediction that agrees.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.evaluation.rates import Rates, Table, f1
from kg.evaluation.shape import Record, places

__all__ = ["score"]

Fact = tuple[str, str, str]
Rule = Mapping[str, Any]


class _Mapping:
    """A data set's ``mapping.json``."""

    def __init__(self, relations: Mapping[str, Any]) -> None:
        self.rules: dict[str, list[Rule]] = {k: [r for r in _listed(v) if r] for k, v in relations.items()}
        every = [rule for rules in self.rules.values() for rule in rules]
        self.names = {name for rule in every for name in _listed(rule["to"])}
        self.symmetric = {_listed(rule["to"])[0] for rule in every if rule.get("symmetric")}

    def rule(self, name: str, subject: str, target: str) -> Rule | None:
        if name not in self.rules:
            return {"to": name}
        rules = self.rules[name]
        for rule in rules:
            if subject in rule.get("subject", [subject]) and target in rule.get("object", [target]):
                return rule
        return {**rules[0], "optional": True} if rules else None

    def facts(self, document: Record) -> dict[Fact, tuple[tuple[str, ...], bool]]:
        """Return the accepted names of each fact and whether it is optional; a symmetric pair stands in one order."""
        types = {e["id"]: e["type"] for e in document.get("entities", ())}
        found: dict[Fact, tuple[tuple[str, ...], bool]] = {}
        for relation in document.get("relations", ()):
            subject, target = relation["s"], relation["o"]
            rule = self.rule(relation["p"], types[subject], types[target])
            if rule is None:
                continue
            names = _listed(rule["to"])
            if rule.get("inverse") or (names[0] in self.symmetric and str(target) < str(subject)):
                subject, target = target, subject
            key = (subject, names[0], target)
            accepted, optional = found.get(key, ((), True))
            found[key] = (tuple(dict.fromkeys((*accepted, *names))), optional and bool(rule.get("optional", False)))
        return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _present(document: Record) -> set[str]:
    return {e["id"] for e in document.get("entities", ()) if places(e)}


def _alignment(gold: Record, predicted: Record, *, strict: bool) -> set[tuple[str, str]]:
    pairs = set()
    for entity in predicted.get("entities", ()):
        shared = {
            other["id"]: sum(any(m[0] < e and s < m[1] for s, e, *_ in places(other)) for m in places(entity))
            for other in gold.get("entities", ())
        }
        most = max(shared.values(), default=0)
        pairs |= {(entity["id"], i) for i, n in shared.items() if n and (n == most or not strict)}
    return pairs


def score(
    gold: Iterable[Record],
    predicted: Mapping[str, Record],
    *,
    mapping: Mapping[str, Any] | None = None,
    strict: bool = False,
) -> Table:
    """Compare; precision by the predicted name, recall by the gold name, ALL the micro-average.

    Args:
        mapping: the "relations" of a ``mapping.json``; without one the names are compared as they stand.
    """
    rules = _Mapping(mapping or {})
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    unreachable = 0
    for document in gold:
        answer = predicted.get(document["id"], {})
        unreachable += _count(document, answer, rules, counts, mapped=bool(mapping), strict=strict)
    rows = {name: _rates(counts[name]) for name in sorted(counts)}
    rows["ALL"] = _rates(sum(counts.values(), Counter()))
    return Table(title="relations", rows=rows, notes=(("gold relations outside the text, left out", unreachable),))


def _count(
    document: Record, answer: Record, rules: _Mapping, counts: dict[str, "Counter[str]"], *, mapped: bool, strict: bool
) -> int:
    """Add a document's counts; return how many of its gold relations have an end that is not in the text."""
    same = _alignment(document, answer, strict=strict)
    everything, here = rules.facts(document), _present(document)
    gold = {key: value for key, value in everything.items() if {key[0], key[2]} <= here}
    there = _present(answer)
    guesses = {
        key: optional
        for key, (_, optional) in rules.facts(answer).items()
        if {key[0], key[2]} <= there and (not mapped or key[1] in rules.names)
    }

    def agree(fact: Fact, guess: Fact) -> bool:
        (s, _, o), (ps, name, po) = fact, guess
        if name not in gold[fact][0]:
            return False
        straight = (ps, s) in same and (po, o) in same
        return straight or (name in rules.symmetric and (po, s) in same and (ps, o) in same)

    for fact, (_, optional) in gold.items():
        if not optional:
            counts[fact[1]]["gold"] += 1
            counts[fact[1]]["found"] += any(agree(fact, guess) for guess in guesses)
    for guess, unsure in guesses.items():
        agreeing = [fact for fact in gold if agree(fact, guess)]
        if any(not gold[fact][1] for fact in agreeing):
            counts[guess[1]].update(predicted=1, right=1)
        elif not agreeing and not unsure:
            counts[guess[1]].update(predicted=1)
    return sum(not optional for key, (_, optional) in everything.items() if key not in gold)


def _rates(counts: "Counter[str]") -> Rates:
    precision = counts["right"] / counts["predicted"] if counts["predicted"] else 0.0
    recall = counts["found"] / counts["gold"] if counts["gold"] else 0.0
    return Rates(precision, recall, f1(precision, recall), counts["gold"], counts["predicted"])
