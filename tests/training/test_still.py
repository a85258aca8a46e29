"""What of a network rests while it learns."""

from __future__ import annotations

from pathlib import Path

import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from keras import layers  # noqa: E402 -- needs keras

from digitlens.training.architectures import find  # noqa: E402 -- needs keras
from digitlens.training.joined import join  # noqa: E402 -- needs keras
from digitlens.training.still import freeze_below_last_convolution  # noqa: E402 -- needs keras

pytestmark = pytest.mark.training


def learning(network: keras.Model) -> list[str]:
    """The names of the layers with weights that learn."""
    return [layer.name for layer in network.layers if layer.trainable_weights]


def test_last_convolution() -> None:
    """It learns, and what comes after it; what comes before it rests."""
    assert learning(freeze_below_last_convolution(find("lenet5")())) == ["C5", "F6", "output"]


def test_branches() -> None:
    """In each network of several that are joined, the last convolution learns."""
    joined = freeze_below_last_convolution(join([find("lenet5")(), find("lenet5")()]))
    assert sorted(learning(joined)) == [
        f"{n}-{name}" for n in "12" for name in ("C5", "F6", "output")
    ]


def test_no_convolution() -> None:
    """Where there is none, all of the network learns."""
    rows = [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(8), layers.Dense(10)]
    assert len(learning(freeze_below_last_convolution(keras.Sequential(rows)))) == 2


def test_used_twice() -> None:
    """Where the last convolution is used twice, what is before it rests all the same."""
    source, twice = keras.Input((28, 28, 1)), layers.Conv2D(1, 3, padding="same", name="twice")
    first = layers.Conv2D(1, 3, padding="same", name="first")(source)
    flat = layers.Flatten()(twice(twice(first)))
    network = keras.Model(source, layers.Dense(10, name="logits")(flat))
    assert sorted(learning(freeze_below_last_convolution(network))) == ["logits", "twice"]


def test_loaded(tmp_path: Path) -> None:
    """One that was loaded is held as one that was built: its layers were used before."""
    find("lenet5")().save(tmp_path / "network.keras")
    network = keras.models.load_model(tmp_path / "network.keras", compile=False)
    for one in (network, keras.Model(network.inputs[0], network.layers[-1].output)):
        assert learning(freeze_below_last_convolution(one)) == ["C5", "F6", "output"]


def test_network_within() -> None:
    """Where a layer is a network itself, with convolutions or without, all learn."""
    inner = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(1, 3), layers.Conv2D(1, 3)])
    rows = [keras.Input((28, 28, 1)), layers.Conv2D(1, 1), inner, layers.Flatten()]
    network = freeze_below_last_convolution(keras.Sequential([*rows, layers.Dense(10)]))
    assert len(network.trainable_weights) == len(network.weights)


def test_shortcut() -> None:
    """Where a shortcut leads around the last convolution, the one before it learns, too."""
    source = keras.Input((28, 28, 1))
    rests = layers.Conv2D(1, 3, padding="same", name="rests")(source)
    start = layers.Conv2D(1, 3, padding="same", name="start")(rests)
    last = layers.Conv2D(1, 3, padding="same", name="last")(start)
    flat = layers.Flatten()(layers.Add()([start, last]))
    network = keras.Model(source, layers.Dense(10, name="logits")(flat))
    assert sorted(learning(freeze_below_last_convolution(network))) == ["last", "logits", "start"]
