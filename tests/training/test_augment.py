"""Augmentation changes how a digit is written, and keeps what the network expects of its frame."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digitlens.reading.normalize import normalize
from digitlens.training.augment import Augmentation, augment, augment_many
from tests.training.mnist_like import draw


@given(digit=st.integers(0, 9), seed=st.integers(0, 10_000))
def test_frame(digit: int, seed: int) -> None:
    """However it is distorted, the digit stays in the frame: about 20 pixels, about centred."""
    seen = augment(draw(digit, seed), Augmentation(), np.random.default_rng(seed))
    assert seen.shape == (28, 28)
    assert 0 <= seen.min() <= seen.max() <= 1
    rows, columns = np.nonzero(seen > 0.4)
    assert 15 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 24
    assert abs(rows.mean() - 13.5) < 3
    assert abs(columns.mean() - 13.5) < 3


def test_repeatable() -> None:
    """The same seed distorts the same way, another one differently."""
    inks = np.stack([draw(digit, 0) for digit in range(10)])
    one, same, other = (
        augment_many(inks, Augmentation(), np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_no_augmentation() -> None:
    """With every distance at zero, what is left is what reading does."""
    still = Augmentation(0, 0, 0, 0, 0, 0)
    ink = draw(5, 1)
    difference = np.abs(augment(ink, still, np.random.default_rng(0)) - normalize(ink))
    assert difference.mean() < 0.02


def test_faint_ink() -> None:
    """A picture with hardly any ink is not lost on the way."""
    ink = np.zeros((28, 28), np.uint8)
    ink[14, 14] = 140
    assert augment(ink, Augmentation(), np.random.default_rng(0)).max() > 0
