"""Others: the sets of what is no digit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from digitlens.training.data.drawings import Drawing
from digitlens.training.data.mnist import NONE
from digitlens.training.measure.suite.digits import THREE_PENS
from digitlens.training.measure.suite.paper import Picture, write_on
from digitlens.training.measure.suite.sets import PictureSet, Sources, labels_of
from digitlens.training.measure.suite.signs import SIGNS, Sign

ALPHABETS = "alphabets"
LIKE_DIGITS = "like-digits"
_EACH = 200  # of every kind of sign
_LARGE = 180  # extent in pixels, as that of the digits they are told from


def other_sets(sources: Sources) -> Iterator[PictureSet]:
    """The test alphabets, what of them is like a digit apart, and signs that are drawn here."""
    unlike = [drawing for drawing in sources.characters if not drawing.like_a_digit]
    like = [drawing for drawing in sources.characters if drawing.like_a_digit]
    yield _characters(ALPHABETS, "letters of two alphabets never trained on", unlike)
    yield _characters(LIKE_DIGITS, "letters of the same that a digit may look like", like)
    for name, sign in SIGNS.items():
        yield _signs(name, sign)


def _characters(name: str, what: str, drawings: list[Drawing]) -> PictureSet:
    def draw(n: int) -> Picture:
        return write_on(drawings[n].strokes, _LARGE, THREE_PENS[n % 3])

    return PictureSet(name, "others", what, labels_of(drawings), draw)


def _signs(name: str, sign: Sign) -> PictureSet:
    kind = list(SIGNS).index(name)

    def draw(n: int) -> Picture:
        return sign(np.random.default_rng((kind, n)))

    return PictureSet(name.replace(" ", "-"), "others", name, np.full(_EACH, NONE, np.int64), draw)
