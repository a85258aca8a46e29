"""Networks that others saved are loaded, unless they take other pictures or have code in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitlens.errors import InvalidInput
from tests.training.mnist_like import draw

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.exchange.network_file import load_network  # noqa: E402 -- needs keras
from tests.training.foreign import linear, write_keras_2  # noqa: E402 -- needs keras

pytestmark = pytest.mark.training
LABELS = np.arange(30) % 10
GLYPHS = np.stack([draw(int(d), 1000 + n) for n, d in enumerate(LABELS)])[..., None] / np.float32(
    255
)


def right(network: object) -> float:
    """Share of drawn digits that a network reads."""
    answers = np.asarray(network(GLYPHS))  # type: ignore[operator] -- a keras.Model
    assert answers.shape == (30, 10)
    return float((answers.argmax(axis=1) == LABELS).mean())


@pytest.mark.parametrize("shape", [(28, 28, 1), (28, 28), (784,)])
@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_every_shape(tmp_path: Path, shape: tuple[int, ...], suffix: str) -> None:
    """Networks of each shape, in both forms, take our digits and answer logits."""
    linear(shape).save(tmp_path / f"theirs{suffix}")
    network = load_network(tmp_path / f"theirs{suffix}")
    assert right(network) >= 0.9
    assert np.abs(np.asarray(network(GLYPHS)).sum(axis=1) - 1).min() > 0.01


def test_keras_2(tmp_path: Path) -> None:
    """A file of Keras 2 loads, whatever optimizer it was trained with."""
    write_keras_2(tmp_path / "old.h5")
    assert right(load_network(tmp_path / "old.h5")) >= 0.9


@pytest.mark.parametrize("kind", ["sigmoid", "within"])
def test_probabilities_become_logits(tmp_path: Path, kind: str) -> None:
    """Answers between 0 and 1 that are no plain softmax at the end become their logarithms."""
    network = linear(activation="sigmoid" if kind == "sigmoid" else "softmax")
    if kind == "within":
        network = keras.Sequential([keras.Input((28, 28, 1)), network])
    network.save(tmp_path / "theirs.keras")
    loaded = load_network(tmp_path / "theirs.keras")
    assert right(loaded) >= 0.9
    assert np.asarray(loaded(GLYPHS)).max() <= 0


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_code_is_not_run(tmp_path: Path, suffix: str) -> None:
    """A Lambda layer, which is code, is refused before Keras opens the file."""
    layers = [keras.Input((28, 28, 1)), keras.layers.Lambda(lambda t: t), *linear().layers]
    path = tmp_path / f"lambda{suffix}"
    keras.Sequential(layers).save(path)
    with pytest.raises(InvalidInput, match=r"of Keras' own layers alone.*code in it \(Lambda\)"):
        load_network(path)


@keras.saving.register_keras_serializable()
class Doubled(keras.layers.Layer):  # type: ignore[misc] # Keras ships no types
    """A layer of somebody's own."""

    def call(self, inputs: object) -> object:
        """Double."""
        return 2 * inputs  # type: ignore[operator] -- a tensor


def test_layers_of_their_own(tmp_path: Path) -> None:
    """A layer that somebody wrote is refused by its name."""
    layers = [keras.Input((28, 28, 1)), Doubled(), *linear().layers]
    keras.Sequential(layers).save(tmp_path / "own.keras")
    with pytest.raises(InvalidInput, match=r"own layers alone.*a Doubled"):
        load_network(tmp_path / "own.keras")


@pytest.mark.parametrize(
    ("shape", "answers", "said"),
    [
        ((32, 32, 1), 10, r"takes 28×28×1, 28×28 or 784 numbers\. Received: 32×32×1 \(1024"),
        ((28, 28, 3), 10, r"Received: 28×28×3 \(2352 numbers\)"),
        ((28, 28, 1), 26, r"answers ten numbers\. Received: 26"),
    ],
)
def test_other_shapes(tmp_path: Path, shape: tuple[int, ...], answers: int, said: str) -> None:
    """A network of other pictures or answers is refused with what it takes or answers."""
    layers = [keras.Input(shape), keras.layers.Flatten(), keras.layers.Dense(answers)]
    keras.Sequential(layers).save(tmp_path / "other.keras")
    with pytest.raises(InvalidInput, match=said):
        load_network(tmp_path / "other.keras")


def test_no_network(tmp_path: Path) -> None:
    """No file, another file, half a file, and weights alone are said to be what they are."""
    path = tmp_path / "broken.keras"
    with pytest.raises(InvalidInput, match="no such file"):
        load_network(path)
    path.write_bytes(b"something else")
    with pytest.raises(InvalidInput, match=r"a file that Keras wrote"):
        load_network(path)
    linear().save(path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(InvalidInput, match=r"a file that Keras wrote"):
        load_network(path)
    linear().save_weights(tmp_path / "only.weights.h5")
    with pytest.raises(InvalidInput, match=r"a whole network\. Received: weights alone"):
        load_network(tmp_path / "only.weights.h5")
