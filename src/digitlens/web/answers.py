"""Answers: a picture is read, and the reading becomes what the API says."""

from __future__ import annotations

from typing import Any

from digitlens.errors import InvalidInput
from digitlens.reading.result import Digit, Reading
from digitlens.reading.stages import GlyphStages, Stages
from digitlens.web.corrections.keeping import keeping
from digitlens.web.pngs import as_url, shrink
from digitlens.web.problems import Problem
from digitlens.web.service import Service
from digitlens.web.submitted import Submitted

_DECIMALS = 6
_SIDE = 320  # longest side of the pictures among the steps, in pixels


def read(
    serving: Service, submitted: Submitted, include: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Read one picture and say what was read.

    Args:
        serving: What reads.
        submitted: The picture.
        include: `seen`, `steps` or both; nothing of it is computed otherwise.

    Raises:
        Problem: It cannot be read.
    """
    try:
        reading, milliseconds = serving.read(submitted.picture)
    except InvalidInput as error:
        raise Problem.of(error, submitted.argument) from error
    said = say(reading, milliseconds)
    if name := keeping().name(reading):
        said["id"] = name
    if "seen" in include:
        for digit, seen in zip(said["digits"], reading.seen, strict=True):
            digit["seen"] = as_url(seen)
    if "steps" in include:
        with serving.turn:  # this prepares the picture once more
            said["steps"] = _show(reading.stages())
    return said


def say(reading: Reading, milliseconds: float) -> dict[str, Any]:
    """What the API says about a reading that took so long."""
    name, version = reading.model
    return {
        "text": reading.text,
        "status": reading.status,
        "confidence": round(reading.confidence, _DECIMALS),
        "digits": [_say_digit(digit) for digit in reading.digits],
        "size": {"width": reading.size[0], "height": reading.size[1]},
        "model": {"name": name, "version": version},
        "milliseconds": milliseconds,
    }


def _say_digit(digit: Digit) -> dict[str, Any]:
    box = digit.box
    return {
        "digit": digit.digit,
        "confidence": round(digit.confidence, _DECIMALS),
        "status": digit.status,
        "alternatives": digit.alternatives,
        "probabilities": [round(p, _DECIMALS) for p in digit.probabilities],
        "box": {"x": box.x, "y": box.y, "width": box.width, "height": box.height},
    }


def _show(stages: Stages) -> dict[str, Any]:
    return {
        "picture": as_url(shrink(stages.grey, _SIDE)),
        "ink": as_url(shrink(stages.ink, _SIDE)),
        "digits": [_show_digit(glyph) for glyph in stages.glyphs],
    }


def _show_digit(glyph: GlyphStages) -> dict[str, str]:
    return {
        "cut": as_url(shrink(glyph.cut, _SIDE)),
        "width": as_url(shrink(glyph.width, _SIDE)),
        "seen": as_url(glyph.seen),
    }
