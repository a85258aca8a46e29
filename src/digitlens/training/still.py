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


def hold_below(network: keras.Model) -> keras.Model:
    """Let only the last convolution learn, and what comes after it.

    Edges and strokes, which the first layers find, are the same in every hand; how they make up a
    digit is what differs (Yosinski et al. 2014, "How transferable are features in deep neural
    networks?", arXiv 1411.1792). Where a network has branches, this is so in each of them. One
    without convolutions learns as a whole, and so does one whose layers are used more than once.

    Args:
        network: Is changed, and given back.
    """
    try:
        learning = _from_last_convolution(network)
    except (AttributeError, KeyError, ValueError):  # as Keras says of layers with several inputs
        return network
    for layer in network.layers:
        if layer not in learning:
            layer.trainable = False
    return network


def _from_last_convolution(network: keras.Model) -> list[keras.Layer]:
    made_by = {
        id(tensor): layer for layer in network.layers for tensor in keras.tree.flatten(layer.output)
    }
    found: list[keras.Layer] = []
    left = [made_by[id(tensor)] for tensor in network.outputs]
    while left:
        layer = left.pop()
        if layer in found:
            continue
        found.append(layer)
        if not isinstance(layer, _CONVOLUTIONS | keras.layers.InputLayer):
            left += [made_by[id(tensor)] for tensor in keras.tree.flatten(layer.input)]
    return found
