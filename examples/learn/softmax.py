"""Softmax by hand: ten numbers of any size become ten probabilities.

python examples/learn/softmax.py
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitlens.models.bundle import load
from digitlens.reading.network import Network
from digitlens.settings import Settings
from digitlens.training.data.mnist import load_mnist
from digitlens.training.data.prepared import prepared

Rows = npt.NDArray[np.float64]


def softmax(logits: Rows, temperature: float = 1.0) -> Rows:
    """Make probabilities of logits.

    Args:
        logits: float64 (n, 10).
        temperature: What they are divided by first.

    Returns:
        float64 (n, 10); each row adds up to 1.
    """
    powers = np.exp(logits / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def main() -> dict[str, float]:
    """Show what it changes, what it does not, and what the temperature is for."""
    test = load_mnist(Settings.from_environment().data_dir, "t10k")
    bundle = load()  # the network that ships
    logits = Network(bundle).logits(prepared(test.images)).astype(np.float64)
    shares = softmax(logits)
    assert np.allclose(shares.sum(axis=1), 1)
    assert np.array_equal(shares.argmax(axis=1), logits.argmax(axis=1))
    assert np.allclose(softmax(logits + 5), shares)  # only differences matter

    figures = {"accuracy": float((logits.argmax(axis=1) == test.labels).mean())}
    print(f"read right: {figures['accuracy']:.2%}, at any temperature")
    for temperature in (0.5, 1.0, 2.0, 4.0):
        sure = float(softmax(logits, temperature).max(axis=1).mean())
        figures[f"sure_{temperature:g}"] = sure
        print(f"temperature {temperature:3}: sure of it by {sure:.2%} on average")
    figures["temperature"] = bundle.card.temperature
    figures["sure_own"] = float(softmax(logits, bundle.card.temperature).max(axis=1).mean())
    print(f"temperature {bundle.card.temperature}, the network's own: {figures['sure_own']:.2%}")
    assert figures["sure_0.5"] > figures["sure_1"] > figures["sure_2"] > figures["sure_4"]
    return figures


if __name__ == "__main__":
    main()
