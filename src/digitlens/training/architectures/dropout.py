"""`dropout`: two convolutions, and a part of what they say is left out while training.

Dropout (Srivastava et al. 2014) keeps single units from relying on each other: what was learned by
heart falls apart when a quarter of it is missing, what was understood does not.
"""

from __future__ import annotations

import keras
from keras import layers


def dropout() -> keras.Model:
    """Build it: float32 (n, 28, 28, 1) to ten probabilities (n, 10)."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.25),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ],
        name="dropout",
    )
