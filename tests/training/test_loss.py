"""What the network is taught: pooling over mentions, and where no gradient goes; needs the extra ``training``."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    torch = pytest.importorskip("torch")

from kg.extraction.learned.features import PIECE_FEATURES
from kg.extraction.learned.labels import ASSERTED, PAIR_OUTPUTS, REASON_AT, REASONS, SAME, STATUS_AT, STATUSES, TAGS
from kg.training.examples import Example
from kg.training.loss import Batch, loss_of, pooled

MET, BORN = ASSERTED["metWith"], ASSERTED["bornIn"]


@st.composite
def pairs_of_mentions(draw):
    batch, count, clusters = draw(st.integers(1, 2)), draw(st.integers(1, 5)), draw(st.integers(1, 3))
    noise = np.random.default_rng(draw(st.integers(0, 10**6)))
    scale = draw(st.sampled_from([0.1, 3.0, 20.0]))
    pairs = torch.tensor(noise.uniform(-scale, scale, (batch, count, count, 2)), dtype=torch.float32)
    return pairs, torch.tensor(noise.integers(0, clusters + 1, (batch, count))), clusters


@settings(deadline=None, max_examples=60)
@given(pairs_of_mentions())
def test_pooled_is_the_smooth_maximum_over_the_mentions_of_two_clusters(case):
    pairs, cluster_of, clusters = case
    found = pooled(pairs, cluster_of, clusters)
    assert found.shape == (len(pairs), clusters, clusters, 2)
    for b, row in enumerate(cluster_of.tolist()):
        for s in range(clusters):
            for o in range(clusters):
                block = [pairs[b, i, j] for i, k in enumerate(row) if k == s for j, m in enumerate(row) if m == o]
                if block:
                    expected = torch.logsumexp(torch.stack(block), 0)
                    torch.testing.assert_close(found[b, s, o], expected, atol=1e-4, rtol=1e-4)
                else:
                    assert (found[b, s, o] < -25).all()


def rows(values, width):
    return np.array(values, dtype=np.int32).reshape(-1, width)


def example(clusters, *, length=4, tags=(), exhaustive=False, supervised=(), **pairs):
    """Return an example of mentions of one piece each, in the given clusters."""
    spans = [[n % length, n % length, 0, k] for n, k in enumerate(clusters)]
    return Example(
        id="x",
        source="s",
        pieces=np.ones(length, dtype=np.int32),
        features=np.zeros((length, len(PIECE_FEATURES)), dtype=np.int32),
        spans=rows(spans, 4),
        tags=np.array([*tags, *[-1] * (length - len(tags))], dtype=np.int32),
        supervised=tuple(supervised),
        exhaustive=exhaustive,
        **{name: rows(pairs.get(name, []), 3) for name in ("ones", "unknown", "statuses", "reasons")},
        **{name: rows(pairs.get(name, []), 2) for name in ("same", "apart")},
    )


def gradients(examples, weights=None, focused=False):
    """Return the losses and where their gradients go: of pairs by (row, mention, mention, output), of tags by (row, piece)."""
    batch = Batch(examples)
    size, count = batch.spans.shape[:2]
    noise = torch.Generator().manual_seed(1)
    pairs = torch.randn(size, count, count, PAIR_OUTPUTS, generator=noise).requires_grad_()
    tags = torch.randn(size, batch.pieces.shape[1], len(TAGS), generator=noise).requires_grad_()
    losses = loss_of(batch, pairs, tags, weights=weights or [1.0] * size, focused=focused)
    sum(losses.values()).backward()
    moved = {tuple(at) for at in pairs.grad.nonzero().tolist()}
    tagged = set() if tags.grad is None else {tuple(at[:2]) for at in tags.grad.nonzero().tolist()}
    return losses, moved, tagged, pairs.grad


@pytest.mark.parametrize(
    ("given_", "moved"),
    [
        ({}, set()),
        ({"supervised": [MET]}, {(0, 1, MET), (1, 0, MET)}),  # never of a thing and itself
        ({"ones": [(0, 1, MET)]}, {(0, 1, MET)}),  # what holds is taught whatever is supervised
        ({"supervised": [MET], "ones": [(0, 1, MET)]}, {(0, 1, MET), (1, 0, MET)}),
        ({"supervised": [MET], "unknown": [(1, 0, MET)]}, {(0, 1, MET)}),
        ({"supervised": [MET, BORN], "unknown": [(1, 0, MET)]}, {(0, 1, MET), (0, 1, BORN), (1, 0, BORN)}),
        ({"supervised": [MET], "unknown": [(0, 1, MET)], "ones": [(0, 1, MET)]}, {(0, 1, MET), (1, 0, MET)}),
        ({"supervised": [SAME]}, set()),  # of mentions, not of entities
        ({"apart": [(0, 1)]}, {(0, 1, SAME)}),
        ({"same": [(0, 1), (1, 0)]}, {(0, 1, SAME), (1, 0, SAME)}),
        ({"exhaustive": True}, {(0, 1, SAME), (1, 0, SAME)}),
        ({"statuses": [(0, 1, 2)]}, {(0, 1, STATUS_AT + n) for n in range(len(STATUSES))}),
        ({"reasons": [(1, 0, 2)]}, {(1, 0, REASON_AT + n) for n in range(len(REASONS))}),
    ],
)
def test_what_is_not_supervised_has_no_gradient(given_, moved):
    _, found, tagged, _ = gradients([example([0, 1], **given_)])
    assert {at[1:] for at in found} == moved
    assert tagged == set()


def test_every_mention_of_two_entities_is_taught():
    _, found, _, gradient = gradients([example([0, 1, 0], ones=[(0, 1, MET)])])
    assert {at[1:] for at in found} == {(0, 1, MET), (2, 1, MET)}
    assert (gradient[0, [0, 2], 1, MET] < 0).all()  # towards more


def test_padding_has_no_gradient():
    examples = [
        example([0, 1, 2], length=6, supervised=[MET], exhaustive=True, tags=[0, 1, 2]),
        example([0], exhaustive=True),
    ]
    _, found, tagged, _ = gradients(examples)
    assert {at[0] for at in found} == {0}
    assert tagged == {(0, 0), (0, 1), (0, 2)}


@pytest.mark.parametrize(
    ("given_", "names"),
    [
        ({}, {"pairs", "same"}),
        ({"statuses": [(0, 1, 0)]}, {"pairs", "same", "status"}),
        ({"reasons": [(0, 1, 0)], "tags": [1]}, {"pairs", "same", "reason", "tags"}),
    ],
)
def test_parts_of_the_loss(given_, names):
    losses, *_ = gradients([example([0, 1], supervised=[MET], **given_)])
    assert set(losses) == names
    assert all(torch.isfinite(value) for value in losses.values())


def test_a_text_may_weigh_less_or_nothing():
    taught = [example([0, 1], supervised=[MET]), example([0, 1], supervised=[BORN])]
    _, found, _, _ = gradients(taught, weights=[0.0, 1.0])
    assert {at[0] for at in found} == {1}


def test_focus_lets_easy_negatives_count_little():
    taught = [example([0, 1], supervised=[MET], ones=[(0, 1, MET)])]
    *_, plain = gradients(taught)
    *_, focused = gradients(taught, focused=True)
    assert focused[0, 0, 1, MET] == plain[0, 0, 1, MET]
    assert 0 < focused[0, 1, 0, MET] < plain[0, 1, 0, MET]


def test_status_and_reason_are_taught_where_two_are_most_plainly_related():
    batch = Batch([example([0, 1, 1], statuses=[(0, 1, 0)])])
    pairs = torch.zeros(1, batch.spans.shape[1], batch.spans.shape[1], PAIR_OUTPUTS)
    pairs[0, 0, 2, MET] = 5.0
    pairs.requires_grad_()
    losses = loss_of(batch, pairs, torch.zeros(1, 16, len(TAGS)), weights=[1.0], focused=False)
    losses["status"].backward()
    assert {tuple(at[1:3]) for at in pairs.grad.nonzero().tolist()} == {(0, 2)}


def test_a_text_without_candidates_is_taught_its_words():
    losses, found, tagged, _ = gradients([example([], tags=[0, 0], exhaustive=True, supervised=[MET])])
    assert (losses["pairs"].item(), losses["same"].item()) == (0, 0)
    assert found == set()
    assert tagged == {(0, 0), (0, 1)}
