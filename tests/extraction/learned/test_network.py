"""Weights and the program's outputs are matched by name, on the shipped weights with another list of outputs."""

import json
import shutil

import numpy as np
import pytest

from kg.errors import ModelError
from kg.extraction.learned.features import windows
from kg.extraction.learned.labels import ASSERTED, LEARNED, OUTPUTS
from kg.extraction.learned.network import Network
from kg.model import PREDICATES, Document
from kg.reader import left_to_rules
from kg.resources import data_path


@pytest.fixture
def weights(tmp_path):
    """A copy of the shipped weights; a function changes the names of what they were trained on."""
    folder = tmp_path / "model"
    shutil.copytree(data_path("model"), folder)

    def change(outputs):
        path = folder / "config.json"
        config = json.loads(path.read_text(encoding="utf8"))
        path.write_text(json.dumps(config | {"outputs": outputs}), encoding="utf8")
        return folder

    return change


@pytest.fixture(scope="module")
def said(analyzer):
    """A function: folder of weights -> logits of the pair of names in a sentence."""
    (doc,) = analyzer.analyze([Document(id="d", text="Anna Keller was born in Zurich.")])

    def run(folder):
        network = Network(folder)
        (window,) = windows(doc, network.pieces, special=network.pieces.special, most_pieces=384)
        pieces, states, _ = network.encode([window])
        spans = [(*window.piece_span(0, 2), 0), (*window.piece_span(5, 6), 2)]
        return network.score(states, pieces, [spans])[0][0, 1]

    return run


TRAINED = json.loads((data_path("model") / "config.json").read_text(encoding="utf8"))["outputs"]


def renamed(**names):
    return [names.get(name.replace(" ", "_"), name) for name in TRAINED]


def test_outputs_are_those_of_their_names(weights, said):
    plain = said(data_path("model"))
    assert plain.argmax() == ASSERTED["bornIn"]
    swapped = said(weights(renamed(bornIn="livesIn", livesIn="bornIn")))
    a, b = ASSERTED["bornIn"], ASSERTED["livesIn"]
    assert (swapped[a], swapped[b]) == (plain[b], plain[a])
    others = [i for i in range(len(OUTPUTS)) if i not in (a, b)]
    assert np.array_equal(swapped[others], plain[others])


def test_weights_say_nothing_of_a_predicate_that_they_do_not_know(weights, said):
    folder = weights(renamed(bornIn="hatchedIn", not_bornIn="not hatchedIn"))
    assert said(folder)[ASSERTED["bornIn"]] < -20
    assert left_to_rules("both", model=folder) == ("bornIn",)
    assert left_to_rules("rules", model=folder) == ()


def test_the_shipped_weights_know_what_is_not_left_to_rules():
    assert left_to_rules("both") == ()
    assert set(LEARNED) == {name for name, relation in PREDICATES.items() if not relation.by_rules}
    assert not {name for name in PREDICATES if name not in LEARNED} & set(OUTPUTS)


@pytest.mark.parametrize("lost", ["same", "titleOf", "current", "negated actual"])
def test_weights_without_an_output_that_is_no_predicate_are_refused(weights, said, lost):
    with pytest.raises(ModelError, match="another version"):
        said(weights([f"old {name}" if name == lost else name for name in TRAINED]))
