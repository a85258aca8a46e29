"""Evaluate: what share of MNIST's test digits a reader gets right, as the LiteRT file answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.models.card import Metric
from digitlens.reading.reader import Reader
from digitlens.training.data.mnist import Labelled, load_mnist
from digitlens.training.measure.chance import wilson

CANVAS = 280  # side of the canvas that digits are put on, in pixels
ENLARGED = 93  # side of the digit's 28×28 on it: a third
_SEED = 7


def evaluate(reader: Reader, data_dir: Path | None, limit: int | None = None) -> list[Metric]:
    """Measure a reader on the test set of MNIST, through the whole pipeline.

    Args:
        reader: What is measured.
        data_dir: As `load_mnist` takes it.
        limit: Only so many pictures, for a quick look.

    Raises:
        DataError: MNIST is missing or damaged.
    """
    test = load_mnist(data_dir, "t10k")
    test = test.take(np.arange(len(test))[:limit])
    plain = "every picture of the MNIST test set as it is, 28×28, read as a picture"
    moved = f"the same, each enlarged to {ENLARGED} pixels on a {CANVAS}×{CANVAS} canvas, anywhere"
    return [
        measure("mnist_test", reader, test.images, test.labels, plain),
        measure("mnist_canvas", reader, on_canvas(test), test.labels, moved),
    ]


def measure(
    name: str,
    reader: Reader,
    pictures: Iterable[object],
    labels: npt.NDArray[np.int64],
    how: str,
) -> Metric:
    """The share of pictures whose text is exactly the one digit that they show."""
    texts = [reading.text for reading in reader.read_each(pictures)]
    right = sum(text == str(label) for text, label in zip(texts, labels, strict=True))
    low, high = wilson(right, len(texts))
    return Metric(name, right / len(texts), low, high, len(texts), how)


def on_canvas(data: Labelled) -> Iterator[npt.NDArray[np.uint8]]:
    """Put each digit, enlarged, to a random place of an empty canvas; always the same places."""
    places = np.random.default_rng(_SEED).integers(0, CANVAS - ENLARGED, (len(data), 2))
    for image, (left, top) in zip(data.images, places, strict=True):
        canvas = np.zeros((CANVAS, CANVAS), np.uint8)
        large = cv2.resize(image, (ENLARGED, ENLARGED), interpolation=cv2.INTER_CUBIC)
        canvas[top : top + ENLARGED, left : left + ENLARGED] = large
        yield canvas
