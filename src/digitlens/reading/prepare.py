"""Prepare: a picture or strokes become what the network is shown, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digitlens.reading.glyphs import Part, find_glyphs
from digitlens.reading.ink import find_ink
from digitlens.reading.limits import Limits
from digitlens.reading.normalize import SIDE, center, normalize, set_pen
from digitlens.reading.picture import decode
from digitlens.reading.result import Box
from digitlens.reading.stages import GlyphStages, Grey, Ink, Stages
from digitlens.reading.strokes import check_strokes, draw


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as the network takes it.

    Attributes:
        boxes: Where the n glyphs stand in the picture.
        size: Width and height of the picture.
        glyphs: float32 (n, 28, 28, 1), 0 to 1, 1 is ink.
    """

    boxes: list[Box]
    size: tuple[int, int]
    glyphs: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Inked:
    """A picture whose ink was found; a pixel of it is `1 / scale` pixels of the picture."""

    grey: Grey
    ink: Ink
    size: tuple[int, int]
    scale: float
    origin: tuple[float, float]


def prepare(picture: object, limits: Limits) -> Prepared:
    """Find the glyphs of a picture and normalize them.

    Args:
        picture: As `Reader.read` takes it.
        limits: The largest picture that is taken.

    Raises:
        InvalidInput: It cannot be read.
    """
    return cut_out(picture, limits)[0]


def cut_out(picture: object, limits: Limits) -> tuple[Prepared, list[Ink]]:
    """The same, with the glyphs as they were cut out: uint8 (h, w), 255 is ink."""
    inked = _find_ink(picture, limits)
    found = find_glyphs(inked.ink)
    glyphs = np.zeros((len(found), SIDE, SIDE, 1), np.float32)
    for row, glyph in zip(glyphs, found, strict=True):
        row[:, :, 0] = normalize(glyph.ink)
    boxes = [_place(glyph.box, inked) for glyph in found]
    return Prepared(boxes, inked.size, glyphs), [glyph.ink for glyph in found]


def show_stages(picture: object, limits: Limits) -> Stages:
    """The same way once more, keeping what each stage made of the picture."""
    inked = _find_ink(picture, limits)
    stages = []
    for glyph in find_glyphs(inked.ink):
        width = set_pen(glyph.ink)
        stages.append(GlyphStages(glyph.ink, width, center(width)))
    return Stages(inked.grey, inked.ink, tuple(stages))


def _find_ink(picture: object, limits: Limits) -> _Inked:
    if isinstance(picture, list | tuple):
        drawing = draw(check_strokes(picture, limits.max_points))
        height, width = (round(side / drawing.scale) for side in drawing.ink.shape)
        return _Inked(
            255 - drawing.ink, drawing.ink, (width, height), drawing.scale, drawing.origin
        )
    decoded = decode(picture, limits)
    ink = find_ink(decoded.grey)
    return _Inked(decoded.grey, ink, decoded.size, ink.shape[1] / decoded.size[0], (0.0, 0.0))


def _place(part: Part, inked: _Inked) -> Box:
    left, top = inked.origin
    return Box(
        round(left + part.left / inked.scale),
        round(top + part.top / inked.scale),
        max(1, round(part.width / inked.scale)),
        max(1, round(part.height / inked.scale)),
    )
