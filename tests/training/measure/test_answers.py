"""Many pictures are answered as one after another would be."""

from __future__ import annotations

import numpy as np

from digitlens.models.bundle import load
from digitlens.reading.network import Network
from digitlens.training.data.prepared import prepared
from digitlens.training.measure.answers import answer_many
from tests.training.mnist_like import draw


def test_same_answers() -> None:
    """By several threads, in the same order, and none where nothing is asked."""
    network = Network(load())
    pictures = np.random.default_rng(1).random((600, 28, 28, 1), np.float32)
    assert np.allclose(answer_many(network, pictures), network.logits(pictures), atol=1e-5)
    assert answer_many(network, pictures[:0]).shape == (0, 10)


def test_prepared() -> None:
    """Plain pictures are prepared by the threads, each picture for itself."""
    network = Network(load())
    plain = np.stack([draw(number % 10, number) for number in range(300)])
    expected = network.logits(prepared(plain))
    assert np.allclose(answer_many(network, plain, prepared), expected, atol=1e-5)
