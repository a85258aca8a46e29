"""What a network is to say costs least where it says it, and as its parent did what is replayed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.reading.judge import shares_of  # noqa: E402 -- beside the others
from digitlens.training.loss import (  # noqa: E402 -- needs keras
    compile_for_shares,
    digit_shares,
    share_accuracy,
)
from digitlens.training.retrain.recall import (  # noqa: E402 -- needs keras
    accuracy,
    cost,
    only,
    wanted,
)

pytestmark = pytest.mark.training
LOGITS = np.random.default_rng(2).normal(0, 4, (30, 10)).astype(np.float32)
REPLAYED = np.arange(30) < 20


def made(has_none: bool) -> tuple[np.ndarray[Any, np.dtype[np.float32]], ...]:
    """Shares of some logits, and what is wanted of a network whose parent gave those."""
    shares = shares_of(LOGITS, has_none).astype(np.float32)
    return shares, wanted(shares, LOGITS, REPLAYED)


@pytest.mark.parametrize("has_none", [True, False])
def test_near_the_parent(has_none: bool) -> None:
    """What is replayed costs more, the further its logits are from the parent's."""
    shares, all_of_it = made(has_none)
    costs = []
    for step in (0, 1, 2):
        other = LOGITS + np.float32(step) * np.eye(30, 10, dtype=np.float32)
        plain = np.asarray(digit_shares(shares, other))
        more = np.asarray(cost(all_of_it, other)) - plain
        assert np.allclose(more[~REPLAYED], 0, atol=1e-6)
        costs.append(more[:10])  # of these, one logit is another one
    assert np.allclose(costs[0], 0, atol=1e-6)
    assert (costs[1] > 1e-3).all()
    assert np.allclose(costs[2], 4 * costs[1], rtol=1e-3)  # a squared distance


def test_shares_do_not_tell() -> None:
    """It costs something that a sure digit becomes less sure, which its shares hardly tell."""
    sure = np.zeros((1, 10), np.float32)
    sure[0, 3] = 14
    all_of_it = wanted(shares_of(sure, has_none=False).astype(np.float32), sure, np.array([True]))
    less = sure * np.float32(0.8)
    plain = float(digit_shares(all_of_it[:, :10], less)[0])
    assert plain < 1e-3
    assert float(cost(all_of_it, less)[0]) > 10 * plain


@pytest.mark.parametrize("has_none", [True, False])
def test_accuracy(has_none: bool) -> None:
    """It is that of the shares."""
    shares, all_of_it = made(has_none)
    other = np.random.default_rng(3).normal(0, 4, (30, 10)).astype(np.float32)
    assert np.array_equal(accuracy(all_of_it, other), share_accuracy(shares, other))


@pytest.mark.parametrize("has_none", [True, False])
def test_only_shares(has_none: bool) -> None:
    """Where the shares alone are wanted, they alone cost."""
    shares, _ = made(has_none)
    other = np.random.default_rng(3).normal(0, 4, (30, 10)).astype(np.float32)
    assert np.allclose(cost(only(shares), other), digit_shares(shares, other))


def test_learns() -> None:
    """A network that is ready so learns what is said, and keeps what is replayed."""
    network = keras.Sequential([keras.Input((30,)), keras.layers.Dense(10)])
    network.layers[0].set_weights([LOGITS, np.zeros(10, np.float32)])
    shares, _ = made(has_none=False)
    shares[20:] = np.eye(10, dtype=np.float32)
    pictures = np.eye(30, dtype=np.float32)
    compile_for_shares(network, 0.1, 5, cost, accuracy)
    network.fit(pictures, wanted(shares, LOGITS, REPLAYED), 30, epochs=80, verbose=0)
    said = network.predict(pictures, verbose=0)
    assert (said[20:].argmax(axis=1) == np.arange(10)).all()
    assert np.abs(said[:20] - LOGITS[:20]).max() < 1
