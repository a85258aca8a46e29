"""Export: a Keras network becomes the LiteRT file that a bundle holds."""

from __future__ import annotations

import keras
import tensorflow as tf

from digitlens.quiet import quiet


def to_litert(network: keras.Model, quantize: bool = False) -> bytes:
    """Convert a network to LiteRT.

    Args:
        network: It takes float32 (n, 28, 28, 1) and answers (n, 10).
        quantize: Whether weights are kept as 8-bit integers ("dynamic range"): a quarter of the
            size, and faster. Inputs and outputs stay float32.

    Returns:
        The flatbuffer.
    """
    converter = tf.lite.TFLiteConverter.from_keras_model(network)
    converter.optimizations = [tf.lite.Optimize.DEFAULT] if quantize else []
    with quiet():
        model: bytes = converter.convert()
    return model
