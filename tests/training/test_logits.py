"""Without its softmax a network gives logits, of which the softmax is what it gave before."""

from __future__ import annotations

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from keras import layers  # noqa: E402 -- needs keras

from digitlens.training.architectures import ARCHITECTURES, find  # noqa: E402 -- needs keras
from digitlens.training.logits import end_in_logits  # noqa: E402 -- needs keras
from digitlens.training.start import build_model  # noqa: E402 -- needs keras

_GLYPHS = np.random.default_rng(0).random((8, 28, 28, 1), np.float32)


def agrees(network: keras.Model) -> bool:
    """Whether the softmax of what `end_in_logits` gives is what the network answers."""
    network(_GLYPHS, training=True)  # batch normalization has seen something
    logits = np.asarray(end_in_logits(network)(_GLYPHS))
    assert not np.allclose(logits.sum(axis=1), 1)
    answers = np.asarray(network(_GLYPHS))
    return np.allclose(keras.ops.softmax(logits), answers, atol=1e-5)


LOGITS = ("compact", "m5")  # what they end in


@pytest.mark.parametrize("name", [name for name in ARCHITECTURES if name not in LOGITS])
def test_architectures(name: str) -> None:
    """It holds for every network on board that ends in a softmax, and for a learner's first."""
    assert agrees(find(name)())


def test_start() -> None:
    """It holds for the network that `digitlens new-model` writes."""
    assert agrees(build_model())


@pytest.mark.parametrize("name", LOGITS)
def test_logits_stay(name: str) -> None:
    """A network that ends in logits is given back as it is."""
    network = find(name)()
    assert end_in_logits(network) is network


@pytest.mark.parametrize("last", [layers.Softmax, lambda: layers.Activation("softmax")])
def test_softmax_of_its_own(last: object) -> None:
    """A softmax that is a layer of its own is left out; layers may have been added one by one."""
    network = keras.Sequential()
    network.add(keras.Input((28, 28, 1)))
    network.add(layers.Flatten())
    network.add(layers.Dense(10))
    network.add(last())  # type: ignore[operator] -- Keras ships no types
    assert agrees(network)
