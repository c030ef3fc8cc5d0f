"""Which part of a benchmark is measured, and what is said of where its text went."""

import json
from pathlib import Path

import pytest

from kg.evaluation import open_benchmark
from kg.evaluation.datasets import DATA_SETS, describe_dataset

SHARED = Path(__file__).parents[2].parent / "shared"
CONFIG = Path(__file__).parents[2] / "kg" / "training" / "config.toml"
FILES = {
    "gap": ("gap-development.tsv", "gap-validation.tsv"),
    "knowledgenet": ("fold1.jsonl", "fold2.jsonl", "fold3.jsonl"),
    "news": ("news/a.json", "open/dev-gold/a.json"),
}
GAP = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\nx\tHe.\tHe\t0\tA\t0\tTRUE\tB\t0\tTRUE\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with every part of the benchmarks, of one text each."""
    for benchmark, names in FILES.items():
        for name in names:
            path = tmp_path / name if benchmark == "news" else tmp_path / benchmark / name
            path.parent.mkdir(parents=True, exist_ok=True)
            article = {"id": name, "text": "He.", "published": None, "passages": []}
            path.write_text(GAP if benchmark == "gap" else json.dumps(article) + "\n", encoding="utf8")
    return tmp_path


@pytest.mark.parametrize(
    ("benchmark", "given", "measured"),
    [
        ("gap", ".", "gap/gap-validation.tsv"),
        ("gap", "gap", "gap/gap-validation.tsv"),
        ("gap", "gap/gap-development.tsv", "gap/gap-development.tsv"),
        ("knowledgenet", ".", "knowledgenet/fold3.jsonl"),
        ("knowledgenet", "knowledgenet", "knowledgenet/fold3.jsonl"),
        ("knowledgenet", "knowledgenet/fold1.jsonl", "knowledgenet/fold1.jsonl"),
        ("news", ".", "open/dev-gold"),
        ("news", "open", "open/dev-gold"),
        ("news", "open/dev-gold", "open/dev-gold"),
        ("news", "news", "news"),
    ],
)
def test_a_folder_means_its_part_that_was_not_learned_from(data, benchmark, given, measured):
    assert open_benchmark(benchmark, data / given).source == data / measured


@pytest.mark.parametrize(
    ("benchmark", "name", "texts", "learned_from", "told"),
    [
        ("gap", "gap-validation.tsv", 454, False, "GAP validation, 454 paragraphs of Wikipedia: not learned from"),
        ("gap", "gap-development.tsv", 2000, True, "GAP development, 2,000 paragraphs of Wikipedia: learned from"),
        (
            "knowledgenet",
            "fold3.jsonl",
            1440,
            False,
            "KnowledgeNet fold 3, 1,440 passages of the web: not learned from",
        ),
        ("news", "dev-gold", 85, False, "open/dev, 85 articles and items"),
        ("news", "news", 32, True, "no measure"),
        ("dwie", "dev.jsonl", 98, True, "in part"),
        # a part of a part, another's file of that name, a file of one's own
        ("knowledgenet", "fold3.jsonl", 20, None, "fold3.jsonl, 20 texts: whether it was learned from is not known"),
        ("gap", "fold3.jsonl", 1440, None, "not known"),
        ("news", "mine", 1, None, "mine, 1 text: whether"),
    ],
)
def test_each_part_says_whether_it_was_learned_from(tmp_path, benchmark, name, texts, learned_from, told):
    found = describe_dataset(benchmark, tmp_path / name, texts)
    assert found.learned_from is learned_from
    assert told in str(found)


def test_what_training_learns_from_is_declared():
    from kg.training.config import load_config

    named = load_config(CONFIG).data
    learned = {("knowledgenet", Path(name).name) for name in named.knowledgenet}
    learned |= {("gap", Path(named.gap).name)} if named.gap else set()
    declared = {key for key, (_, part) in DATA_SETS.items() if key[0] in ("gap", "knowledgenet") and part.learned_from}
    assert learned == declared


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the data are not beside the checkout")
@pytest.mark.parametrize(("benchmark", "name"), sorted(DATA_SETS))
def test_the_data_sets_are_known(benchmark, name):
    folder = SHARED / "data" / benchmark
    path = {"dev-gold": SHARED / "data" / "open" / name, "news": folder}.get(name, folder / name)
    assert open_benchmark(benchmark, path).data_set.learned_from is not None
