"""The latency is that of the model asked for."""

from __future__ import annotations

import pytest

from digitlens.errors import BundleError
from digitlens.models.bundle import load
from digitlens.training.measure.latency import latency


def test_shipped() -> None:
    """The shipped network answers in tens of microseconds to tens of milliseconds, not more."""
    assert 10 < latency(load().model) < 50_000


def test_no_model() -> None:
    """What LiteRT cannot use is said to be that."""
    with pytest.raises(BundleError, match="LiteRT cannot use this model"):
        latency(b"no flatbuffer")
