"""Latency: in how many microseconds LiteRT answers for one digit."""

from __future__ import annotations

import time

import numpy as np

from digitlens.models.bundle import Bundle
from digitlens.models.card import INPUT_SHAPE, Card, Thresholds
from digitlens.reading.network import Network

_LEAST = 100  # answers that are timed
_LONG = 0.5  # seconds after which no more are, when there are that many
_FIRST = 20  # answers before them that are not: caches fill, memory is touched


def latency(model: bytes) -> float:
    """Median time of an answer for one digit, on one thread, as a reader asks for it.

    The median, because another program that takes the core for a moment makes some answers late,
    and none early.

    Args:
        model: The LiteRT flatbuffer.

    Returns:
        Microseconds.

    Raises:
        BundleError: LiteRT cannot use the model, or it has another input or output.
    """
    network = Network(Bundle(model, Card("", "", "", 1.0, Thresholds(0, 0))))
    glyph = np.random.default_rng(0).random((1, *INPUT_SHAPE), np.float32)
    for _ in range(_FIRST):
        network.logits(glyph)
    times: list[int] = []
    end = time.perf_counter() + _LONG
    while len(times) < _LEAST or time.perf_counter() < end:
        begin = time.perf_counter_ns()
        network.logits(glyph)
        times.append(time.perf_counter_ns() - begin)
    return float(np.median(times)) / 1000
