"""The benchmark of the feed measures both sides; how fast they are depends on the machine."""

from __future__ import annotations

import pytest
from benchmarks.effort import QUICK

pytest.importorskip("keras", reason="install the extra `train`")

from benchmarks import feed

pytestmark = pytest.mark.training


def test_feed() -> None:
    """Feed and training have a rate each, and the third figure says how many times it is."""
    figures = {figure.name: figure for figure in feed.measure(QUICK, False, lambda _: None)}
    rates = figures["feed"].ours, figures["training"].ours
    assert rates[0]
    assert rates[1]
    assert figures["feed_times"].ours == pytest.approx(rates[0] / rates[1])
