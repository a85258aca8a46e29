"""What people say, made up for tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from digitlens.corrections import Glyph, Submission
from digitlens.corrections.records import Picture


def picture(seed: int, height: int, width: int) -> Picture:
    """A picture that no other seed has, uint8 (height, width)."""
    return np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)


def seen(seed: int) -> Picture:
    """What a network may see, uint8 (28, 28): a little ink amid none."""
    levels = np.zeros((28, 28), np.uint8)
    levels[8:20, 9:19] = picture(seed, 12, 10)
    return levels


def glyph(seed: int = 0, should: int = 3, read: int = 8, confidence: float = 0.5) -> Glyph:
    """One glyph; the same seed is the same picture."""
    ink, box = picture(seed, 40 + seed % 7, 30), (seed % 90, 2, 30, 40)
    return Glyph(ink, seen(seed), read, confidence, "unsure", should, box)


def said(reading: str, *glyphs: Glyph, client: str = "somebody", **others: Any) -> Submission:
    """What somebody says of a reading; without glyphs, it is of one."""
    values: dict[str, Any] = {
        "model": "digits",
        "version": "1.0",
        "strokes": None,
        "verdict": "wrong",
        **others,
    }
    return Submission(reading, client, glyphs=glyphs or (glyph(),), **values)
