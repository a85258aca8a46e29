"""What is said of each layer that Keras has: `words` finds it by the layer's class."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import keras
from keras import layers

from digitlens.training.layers import words as say
from digitlens.training.layers.description import Shape, Words

_MERGES = {
    layers.Add: "Adds up",
    layers.Subtract: "Subtracts",
    layers.Multiply: "Multiplies",
    layers.Average: "Averages",
    layers.Maximum: "Keeps the larger of",
    layers.Minimum: "Keeps the smaller of",
    layers.Concatenate: "Joins",
}

_CALLED = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu", "Softmax": "softmax"}
_FEW = 4  # layers of a network within a network that are named one by one


@singledispatch
def words(operation: Any) -> Words:
    """What is said of a layer, or of an operation of `keras.ops`."""
    before, after = _before(operation), _shape(operation.output)
    for kind, how in _MERGES.items():
        if isinstance(operation, kind) or type(operation).__name__ == kind.__name__:
            return say.merge(how, before, after)
    return say.other(type(operation).__name__, before[0], after)


@words.register(layers.Conv2D)
def _convolution(layer: Any) -> Words:
    size, then = layer.kernel_size, _then(layer)
    said = say.convolution(size, *_ends(layer), then, layer.strides[0])
    if layer.groups == 1:
        return said
    sentence = said.sentence.replace("at once", f"in {layer.groups} groups")
    return Words(said.group, said.label, sentence)


@words.register(layers.DepthwiseConv2D)
def _depthwise(layer: Any) -> Words:
    return say.depthwise(layer.kernel_size, *_ends(layer), _then(layer), layer.strides[0])


@words.register(layers.SeparableConv2D)
def _separable(layer: Any) -> Words:
    before, after = _ends(layer)
    size, then = say.times(layer.kernel_size), _then(layer)
    sentence = (
        f"First each of the {before[-1]} maps has a filter of {size} of its own, then {after[-1]} "
        f"filters of 1×1 mix them to maps of {say.times(after[:2])}{say.after_that(then)}."
    )
    return Words("convolution", f"separable {size}", sentence)


@words.register(layers.MaxPooling2D)
def _max(layer: Any) -> Words:
    return say.pooling("largest", layer.pool_size, *_ends(layer))


@words.register(layers.AveragePooling2D)
def _mean(layer: Any) -> Words:
    return say.pooling("mean", layer.pool_size, *_ends(layer))


@words.register(layers.GlobalAveragePooling2D)
def _mean_of_map(layer: Any) -> Words:
    return say.pooling_all("mean", _before(layer)[0])


@words.register(layers.GlobalMaxPooling2D)
def _largest_of_map(layer: Any) -> Words:
    return say.pooling_all("largest", _before(layer)[0])


@words.register(layers.Dense)
def _dense(layer: Any) -> Words:
    return say.dense(*_ends(layer), _then(layer))


@words.register(layers.BatchNormalization)
def _batch(layer: Any) -> Words:
    return say.normalization("a batch", _shape(layer.output))


@words.register(layers.LayerNormalization)
def _layer(layer: Any) -> Words:
    return say.normalization("the layer", _shape(layer.output))


@words.register(layers.GroupNormalization)
def _group(layer: Any) -> Words:
    return say.normalization("its group", _shape(layer.output))


@words.register(layers.UnitNormalization)
def _direction(layer: Any) -> Words:
    return say.direction(_shape(layer.output))


@words.register(layers.Activation)
def _activation(layer: Any) -> Words:
    return say.activation(_then(layer), _shape(layer.output))


@words.register(layers.ReLU)
@words.register(layers.LeakyReLU)
@words.register(layers.ELU)
@words.register(layers.Softmax)
def _named(layer: Any) -> Words:
    return say.activation(_CALLED[type(layer).__name__], _shape(layer.output))


@words.register(layers.PReLU)
def _prelu(layer: Any) -> Words:  # noqa: ARG001 -- as all that are registered
    sentence = "What is negative is multiplied by a weight that it learns."
    return Words("activation", "PReLU", sentence)


@words.register(layers.Dropout)
def _dropout(layer: Any) -> Words:
    return say.dropout(layer.rate, _shape(layer.output))


@words.register(layers.SpatialDropout2D)
def _spatial(layer: Any) -> Words:
    return say.dropout(layer.rate, _shape(layer.output), whole_maps=True)


@words.register(layers.GaussianNoise)
def _noise(layer: Any) -> Words:
    return say.only_in_training(f"noise of deviation {layer.stddev:g} is added", "noise")


@words.register(layers.RandomRotation)
@words.register(layers.RandomTranslation)
@words.register(layers.RandomZoom)
def _random(layer: Any) -> Words:
    verb = {"Rotation": "turned", "Translation": "shifted", "Zoom": "enlarged or made smaller"}
    how = verb[type(layer).__name__.removeprefix("Random")]
    return say.only_in_training(f"each picture is {how} by chance", how.split()[0])


@words.register(layers.Flatten)
@words.register(layers.Reshape)
def _flat(layer: Any) -> Words:
    return say.flat(*_ends(layer))


@words.register(layers.ZeroPadding2D)
def _border(layer: Any) -> Words:
    return say.border(*_ends(layer))


@words.register(layers.Rescaling)
def _rescaling(layer: Any) -> Words:
    plus = f" and {layer.offset:+g} added" if layer.offset else ""
    times = f"× {layer.scale:.4g}"
    return Words("shape", times, f"Each number is multiplied by {layer.scale:.4g}{plus}.")


@words.register(keras.Model)
def _block(network: Any) -> Words:
    """A network within the network: all its layers at a glance."""
    inner = [layer for layer in network.layers if not isinstance(layer, layers.InputLayer)]
    if len(inner) <= _FEW:
        steps = ", then ".join(words(layer).label for layer in inner)
        return Words("block", network.name, f"Each number goes through {steps}.")
    before, after = _ends(network)
    convolutions = [layer for layer in inner if isinstance(layer, layers.Conv2D)]
    many = f"{len(convolutions)} convolutions" if convolutions else f"{len(inner)} layers"
    sentence = f"{many} of its own make {say.times(after)} of {say.times(before)}."
    return Words("block", network.name, sentence)


def _then(layer: Any) -> str:
    """The name of a layer's activation: a function, or a layer of its own."""
    kind = type(layer.activation).__name__
    return _CALLED.get(kind) or str(getattr(layer.activation, "__name__", kind))


def _ends(layer: Any) -> tuple[Shape, Shape]:
    return _before(layer)[0], _shape(layer.output)


def _before(layer: Any) -> list[Shape]:
    given = layer.input
    return [_shape(each) for each in (given if isinstance(given, (list, tuple)) else [given])]


def _shape(tensor: Any) -> Shape:
    first = tensor[0] if isinstance(tensor, (list, tuple)) else tensor
    return tuple(0 if n is None else int(n) for n in first.shape[1:])
