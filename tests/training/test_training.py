"""A few steps of training, export and reading with the result; needs the extra ``training``."""

import json
import warnings
from dataclasses import replace
from pathlib import Path

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")

from kg.analysis import Analyzer
from kg.config import DEFAULT_SPACY_MODEL
from kg.extraction.discourse import Discourse
from kg.extraction.learned import LearnedExtractor
from kg.extraction.learned.pieces import Pieces
from kg.model import PREDICATES, Document
from kg.training import passages
from kg.training.config import Model, load_config
from kg.training.dropout import Dropout
from kg.training.examples import make_examples
from kg.training.export import export
from kg.training.sources import Prepared
from kg.training.train import Batch, collate, loss_of, mean_weights, new_reader, train

CONFIG = Path(__file__).parents[2] / "kg" / "training" / "config.toml"
TEXT = """# a
[[p1|P|Ana Ruiz]], [[t1|T|mayor]] of [[l1|L|Leeds]], met [[p2|P|Bo Li]] on Sunday.
[[p1|P~|She]] was born in [[l2|L|Kars]].
= p1 holdsRole l1 title=t1 status=current
= p1 metWith p2
= p1 bornIn l2

# b
[[p1|P|Cy Dunn]] did not meet [[p2|P|Eve Fry]]. [[p1|P~|He]] works for [[o1|O|Kaltio Oyj]].
= p1 memberOf o1
- p1 metWith p2 negated
"""
SHAPE = {"width": 24, "layers": 1, "heads": 2, "inner": 32, "positions": 64}


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    """A tokenizer of single letters with BERT's marks."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    letters = {mark: i for i, mark in enumerate(("[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghijklmnopqrstuvwxyz.,"))}
    letters |= {f"##{c}": len(letters) + i for i, c in enumerate("abcdefghijklmnopqrstuvwxyz.,")}
    made = Tokenizer(models.WordPiece(letters, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    made.save(str(path))
    return path


@pytest.fixture(scope="module")
def config():
    read = load_config(CONFIG)
    small = replace(read.training, epochs=3, batch=2, bfloat16=False, threads=1, learning_rate=1e-2)
    return replace(read, model=Model(width=16, context_heads=2, dropout=0.0, most_pieces=64), training=small)


@pytest.fixture(scope="module")
def examples(tokenizer, tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "x.txt"
    path.write_text(TEXT, encoding="utf8")
    analyzer = Analyzer(model=DEFAULT_SPACY_MODEL)
    return [
        *make_examples(
            list(passages.read(path)),
            source="passages",
            analyzer=analyzer,
            pieces=Pieces(tokenizer),
            most_pieces=64,
            gold_first=True,
        )
    ]


def test_examples_stay_within_the_input(examples):
    assert len(examples) >= 2
    for example in examples:
        assert len(example.pieces) == len(example.features) == len(example.tags) <= 64
        assert (example.spans[:, 1] < len(example.pieces)).all()
        assert (example.spans[:, 0] <= example.spans[:, 1]).all()


def test_supervision_leaves_out_padding_and_the_diagonal(examples):
    batch = Batch(examples)
    for row, example in enumerate(batch.examples):
        count = len(example.spans)
        assert batch.weight[row, count:].sum() == 0
        assert batch.weight[row].diagonal().sum() == 0
        assert (batch.target[row] * (1 - batch.weight[row])).sum() == 0


def test_training_lowers_the_loss_and_repeats_itself(examples, config, tmp_path):
    def run(folder):
        reader = new_reader(config, vocabulary=60, weights=None, **SHAPE)
        train(
            reader,
            [examples],
            settings=config.training,
            seed=config.seed,
            target=folder / "weights.pt",
            say=lambda _: None,
        )
        return [json.loads(line) for line in (folder / "weights.jsonl").read_text(encoding="utf8").splitlines()]

    first, second = run(tmp_path / "a"), run(tmp_path / "b")
    assert first[-1]["pairs"] < first[0]["pairs"]
    assert [x["pairs"] for x in first] == [x["pairs"] for x in second]
    assert (tmp_path / "a" / "weights.pt").is_file()


def test_exported_graphs_say_what_the_network_says(examples, config, tokenizer, tmp_path):
    import numpy as np

    from kg.extraction.learned.network import Network

    reader = new_reader(config, vocabulary=60, weights=None, **SHAPE).eval()
    thresholds = dict.fromkeys((*PREDICATES, "same", "titleOf", "titleAt", "unasserted"), 0.01)
    settings = {"version": "t", "most_pieces": 64, "thresholds": thresholds, "calibration": [1.0, 0.0]}
    export(reader, tmp_path, tokenizer=tokenizer, opset=config.opset, config=settings, quantize=False)
    network = Network(tmp_path)
    (batch,) = collate(examples, size=len(examples), seed=None)
    with torch.inference_mode():
        pairs, types, tags = reader(batch.pieces, batch.features, batch.spans)
        losses = loss_of(batch, pairs, types, tags, passages_weight=1.0)
    assert {"pairs", "status", "reason", "types", "tags"} == set(losses)

    class Window:
        def __init__(self, example):
            self.pieces = tuple(example.pieces.tolist())
            self.features = tuple(map(tuple, example.features.tolist()))

    windows = [Window(e) for e in batch.examples]
    pieces, states, found_tags = network.encode(windows)
    spans = [[tuple(row[:3]) for row in e.spans.tolist()] for e in batch.examples]
    found, found_types = network.score(states, pieces, spans)
    for row, example in enumerate(batch.examples):
        n, c = len(example.pieces), len(example.spans)
        np.testing.assert_allclose(found_tags[row, :n], tags[row, :n].numpy(), atol=1e-4)
        np.testing.assert_allclose(found[row, :c, :c], pairs[row, :c, :c].numpy(), atol=1e-4)
        np.testing.assert_allclose(found_types[row, :c], types[row, :c].numpy(), atol=1e-4)

    analyzer = Analyzer(model=DEFAULT_SPACY_MODEL)
    (doc,) = analyzer.analyze([Document(id="d", text="Ana Ruiz met Bo Li in Leeds. She was born in Kars.")])
    extractor = LearnedExtractor(folder=tmp_path)
    discourse = extractor.refine(doc, Discourse(doc, (), ()), nameless=True)
    claims = list(extractor(doc, discourse))
    assert claims == list(LearnedExtractor(folder=tmp_path)(doc, discourse))
    for claim in claims:
        assert claim.evidence.extractor == "model:pairs@t"
        assert discourse.entities[claim.subject].type in PREDICATES[claim.predicate].domain
        assert doc.text[claim.evidence.start : claim.evidence.end] == claim.evidence.text


@pytest.mark.parametrize("shape", [(7,), (40, 50, 3)])
@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5])
def test_dropout_zeroes_its_share_and_keeps_the_mean(shape, rate):
    torch.manual_seed(5)
    dropout = Dropout(rate)
    x = torch.ones(shape)
    dropped = dropout(x)
    assert dropped.shape == x.shape
    kept = dropped[dropped > 0]
    assert torch.allclose(kept, torch.full_like(kept, 256 / (256 - dropout.cut)))
    if x.numel() > 1000:
        assert abs(float((dropped == 0).float().mean()) - rate) < 0.03
        assert abs(float(dropped.mean()) - 1) < 0.03
    assert torch.equal(dropout.eval()(x), x)


def test_second_run_goes_on_over_more_at_a_lower_rate(config):
    settings = config.second.settings(config.training)
    assert settings.learning_rate == config.second.learning_rate
    assert settings.focused_epochs == 0
    assert settings.batch == config.training.batch
    prepared = Prepared({"first": [[1], [2]], "second": [[3], [4]], "final": [[5], [6]]})
    assert prepared.of("first") == [[1], [2]]
    assert prepared.of("final") == [[1, 3, 5], [2, 4, 6]]


def test_mean_of_weights(tmp_path):
    for name, value in (("a", 1.0), ("b", 4.0)):
        torch.save({"w": torch.full((2, 2), value)}, tmp_path / name)
    mean_weights([tmp_path / "a", tmp_path / "b"], tmp_path / "mean")
    assert torch.equal(torch.load(tmp_path / "mean", weights_only=True)["w"], torch.full((2, 2), 2.5))
