"""Figures are what their definitions say, and lie in their intervals."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.training.measure.calibrate import calibration_error
from digitlens.training.measure.chance import wilson
from digitlens.training.measure.suite.figures import (
    auroc,
    bins,
    calibration,
    mean_share,
    passed_at,
    share,
)

RNG = np.random.default_rng(5)


def test_share() -> None:
    """A share has Wilson's interval."""
    found = share(np.array([True] * 97 + [False] * 3))
    assert (found.value, found.count) == (0.97, 100)
    assert (found.low, found.high) == wilson(97, 100)


@pytest.mark.parametrize("levels", [3, 1000])
def test_auroc(levels: int) -> None:
    """The area is the share of pairs in which the digit is higher, with half of the draws."""
    digits = RNG.integers(1, levels + 1, 70) / levels
    others = RNG.integers(0, levels, 50) / levels
    higher = (digits[:, None] > others).mean() + (digits[:, None] == others).mean() / 2
    found = auroc(digits, others)
    assert found.value == pytest.approx(higher, abs=1e-12)
    assert found.low < found.value < found.high


def test_auroc_ends() -> None:
    """It is 1 where every digit is higher, and a half where all are the same."""
    assert auroc(np.array([0.8, 0.9]), np.array([0.1, 0.2, 0.7])).value == 1
    assert auroc(np.full(9, 0.5), np.full(4, 0.5)).value == 0.5


@pytest.mark.parametrize("bias", [0.0, 0.1])
def test_calibration(bias: float) -> None:
    """It is what is measured of probabilities elsewhere, and its interval holds it."""
    confidence = RNG.uniform(0.55, 0.89, 3000)
    right = RNG.random(3000) < confidence + bias
    shares = np.zeros((3000, 10))
    shares[:, 0], shares[:, 1] = confidence, 1 - confidence
    expected = calibration_error(shares, np.where(right, 0, 1).astype(np.int64))
    found = calibration(confidence, right)
    assert found.value == pytest.approx(expected)
    assert found.low <= found.value <= found.high
    assert found.high - found.low < 0.06
    if bias:
        assert found.low > 0.05


def test_interval_narrows() -> None:
    """With a hundred times as many pictures intervals are about a tenth as wide."""
    widths = []
    for count in (50, 5000):
        found = auroc(RNG.normal(1, 1, count), RNG.normal(0, 1, count))
        widths.append(found.high - found.low)
    assert widths[1] == pytest.approx(widths[0] / 10, rel=0.5)


def test_passed() -> None:
    """At the limit exactly 99 of 100 digits are kept; what passes is counted there."""
    digits = np.arange(100) / 100
    others = np.array([0.0, 0.005, 0.01, 0.5])
    found = passed_at(digits, others)
    assert found.value == 0.5  # 0.01 and 0.5 are as high as 99 of the digits
    assert passed_at(digits, others, kept=1.0).value == 1
    assert found.low <= found.value <= found.high


def test_mean_share() -> None:
    """Pictures that are hard in every row leave a wider interval than as many that are not."""
    together = np.zeros((10, 200), bool)
    together[:, :180] = True
    apart = RNG.permuted(together, axis=1)
    hard, mixed = mean_share(together), mean_share(apart)
    assert hard.value == pytest.approx(mixed.value) == pytest.approx(0.9)
    assert hard.high - hard.low > 2 * (mixed.high - mixed.low)


def test_bins() -> None:
    """Every reading is in one bin; a confidence of 1 is in the last."""
    found = bins(np.array([0.02, 0.5, 0.51, 1.0]), np.array([False, True, False, True]))
    assert [one.count for one in found] == [1, 2, 1]
    assert found[-1].high == 1
    assert found[1].accuracy == 0.5
