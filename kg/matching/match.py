"""What a comparison of two names answers: a score and, feature by feature, why."""

from dataclasses import dataclass, field

__all__ = ["Feature", "NameMatch", "Tally"]


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason for or against; ``effect`` is what it adds to the score, zero or negative for a difference."""

    name: str
    detail: str
    effect: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """How well two names fit one thing.

    ``score`` lies in 0..1. ``partial`` marks names that fit but of which one says too little ("Salami", "Hossein
    Salami"): their score stays below the threshold of a match, and only context can decide.
    """

    score: float
    features: tuple[Feature, ...] = ()
    partial: bool = False

    @property
    def explanation(self) -> str:
        """The features as one line of text."""
        told = [f for f in self.features if f.effect] or self.features[:1]
        return "; ".join(f"{f.name}: {f.detail} ({f.effect + 0.0:+.2f})" for f in told)


@dataclass(slots=True)
class Tally:
    """Collects features while names are compared; starts from certainty."""

    features: list[Feature] = field(default_factory=list)
    partial: bool = False

    def add(self, name: str, detail: str, effect: float) -> None:
        """Note a feature."""
        self.features.append(Feature(name, detail, effect))

    def match(self) -> NameMatch:
        """Return the result."""
        score = 1.0 + sum(f.effect for f in self.features)
        return NameMatch(score=round(min(1.0, max(0.0, score)), 4), features=tuple(self.features), partial=self.partial)
