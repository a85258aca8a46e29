"""The loss tells digits from each other, and from what is none, by ten logits."""

from __future__ import annotations

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.reading.judge import evidence, probabilities  # noqa: E402 -- beside the others
from digitlens.training.data.mnist import NONE  # noqa: E402 -- beside the others
from digitlens.training.loss import accuracy, compile_for, digit_or_none  # noqa: E402 -- needs keras

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
