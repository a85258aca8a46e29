"""Damage follows its strength, its seed and the size of the digit, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.training.data.corrupt import CORRUPTIONS, corrupt
from tests.drawings import canvas, strokes_of

STRENGTHS = (0.2, 0.4, 0.6, 0.8, 1.0)


def digits(side: int = 140) -> list[np.ndarray]:
    """Ten digits, dark grey on light grey."""
    pictures = [
        canvas(strokes_of(digit), height=0.65 * side, pen=0.05 * side, size=(side, side))
        for digit in "0123456789"
    ]
    return [(20 + picture.astype(int) * 225 // 255).astype(np.uint8) for picture in pictures]


def distance(name: str, picture: np.ndarray, strength: float, seed: int = 0) -> float:
    """How far the damaged picture is from the plain one, in grey levels."""
    damaged = corrupt(name, picture, strength, np.random.default_rng(seed))
    return float(np.abs(damaged.astype(int) - picture).mean())


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_nothing(name: str) -> None:
    """Strength 0 gives the picture back as it is, in an array of its own."""
    for picture in digits():
        same = corrupt(name, picture, 0, np.random.default_rng(0))
        assert (same == picture).all()
        assert same is not picture


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_form(name: str) -> None:
    """What comes out is a picture of the same size; what went in is untouched."""
    for picture in digits(97):
        before = picture.copy()
        damaged = corrupt(name, picture, 1.0, np.random.default_rng(0))
        assert damaged.shape == picture.shape
        assert damaged.dtype == np.uint8
        assert (picture == before).all()


@pytest.mark.parametrize("name", sorted(set(CORRUPTIONS) - {"scale", "shift"}))
def test_monotone(name: str) -> None:
    """The more strength, the further from the plain picture, for ten digits taken together."""
    means = [np.mean([distance(name, picture, s) for picture in digits()]) for s in STRENGTHS]
    assert means[0] > 0
    assert (np.diff(means) > 0).all(), means


def test_smaller() -> None:
    """The more strength, the smaller; pixels do not tell, once the digit has left its place."""
    heights = [(one < 150).any(axis=1).sum() for one in moved("scale")]
    assert (np.diff(heights) < 0).all(), heights


def test_further() -> None:
    """The more strength, the further from its place is the middle of the ink."""
    middles = [np.argwhere(one < 150).mean(axis=0) for one in moved("shift")]
    ways = [np.hypot(*(middle - middles[0])) for middle in middles[1:]]
    assert ways[0] > 0
    assert (np.diff(ways) > 0).all(), ways


def moved(name: str) -> list[np.ndarray]:
    """An 8 at every strength, from 0."""
    picture = digits()[8]
    return [corrupt(name, picture, s, np.random.default_rng(0)) for s in (0, *STRENGTHS)]


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_repeated(name: str) -> None:
    """The same seed damages in the same way."""
    picture = digits()[4]
    first, again = (corrupt(name, picture, 0.6, np.random.default_rng(3)) for _ in range(2))
    assert (first == again).all()


@pytest.mark.parametrize("name", sorted(set(CORRUPTIONS) - {"noise", "speckle", "jpeg", "lowres"}))
def test_size(name: str) -> None:
    """A picture twice as large is damaged as much: lengths are those of the digit."""
    small = np.mean([distance(name, picture, 0.6, seed=1) for picture in digits(140)])
    large = np.mean([distance(name, picture, 0.6, seed=1) for picture in digits(280)])
    assert large == pytest.approx(small, rel=0.25)


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_digit_remains(name: str) -> None:
    """Strength 0.6 leaves ink that is darker than its paper, of a size that can be seen."""
    for picture in digits():
        damaged = corrupt(name, picture, 0.6, np.random.default_rng(2)).astype(int)
        ink, paper = np.percentile(damaged, 1), np.median(damaged)
        assert paper - ink > 40


def test_blank() -> None:
    """A picture without ink is taken too: a shadow or a line may still fall on it."""
    sheet = np.full((60, 60), 240, np.uint8)
    for name in CORRUPTIONS:
        assert corrupt(name, sheet, 0.7, np.random.default_rng(0)).shape == sheet.shape


def test_unknown() -> None:
    """A way that there is not is an error."""
    with pytest.raises(KeyError):
        corrupt("rust", digits()[0], 0.5, np.random.default_rng(0))
