"""`deep`: pairs of convolutions between poolings, with padding that keeps the picture's size.

The pattern of VGG (Simonyan, Zisserman 2014, arXiv 1409.1556), with batch normalization: by far the
largest network on board, and the one to see what size brings, and costs.
"""

from __future__ import annotations

import keras
from keras import layers


def deep() -> keras.Model:
    """Build it: float32 (n, 28, 28, 1) to ten probabilities (n, 10)."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *_pair(32, 5),
            *_pair(64, 3),
            *_pair(256, 3),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.4),
            layers.Dense(10, activation="softmax"),
        ],
        name="deep",
    )


def _pair(filters: int, size: int) -> list[keras.Layer]:
    """Two convolutions on a picture with a border of zeros, then half its size."""
    convolutions: list[keras.Layer] = []
    for _ in range(2):
        convolutions += [
            layers.ZeroPadding2D(size // 2),
            layers.Conv2D(filters, size, use_bias=False),
            layers.BatchNormalization(),
            layers.Activation("relu"),
        ]
    return [*convolutions, layers.MaxPooling2D(), layers.Dropout(0.25)]
