"""Figures for the model card: benchmarks and the passages kept for tuning, read as the product reads them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from kg.analysis import Analyzer
from kg.evaluation import View, open_benchmark, views_of_extractions, views_of_graph
from kg.evaluation.rates import Rates, Table
from kg.evaluation.relations import score as score_relations
from kg.evaluation.shape import documents, predictions
from kg.extraction import extract
from kg.extraction.decision.combination import combine
from kg.extraction.extractor import Extractor
from kg.extraction.learned import LearnedExtractor
from kg.extraction.learned.labels import ASSERTED
from kg.extraction.naming.states import with_states
from kg.extraction.reference.reading import read_discourse
from kg.extraction.relations import RuleExtractor
from kg.model import PREDICATES, Document, Extraction
from kg.pipeline import integrate
from kg.training.records import Annotated

__all__ = ["READERS", "Figure", "bar", "benchmark_figures", "knowledgenet_figures", "passage_figures"]

Figure = tuple[str, str]
READERS = {"rules alone": (True, False), "model alone": (False, True), "both": (True, True)}
_BARS = [x / 100 for x in range(50, 100, 2)]
_BENCHMARKS = {"news": "Annotated news", "conll04": "CoNLL04 dev", "dwie": "DWIE dev"}


def _extractors(name: str, folder: Path) -> tuple[Extractor, ...]:
    rules, model = READERS[name]
    return (*((RuleExtractor(),) if rules else ()), *((LearnedExtractor(folder=folder),) if model else ()))


def _read(
    found: Iterable[Document], extractors: Sequence[Extractor], analyzer: Analyzer, *, nameless: bool = False
) -> Iterator[Extraction]:
    for doc in analyzer.analyze(found):
        yield extract(doc, extractors=extractors, nameless=nameless)


def _show(rates: Rates) -> str:
    return f"P {rates.precision:.3f}, R {rates.recall:.3f}, F1 {rates.f1:.3f}"


def knowledgenet_figures(path: Path, folder: Path, analyzer: Analyzer) -> Iterator[Figure]:
    """Yield the figures of a fold by property for the model alone, and the sums for rules alone and both."""
    benchmark = open_benchmark("knowledgenet", path)
    for name in READERS:
        read = _read(benchmark.documents, _extractors(name, folder), analyzer, nameless=True)
        rows = benchmark.score(views_of_extractions(read))[0].rows
        shown = rows if name == "model alone" else {"ALL": rows["ALL"]}
        for row, rates in shown.items():
            yield f"KnowledgeNet {path.stem}, {name}, {row}", _show(rates)


def bar(annotated: Sequence[Annotated], folder: Path, analyzer: Analyzer, *, loss: float) -> float:
    """Return the least confidence at which claims that only the model makes cost the rules little precision.

    Args:
        annotated: completely annotated passages that nothing was learned from.
        loss: of precision of the relations between entities on them, against claims that the rules make too.
    """
    gold = [_record(a) for a in annotated]
    rules, model = RuleExtractor(), LearnedExtractor(folder=folder)
    read = []
    for doc in analyzer.analyze(documents(gold)):
        discourse = with_states(model.refine(doc, read_discourse(doc)))
        claims = tuple(rules(doc, discourse))
        read.append((doc.user_data["document"].id, discourse.entities, claims, tuple(model(doc, discourse))))

    def precision(least: float) -> float:
        views = views_of_extractions(
            Extraction(document=name, entities=entities, claims=combine(first, second, least=least))
            for name, entities, first, second in read
        )
        return _between_entities(gold, views).precision

    needed = precision(1.0) - loss
    return next(least for least in (*_BARS, 1.0) if precision(least) >= needed)


def _between_entities(gold: Sequence[Mapping[str, Any]], views: Mapping[str, View]) -> Rates:
    same = {name: {"to": name, "symmetric": p.symmetric} for name, p in PREDICATES.items()}
    return score_relations(gold, predictions(gold, views), mapping=same, strict=True).rows["ALL"]


def passage_figures(annotated: Sequence[Annotated], folder: Path, analyzer: Analyzer) -> Iterator[Figure]:
    """Yield the figures of relations between entities on completely annotated passages."""
    gold = [_record(a) for a in annotated]
    for name in READERS:
        views = views_of_extractions(_read(documents(gold), _extractors(name, folder), analyzer))
        yield f"Passages kept for tuning, relations, {name}", _show(_between_entities(gold, views))


def _record(annotated: Annotated) -> Mapping[str, Any]:
    """Return a passage in the shape of the benchmarks; a role without an organization is left out."""
    mentions: dict[str, list[list[int]]] = defaultdict(list)
    types: dict[str, str] = {}
    for mention in annotated.mentions:
        name = mention.entity or ""
        mentions[name].append([mention.start, mention.end])
        types[name] = "Other" if mention.type in (None, "Date", "Title") else str(mention.type)
    names = {number: name for name, number in ASSERTED.items() if name in PREDICATES}
    relations = {
        (annotated.mentions[s].entity, names[p], annotated.mentions[o].entity)
        for s, o, p in annotated.ones
        if p in names
    }
    return {
        "id": annotated.id,
        "text": annotated.text,
        "published": annotated.published,
        "entities": [{"id": name, "type": types[name], "mentions": found} for name, found in mentions.items()],
        "relations": [{"s": s, "p": p, "o": o} for s, p, o in sorted(relations, key=str)],
    }


def benchmark_figures(data: Path, folder: Path, analyzer: Analyzer) -> Iterator[Figure]:
    """Yield the relations' figures of each benchmark that ``data`` holds, the texts of one as one build."""
    for name, title in _BENCHMARKS.items():
        if not (data / name).is_dir():
            continue
        benchmark = open_benchmark(name, data)
        for reader in READERS:
            read = list(_read(benchmark.documents, _extractors(reader, folder), analyzer))
            tables = benchmark.score(views_of_graph(integrate(benchmark.documents, read)))
            yield f"{title}, relations, {reader}", _relations(tables)


def _relations(tables: Sequence[Table]) -> str:
    rows = dict(chain.from_iterable(table.rows.items() for table in tables if "RELATIONS" in table.rows))
    if rows:  # the news count traps too
        notes = dict(chain.from_iterable(table.notes for table in tables))
        return _show(rows["RELATIONS"]) + "".join(f"; {what}: {number:g}" for what, number in notes.items())
    return _show(next(table for table in tables if table.title == "relations").rows["ALL"])
