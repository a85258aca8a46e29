"""The loss tells digits from each other, and from what is none, by ten logits."""

from __future__ import annotations

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.reading.judge import evidence, probabilities, shares_of  # noqa: E402 -- beside the others
from digitlens.training import loss  # noqa: E402 -- needs keras
from digitlens.training.data.mnist import NONE  # noqa: E402 -- beside the others
from digitlens.training.loss import (  # noqa: E402 -- needs keras
    accuracy,
    compile_for,
    compile_for_shares,
    digit_or_none,
)

pytestmark = pytest.mark.training
LOGITS = np.random.default_rng(1).normal(0, 3, (50, 10)).astype(np.float32)


def test_none() -> None:
    """For what is no digit, the loss is minus the log of the share that evidence leaves to it."""
    labels = np.full(50, NONE)
    odds = np.exp(evidence(LOGITS))
    expected = np.log1p(odds)
    assert np.asarray(digit_or_none(labels, LOGITS)) == pytest.approx(expected, rel=1e-4)


def test_digits() -> None:
    """For a digit, it is that of eleven classes; reading divides what is left among the ten."""
    labels = np.arange(50) % 10
    loss = np.asarray(digit_or_none(labels, LOGITS))
    none = 1 / (1 + np.exp(evidence(LOGITS)))
    read = probabilities(LOGITS, 1.0, has_none=True)[np.arange(50), labels]
    assert np.exp(-loss) + none / 10 == pytest.approx(read, rel=1e-4)


def test_accuracy() -> None:
    """Right is the highest logit, where what is no digit has one of 0."""
    logits = np.full((3, 10), -1, np.float32)
    logits[1, 4] = 2
    assert np.asarray(accuracy(np.array([NONE, 4, 3]), logits)).tolist() == [1, 1, 0]


def test_as_before() -> None:
    """Where nothing is shown but digits, ten logits share all probability."""
    network = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten()])
    network.add(keras.layers.Dense(10))
    assert compile_for(network, 1e-3, np.arange(10)).loss is not digit_or_none
    assert compile_for(network, 1e-3, np.arange(11)).loss is digit_or_none


def test_shares_of_one_are_labels() -> None:
    """Where all of the probability is one thing's, it costs what that label costs."""
    rng = np.random.default_rng(4)
    logits = rng.normal(0, 3, (20, 10)).astype(np.float32)
    labels = np.arange(20) % (NONE + 1)
    shares = np.eye(NONE + 1, dtype=np.float32)[labels]
    found = keras.ops.convert_to_numpy(loss.digit_shares(shares, logits))
    wanted = keras.ops.convert_to_numpy(loss.digit_or_none(labels, logits))
    np.testing.assert_allclose(found, wanted, rtol=1e-5)
    right = keras.ops.convert_to_numpy(loss.share_accuracy(shares, logits))
    assert right.tolist() == keras.ops.convert_to_numpy(loss.accuracy(labels, logits)).tolist()


def test_own_shares_cost_least() -> None:
    """Of all that a network could say, what its parent says costs least; with none, or without."""
    logits = np.random.default_rng(4).normal(0, 3, (20, 10)).astype(np.float32)
    for has_none in (True, False):
        shares = shares_of(logits, has_none).astype(np.float32)
        least = keras.ops.convert_to_numpy(loss.digit_shares(shares, logits))
        for other in (logits * 1.3, logits * 0.7, logits + 0.5 * np.eye(20, 10)):
            more = keras.ops.convert_to_numpy(loss.digit_shares(shares, other.astype(np.float32)))
            assert (more >= least - 1e-5).all()
            assert more.mean() > least.mean()


def test_mean_of_the_weights() -> None:
    """After a training the weights are the mean of those on its way, as far back as is asked."""
    ways = {steps: _after_ten_steps(steps) for steps in (1, 5, 1e9)}
    assert ways[1] == pytest.approx(1, abs=0.05)  # the last: ten steps of a tenth
    assert ways[1e9] == pytest.approx(0.1, abs=0.01)  # the first
    assert ways[1e9] + 0.2 < ways[5] < ways[1] - 0.2


def _after_ten_steps(averaged: float) -> float:
    """How far a bias goes that is pulled always one way."""
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(10, use_bias=True)])
    compile_for_shares(network, rate=0.1, averaged=averaged)
    shares = np.eye(10, dtype=np.float32)[np.full(10, 3)]
    network.fit(np.zeros((10, 1), np.float32), shares, batch_size=1, verbose=0)
    return float(network.layers[-1].get_weights()[1][3])
