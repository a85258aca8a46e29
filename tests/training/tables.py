"""CSV files of digits that this program draws, as Kaggle and others write them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tests.training.mnist_like import draw

HEADER = ",".join(["label", *(f"pixel{index}" for index in range(784))])


def digits(count: int, first: int = 1000) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Drawn digits, uint8 (count, 28, 28), and what they are; from seeds that MNIST's have not."""
    labels = np.arange(count) % 10
    images = np.stack([draw(int(label), first + seed) for seed, label in enumerate(labels)])
    return images, labels


def lines(images: npt.NDArray[np.uint8], labels: npt.NDArray[np.int64] | None = None) -> list[str]:
    """A line for each digit: its label, where there are labels, and its pixels."""
    rows = images.reshape(len(images), -1)
    if labels is not None:
        rows = np.hstack([labels[:, None], rows])
    return [",".join(map(str, row)) for row in rows.tolist()]
