"""Say: corrections as the API and the review show them."""

from __future__ import annotations

from typing import Any

from digitlens.corrections import Correction
from digitlens.web.corrections.labels import character_of
from digitlens.web.pngs import as_url

_DECIMALS = 6


def say_kept(found: list[Correction]) -> dict[str, Any]:
    """What is kept of a reading, to whoever corrected it.

    Args:
        found: All of its digits, at least one.
    """
    first = found[0]
    return {
        "said": first.created.isoformat(),
        "model": first.model,
        "version": first.version,
        "digits": [_say_digit(one) for one in found],
    }


def _say_digit(one: Correction) -> dict[str, Any]:
    x, y, width, height = one.box
    return {
        "digit": one.read,
        "confidence": round(one.confidence, _DECIMALS),
        "status": one.judged,
        "should": character_of(one.given),
        "review": one.status,
        "box": {"x": x, "y": y, "width": width, "height": height},
        "cut": as_url(one.ink),
        "seen": as_url(one.seen),
    }
