"""`batchnorm`: each convolution's output is brought to mean 0 and variance 1 over the batch.

Batch normalization (Ioffe, Szegedy 2015, arXiv 1502.03167) lets every layer work on numbers of the
same size throughout the training, which then takes larger steps.
"""

from __future__ import annotations

import keras
from keras import layers


def batchnorm() -> keras.Model:
    """Build it: float32 (n, 28, 28, 1) to ten probabilities (n, 10)."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(),
            layers.Dropout(0.25),
            layers.Conv2D(128, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ],
        name="batchnorm",
    )
