"""Describe a Keras network: every layer with its shape, its cost and what it does there."""

from __future__ import annotations

import math
from typing import Any

import keras

from digitlens.training.layers.description import Description, Layer, Shape, Words, describe_layers
from digitlens.training.layers.layer_words import words

_KERNELS = ("kernel", "depthwise_kernel", "pointwise_kernel")


def describe(network: keras.Model) -> Description:
    """Describe a network.

    Args:
        network: Sequential or functional; a network within it is one of its layers.
    """
    layers = [_describe_one(operation) for operation in operations(network)]
    if not layers or layers[0].group != "input":
        layers.insert(0, _input(shape_of(network.inputs)))
    return describe_layers(network.name, "Keras", layers)


def operations(network: keras.Model) -> list[Any]:
    """The layers of a network in their order, and what is done with `keras.ops` between them."""
    if isinstance(network, keras.Sequential):
        return list(network.layers)
    return list(network.operations)


def shape_of(tensor: Any) -> Shape:
    """The shape of a tensor, or of the first of several, without the batch; 0 is an open end."""
    first = tensor[0] if isinstance(tensor, (list, tuple)) else tensor
    return tuple(0 if n is None else int(n) for n in first.shape[1:])


def multiplications(operation: Any) -> int:
    """How often a layer multiplies by a weight of its kernels, for one digit.

    Each weight is used once for every place of the output: for a dense layer there is one place,
    for a convolution there are height times width. Places on a border of zeros are counted.
    Normalization is not: where a convolution comes before it LiteRT merges the two.
    """
    if isinstance(operation, keras.Model):
        return sum(multiplications(inner) for inner in operations(operation))
    tensor = operation.input if "Transpose" in type(operation).__name__ else operation.output
    kernels = [getattr(operation, name, None) for name in _KERNELS]
    weights = sum(math.prod(kernel.shape) for kernel in kernels if kernel is not None)
    return weights * math.prod(shape_of(tensor)[:-1]) if weights else 0


def _describe_one(operation: Any) -> Layer:
    if isinstance(operation, keras.layers.InputLayer):
        return _input(shape_of(operation.output), operation.name)
    said: Words = words(operation)
    return Layer(
        name=operation.name,
        kind=type(operation).__name__,
        group=said.group,
        label=said.label,
        shape=shape_of(operation.output),
        parameters=operation.count_params() if isinstance(operation, keras.Layer) else 0,
        multiplications=multiplications(operation),
        sentence=said.sentence,
    )


def _input(shape: Shape, name: str = "input") -> Layer:
    sentence = "The picture of one digit: 0 is paper, 1 is ink."
    return Layer(name, "InputLayer", "input", "picture", shape, 0, 0, sentence)
