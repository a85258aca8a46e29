"""As good as `simple` with less than half of its parameters: one way to do it."""

import keras
from keras import layers


def build_model() -> keras.Model:
    """Two small convolutions before each pooling, normalized, and no dense layer but the last."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *convolution(24),
            *convolution(24),
            layers.MaxPooling2D(),
            *convolution(48),
            *convolution(48),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(10, activation="softmax"),
        ]
    )


def convolution(filters: int) -> list[keras.Layer]:
    """A convolution, batch normalization and ReLU."""
    return [
        layers.Conv2D(filters, 3, use_bias=False),
        layers.BatchNormalization(),
        layers.Activation("relu"),
    ]
