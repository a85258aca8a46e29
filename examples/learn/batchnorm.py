"""Batch normalization: eight convolutions, one hundred steps, three learning rates.

python examples/learn/batchnorm.py
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitlens.quiet import quiet
from digitlens.settings import Settings
from digitlens.training.data.mnist import Labelled, load_mnist
from digitlens.training.data.prepared import prepared

with quiet():
    import keras
    from keras import layers

STEPS, BATCH = 100, 64
RATES = (0.001, 0.003, 0.01)


def network(normalized: bool) -> keras.Model:
    """Eight convolutions, three of which halve the picture; then the ten answers."""
    keras.utils.set_random_seed(1)
    stack: list[keras.Layer] = [keras.Input((28, 28, 1))]
    for filters, stride in ((16, 1), (16, 2), (16, 1), (32, 2), (32, 1), (32, 1), (32, 2), (32, 1)):
        stack.append(layers.Conv2D(filters, 3, strides=stride, padding="same"))
        if normalized:
            stack.append(layers.BatchNormalization(momentum=0.9))
        stack.append(layers.Activation("relu"))
    return keras.Sequential([*stack, layers.Flatten(), layers.Dense(10, activation="softmax")])


def learn(normalized: bool, rate: float, train: Labelled, check: Labelled) -> float:
    """Train for a hundred steps; returns the share of new digits that is read right."""
    model = network(normalized)
    optimizer = keras.optimizers.Adam(rate)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    options = {"batch_size": BATCH, "shuffle": False, "verbose": 0}
    model.fit(prepared(train.images), train.labels, **options)
    answers = model.evaluate(prepared(check.images), check.labels, batch_size=500, verbose=0)
    return float(answers[1])


def by_hand(numbers: npt.NDArray[np.float32]) -> float:
    """Normalize maps (n, height, width, maps) in one line; the largest difference to Keras."""
    mean, variance = numbers.mean(axis=(0, 1, 2)), numbers.var(axis=(0, 1, 2))
    normal = (numbers - mean) / np.sqrt(variance + 0.001)
    layer = layers.BatchNormalization(epsilon=0.001)
    return float(np.abs(normal - np.asarray(layer(numbers, training=True))).max())


def main() -> dict[str, float]:
    """Train with and without at each rate."""
    digits = load_mnist(Settings.from_environment().data_dir)
    order = np.random.default_rng(1).permutation(len(digits))
    check, train = digits.take(order[:2000]), digits.take(order[2000 : 2000 + STEPS * BATCH])
    numbers = np.random.default_rng(1).normal(5, 3, (64, 26, 26, 4)).astype(np.float32)
    figures = {"differs": by_hand(numbers)}
    assert figures["differs"] < 1e-3
    for rate in RATES:
        for normalized in (False, True):
            figures[f"{normalized}_{rate:g}"] = learn(normalized, rate, train, check)
        without, with_it = figures[f"False_{rate:g}"], figures[f"True_{rate:g}"]
        print(f"rate {rate:5}: {without:7.2%} without, {with_it:7.2%} with batch normalization")
    assert all(figures[f"True_{rate:g}"] > figures[f"False_{rate:g}"] for rate in RATES)
    return figures


if __name__ == "__main__":
    main()
