"""A correction that was drawn is learned from in the ways in which the same hand would write it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from digitlens.corrections.records import NONE, Correction
from digitlens.reading.strokes import check_strokes, draw
from digitlens.training.retrain.ways import as_is, write_ways

SEVEN = [[[60, 60], [190, 60], [110, 230]], [[90, 150], [170, 150]]]


def said(strokes: list[Any] | None, should: int = 7) -> Correction:
    """What somebody said of a drawing."""
    ink = draw(check_strokes(SEVEN, 100)).ink
    seen = np.zeros((28, 28), np.uint8)
    now = datetime.now(UTC)
    what = (1, "a reading", 0, "somebody", "compact", "2", ink, seen, 1, 0.7, "read", should)
    return Correction(*what, should, "accepted", now, now, (0, 0, 1, 1), strokes)


def test_other_ways() -> None:
    """The first is as it was; the others are not the same, nor far from it."""
    (ways,) = write_ways([said(SEVEN)], 50)
    assert np.array_equal(ways[0], as_is(said(SEVEN)))
    assert len({way.tobytes() for way in ways}) == len(ways) == 50
    shares = [np.minimum(ways[0], way).sum() / ways[0].sum() for way in ways[1:]]
    assert 0.3 < np.mean(shares) < 0.9


def test_always_the_same() -> None:
    """What goes on after a break learns from the same pictures."""
    corrections = [said(SEVEN), said(None)]
    assert np.array_equal(write_ways(corrections, 9), write_ways(corrections, 9))


@pytest.mark.parametrize(
    "correction",
    [said(None), said(SEVEN, NONE), said([[[0, "a"]]]), said([[[0, 0, 0]]]), said([])],
    ids=["a picture", "no digit", "no numbers", "no points", "no strokes"],
)
def test_one_way_only(correction: Correction) -> None:
    """Where nothing is known of the strokes, or they are of no use, it stays as it was."""
    (ways,) = write_ways([correction], 9)
    assert len({way.tobytes() for way in ways}) == 1


def test_many_corrections() -> None:
    """Of very many there are fewer ways each, and of none there is nothing."""
    assert write_ways([said(None)] * 1_000, 99).shape == (1_000, 8, 28, 28)
    assert len(write_ways([], 99)) == 0
