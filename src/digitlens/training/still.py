"""Still: what of a network rests while it learns."""

from __future__ import annotations

import keras

_CONVOLUTIONS = keras.layers.Conv2D | keras.layers.DepthwiseConv2D | keras.layers.SeparableConv2D


def still(network: keras.Model) -> keras.Model:
    """Let batch normalization and dropout be, while it learns, what they are when it answers.

    For a network that was trained before: its normalization keeps the means and deviations that it
    has found, whatever a batch consists of, and each step is from what it really answers.

    Args:
        network: Is changed, and given back.
    """
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
        elif isinstance(layer, keras.layers.Dropout):
            layer.rate = 0.0
    return network


def freeze_below_last_convolution(network: keras.Model) -> keras.Model:
    """Let only the last convolution learn, and what comes after it.

    Edges and strokes, which the first layers find, are the same in every hand; how they make up a
    digit is what differs (Yosinski et al. 2014, "How transferable are features in deep neural
    networks?", arXiv 1411.1792). Where a network has branches, this is so in each of them. One
    without convolutions learns as a whole; a network within it counts as no convolution.

    Args:
        network: Is changed, and given back.
    """
    learning = _from_last_convolution(network)
    for layer in network.layers:
        if not any(layer is one for one in learning):
            layer.trainable = False
    return network


def _from_last_convolution(network: keras.Model) -> list[keras.Layer]:
    """The layers that are met on the ways back from the answer, up to a convolution on each.

    A layer knows only where it was used first, which in a network that was loaded, or of which
    another was made, is somewhere else. Its tensors know where they come from, though Keras has no
    public name for that.
    """
    found: list[keras.Layer] = []
    seen: set[int] = set()
    left = list(network.outputs)
    while left:
        tensor = left.pop()
        if id(tensor) in seen:
            continue
        seen.add(id(tensor))
        layer, use, _ = tensor._keras_history
        found.append(layer)
        if not isinstance(layer, _CONVOLUTIONS):
            left += layer._inbound_nodes[use].input_tensors
    return found
