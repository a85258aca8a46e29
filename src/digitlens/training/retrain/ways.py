"""Ways: how else the hand that drew a correction would have drawn it.

One picture of a misread digit says little of the hand that wrote it. Its strokes say more: drawn
again with another slant, bend, tremor and pen, they are what that hand will write tomorrow, and the
network is to read these, too. Of a correction that was no drawing there is one way only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digitlens.corrections.records import Correction
from digitlens.errors import StrokesError
from digitlens.reading.normalize import SIDE, normalize
from digitlens.reading.stages import Ink
from digitlens.reading.strokes import check_strokes
from digitlens.training.data.hand import vary
from digitlens.training.data.mnist import NONE
from digitlens.training.data.written import as_bytes, draw

WAYS = 160  # of each mistake
FEW = 16  # of what was confirmed, which is shown less often
_ALL = 8_000  # of all together, or it would take long and much memory
_LEAST = 4
_POINTS = 20_000  # of a drawing, at most


@dataclass(frozen=True, slots=True)
class Ways:
    """Corrections that are learned from, each written in several ways.

    Attributes:
        images: uint8 (n, k, 28, 28), 255 is ink; the first of the k is as it was.
        labels: int64 (n,), 0 to 9, or `NONE`.
        weights: float64 (n,), how often each is shown, beside the others.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: npt.NDArray[np.int64]) -> Ways:
        """Only some of the corrections."""
        return Ways(self.images[rows], self.labels[rows], self.weights[rows])


def as_is(correction: Correction) -> Ink:
    """What a network is shown of it: uint8 (28, 28), 255 is ink."""
    return as_bytes(normalize(correction.ink))


def write_ways(corrections: Sequence[Correction], most: int) -> npt.NDArray[np.uint8]:
    """Write each correction in several ways.

    Args:
        corrections: Those that are learned from.
        most: Ways of each, at most; of very many there are fewer.

    Returns:
        uint8 (n, k, 28, 28); always the same for the same corrections.
    """
    count = min(most, max(_LEAST, _ALL // max(1, len(corrections))))
    ways = np.empty((len(corrections), count, SIDE, SIDE), np.uint8)
    rng = np.random.default_rng(len(corrections))
    for rows, one in zip(ways, corrections, strict=True):
        rows[:] = as_is(one)
        strokes = _strokes(one)
        for row in rows[1:] if strokes else ():
            row[:] = as_bytes(normalize(draw(vary(strokes, rng), rng)))
    return ways


def _strokes(correction: Correction) -> list[npt.NDArray[np.float64]]:
    """Its strokes; nothing where they are not known, or of no use."""
    if correction.strokes is None or correction.should == NONE:
        return []  # who knows what a scribble may become
    try:
        return check_strokes(correction.strokes, _POINTS)
    except StrokesError:  # from a file that somebody imported
        return []
