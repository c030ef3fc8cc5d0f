"""How far each rule holds on annotated text: how often it fires, how often it is right, what only it finds."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.analysis import Analyzer
from kg.extraction.decision.witnesses import gather
from kg.extraction.naming.states import with_states
from kg.extraction.reference.reading import read_discourse
from kg.extraction.relations import RuleExtractor
from kg.model import Document
from kg.training.judging import judge_told
from kg.training.records import Annotated

__all__ = ["RuleScore", "score_rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScore:
    """What one rule (or frame) does on annotated text.

    Attributes:
        fired: number of facts it tells as asserted; right: those that the annotation has.
        alone: of the right ones, those that no other rule tells.
    """

    rule: str
    fired: int
    right: int
    alone: int

    @property
    def precision(self) -> float:
        """Return the share of right ones, drawn to a half where the rule fired seldom (Laplace)."""
        return (self.right + 1) / (self.fired + 2)


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
            names = {c.evidence.extractor for c in testimony.claims}
            if holds is None:
                continue
            fired.update(names)
            if holds:
                right.update(names)
                if len(names) == 1:
                    alone.update(names)
    for name, count in sorted(fired.items(), key=lambda item: (-item[1], item[0])):
        yield RuleScore(rule=name, fired=count, right=right[name], alone=alone[name])
