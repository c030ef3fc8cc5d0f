"""Fits the weights in the lexicon ``pronouns``: what speaks for a person's being meant by "he" or "she".

    python -m kg.training.pronouns --data DATA [--write]

Learns from the development part of GAP (``DATA/gap/gap-development.tsv``) and from the passages of this project from
which the first training run learns; ``--write`` puts the weights into the lexicon. Prints how many of the pronouns left
out of a fit are answered right, and the weights beside those of the lexicon.

An earlier pronoun is a mention for a later one, and what it means is read with the weights of the lexicon as it is:
after a change of the features, fit and write until the weights stay.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from kg.analysis import Analyzer
from kg.errors import InputError, KgError
from kg.evaluation import gap
from kg.extraction.discourse import Discourse
from kg.extraction.reference import coreference
from kg.extraction.reference.pronouns import Features, Resolver, pronoun_genders, weights
from kg.extraction.reference.reading import read_discourse
from kg.model import Document, MentionKind
from kg.resources import data_path
from kg.training.config import load_config
from kg.training.passages import read
from kg.training.records import Annotated

__all__ = ["PronounExample", "fit", "main", "of_gap", "of_passage", "rewritten", "share_right"]

_PENALTY = 1.0  # of the sum of the squared weights
_PASSAGE = 0.4  # what a pronoun of a passage counts beside one of GAP
_SELDOM = 10  # a feature of fewer mentions gets no weight
_LEAST = 0.05  # a weight nearer to zero is left out of the lexicon
_PARTS = 5

Candidates = Sequence[tuple[int, Features]]
Spans = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PronounExample:
    """A pronoun: the mentions it may point to by entity and features, and the entities that are right answers."""

    text: str
    source: str
    candidates: Candidates
    right: frozenset[int]
    weight: float = 1.0


def of_gap(row: gap.Row, doc: Doc) -> Iterator[PronounExample]:
    """Yield the pronoun of an example of GAP; where it means neither of the two names, anybody else is right."""
    discourse, asked = _read(doc)
    candidates = asked.get(int(row["Pronoun-offset"]))
    if candidates is None:
        return
    true = [side for side in "AB" if row[f"{side}-coref"].strip().lower() == "true"]
    spans = [(start := int(row[f"{side}-offset"]), start + len(row[side])) for side in true or "AB"]
    named = _named(discourse, spans)
    right = named if true else {entity for entity, _ in candidates} - named
    yield PronounExample(text=row["ID"], source="GAP", candidates=candidates, right=frozenset(right))


def of_passage(annotated: Annotated, doc: Doc) -> Iterator[PronounExample]:
    """Yield the pronouns of a passage that mean somebody whose name was found.

    People without names are no candidates: passages do not mark them, so they would always be wrong.
    """
    discourse, asked = _read(doc)
    for pronoun in annotated.mentions:
        if not _is_pronoun(annotated, pronoun.start, pronoun.end) or pronoun.start not in asked:
            continue
        spans = [(m.start, m.end) for m in annotated.mentions if m.entity == pronoun.entity]
        right = _named(discourse, (s for s in spans if not _is_pronoun(annotated, *s)))
        candidates = [(entity, features) for entity, features in asked[pronoun.start] if entity >= 0]
        if right and candidates:
            yield PronounExample(
                text=annotated.id,
                source="passages",
                candidates=candidates,
                right=frozenset(right),
                weight=_PASSAGE,
            )


def _is_pronoun(annotated: Annotated, start: int, end: int) -> bool:
    return annotated.text[start:end].lower() in pronoun_genders()


def _read(doc: Doc) -> tuple[Discourse, dict[int, Candidates]]:
    """Read a document as the program does; the candidates of each pronoun by its offset come with it."""
    asked: dict[int, Candidates] = {}

    class Recording(Resolver):
        def candidates(self, token: Token) -> list[tuple[int, Features]]:
            found = super().candidates(token)
            asked[token.idx] = found
            return found

    with patch.object(coreference, "Resolver", Recording):
        return read_discourse(doc), asked


def _named(discourse: Discourse, spans: Spans) -> set[int]:
    """Return the entities that have a name overlapping one of the spans."""
    wanted = list(spans)
    return {
        i
        for i, entity in enumerate(discourse.entities)
        for m in entity.mentions
        if m.kind is MentionKind.NAME and any(m.start < end and start < m.end for start, end in wanted)
    }


def fit(examples: Sequence[PronounExample]) -> dict[str, float]:
    """Return the weights that make the right entities likeliest: a conditional logit with an L2 penalty.

    An entity has as many candidates as mentions and any of them may be the one meant, so the likelihood of the right
    answer is a sum.
    """
    seen = Counter(name for e in examples for _, features in e.candidates for name, value in features.items() if value)
    names = sorted(name for name, count in seen.items() if count >= _SELDOM)
    told = [e for e in examples if 0 < sum(entity in e.right for entity, _ in e.candidates) < len(e.candidates)]
    if not told:
        return dict.fromkeys(names, 0.0)
    from scipy.optimize import minimize

    rows = [(entity in e.right, features) for e in told for entity, features in e.candidates]
    x = np.array([[float(features.get(name, 0.0)) for name in names] for _, features in rows])
    right = np.array([good for good, _ in rows], dtype=float)
    sizes = np.array([len(e.candidates) for e in told], dtype=int)
    weight = np.array([e.weight for e in told])
    starts = np.cumsum(sizes) - sizes

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = x @ w
        odds = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
        every, meant = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        pull = odds * (np.repeat(weight / every, sizes) - right * np.repeat(weight / meant, sizes))
        return float(weight @ np.log(every / meant) + _PENALTY * w @ w), x.T @ pull + 2 * _PENALTY * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="BFGS", options={"gtol": 1e-7})
    return dict(zip(names, found.x.tolist(), strict=True))


def share_right(examples: Sequence[PronounExample], known: Mapping[str, float]) -> float:
    """Return the share of the pronouns that these weights answer right."""
    return sum(_answer(example.candidates, known) in example.right for example in examples) / max(1, len(examples))


def _answer(candidates: Candidates, known: Mapping[str, float]) -> int | None:
    """Return the entity that a pronoun means, as ``Resolver.resolve`` does."""
    scores: dict[int, float] = defaultdict(float)
    for entity, features in candidates:
        scores[entity] += exp(sum(known.get(name, 0.0) * value for name, value in features.items()))
    return max(scores, key=lambda e: (scores[e], -e), default=None)


def _left_out(examples: Sequence[PronounExample]) -> dict[str, float]:
    """Return by source the share answered right by weights fitted on other texts."""
    part = {text: at % _PARTS for at, text in enumerate(dict.fromkeys(e.text for e in examples))}
    shares: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for i in range(_PARTS):
        known = fit([e for e in examples if part[e.text] != i])
        for source in {e.source: None for e in examples}:
            held = [e for e in examples if part[e.text] == i and e.source == source]
            shares[source].append((share_right(held, known), len(held)))
    return {source: sum(s * n for s, n in found) / sum(n for _, n in found) for source, found in shares.items()}


def rewritten(lexicon: str, known: Mapping[str, float]) -> str:
    """Return the text of the lexicon with these weights; what stands above them is kept."""
    head, mark, _ = lexicon.partition("\nweights:\n")
    if not mark:
        raise InputError("the lexicon pronouns has no line 'weights:': it is not the one of this version")
    return head + mark + "".join(f"  {name}: {weight:g}\n" for name, weight in sorted(known.items()))


def _shown(known: Mapping[str, float]) -> dict[str, float]:
    rounded = {name: round(weight, 2) for name, weight in known.items()}
    return {name: weight for name, weight in rounded.items() if abs(weight) >= _LEAST}


def _examples(data: Path) -> list[PronounExample]:
    config = load_config(Path(__file__).with_name("config.toml"))
    analyzer = Analyzer(model=config.data.pipeline)
    rows = gap.read(data / "gap" / "gap-development.tsv")
    folder = Path(__file__).with_name("data")
    passages = [a for name in config.data.passages for a in read(folder / f"{name}.txt")]
    passages = [a for a in passages if any(_is_pronoun(a, m.start, m.end) for m in a.mentions)]
    texts = [Document(id=a.id, text=a.text) for a in passages]
    return [
        *(e for row, doc in zip(rows, analyzer.analyze(gap.documents(rows)), strict=True) for e in of_gap(row, doc)),
        *(e for a, doc in zip(passages, analyzer.analyze(texts), strict=True) for e in of_passage(a, doc)),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print and, if asked to, write; the exit code is 2 for an error of the caller's, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.training.pronouns", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds gap/gap-development.tsv")
    parser.add_argument("--write", action="store_true", help="put the weights into the lexicon")
    options = parser.parse_args(arguments)
    try:
        examples = _examples(options.data)
        for source, share in _left_out(examples).items():
            of = [e for e in examples if e.source == source]
            now = share_right(of, weights())
            sys.stdout.write(f"{source}: {len(of)} pronouns, left out {share:.3f} right, by the lexicon {now:.3f}\n")
        found = _shown(fit(examples))
        for name in sorted({*found, *weights()}):
            sys.stdout.write(f"{name:30}{found.get(name, 0):6.2f}  lexicon {weights().get(name, 0):6.2f}\n")
        if options.write:
            path = data_path("lexicons", "reference", "pronouns.yaml")
            path.write_text(rewritten(path.read_text(encoding="utf8"), found), encoding="utf8")
    except KgError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
