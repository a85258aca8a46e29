"""Letters: printed letters and signs, as ink, for what is no digit.

In the fonts that come with matplotlib and with OpenCV. Letters that a digit may look like are left
out: O and o, I and l, Λ, Z and z, S and s, B, b, G, g, q, y, and what is close to them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from digitlens.reading.stages import Ink

if TYPE_CHECKING:
    from PIL import ImageFont

_LATIN = "AEFHKMNPRVWXadefhkmnpvwxÄÑæœñ"
_GREEK = "ΔΞΠΣΦΨΩαηκλμνπφχψω"
_CYRILLIC = "ДЖИКЛМНПФХЦШЩЪЫЮЯджиклмнхшщыюя"
_OTHERS = "אהחטמפצקשתⴲⵣⵥ"  # Hebrew, Tifinagh
_SIGNS = "#$%&@?+*=~^<>{}[]§¶©®♥★♫♪→←↑↓√∞≈≠÷×±∑∏∫✓✗☺♣♠♦☂⌂"
_TEXT = _LATIN * 2 + _GREEK + _CYRILLIC + _OTHERS + _SIGNS
_PLAIN = "AEFHKMNPRVWXadefhkmnpvwx#$%&@?+*=~^<>{}"  # what the fonts of OpenCV have
_FONTS = (
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSans-Oblique.ttf",
    "DejaVuSerif.ttf",
    "DejaVuSerif-Italic.ttf",
    "DejaVuSansMono.ttf",
)
_HERSHEY = tuple(range(8))
_SIZE = 110  # of a letter, in pixels


def letter(rng: np.random.Generator) -> Ink:
    """A letter or sign that no digit looks like.

    Args:
        rng: Where the chance comes from.

    Returns:
        uint8 (h, w), 255 is ink, with paper around.
    """
    if rng.random() < 0.5:
        return _hershey(_PLAIN[rng.integers(len(_PLAIN))], rng)
    font = _FONTS[rng.integers(len(_FONTS))]
    signs = _signs(font)
    return _typed(signs[rng.integers(len(signs))], font)


def _hershey(sign: str, rng: np.random.Generator) -> Ink:
    paper = np.zeros((2 * _SIZE, 2 * _SIZE), np.uint8)
    font, pen = int(rng.choice(_HERSHEY)), int(rng.integers(3, 12))
    cv2.putText(paper, sign, (50, 150), font, 4.0, 255, pen, cv2.LINE_AA)
    return paper


@lru_cache(maxsize=len(_FONTS))
def _signs(font: str) -> str:
    """What a font has of them: for the others it would show an empty box, which looks like a 0."""
    from matplotlib.ft2font import FT2Font

    has = FT2Font(str(_path(font))).get_charmap()
    return "".join(sign for sign in _TEXT if ord(sign) in has)


@lru_cache(maxsize=2000)  # each sign in each font
def _typed(sign: str, font: str) -> Ink:
    from PIL import Image, ImageDraw

    paper = Image.new("L", (2 * _SIZE, 2 * _SIZE))
    ImageDraw.Draw(paper).text((40, 30), sign, 255, font=_font(font))
    return np.asarray(paper)


@lru_cache(maxsize=len(_FONTS))
def _font(name: str) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(_path(name), _SIZE)


def _path(name: str) -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts/ttf" / name
