"""`m5`: five convolutions of 5×5 at the picture's full resolution, and no pooling between them.

After M5 of An, Lee, Park, Yang, So 2020, "An ensemble of simple convolutional neural network models
for MNIST digit recognition", arXiv 2008.10400, at half its width or less. There the last maps go
into the answer at once; here they are halved and go through a dense layer, as in `compact`.
"""

from __future__ import annotations

import keras
from keras import layers

from digitlens.training.architectures.compact import convolution


def m5() -> keras.Model:
    """Build it: float32 (n, 28, 28, 1) to ten logits (n, 10)."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *convolution(16, 5),
            *convolution(32, 5),
            *convolution(48, 5),
            *convolution(48, 5),
            *convolution(64, 5),
            *convolution(64, 3, strides=2, padding="same"),
            layers.Dropout(0.3),
            layers.Flatten(),
            layers.Dense(128, use_bias=False),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.Dropout(0.3),
            layers.Dense(10, name="logits"),
        ],
        name="m5",
    )
