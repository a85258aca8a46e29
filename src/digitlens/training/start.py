"""My own network, to change as I like.

A network is a list of layers. What one layer gives, the next one takes.

    digitlens describe my_model.py         what each layer does, and what it costs
    digitlens train --model my_model.py    train it
"""

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the network: it takes a picture of 28×28 and answers ten probabilities."""
    return keras.Sequential(
        [
            # One digit: 28 rows, 28 columns, one number each: 0 is paper, 1 is ink.
            keras.Input((28, 28, 1)),
            # 32 filters of 3×3 look for edges, everywhere. Try 8, or 64; try a size of 5.
            layers.Conv2D(32, 3, activation="relu"),
            # Keeps the largest of 2×2 numbers: a quarter is left, and work is saved.
            layers.MaxPooling2D(2),
            # 64 filters look at all 32 maps at once: for corners, ends and bows.
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            # One more, for whole parts of digits. Try layers.BatchNormalization() behind each.
            layers.Conv2D(64, 3, activation="relu"),
            # From maps to one row of numbers: 64 maps of 3×3 are 576.
            layers.Flatten(),
            # Leaves a third of them out, by chance, while it learns: it learns less by heart.
            layers.Dropout(0.3),
            # 64 units weigh them all.
            layers.Dense(64, activation="relu"),
            # Ten, one for each digit; the softmax makes probabilities of them.
            layers.Dense(10, activation="softmax"),
        ]
    )
