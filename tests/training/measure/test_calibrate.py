"""Temperature and thresholds make confidence mean what it says."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.reading.judge import evidence, probabilities
from digitlens.training.measure.calibrate import (
    calibration_error,
    choose_thresholds,
    fit_temperature,
    least_sure,
)


def answers(sharpness: float, count: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Logits that are too sharp by a factor, and labels drawn from what they should have said."""
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2, (count, 10))
    shares = probabilities(logits.astype(np.float32), 1.0)
    labels = (shares.cumsum(axis=1) > rng.random((count, 1))).argmax(axis=1)
    return (logits * sharpness).astype(np.float32), labels


@pytest.mark.parametrize("sharpness", [0.5, 1.0, 2.5])
def test_temperature(sharpness: float) -> None:
    """The temperature takes back what made the network too sure, or not sure enough."""
    logits, labels = answers(sharpness)
    temperature = fit_temperature(logits, labels)
    assert temperature == pytest.approx(sharpness, rel=0.05)
    assert calibration_error(probabilities(logits, temperature), labels) < 0.01
    if sharpness > 1:
        assert calibration_error(probabilities(logits, 1.0), labels) > 0.1


def test_least_sure() -> None:
    """Of two sources, the one that the network is too sure of decides, however large the other."""
    sharp, some = answers(2.5, 2_000)
    dull, others = answers(0.5)
    logits, labels = np.concatenate([sharp, dull]), np.concatenate([some, others])
    source = np.repeat([0, 1], [len(some), len(others)])
    assert least_sure(logits, labels, source) == pytest.approx(2.5, rel=0.05)
    assert fit_temperature(logits, labels) < 1


def test_thresholds() -> None:
    """Above the threshold readings are right as often as promised; digits keep their evidence."""
    logits, labels = answers(1.0)
    logits *= 4
    thresholds = choose_thresholds(logits, labels, 4.0)
    shares = probabilities(logits, 4.0)
    sure = shares.max(axis=1) >= thresholds.sure
    right = shares.argmax(axis=1) == labels
    assert right[sure].mean() > right.mean()
    assert (evidence(logits) >= thresholds.evidence).mean() == pytest.approx(0.9995, abs=0.0003)


def test_thresholds_with_none() -> None:
    """A model that knows what is no digit reads 99 % of the digits, and hardly more is refused."""
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 10, 20_000)
    logits = rng.normal(-4, 1, (20_000, 10)).astype(np.float32)
    logits[np.arange(20_000), labels] += rng.normal(11, 4, 20_000).astype(np.float32)
    thresholds = choose_thresholds(logits, labels, 1.0, has_none=True)
    confidence = probabilities(logits, 1.0, has_none=True).max(axis=1)
    none = evidence(logits) < thresholds.evidence
    read = ~none & (confidence >= thresholds.sure)
    assert read.mean() == pytest.approx(0.99, abs=0.001)
    assert none.mean() == pytest.approx(0.0002, abs=0.0002)
