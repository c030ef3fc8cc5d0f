"""Why two entities are one or are not, feature by feature."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.matching.match import Feature, NameMatch
from kg.matching.names import MATCH, compare_names
from kg.model import Extraction
from kg.resolution.article import told_by_articles
from kg.resolution.calibration import probability
from kg.resolution.context import conflict, read_locals, shared_context
from kg.resolution.pairs import best_names, incompatible, judge
from kg.resolution.records import Cluster, LocalId

__all__ = ["MatchReport", "explain_match"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReport:
    """What speaks for and against two entities being one.

    Attributes:
        names: the best match among their names, with its features.
        compared: the two names of that match.
        context: what they share besides, 0..1, and in words.
        conflict: what makes them two whatever their names, or None.
        article: what leaves it in doubt in an article that names both, or None.
        likely: how likely such names alone are of one thing, a probability.
        score: the same with the context, as in the review queue.
        merge: whether the program would merge the two on its own if nothing else were there.
    """

    names: NameMatch
    compared: tuple[str, str]
    context: tuple[float, str]
    conflict: str | None
    likely: float
    score: float
    merge: bool
    article: str | None = None

    @property
    def features(self) -> tuple[Feature, ...]:
        """Return every reason in order: names, context, conflict."""
        against = (Feature("conflict", self.conflict, -1.0),) if self.conflict else ()
        return (*self.names.features, Feature("context", self.context[1], self.context[0]), *against)


def explain_match(extractions: Iterable[Extraction], a: Sequence[LocalId], b: Sequence[LocalId]) -> MatchReport:
    """Compare two sets of local entities as the program does; neither may be empty."""
    wanted = set(a) | set(b)
    found = {m.id: m for extraction in extractions for m in read_locals(extraction) if m.id in wanted}
    one, two = (Cluster(found[side[0]].entity.type, [found[at] for at in sorted(side)]) for side in (a, b))
    if one.type is not two.type:
        names = NameMatch(score=0.0, features=(Feature("type", f"{one.type} is not {two.type}", -1.0),))
        return MatchReport(
            names=names,
            compared=(one.name, two.name),
            context=shared_context(one, two),
            conflict=None,
            likely=0.0,
            score=0.0,
            merge=False,
        )
    names = best_names(one, two)
    pairs = ((x, y) for x in sorted(set(one.aliases())) for y in sorted(set(two.aliases())))
    compared = next((p for p in pairs if compare_names(*p, type=one.type) == names), (one.name, two.name))
    judged, telling = judge(one, two), told_by_articles(one, two)
    context = shared_context(one, two)
    fits = names.score >= MATCH or names.partial  # else company says nothing: two ministries of one state share it
    return MatchReport(
        names=names,
        compared=compared,
        context=context,
        conflict=conflict(one, two) or (None if judged else incompatible(one, two)),
        likely=probability(one.type, names),
        score=judged.score if judged else probability(one.type, names, context=context[0] if fits else None),
        merge=bool(judged and judged.merge),
        article=telling.why if judged and telling and telling.against else None,
    )
