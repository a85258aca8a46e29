"""Corrections are kept as they were when a training began, with what was taken for what."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from digitlens.errors import DataError
from digitlens.training.retrain.holdout import By
from digitlens.training.retrain.kept import Kept


def kept(by: By) -> Kept:
    """Four sevens read as a 2, one nine read as a 4, and one of each that is held out."""
    labels, read = np.array([7, 7, 7, 7, 9, 7, 9]), np.array([2, 2, 2, 2, 4, 2, 4])
    count = len(labels)
    names = np.array([f"{number}:0" for number in range(count)])
    return Kept(
        np.zeros((count, 28, 28), np.uint8),
        labels,
        read,
        names,
        np.array(["somebody"] * count),
        np.ones(count, bool),
        np.array([False] * 5 + [True] * 2),
        by,
        np.zeros((5, 3, 28, 28), np.uint8),
        np.zeros((0, 3, 28, 28), np.uint8),
    )


def test_kinds_are_balanced_for_other_hands() -> None:
    """A rare kind is shown more often where other hands are to be read, and only there."""
    weights = kept("client").mistakes.weights
    assert weights[:4].sum() == pytest.approx(2 * weights[4])
    assert np.array_equal(kept("reading").mistakes.weights, np.ones(5))
    assert kept("client").for_others
    assert not kept("reading").for_others


def test_written_and_read(tmp_path: Path) -> None:
    """What a run that goes on reads is what it began with."""
    before = kept("client")
    before.write(tmp_path / "kept.npz")
    after = Kept.read(tmp_path / "kept.npz")
    for field in fields(Kept):
        assert np.array_equal(getattr(before, field.name), getattr(after, field.name))


def test_of_another_make(tmp_path: Path) -> None:
    """A file that lacks something is refused, with what it lacks."""
    np.savez(tmp_path / "kept.npz", labels=np.zeros(3))
    with pytest.raises(DataError, match="images"):
        Kept.read(tmp_path / "kept.npz")
