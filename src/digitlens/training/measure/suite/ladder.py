"""Ladder: the same digits damaged in every way, each time a step more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from digitlens.training.data.corrupt import CORRUPTIONS, corrupt
from digitlens.training.measure.suite.paper import MIDDLE, Picture, enlarge, put, write_on
from digitlens.training.measure.suite.sets import PictureSet, Sources, labels_of

STRENGTHS = (0.2, 0.4, 0.6, 0.8, 1.0)
MIDDLE_STRENGTH = 0.6
EACH = 500  # digits of MNIST's test set, and as many of the test writers
_SIDE = 140  # of the paper, in pixels
_ENLARGED = 112  # of the 28×28 of an MNIST digit on it
_PAPER, _PEN = 245, 20  # grey levels
_EXTENT, _PENS = 88, (4, 7, 10)


def plain(sources: Sources, each: int = EACH) -> PictureSet:
    """The digits before they are damaged: dark grey on light grey, 140×140.

    Args:
        sources: They come from here.
        each: How many of MNIST's test set, and how many of the test writers.
    """
    prints = np.linspace(0, len(sources.mnist) - 1, min(each, len(sources.mnist)))
    hands = np.linspace(0, len(sources.written) - 1, min(each, len(sources.written)))
    mnist = sources.mnist.take(prints.round().astype(np.int64))
    written = [sources.written[int(n)] for n in hands.round()]

    def draw(n: int) -> Picture:
        if n < len(mnist):
            sheet = np.full((_SIDE, _SIDE), 255, np.uint8)
            return _tinted(put(255 - enlarge(mnist.images[n], _ENLARGED), sheet, MIDDLE))
        strokes = written[n - len(mnist)].strokes
        return _tinted(write_on(strokes, _EXTENT, _PENS[n % 3], MIDDLE, _SIDE))

    labels = np.concatenate([mnist.labels, labels_of(written)])
    return PictureSet("ladder-plain", "ladder", "undamaged", labels, draw)


def ladder(digits: PictureSet) -> Iterator[PictureSet]:
    """Damage digits in every way and at every strength.

    Direction, place and grain belong to the digit and the way: they stay the same from one
    strength to the next.

    Args:
        digits: As `plain` gives them.
    """
    for way, name in enumerate(CORRUPTIONS):
        for strength in STRENGTHS:
            yield _damaged(digits, way, name, strength)


def _damaged(digits: PictureSet, way: int, name: str, strength: float) -> PictureSet:
    def draw(n: int) -> Picture:
        return corrupt(name, digits.draw(n), strength, np.random.default_rng((way, n)))

    return PictureSet(name_of(name, strength), "ladder", name, digits.labels, draw)


def name_of(corruption: str, strength: float) -> str:
    """The name of the set: `blur-0.6`."""
    return f"{corruption}-{strength:.1f}"


def _tinted(picture: Picture) -> Picture:
    """Black and white become a pen and paper."""
    return (_PEN + picture.astype(np.uint16) * (_PAPER - _PEN) // 255).astype(np.uint8)
