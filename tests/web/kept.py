"""Corrections for tests: digits that were read, cut out, and said to be something else."""

from __future__ import annotations

from functools import cache

import numpy as np

from digitlens import Reader
from digitlens.corrections import Glyph, Store, Submission
from tests.drawings import strokes_of


@cache
def _reader() -> Reader:
    return Reader()


@cache
def glyph(digit: str, should: int, confidence: float | None = None) -> Glyph:
    """A digit as the shipped model reads it, and what it should have been."""
    reading = _reader().read(strokes_of(digit))
    one = reading.digits[0]
    return Glyph(
        ink=reading.stages().glyphs[0].cut,
        seen=np.rint(reading.seen[0] * 255).astype(np.uint8),
        read=one.digit,
        confidence=one.confidence if confidence is None else confidence,
        status=one.status,
        should=should,
    )


def keep(store: Store, count: int, version: str = "1") -> None:
    """Keep corrections, each by a client of its own: the first is the one the model was surest of.

    They are of the digits 0 to 9 in turn, said to be the next one; the tenth to be none.
    """
    for number in range(count):
        one = glyph(str(number % 10), number % 10 + 1, 0.99 - number / count * 0.5)
        store.add(
            Submission(
                reading=f"{version}-{number}",
                client=f"client-{version}-{number}",
                model="digitlens",
                version=version,
                strokes=None,
                glyphs=(one,),
                verdict="wrong",
            )
        )
