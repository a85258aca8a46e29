"""Dropout: the same network learns 1,000 digits by heart, or understands them.

python examples/learn/dropout.py
"""

from __future__ import annotations

import numpy as np

from digitlens.quiet import quiet
from digitlens.settings import Settings
from digitlens.training.data.mnist import load_mnist, split
from digitlens.training.data.prepared import prepared

with quiet():
    import keras
    from keras import layers

EPOCHS = 25
SHARES = (0.0, 0.25, 0.5)


def network(share: float) -> keras.Model:
    """Two convolutions and a dense layer; before each dense layer a share is left out."""
    keras.utils.set_random_seed(1)
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(share),
            layers.Dense(128, activation="relu"),
            layers.Dropout(share),
            layers.Dense(10, activation="softmax"),
        ]
    )


def main() -> dict[str, float]:
    """Train with and without, and compare on digits that were learned and that were not."""
    rest, few = split(load_mnist(Settings.from_environment().data_dir), 1000, seed=1)
    new = split(rest, 5000, seed=1)[1]
    figures = {}
    for share in SHARES:
        model = network(share)
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(prepared(few.images), few.labels, epochs=EPOCHS, verbose=0)
        for name, data in (("learned", few), ("new", new)):
            loss, accuracy = model.evaluate(
                prepared(data.images), data.labels, batch_size=500, verbose=0
            )
            figures[f"{name}_{share:g}"] = float(accuracy)
            figures[f"{name}_loss_{share:g}"] = float(loss)
        print(
            f"dropout {share:4.0%}: {figures[f'learned_{share:g}']:7.2%} of the digits it learned,"
            f" {figures[f'new_{share:g}']:.2%} of {len(new):,} new ones"
        )
    twice = [np.asarray(model(prepared(new.images[:5]), training=False)) for _ in range(2)]
    assert np.array_equal(*twice)  # when it reads, nothing is left out
    assert figures["new_0.5"] > figures["new_0"]
    assert figures["new_loss_0.5"] < figures["new_loss_0"]
    return figures


if __name__ == "__main__":
    main()
