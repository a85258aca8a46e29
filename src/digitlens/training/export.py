"""Export: a Keras network becomes the LiteRT file that a bundle holds."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import keras
import tensorflow as tf


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
    with _silenced():
        model: bytes = converter.convert()
    return model


@contextlib.contextmanager
def _silenced() -> Iterator[None]:
    """Keep the converter's own chatter, part of which is written past Python, off the terminal."""
    kept = os.dup(1), os.dup(2)
    with Path(os.devnull).open("w") as nothing, contextlib.redirect_stdout(nothing):
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
        try:
            yield
        finally:
            for descriptor, copy in enumerate(kept, start=1):
                os.dup2(copy, descriptor)
                os.close(copy)
