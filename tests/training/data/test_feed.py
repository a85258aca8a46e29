"""What a network is shown depends on the seed, the epoch and the batch, and on nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitlens.training.data.augment import Augmentation
from digitlens.training.data.mnist import load_mnist

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.data.feed import Feed  # noqa: E402 -- needs keras

pytestmark = pytest.mark.training
SPEC = Augmentation(elastic=0.6, binary=0.2)


@pytest.mark.parametrize("threads", [1, 3])
def test_any_order(threads: int, small_data: Path) -> None:
    """A batch is the same, whichever was asked for before it and however many make them."""
    data = load_mnist(small_data)
    feed, other = Feed(data, SPEC, 50, seed=1), Feed(data, SPEC, 50, seed=1, threads=threads)
    for epoch in (0, 3):
        feed.start(epoch)
        other.start(epoch)
        expected = [feed[index] for index in range(5)]
        for index in (4, 0, 1, 2, 3, 2):
            seen, labels = other[index]
            assert np.array_equal(seen, expected[index][0])
            assert np.array_equal(labels, expected[index][1])


@pytest.mark.parametrize("threads", [1, 2])
def test_keras_shows_every_batch_once(threads: int, small_data: Path) -> None:
    """In a training that begins at a later epoch, each batch of each epoch is shown once."""
    feed = Feed(load_mnist(small_data), SPEC, 80, seed=1, threads=threads)
    shown = Shown()
    network = keras.Sequential([keras.Input((28, 28, 1)), shown, keras.layers.Dense(10)])
    network.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.run_eagerly = True  # the layer keeps what it is shown
    start = keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, _: feed.start(epoch))
    options = {"shuffle": False, "verbose": 0, "callbacks": [start]}
    network.fit(feed, epochs=4, initial_epoch=2, **options)
    expected = []
    for epoch in (2, 3):
        feed.start(epoch)
        expected += [feed[index][0] for index in range(3)]
    assert len(shown.batches) == 6
    for batch, right in zip(shown.batches, expected, strict=True):
        assert np.array_equal(batch, right)


class Shown(keras.layers.Layer):
    """Keeps the batches that it is trained on."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[np.ndarray] = []

    def call(self, inputs: object, training: bool = False) -> object:
        """Flatten, and keep what came."""
        if training and hasattr(inputs, "numpy"):
            self.batches.append(inputs.numpy())
        return keras.ops.reshape(inputs, (-1, 784))
