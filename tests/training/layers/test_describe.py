"""A description says of every layer what Keras says, and what it does in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from digitlens.errors import DataError
from digitlens.training.layers.description import Description

keras = pytest.importorskip("keras", reason="install the extra `train`")

from keras import layers  # noqa: E402 -- needs keras

from digitlens.training.architectures import ARCHITECTURES, find  # noqa: E402 -- needs keras
from digitlens.training.layers.describe import describe  # noqa: E402 -- needs keras
from digitlens.training.logits import end_in_logits  # noqa: E402 -- needs keras


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_architectures(name: str) -> None:
    """All parameters are counted, names are unique, and no layer is left without words."""
    network = find(name)()
    told = describe(network)
    assert told.name == name
    assert told.parameters == network.count_params()
    assert told.layers[0].shape == (28, 28, 1)
    assert told.layers[-1].shape == (10,)
    assert len({layer.name for layer in told.layers}) == len(told.layers) == len(network.layers) + 1
    assert not [layer.kind for layer in told.layers if layer.group == "other"]
    assert all(layer.sentence.endswith(".") and layer.label for layer in told.layers)


def test_multiplications() -> None:
    """A weight is used once for every place of the output."""
    told = {layer.shape: layer for layer in describe(find("simple")()).layers}
    assert told[26, 26, 32].multiplications == 26 * 26 * 32 * 9
    assert told[64,].multiplications == 576 * 64


def test_lenet5() -> None:
    """A network within the network is one layer, with all that it costs."""
    c3 = next(layer for layer in describe(find("lenet5")()).layers if layer.name == "C3")
    assert (c3.group, c3.parameters, c3.multiplications) == ("block", 1516, 1500 * 100)


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (
            layers.Conv2D(4, 3),
            "4 filters of 3×3 look at every place of all 6 maps at once; each gi",
        ),
        (layers.Conv2D(4, 3, padding="same"), "a map of 8×8, as large as before."),
        (layers.Conv2D(4, 3, strides=2), "a map of 3×3, as it moves 2 places at a time."),
        (layers.Conv2D(4, 1), "4 filters of 1×1 mix the 6 maps, place by place."),
        (layers.Conv2D(4, 8), "each cover the whole of all 6 maps at once and give one number."),
        (layers.Conv2D(4, 3, groups=2), "all 6 maps in 2 groups"),
        (layers.Conv2D(4, 3, activation="relu"), "; what is negative becomes 0."),
        (layers.Conv2D(4, 3, activation=layers.LeakyReLU()), "becomes much smaller."),
        (layers.DepthwiseConv2D(3), "Each of the 6 maps has a filter of its own, of 3×3"),
        (layers.SeparableConv2D(4, 3), "then 4 filters of 1×1 mix them to maps of 6×6."),
        (layers.MaxPooling2D(2), "the largest number is kept: maps of 8×8 become 4×4"),
        (layers.AveragePooling2D(2), "the mean is taken: maps of 8×8 become 4×4."),
        (layers.GlobalAveragePooling2D(), "the mean of each of the 6 maps of 8×8."),
        (layers.GlobalMaxPooling2D(), "the largest number of each of the 6 maps of 8×8."),
        (layers.Flatten(), "Lays the 6 maps of 8×8 out as one row of 384 numbers."),
        (layers.Reshape((64, 6)), "as 64×6."),
        (layers.Dropout(0.25), "25% of the 384 numbers are set to 0 by chance"),
        (layers.SpatialDropout2D(0.5), "50% of the 6 maps are set to 0"),
        (layers.BatchNormalization(), "each of the 6 maps to mean 0 and variance 1 over a batch"),
        (layers.LayerNormalization(), "over the layer"),
        (layers.UnitNormalization(), "their squares add up to 1"),
        (layers.Activation("exponential"), "e to its power"),
        (layers.LeakyReLU(), "what is negative becomes much smaller."),
        (layers.PReLU(), "a weight that it learns."),
        (layers.Activation("tanh"), "squeezed between -1 and 1."),
        (layers.Softmax(), "Makes probabilities of the 384 numbers"),
        (layers.ZeroPadding2D(1), "maps of 8×8 become 10×10."),
        (layers.Rescaling(2.0, offset=-1), "multiplied by 2 and -1 added."),
        (layers.GaussianNoise(0.1), "noise of deviation 0.1 is added; when it reads, it does noth"),
        (layers.RandomRotation(0.1), "each picture is turned by chance"),
        (layers.UpSampling2D(2), "UpSampling2D makes 16×16×6 of 8×8×6"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_words(layer: keras.Layer, words: str) -> None:
    """The sentence on a layer has its own numbers."""
    told = describe(keras.Sequential([keras.Input((8, 8, 6)), layer]))
    assert words in told.layers[1].sentence


def test_branches() -> None:
    """In a network with branches all that happens is told, also what `keras.ops` does."""
    picture = keras.Input((28, 28, 1))
    sides = [layers.Conv2D(4, 3, padding="same")(picture) for _ in range(2)]
    told = describe(keras.Model(picture, layers.Flatten()(layers.Add()(sides) * 2.0)))
    sentences = [layer.sentence for layer in told.layers]
    assert "Adds up 2 results (28×28×4 and 28×28×4) to 28×28×4." in sentences
    assert [layer.kind for layer in told.layers][-2:] == ["Multiply", "Flatten"]


@pytest.mark.parametrize("name", ["simple", "lenet5"])
def test_logits(name: str) -> None:
    """What is trained, without the softmax, is told as the network is; only the end differs."""
    network = find(name)()
    plain, logits = describe(network), describe(end_in_logits(network))
    assert plain.layers[1:-1] == logits.layers[1:-1]
    assert plain.parameters == logits.parameters
    assert "softmax" not in logits.layers[-1].sentence


def test_written_and_read(tmp_path: Path) -> None:
    """What is written as JSON is read again as it was, without Keras."""
    told = describe(find("tiny")())
    told.write(tmp_path / "layers.json")
    assert Description.read(tmp_path / "layers.json") == told


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"layers": [{"name": "a"}]}'])
def test_damaged(text: str, tmp_path: Path) -> None:
    """A damaged file is an error that names it."""
    (tmp_path / "layers.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"layers\.json: expected the description of a network"):
        Description.read(tmp_path / "layers.json")
