"""Say: corrections and counts as the review shows them."""

from __future__ import annotations

from typing import Any

from digitlens.corrections import Correction, Counts
from digitlens.web.corrections.labels import character_of
from digitlens.web.pngs import as_url, shrink

_SIDE = 112  # longest side of a glyph that is shown, in pixels
_DECIMALS = 6


def say_correction(one: Correction) -> dict[str, Any]:
    """A correction, with its pictures."""
    return {
        "id": one.id,
        "reading": one.reading,
        "position": one.position,
        "client": one.client,
        "model": one.model,
        "version": one.version,
        "read": str(one.read),
        "confidence": round(one.confidence, _DECIMALS),
        "judged": one.judged,
        "given": character_of(one.given),
        "should": character_of(one.should),
        "status": one.status,
        "said": one.created.isoformat(),
        "decided": None if one.decided is None else one.decided.isoformat(),
        "cut": as_url(shrink(one.ink, _SIDE)),
        "seen": as_url(one.seen),
    }


def say_counts(counts: Counts, models: list[tuple[str, str]]) -> dict[str, Any]:
    """How many there are, and which models have read them."""
    return {
        "status": counts.status,
        "digits": {character_of(digit): of_it for digit, of_it in counts.digits.items()},
        "folded": counts.folded,
        "models": [{"name": name, "version": version} for name, version in models],
    }
