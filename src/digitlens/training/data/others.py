"""Others: pictures of what is no digit, as the preparation would hand them to the network.

Letters of other alphabets as people drew them, printed letters, doodles, two digits pushed into
one, halves of digits, and blots.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from digitlens.reading.ink import as_mask
from digitlens.reading.normalize import SIDE, crop, normalize
from digitlens.reading.stages import HALF, Ink
from digitlens.training.data.doodles import doodle
from digitlens.training.data.drawings import Drawing, Part, load_omniglot
from digitlens.training.data.hand import Strokes, mix, to_unit, vary
from digitlens.training.data.letters import letter
from digitlens.training.data.mnist import NONE, Labelled
from digitlens.training.data.written import Written, as_bytes, draw

_KINDS = ("characters", "letters", "doodles", "pairs", "halves", "blots")
_SHARES = (0.30, 0.20, 0.27, 0.15, 0.03, 0.05)
_HALVED = (0, 2, 3, 5)  # halves of the others may be digits themselves: that of an 8 is a 0
_TRIES = 20  # until something has ink


@dataclass
class Others:
    """Makes pictures of what is no digit.

    Attributes:
        digits: What makes the digits that are pushed together and halved.
        characters: Drawings of other alphabets, each with those of the same name.
    """

    digits: Written
    characters: list[list[Drawing]]

    @classmethod
    def load(cls, known: list[Drawing], data_dir: Path | None, part: Part) -> Others:
        """Load the characters of a part, leaving out what a person might take for a digit."""
        named: dict[str, list[Drawing]] = {}
        for drawing in load_omniglot(data_dir):
            if drawing.part == part and not drawing.like_a_digit:
                named.setdefault(drawing.name, []).append(drawing)
        return cls(Written(known), list(named.values()))

    def make(self, count: int, rng: np.random.Generator) -> Labelled:
        """Make some, of all kinds."""
        images = np.empty((count, SIDE, SIDE), np.uint8)
        for row, kind in zip(images, rng.choice(_KINDS, count, p=_SHARES), strict=True):
            row[:] = as_bytes(normalize(self._ink(str(kind), rng)))
        return Labelled(images, np.full(count, NONE, np.int64))

    def _ink(self, kind: str, rng: np.random.Generator) -> Ink:
        for _ in range(_TRIES):
            ink = self._try(kind, rng)
            if ink.max() > HALF and min(crop(ink).shape) > 1:
                return ink
        return letter(rng)

    def _try(self, kind: str, rng: np.random.Generator) -> Ink:
        if kind == "letters":
            return letter(rng)
        if kind == "blots":
            return blot(rng)
        if kind == "halves":
            return half(draw(self.digits.strokes(int(rng.choice(_HALVED)), rng), rng), rng)
        if kind == "doodles":
            return draw(vary(doodle(rng), rng), rng)
        return draw(self._pair(rng) if kind == "pairs" else self._character(rng), rng)

    def _character(self, rng: np.random.Generator) -> Strokes:
        alike = self.characters[rng.integers(len(self.characters))]
        one, other = (alike[i].strokes for i in rng.integers(len(alike), size=2))
        strokes = mix(one, other, rng.uniform(-0.2, 1.2)) or one
        return vary(strokes, rng)

    def _pair(self, rng: np.random.Generator) -> Strokes:
        """Two digits that touch or overlap, side by side or one above the other."""
        first, second = (self.digits.strokes(int(d), rng) for d in rng.integers(10, size=2))
        axis = int(rng.random() < 0.2)
        end = max(float(stroke[:, axis].max()) for stroke in first)
        begin = min(float(stroke[:, axis].min()) for stroke in second)
        offset = np.zeros(2)
        offset[axis] = end - begin - rng.uniform(0.02, 0.2)
        offset[1 - axis] = rng.normal(0, 0.06)
        return to_unit([*first, *(stroke + offset for stroke in second)])


def half(ink: Ink, rng: np.random.Generator) -> Ink:
    """The upper or the lower half of a digit."""
    cut = crop(ink)
    middle = round(len(cut) * rng.uniform(0.42, 0.58))
    return cut[:middle] if rng.random() < 0.5 else cut[middle:]


def blot(rng: np.random.Generator) -> Ink:
    """What stands out of a smooth noise: spots of any shape, as dirt and shadows leave them."""
    side = int(rng.integers(40, 100))
    noise = cv2.GaussianBlur(rng.normal(0, 1, (side, side)), (0, 0), rng.uniform(2, 9))
    limit = np.quantile(noise, rng.uniform(0.6, 0.93))
    spots: Ink = as_mask((noise > limit).astype(np.uint8) * 255) * np.uint8(255)
    return spots
