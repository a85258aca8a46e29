"""Runs are compared by their settings and by what they misread."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from digitlens.training.measure.comparison import difference, differing
from digitlens.training.measure.evaluation import assess


def write(folder: Path, settings: str, wrong: int, count: int = 1000) -> Path:
    """Write a run's settings, and an evaluation in which it misread the first digits."""
    folder.mkdir()
    (folder / "config.toml").write_text(settings)
    labels = np.arange(count) % 10
    logits = np.eye(10, dtype=np.float32)[(labels + (np.arange(count) < wrong)) % 10]
    assess(logits, labels).write(folder / "evaluation.json")
    return folder


def test_settings(tmp_path: Path) -> None:
    """Settings that differ are shown side by side, also those that only one has."""
    first = write(tmp_path / "a", "batch = 64\nrate = 0.1\n[augmentation]\nzoom = 1\n", 0)
    other = write(tmp_path / "b", "batch = 128\nrate = 0.1\nseed = 2\n", 0)
    assert differing([first, other]) == {
        "batch": [64, 128],
        "augmentation.zoom": [1, None],
        "seed": [None, 2],
    }
    assert differing([first, first]) == {}
    assert differing([first, tmp_path / "nothing"])["rate"] == [0.1, None]


def test_difference(tmp_path: Path) -> None:
    """Three digits more are chance, thirty are not; what was measured elsewhere is not compared."""
    runs = {n: write(tmp_path / str(n), "", n) for n in (10, 13, 40)}
    little, much = difference(runs[10], runs[13]), difference(runs[10], runs[40])
    assert little is not None
    assert much is not None
    assert round(little.points, 2) == -0.3
    assert not little.is_real
    assert much.is_real
    assert difference(runs[10], write(tmp_path / "other", "", 10, 500)) is None
    assert difference(runs[10], tmp_path / "nothing") is None
