"""`simple`: where most tutorials begin. Three convolutions, two poolings, one dense layer.

93,000 parameters, 2.8 million multiplications a digit. François Chollet's introduction to
convolutions ("Deep Learning with Python", 2017, chapter 5) made it everybody's first.
"""

from __future__ import annotations

import keras
from keras import layers


def simple() -> keras.Model:
    """Build it: float32 (n, 28, 28, 1) to ten probabilities (n, 10)."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ],
        name="simple",
    )
