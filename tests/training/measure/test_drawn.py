"""Drawn digits can be read: a check on them means something."""

from __future__ import annotations

import numpy as np

from digitlens.models.bundle import load
from digitlens.reading.network import Network
from digitlens.training.data.prepared import prepared
from digitlens.training.measure.drawn import drawn_digits


def test_readable() -> None:
    """The shipped network reads most of them, of every digit."""
    data = drawn_digits()
    assert data.images.dtype == np.uint8
    read = Network(load()).logits(prepared(data.images)).argmax(axis=1)
    for digit in range(10):
        assert (read[data.labels == digit] == digit).mean() >= 0.7, digit
