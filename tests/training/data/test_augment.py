"""Augmentation changes how a digit is written, and keeps what the network expects of its frame."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlens.reading.normalize import SIDE, normalize
from digitlens.training.data.augment import (
    _CANVAS,
    _FINE,
    _ROOM,
    Augmentation,
    _maps,
    augment,
    augment_many,
)
from digitlens.training.data.prepared import prepared
from tests.training.mnist_like import draw

STILL = Augmentation(0, 0, 0, 0, 0, 0)
ALL = Augmentation(elastic=0.8, binary=0.5)
DIGITS = np.stack([draw(digit, 0) for digit in range(10)])


@pytest.mark.parametrize("spec", [Augmentation(), ALL], ids=["default", "all"])
@given(digit=st.integers(0, 9), seed=st.integers(0, 10_000))
def test_frame(spec: Augmentation, digit: int, seed: int) -> None:
    """However it is distorted, the digit stays in the frame: about 20 pixels, about centred."""
    seen = augment(draw(digit, seed), spec, np.random.default_rng(seed))
    assert seen.shape == (28, 28)
    assert 0 <= seen.min() <= seen.max() <= 1
    rows, columns = np.nonzero(seen > 0.4)
    assert 15 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 24
    assert abs(rows.mean() - 13.5) < 3
    assert abs(columns.mean() - 13.5) < 3


def test_repeatable() -> None:
    """The same seed distorts the same way, another one differently."""
    one, same, other = (
        augment_many(DIGITS, ALL, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_no_augmentation() -> None:
    """With every distance at zero, what is left is what reading does."""
    ink = draw(5, 1)
    difference = np.abs(augment(ink, STILL, np.random.default_rng(0)) - normalize(ink))
    assert difference.mean() < 0.02


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rotation", 15.0),
        ("shear", 0.2),
        ("stretch", 0.2),
        ("zoom", 0.2),
        ("shift", 1.0),
        ("pen", 1.0),
        ("elastic", 1.0),
        ("binary", 1.0),
    ],
)
def test_each_alone(name: str, value: float) -> None:
    """Each distortion on its own changes what is seen."""
    alone = replace(STILL, **{name: value})
    still, moved = (augment_many(DIGITS, s, np.random.default_rng(3)) for s in (STILL, alone))
    assert np.abs(moved - still).mean() > 0.01


@pytest.mark.parametrize("degrees", [20.0, 40.0])
def test_rotation_is_in_degrees(degrees: float) -> None:
    """A stroke is turned by up to so many degrees to either side, and rather evenly."""
    stroke = np.zeros((28, 28), np.uint8)
    stroke[4:24, 13:15] = 255
    spec = replace(STILL, rotation=degrees)
    seen = augment_many(np.stack([stroke] * 200), spec, np.random.default_rng(0))[..., 0]
    angles = np.array([_slant(picture) for picture in seen])
    assert np.abs(angles).max() < degrees + 1
    assert angles.min() < -0.9 * degrees
    assert angles.max() > 0.9 * degrees


def _slant(seen: np.ndarray) -> float:
    """Degrees between a stroke and the vertical."""
    moments = cv2.moments(seen)
    return float(np.rad2deg(np.arctan2(2 * moments["mu11"], moments["mu02"] - moments["mu20"]) / 2))


def test_elastic_is_in_pixels() -> None:
    """The field that bends has the size that is asked for, and is smooth."""
    maps = _maps(400, replace(STILL, elastic=0.7), np.random.default_rng(0))
    moved = (maps - _maps(1, STILL, np.random.default_rng(0))) / _FINE
    assert np.sqrt((moved**2).mean()) == pytest.approx(0.7, rel=0.05)
    per_pixel = SIDE / _ROOM / _CANVAS  # pixels of 28×28 between two of the canvas
    assert np.sqrt((np.diff(moved, axis=-1) ** 2).mean()) / per_pixel < 0.7 / 2


def test_binary() -> None:
    """So many of the pictures as are asked for have only pixels that are 0 or 1."""
    spec = replace(STILL, binary=0.3)
    seen = augment_many(np.concatenate([DIGITS] * 100), spec, np.random.default_rng(0))
    binary = np.isin(seen, (0, 1)).all(axis=(1, 2, 3))
    assert 0.25 < binary.mean() < 0.35


def test_many_at_once() -> None:
    """More pictures than are distorted at a time come back in their order."""
    inks = np.concatenate([DIGITS] * 30)
    seen = augment_many(inks, STILL, np.random.default_rng(0))
    assert (seen.dtype, seen.shape) == (np.float32, (300, 28, 28, 1))
    assert np.abs(seen - prepared(inks)).mean() < 0.02


def test_faint_ink() -> None:
    """A picture with hardly any ink is not lost on the way."""
    ink = np.zeros((28, 28), np.uint8)
    ink[14, 14] = 140
    assert augment(ink, Augmentation(), np.random.default_rng(0)).max() > 0
