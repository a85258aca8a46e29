"""`compact`: the network that ships. 327,000 parameters, 15 million multiplications a digit.

Twice three convolutions, of which the third halves the picture where others would pool: a stride
that is learned, as Chris Deotte's networks for MNIST have it.
"""

from __future__ import annotations

import keras
from keras import layers


def compact() -> keras.Model:
    """Build it: float32 (n, 28, 28, 1) to ten logits (n, 10)."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *convolution(32, 3),
            *convolution(32, 3),
            *convolution(32, 5, strides=2, padding="same"),
            layers.Dropout(0.3),
            *convolution(64, 3),
            *convolution(64, 3),
            *convolution(64, 5, strides=2, padding="same"),
            layers.Dropout(0.3),
            layers.Flatten(),
            layers.Dense(128, use_bias=False),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.Dropout(0.3),
            layers.Dense(10, name="logits"),
        ],
        name="compact",
    )


def convolution(
    filters: int, size: int, strides: int = 1, padding: str = "valid"
) -> list[keras.Layer]:
    """A convolution, batch normalization and ReLU; the normalization has the bias."""
    return [
        layers.Conv2D(filters, size, strides=strides, padding=padding, use_bias=False),
        layers.BatchNormalization(),
        layers.Activation("relu"),
    ]
