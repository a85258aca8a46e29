"""`lenet5`: the network that read the cheques of the nineties, as it was published.

LeCun, Bottou, Bengio, Haffner 1998, "Gradient-Based Learning Applied to Document Recognition",
section II.B. The layers have the paper's names and as many parameters as there: C1 156, S2 12,
C3 1,516, S4 32, C5 48,120, F6 10,164.

One thing differs: the paper compares F6 with ten drawn digits (84 fixed numbers each, "RBF units");
here ten units end in a softmax, as in all other networks on board, so that losses can be compared.
"""

from __future__ import annotations

import keras
from keras import layers

# Which maps of S2 each map of C3 looks at: the paper's table I.
TABLE = (
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
)


def lenet5() -> keras.Model:
    """Build it: float32 (n, 28, 28, 1) to ten probabilities (n, 10)."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.ZeroPadding2D(2, name="border"),
            layers.Rescaling(1.275, offset=-0.1, name="contrast"),  # mean 0, variance 1, about
            layers.Conv2D(6, 5, name="C1"),
            squash("C1_squash"),
            *subsample("S2"),
            table_convolution("C3"),
            squash("C3_squash"),
            *subsample("S4"),
            layers.Conv2D(120, 5, name="C5"),
            squash("C5_squash"),
            layers.Flatten(name="row"),
            layers.Dense(84, name="F6"),
            squash("F6_squash"),
            layers.Dense(10, activation="softmax", name="output"),
        ],
        name="lenet5",
    )


def squash(name: str) -> keras.Model:
    """1.7159 tanh(2x/3): it maps 1 to 1 and -1 to -1, and is steepest between them."""
    return keras.Sequential(
        [layers.Rescaling(2 / 3), layers.Activation("tanh"), layers.Rescaling(1.7159)], name=name
    )


def subsample(name: str) -> list[keras.Layer]:
    """The mean of 2×2 places, times one weight per map, plus one bias per map, squashed.

    A depthwise convolution of 1×1 has just these two numbers per map. The paper adds the four up
    instead, a factor of 4 that the weight takes in.
    """
    return [
        layers.AveragePooling2D(2, name=f"{name}_mean"),
        layers.DepthwiseConv2D(1, depthwise_initializer="ones", name=name),
        squash(f"{name}_squash"),
    ]


def table_convolution(name: str) -> keras.Model:
    """16 maps, each of which looks at its own choice of the six maps before, by the table.

    The paper: it breaks the symmetry, so that different maps find different features, and it keeps
    the number of connections within bounds.
    """
    maps = keras.Input((14, 14, 6))
    # To Keras, channels that come first make the last axis a width, which can be cropped.
    single = [
        layers.Cropping2D(((0, 0), (k, 5 - k)), data_format="channels_first")(maps)
        for k in range(6)
    ]
    outputs = [layers.Conv2D(1, 5)(layers.Concatenate()([single[k] for k in row])) for row in TABLE]
    return keras.Model(maps, layers.Concatenate()(outputs), name=name)
