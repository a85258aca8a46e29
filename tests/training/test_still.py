"""What of a network rests while it learns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from keras import layers  # noqa: E402 -- needs keras

from digitlens.training.architectures import find  # noqa: E402 -- needs keras
from digitlens.training.joined import join  # noqa: E402 -- needs keras
from digitlens.training.still import (  # noqa: E402 -- needs keras
    freeze_below_last_convolution,
    freeze_convolutions,
    part,
)

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


def test_after_the_last_convolution() -> None:
    """What comes after it learns alone, where anything does; else it learns itself."""
    lenet = freeze_below_last_convolution(find("lenet5")())
    assert learning(freeze_convolutions(lenet)) == ["F6", "output"]
    rows = [keras.Input((28, 28, 1)), layers.Conv2D(10, 28, name="all"), layers.Flatten()]
    assert learning(freeze_convolutions(keras.Sequential(rows))) == ["all"]


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


def shortcut() -> keras.Model:
    """A network in which what rests is taken at two places by what learns."""
    source = keras.Input((28, 28, 1))
    rests = layers.Conv2D(2, 3, padding="same", activation="relu", name="rests")(source)
    last = layers.Conv2D(2, 3, padding="same", name="last")(rests)
    flat = layers.Flatten()(layers.Add()([rests, last]))
    network = keras.Model(source, layers.Dense(10, name="logits")(flat))
    network.get_layer("rests").trainable = False
    return network


@pytest.mark.parametrize(
    "network",
    [
        lambda: freeze_below_last_convolution(find("lenet5")()),
        lambda: freeze_below_last_convolution(join([find("lenet5")(), find("lenet5")()])),
        shortcut,
        lambda: keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10)]),
    ],
    ids=["row", "joined", "shortcut", "all learns"],
)
def test_parted(network: Callable[[], keras.Model]) -> None:
    """Both parts, one after the other, answer what the whole answers, whatever is learned."""
    whole = network()
    resting, learning = part(whole)
    assert not resting.trainable_weights
    assert len(learning.trainable_weights) == len(whole.trainable_weights)
    pictures = np.random.default_rng(1).random((3, 28, 28, 1), np.float32)
    between = resting(pictures)
    for weight in learning.trainable_weights:
        weight.assign(weight + 0.1)
    assert np.allclose(learning(between), whole(pictures), atol=1e-4)


def test_nothing_learns() -> None:
    """One that rests as a whole cannot be parted."""
    whole = shortcut()
    whole.trainable = False
    with pytest.raises(ValueError, match="all of it rests"):
        part(whole)
