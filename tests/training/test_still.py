"""What of a network rests while it learns."""

from __future__ import annotations

import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from keras import layers  # noqa: E402 -- needs keras

from digitlens.training.architectures import find  # noqa: E402 -- needs keras
from digitlens.training.joined import join  # noqa: E402 -- needs keras
from digitlens.training.still import hold_below  # noqa: E402 -- needs keras

pytestmark = pytest.mark.training


def learning(network: keras.Model) -> list[str]:
    """The names of the layers with weights that learn."""
    return [layer.name for layer in network.layers if layer.trainable_weights]


def test_last_convolution() -> None:
    """It learns, and what comes after it; what comes before it rests."""
    assert learning(hold_below(find("lenet5")())) == ["C5", "F6", "output"]


def test_branches() -> None:
    """In each network of several that are joined, the last convolution learns."""
    joined = hold_below(join([find("lenet5")(), find("lenet5")()]))
    assert sorted(learning(joined)) == [
        f"{n}-{name}" for n in "12" for name in ("C5", "F6", "output")
    ]


def test_no_convolution() -> None:
    """Where there is none, all of the network learns."""
    rows = [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(8), layers.Dense(10)]
    assert len(learning(hold_below(keras.Sequential(rows)))) == 2


def test_used_twice() -> None:
    """Where a layer is used twice, none can be said to be the last: all learn."""
    source, twice = keras.Input((28, 28, 1)), layers.Conv2D(1, 3, padding="same", name="twice")
    first = layers.Conv2D(1, 3, padding="same", name="first")(source)
    flat = layers.Flatten()(twice(twice(first)))
    network = hold_below(keras.Model(source, layers.Dense(10, name="logits")(flat)))
    assert sorted(learning(network)) == ["first", "logits", "twice"]
