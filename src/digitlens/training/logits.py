"""Logits: a network that ends with a softmax is trained and shipped without it.

The loss is computed more exactly from logits than from probabilities that were already rounded, and
a reader needs logits: they are divided by a temperature before the softmax, and their size tells
whether a picture shows any digit at all.
"""

from __future__ import annotations

import keras


def end_in_logits(network: keras.Model) -> keras.Model:
    """The same network, with the same weights, without the softmax at its end.

    Args:
        network: It answers (n, 10): probabilities or logits.

    Returns:
        A network that answers logits; the given one where it does so already.
    """
    last = network.layers[-1]
    if isinstance(last, keras.layers.Softmax) or _is_softmax_activation(last):
        return keras.Model(network.inputs[0], last.input, name=network.name)
    if getattr(last, "activation", None) is not keras.activations.softmax:
        return network
    settings = last.get_config() | {"activation": "linear"}
    plain = type(last).from_config(settings)
    logits = plain(last.input)
    plain.set_weights(last.get_weights())
    return keras.Model(network.inputs[0], logits, name=network.name)


def _is_softmax_activation(layer: keras.Layer) -> bool:
    return (
        isinstance(layer, keras.layers.Activation) and layer.activation is keras.activations.softmax
    )
