"""A network without convolutions, with as many parameters as `simple`."""

import keras
from keras import layers


def build_model() -> keras.Model:
    """Every unit sees every pixel, and does not know which of them are neighbours."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(117, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
