"""Still: a network that learns as it answers, with batch normalization and dropout at rest."""

from __future__ import annotations

import keras


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
