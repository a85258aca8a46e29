"""Run: every set is shown to both ways of reading, and what they said is measured."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from digitlens.models.bundle import Bundle
from digitlens.training.data.mnist import cache_dir
from digitlens.training.measure.suite.answers import Answers, Kept
from digitlens.training.measure.suite.digits import digit_sets
from digitlens.training.measure.suite.ladder import EACH, ladder, plain
from digitlens.training.measure.suite.others import other_sets
from digitlens.training.measure.suite.results import (
    TOLD_FROM,
    Entries,
    diagram_entry,
    digits_entry,
    ladder_entry,
    others_entry,
)
from digitlens.training.measure.suite.sets import PictureSet, Sources
from digitlens.training.measure.suite.ways import Pipeline, UsualWay, Way

Say = Callable[[str], None]
OURS, USUAL = "ours", "usual"
FORMAT = 1
QUICK = 12  # pictures of each set in a quick run


def run(bundle: Bundle, sources: Sources, say: Say, limit: int | None = None) -> Entries:
    """Measure a bundle on everything that is at hand.

    A suite that was stopped goes on where it was, if neither model nor code has changed.

    Args:
        bundle: Measured as its LiteRT file answers.
        sources: What the pictures are made from.
        say: Takes a line for each set.
        limit: At most so many pictures of each set, for a quick look; all without it.

    Returns:
        Entries of JSON, as `page` takes them.
    """
    sets = all_sets(sources, limit)
    ways: dict[str, Way] = {OURS: Pipeline(bundle), USUAL: UsualWay(bundle)}
    kept = Kept.of(bundle, cache_dir().parent / "suite", limit)
    said: dict[str, dict[str, Answers]] = {}
    begin = time.monotonic()
    for number, pictures in enumerate(sets, start=1):
        said[pictures.name] = kept.answers(pictures, ways)
        say(_line(number, len(sets), pictures, said[pictures.name][OURS], begin))
    found = _measured(bundle, sets, said)
    kept.remove()
    return found


def all_sets(sources: Sources, limit: int | None = None) -> list[PictureSet]:
    """Every set in the order in which it is measured, with at most `limit` pictures each."""
    digits = plain(sources, min(EACH, limit) if limit else EACH)
    others = [*digit_sets(sources), *other_sets(sources)]
    return [*(one.take(limit) for one in others), digits, *ladder(digits)]


def _measured(
    bundle: Bundle, sets: list[PictureSet], said: dict[str, dict[str, Answers]]
) -> Entries:
    ladder_sets = [one for one in sets if one.group == "ladder"]
    digits = [one for one in sets if one.group not in ("ladder", "others")]
    others = [one for one in sets if one.group == "others"]
    card = bundle.card
    model: dict[str, Any] = {"name": card.name, "version": card.version, "sha256": card.sha256}
    return {
        "format": FORMAT,
        "model": model | {"bytes": len(bundle.model)},
        "pictures": sum(len(one) for one in sets),
        "sets": [digits_entry(one, said[one.name]) for one in [*digits, ladder_sets[0]]],
        "ladder": {"digits": len(ladder_sets[0])}
        | {way: ladder_entry(said, way) for way in (OURS, USUAL)},
        "others": [others_entry(one, said[one.name], said[TOLD_FROM]) for one in others],
        "diagram": {way: diagram_entry(said, way) for way in (OURS, USUAL)},
    }


def _line(number: int, count: int, pictures: PictureSet, ours: Answers, begin: float) -> str:
    is_digits = pictures.group != "others"
    what = "read right" if is_digits else "given out as read"
    figure = (ours.right if is_digits else ours.is_read).mean()
    seconds = time.monotonic() - begin
    return f"{number:3}/{count} {seconds:5.0f} s  {pictures.name:16} {figure:7.2%} {what}"
