"""Figures come with an interval, and are those of the LiteRT file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitlens import Reader
from digitlens.training.data.mnist import load_mnist
from digitlens.training.measure.evaluate import CANVAS, evaluate, on_canvas


def test_on_canvas(small_data: Path) -> None:
    """Each digit stands somewhere on an empty canvas, at the same place every time."""
    data = load_mnist(small_data, "t10k")
    first, again = list(on_canvas(data)), list(on_canvas(data))
    assert first[0].shape == (CANVAS, CANVAS)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    lefts = [int(np.flatnonzero(picture.any(axis=0))[0]) for picture in first]
    assert np.ptp(lefts) > 100


def test_drawn_digits(small_data: Path) -> None:
    """On digits that this project drew, the shipped model is right; its figures say so."""
    metrics = evaluate(Reader(), small_data)
    assert [metric.name for metric in metrics] == ["mnist_test", "mnist_canvas"]
    for metric in metrics:
        assert metric.count == 40
        assert metric.low <= metric.value <= metric.high
        assert metric.value >= 0.9


def test_shipped_figures(real_data: Path) -> None:
    """The figures in the card of the shipped model are what it reaches on the real MNIST."""
    reader = Reader()
    written = {metric.name: metric for metric in reader.card.metrics}
    test, canvas = evaluate(reader, real_data)
    for metric in (test, canvas):
        assert metric.value == pytest.approx(written[metric.name].value, abs=0.0003)
    assert test.value >= 0.996
    assert canvas.value >= test.value - 0.002
