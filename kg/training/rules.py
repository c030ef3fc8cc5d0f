"""How far each rule holds on annotated text: how often it fires, how often it is right, what only it finds."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.analysis import Analyzer
from kg.extraction.decision.witnesses import gather, rule_of
from kg.extraction.naming.states import with_states
from kg.extraction.reference.reading import read_discourse
from kg.extraction.relations import RuleExtractor
from kg.model import Document
from kg.training.judging import judge_told
from kg.training.records import Annotated

__all__ = ["RuleScore", "score_rules"]


_PRIOR = 2.0  # firings that the precision of a rule's kind counts for


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScore:
    """What one rule (or frame) does on annotated text.

    Attributes:
        fired: number of facts it tells as asserted; right: those that the annotation has.
        alone: of the right ones, those that no other rule tells.
        family: precision of all rules of its kind.
    """

    rule: str
    fired: int
    right: int
    alone: int
    family: float = 0.5

    @property
    def precision(self) -> float:
        """Return the share of right ones, drawn to that of its kind where the rule fired seldom (empirical Bayes)."""
        return (self.right + _PRIOR * self.family) / (self.fired + _PRIOR)


def score_rules(annotated: Iterable[Annotated], analyzer: Analyzer) -> Iterator[RuleScore]:
    """Score the rules on completely annotated texts, as ``--extractor rules`` reads them; most fired first."""
    texts = list(annotated)
    documents = (Document(id=a.id, text=a.text, published=a.published) for a in texts)
    rules = RuleExtractor()
    fired: Counter[str] = Counter()
    right: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for doc, text in zip(analyzer.analyze(documents), texts, strict=True):
        discourse = with_states(read_discourse(doc))
        testimonies = gather([c for c in rules(doc, discourse) if c.asserted])
        for testimony, holds in zip(testimonies, judge_told(text, discourse.entities, testimonies).right, strict=True):
            names = {rule_of(c) for c in testimony.claims}
            if holds is None:
                continue
            fired.update(names)
            if holds:
                right.update(names)
                if len(names) == 1:
                    alone.update(names)
    kinds_fired, kinds_right = Counter[str](), Counter[str]()
    for name, count in fired.items():
        kinds_fired[_kind(name)] += count
        kinds_right[_kind(name)] += right[name]
    for name, count in sorted(fired.items(), key=lambda item: (-item[1], item[0])):
        family = (kinds_right[_kind(name)] + 1) / (kinds_fired[_kind(name)] + 2)
        yield RuleScore(rule=name, fired=count, right=right[name], alone=alone[name], family=family)


def _kind(rule: str) -> str:
    """The kind of a rule: "rule:frame", "rule:role:verb"."""
    return rule.rpartition("-" if rule.startswith("rule:role:") else ":")[0]
