"""Comparison: what two or more runs did differently, and whether one really reads better."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitlens.errors import DataError
from digitlens.training.measure.chance import by_chance
from digitlens.training.measure.evaluation import Evaluation
from digitlens.training.run import CONFIG, EVALUATION

_RARE = 0.05  # probability under which a difference is called more than chance


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better one run reads the test set than another.

    Attributes:
        points: Difference of the accuracies, in percentage points; above 0 if the other is better.
        probability: How probable one as large is between networks as good as each other.
    """

    points: float
    probability: float

    @property
    def is_real(self) -> bool:
        """Whether it is more than chance."""
        return self.probability < _RARE


def settings_of(folder: Path) -> dict[str, Any]:
    """Every setting of a run, flat: `augmentation.rotation`; none where they are not there."""
    try:
        return flat(tomllib.loads((folder / CONFIG).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def flat(settings: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested tables as one: `{"a": {"b": 1}}` becomes `{"a.b": 1}`."""
    entries: dict[str, Any] = {}
    for name, value in settings.items():
        if isinstance(value, dict):
            entries |= flat(value, f"{prefix}{name}.")
        else:
            entries[prefix + name] = value
    return entries


def differing(folders: Sequence[Path]) -> dict[str, list[Any]]:
    """The settings in which runs differ, with the value that each has; None where it has none."""
    all_settings = [settings_of(folder) for folder in folders]
    names = dict.fromkeys(name for settings in all_settings for name in settings)
    values = {name: [settings.get(name) for settings in all_settings] for name in names}
    return {name: each for name, each in values.items() if any(v != each[0] for v in each)}


def difference(first: Path, other: Path) -> Difference | None:
    """Compare what two runs misread of the same test set.

    Returns:
        None where one of them was not measured, or on other pictures.
    """
    try:
        ours, theirs = Evaluation.read(first / EVALUATION), Evaluation.read(other / EVALUATION)
    except DataError:
        return None
    if _shown(ours) != _shown(theirs):
        return None
    mistakes = [{mistake.index for mistake in each.mistakes} for each in (ours, theirs)]
    points = 100 * (theirs.accuracy - ours.accuracy)
    return Difference(points, by_chance(*mistakes))


def _shown(evaluation: Evaluation) -> list[int]:
    """How many pictures there were of each digit: another test set hardly has as many of all."""
    return [one.count for one in evaluation.per_class]
