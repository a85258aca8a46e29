"""Pooling by hand: of every four numbers the largest stays.

python examples/learn/pooling.py
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitlens.quiet import quiet
from digitlens.settings import Settings
from digitlens.training.data.mnist import load_mnist
from digitlens.training.data.prepared import prepared

with quiet():
    import keras

Maps = npt.NDArray[np.float32]


def pool(maps: Maps) -> Maps:
    """Keep the largest of every 2×2 numbers.

    Args:
        maps: float32 (n, height, width); an odd last row or column is dropped.

    Returns:
        float32 (n, height // 2, width // 2).
    """
    height, width = maps.shape[1] // 2, maps.shape[2] // 2
    squares = maps[:, : 2 * height, : 2 * width].reshape(-1, height, 2, width, 2)
    return squares.max(axis=(2, 4))


def change(before: Maps, after: Maps) -> float:
    """How much of two maps is not the same, as a share: 0 if all is, 1 if nothing is."""
    return float(np.abs(before - after).sum() / (before + after).sum())


def main() -> dict[str, float]:
    """Move pictures by one pixel, and see how much of them changes before and after pooling."""
    test = load_mnist(Settings.from_environment().data_dir, "t10k")
    still = prepared(test.images[:500])[..., 0]
    moved = np.roll(still, 1, axis=2)  # one pixel to the right; the border is empty
    layer = keras.layers.MaxPooling2D()
    assert np.array_equal(pool(still), np.asarray(layer(still[..., None]))[..., 0])

    figures = {}
    for times in range(4):
        figures[f"numbers_{times}"] = float(still[0].size)
        figures[f"change_{times}"] = change(still, moved)
        side, share = still.shape[1], figures[f"change_{times}"]
        print(f"pooled {times} times: {side:2}×{side:<2} numbers, {share:.0%} changed")
        still, moved = pool(still), pool(moved)
    assert figures["change_2"] < figures["change_1"] < figures["change_0"]
    return figures


if __name__ == "__main__":
    main()
