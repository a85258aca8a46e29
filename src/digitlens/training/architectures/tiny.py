"""`tiny`: under 10,000 parameters, a thirtieth of what others have, and still a good reader.

Narrow convolutions with batch normalization, and instead of a dense layer, which elsewhere has most
of the parameters, one weight for each place of each last map: an average that has learned where to
look (the "global depthwise convolution" of Chen et al. 2018, MobileFaceNets, arXiv 1804.07573).
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
            layers.DepthwiseConv2D(6, use_bias=False),
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ],
        name="tiny",
    )
