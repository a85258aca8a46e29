"""A convolution by hand: nine weights slide over a picture.

python examples/learn/convolution.py
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

UPRIGHT: Maps = np.array([[-1, 2, -1]] * 3, np.float32)  # finds lines that stand
LEVEL: Maps = UPRIGHT.T  # finds lines that lie


def convolve(pictures: Maps, weights: Maps) -> Maps:
    """Slide 3×3 weights over pictures.

    Args:
        pictures: float32 (n, 28, 28).
        weights: float32 (3, 3).

    Returns:
        float32 (n, 26, 26): at each place the sum of nine pixels, each times its weight.
    """
    maps = np.zeros((len(pictures), 26, 26), np.float32)
    for y in range(26):
        for x in range(26):
            maps[:, y, x] = (pictures[:, y : y + 3, x : x + 3] * weights).sum(axis=(1, 2))
    return maps


def relu(maps: Maps) -> Maps:
    """What is negative becomes 0."""
    return np.maximum(maps, 0)


def keras_convolve(pictures: Maps, weights: Maps) -> Maps:
    """The same by a layer of Keras that has these weights, and a bias of 0."""
    layer = keras.layers.Conv2D(1, 3)
    layer.build((None, 28, 28, 1))
    layer.set_weights([weights.reshape(3, 3, 1, 1), np.zeros(1, np.float32)])
    return np.asarray(layer(pictures[..., None]))[..., 0]


def main() -> dict[str, float]:
    """Show that it is what Keras does, what it finds, and that it finds it anywhere."""
    test = load_mnist(Settings.from_environment().data_dir, "t10k")
    pictures = prepared(test.images[:500])[..., 0]
    labels = test.labels[:500]
    maps = convolve(pictures, UPRIGHT)
    differs = float(np.abs(maps - keras_convolve(pictures, UPRIGHT)).max())
    assert differs < 1e-4

    chosen = (labels == 1) | (labels == 7)
    upright, level = (
        relu(convolve(pictures[chosen], weights)).sum(axis=(1, 2)) for weights in (UPRIGHT, LEVEL)
    )
    figures = {"differs": differs}
    for digit in (1, 7):
        of_it = labels[chosen] == digit
        figures[f"upright_{digit}"] = float(upright[of_it].mean())
        figures[f"level_{digit}"] = float(level[of_it].mean())
    is_seven = level > upright / 2
    figures["told_apart"] = float((is_seven == (labels[chosen] == 7)).mean())
    assert figures["told_apart"] > 0.9

    moved = np.roll(pictures, 3, axis=2)  # three pixels to the right; the border is empty
    figures["moved"] = float(np.abs(convolve(moved, UPRIGHT)[:, :, 3:] - maps[:, :, :-3]).max())
    assert figures["moved"] == 0

    print(f"largest difference to Keras: {differs:.7f}")
    for digit in (1, 7):
        up, level = figures[f"upright_{digit}"], figures[f"level_{digit}"]
        print(f"a {digit}: upright lines {up:5.1f}, level lines {level:5.1f}")
    print(f"ones and sevens told apart by these two figures: {figures['told_apart']:.1%}")
    print(f"picture moved by 3 pixels, map moved by 3 pixels: they differ by {figures['moved']:g}")
    return figures


if __name__ == "__main__":
    main()
