"""Many pictures are answered as one after another would be."""

from __future__ import annotations

import numpy as np

from digitlens.models.bundle import load
from digitlens.reading.network import Network
from digitlens.training.measure.answers import answer_many


def test_same_answers() -> None:
    """By several threads, in the same order, and none where nothing is asked."""
    network = Network(load())
    pictures = np.random.default_rng(1).random((600, 28, 28, 1), np.float32)
    assert np.allclose(answer_many(network, pictures), network.logits(pictures), atol=1e-5)
    assert answer_many(network, pictures[:0]).shape == (0, 10)
