"""Answers: a `Reading` becomes what the API says."""

from __future__ import annotations

from typing import Any

from digitlens.reading.result import Digit, Reading
from digitlens.reading.stages import GlyphStages, Stages
from digitlens.web.pngs import as_url, shrink

INCLUDES = frozenset({"seen", "steps"})
_DECIMALS = 6
_SIDE = 320  # longest side of the pictures among the steps, in pixels


def answer(
    reading: Reading, milliseconds: float, include: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """What the API says about a reading.

    Args:
        reading: What was read.
        milliseconds: What that took.
        include: Which of `INCLUDES` are wanted; only those are computed.
    """
    name, version = reading.model
    said = {
        "text": reading.text,
        "status": reading.status,
        "confidence": round(reading.confidence, _DECIMALS),
        "digits": [_digit(digit) for digit in reading.digits],
        "model": {"name": name, "version": version},
        "milliseconds": round(milliseconds, 3),
    }
    if include:
        _add_pictures(said, reading.stages(), include)
    return said


def _digit(digit: Digit) -> dict[str, Any]:
    box = digit.box
    return {
        "digit": digit.digit,
        "confidence": round(digit.confidence, _DECIMALS),
        "status": digit.status,
        "alternatives": digit.alternatives,
        "probabilities": [round(p, _DECIMALS) for p in digit.probabilities],
        "box": {"x": box.x, "y": box.y, "width": box.width, "height": box.height},
    }


def _add_pictures(said: dict[str, Any], stages: Stages, include: frozenset[str]) -> None:
    if "seen" in include:
        for digit, glyph in zip(said["digits"], stages.glyphs, strict=True):
            digit["seen"] = as_url(glyph.seen)
    if "steps" in include:
        said["steps"] = {
            "picture": as_url(shrink(stages.grey, _SIDE)),
            "ink": as_url(shrink(stages.ink, _SIDE)),
            "digits": [_steps(glyph) for glyph in stages.glyphs],
        }


def _steps(glyph: GlyphStages) -> dict[str, str]:
    return {
        "cut": as_url(shrink(glyph.cut, _SIDE)),
        "width": as_url(shrink(glyph.width, _SIDE)),
        "seen": as_url(glyph.seen),
    }
