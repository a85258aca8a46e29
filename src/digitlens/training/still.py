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


def freeze_convolutions(network: keras.Model) -> keras.Model:
    """Let the last convolution rest, too, where anything after it learns.

    Args:
        network: As `freeze_below_last_convolution` leaves it; is changed, and given back.
    """
    learning = [layer for layer in network.layers if layer.trainable_weights]
    others = [layer for layer in learning if not isinstance(layer, _CONVOLUTIONS)]
    if others:
        for layer in learning:
            layer.trainable = layer in others
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


def part(network: keras.Model) -> tuple[keras.Model, keras.Model]:
    """Part a network where what learns in it begins.

    What rests answers the same of a picture however long the rest learns; so it need be asked once.

    Args:
        network: Some of its layers rest, as `freeze_below_last_convolution` leaves it.

    Returns:
        What rests, which takes what the network takes; and what learns, which takes all that the
        first one answers. They share the network's layers, and so its weights.
    """
    known: dict[int, bool] = {}
    between: list[keras.KerasTensor] = []

    def learns(tensor: keras.KerasTensor) -> bool:
        if id(tensor) not in known:
            layer, use, _ = tensor._keras_history
            sources = layer._inbound_nodes[use].input_tensors
            learning = [learns(source) for source in sources]
            known[id(tensor)] = bool(layer.trainable_weights) or any(learning)
            if known[id(tensor)]:
                new = (s for s, does in zip(sources, learning, strict=True) if not does)
                between.extend(s for s in new if not any(s is one for one in between))
        return known[id(tensor)]

    if not all(learns(tensor) for tensor in network.outputs):
        raise ValueError("network: expected one that learns. Received: all of it rests")
    return keras.Model(network.inputs, between), keras.Model(between, network.outputs)
