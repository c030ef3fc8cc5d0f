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

import numpy as np

from kg.errors import ModelError
from kg.extraction.learned import LearnedExtractor
from kg.extraction.learned.features import Window
from kg.extraction.learned.network import Network
from kg.model import PREDICATES, Document
from kg.training.config import Model, load_config
from kg.training.dropout import Dropout
from kg.training.examples import make_examples
from kg.training.export import export
from kg.training.loss import Batch
from kg.training.restore import restore
from kg.training.train import _hidden, collate, new_reader, train

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
SHAPE = {"vocabulary": 60, "width": 24, "layers": 1, "heads": 2, "inner": 32, "positions": 64}


@pytest.fixture(scope="module")
def config():
    read = load_config(CONFIG)
    small = {"epochs": 3, "pieces": 128, "bfloat16": False, "threads": 1, "learning_rate": 1e-2, "shares": {}}
    runs = (replace(read.runs[0], **small), replace(read.runs[-1], **small, average=0.9))
    return replace(read, model=Model(width=16, context_heads=2, dropout=0.1, most_pieces=64), runs=runs)


@pytest.fixture
def examples(pieces, analyzer, parse):
    return list(make_examples(parse(TEXT), source="passages", analyzer=analyzer, pieces=pieces, most_pieces=64, seed=1))


class StoppedError(Exception):
    """The power fails."""


def run(config, examples, folder, stop_after=None, settings=None):
    """Train (by the first run's settings where none are given); with ``stop_after``, until that epoch is done. Returns the lines on the epochs, times left out."""

    def say(text):
        if text.startswith(f"epoch {stop_after} "):
            raise StoppedError

    reader = new_reader(config, weights=None, **SHAPE)
    target = folder / "weights.pt"
    try:
        train(reader, examples, settings=settings or config.runs[0], seed=config.seed, target=target, say=say)
    except StoppedError:
        assert (folder / "weights.resume").is_file()
    lines = [json.loads(line) for line in (folder / "weights.jsonl").read_text(encoding="utf8").splitlines()]
    return [{k: v for k, v in line.items() if k != "seconds"} for line in lines]


def test_training_lowers_the_loss_and_repeats_itself(examples, config, tmp_path):
    first, second = (run(config, examples, tmp_path / name) for name in "ab")
    assert first == second
    assert [line["epoch"] for line in first] == [1, 2, 3]
    assert set(first[0]) == {"epoch", "pairs", "same", "status", "reason", "tags"}
    assert first[-1]["tags"] < first[0]["tags"]
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == ["weights.jsonl", "weights.pt"]


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("stops", [(1,), (1, 2)])
def test_a_run_taken_up_again_equals_one_that_never_stopped(examples, config, tmp_path, stops, number):
    settings = config.runs[number]
    whole = run(config, examples, tmp_path / "whole", settings=settings)
    for stop in stops:
        assert len(run(config, examples, tmp_path / "parts", stop_after=stop, settings=settings)) == stop
    assert run(config, examples, tmp_path / "parts", settings=settings) == whole
    one, other = (torch.load(tmp_path / name / "weights.pt", weights_only=True) for name in ("whole", "parts"))
    assert one.keys() == other.keys()
    for name, values in one.items():
        torch.testing.assert_close(values, other[name], rtol=0, atol=0)


def test_batches_are_of_about_equal_length(examples):
    many = [replace(e, id=f"{e.id} {n}", pieces=e.pieces[: 20 + n]) for e in examples for n in range(20)]
    batches = collate(many, pieces=160, shares={}, seed=3)
    assert sorted(e.id for batch in batches for e in batch) == sorted(e.id for e in many)
    assert all(max(len(e.pieces) for e in batch) * len(batch) <= 160 for batch in batches)
    assert [[e.id for e in b] for b in collate(many, pieces=160, shares={}, seed=3)] == [
        [e.id for e in b] for b in batches
    ]
    assert [len(b) for b in collate(many, pieces=1, shares={}, seed=3)] == [1] * len(
        many
    )  # one longer than that: alone
    half = sum(map(len, collate(many, pieces=160, shares={"passages": 0.5}, seed=3)))
    assert 0.25 * len(many) < half < 0.75 * len(many)
    assert collate(many, pieces=160, shares={"passages": 0.0}, seed=3) == []


def test_the_mean_of_the_weights_is_kept_where_it_is_asked_for(examples, config, tmp_path):
    kept = []
    for average in (0.0, 0.9):
        run(config, examples, tmp_path / str(average), settings=replace(config.runs[0], average=average))
        kept.append(torch.load(tmp_path / str(average) / "weights.pt", weights_only=True)["tokens.tag.weight"])
    start = new_reader(config, weights=None, **SHAPE).state_dict()["tokens.tag.weight"]
    last, mean = ((w - start).norm() for w in kept)
    assert 0 < mean < last  # on the way from the first weights to the last


def test_hidden_pieces_are_words_and_about_as_many_as_asked_for():
    pieces = torch.cat((torch.arange(104).expand(40, -1), torch.full((40, 200), 2000)), dim=1)
    torch.manual_seed(3)
    found = _hidden(pieces, 0.25)
    assert torch.equal(found[:, :104], pieces[:, :104])  # padding and marks stay
    assert 0.2 < (found[:, 104:] == 103).float().mean() < 0.3
    assert _hidden(pieces, 0.0) is pieces


@pytest.mark.parametrize("quantize", [False, True])
def test_exported_weights_are_restored(config, tokenizer, tmp_path, quantize):
    settings = {"version": "t", "most_pieces": 64, "thresholds": {}}
    reader = new_reader(config, weights=None, **SHAPE)
    with torch.no_grad():
        for value in reader.parameters():
            value += 0.01 * torch.randn_like(value)  # the exporter keeps one of two that are equal
    export(reader, tmp_path, tokenizer=tokenizer, opset=config.opset, config=settings, quantize=quantize)
    if not quantize:
        with pytest.raises(ModelError, match="another network"):  # what does not ship is not gone on from
            restore(reader, tmp_path)
        return
    other = new_reader(replace(config, seed=99), weights=None, **SHAPE)
    words = other.tokens.encoder.words.weight.clone()
    restore(other, tmp_path)
    assert torch.equal(other.tokens.encoder.words.weight, words)
    for name, value in reader.state_dict().items():
        if name != "tokens.encoder.words.weight":
            torch.testing.assert_close(other.state_dict()[name], value, rtol=0, atol=float(value.abs().max()) / 60)


def test_exported_graphs_say_what_the_network_says(examples, config, tokenizer, analyzer, tmp_path):
    reader = new_reader(config, weights=None, **SHAPE).eval()
    thresholds = dict.fromkeys((*PREDICATES, "same", "titleOf", "titleAt", "unasserted"), 0.01)
    settings = {"version": "t", "most_pieces": 64, "thresholds": thresholds}
    export(reader, tmp_path, tokenizer=tokenizer, opset=config.opset, config=settings, quantize=False)
    network = Network(tmp_path)
    assert (network.config.version, network.config.most_pieces) == ("t", 64)
    assert network.config.thresholds == thresholds

    batch = Batch(examples)
    with torch.inference_mode():
        pairs, tags = reader(batch.pieces, batch.features, batch.spans)
    windows = [
        Window(0, 0, tuple(e.pieces.tolist()), tuple(map(tuple, e.features.tolist())), ()) for e in batch.examples
    ]
    pieces, states, found_tags = network.encode(windows)
    found = network.score(states, pieces, [[tuple(row[:3]) for row in e.spans.tolist()] for e in batch.examples])
    for row, example in enumerate(batch.examples):
        n, c = len(example.pieces), len(example.spans)
        np.testing.assert_allclose(found_tags[row, :n], tags[row, :n].numpy(), atol=1e-4)
        np.testing.assert_allclose(found[row, :c, :c], pairs[row, :c, :c].numpy(), atol=1e-4)

    text = "Ana Ruiz met Bo Li in Leeds. She was born in Kars."
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    extractor = LearnedExtractor(folder=tmp_path)
    discourse = extractor.read(doc, nameless=True)
    claims = list(extractor(doc, discourse))
    again = LearnedExtractor(folder=tmp_path)
    assert claims == list(again(doc, again.read(doc, nameless=True)))
    for claim in claims:
        assert claim.evidence.extractor == "model:pairs@t"
        assert discourse.entities[claim.subject].type in PREDICATES[claim.predicate].domain
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.text


def test_quantized_graphs_say_about_the_same(examples, config, tokenizer, tmp_path):
    reader = new_reader(config, weights=None, **SHAPE).eval()
    settings = {"version": "t", "most_pieces": 64, "thresholds": {"same": 0.5}}
    said = []
    for quantize in (False, True):
        folder = tmp_path / str(quantize)
        export(reader, folder, tokenizer=tokenizer, opset=config.opset, config=settings, quantize=quantize)
        (example, *_) = examples
        window = Window(0, 0, tuple(example.pieces.tolist()), tuple(map(tuple, example.features.tolist())), ())
        said.append(Network(folder).encode([window])[2])
    assert np.abs(said[0] - said[1]).max() < 0.2


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
    torch.manual_seed(5)
    dropout.reseed()
    assert torch.equal(dropout(x), dropped)
    assert torch.equal(dropout.eval()(x), x)
