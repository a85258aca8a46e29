"""A new model is admitted when it is better, and refused when that is luck or costs too much."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.training.retrain.gate import decide
from digitlens.training.retrain.paired import Paired, Right


def paired(count: int, both: int, gained: int, lost: int) -> Paired:
    """Two models on so many pictures, of which both read some right, and some only one of them."""
    before, after = np.zeros(count, bool), np.zeros(count, bool)
    before[: both + lost] = True
    after[:both] = True
    after[both + lost : both + lost + gained] = True
    return Paired.of(before, after)


SAME = paired(10_000, 9_950, 4, 4)
BETTER = paired(20, 2, 12, 1)


def test_paired() -> None:
    """What changed sides is known by its index, and the difference by its points."""
    before: Right = np.array([True, True, False, False])
    after: Right = np.array([True, False, True, True])
    found = Paired.of(before, after)
    assert (found.gained, found.lost) == ((2, 3), (1,))
    assert (found.before, found.after, found.points) == (2, 3, 25.0)


def test_chance() -> None:
    """The probabilities are those of a coin."""
    found = paired(100, 50, 5, 0)
    assert found.better_by_chance == pytest.approx(1 / 32)
    assert found.worse_by_chance == 1.0
    assert paired(100, 50, 0, 0).better_by_chance == 1.0


def test_interval() -> None:
    """The interval has the difference in it, is symmetric for none, and narrows with more."""
    low, high = BETTER.interval
    assert low < BETTER.points < high
    assert low > 0
    low, high = SAME.interval
    assert low == pytest.approx(-high)
    assert paired(100, 99, 0, 0).interval == (0.0, 0.0)


def test_admitted() -> None:
    """Better on the corrections, and the same on all else: it is admitted."""
    verdict = decide(BETTER, {"mnist_test": SAME, "pen_strokes": paired(1500, 1480, 3, 4)})
    assert (verdict.admitted, verdict.forgot) == (True, False)
    assert len(verdict.reasons) == 3
    assert verdict.as_dict()["frozen"]["mnist_test"]["gained"] == 4


@pytest.mark.parametrize(
    ("corrections", "word"),
    [
        (paired(20, 10, 0, 0), "no more than chance"),
        (paired(20, 10, 4, 2), "no more than chance"),
        (paired(20, 10, 0, 8), "no more than chance"),
        (paired(4, 0, 4, 0), "too few"),
        (paired(0, 0, 0, 0), "too few"),
    ],
)
def test_not_better(corrections: Paired, word: str) -> None:
    """What may be luck on the corrections, or is too little to say, does not admit."""
    verdict = decide(corrections, {"mnist_test": SAME})
    assert (verdict.admitted, verdict.forgot) == (False, False)
    assert word in verdict.reasons[0]


@pytest.mark.parametrize(
    ("frozen", "word"),
    [
        (paired(10_000, 9_900, 0, 5), "more than chance"),
        (paired(10_000, 9_900, 10, 30), "more than chance"),
        (paired(10_000, 9_900, 24, 30), "more than 0.05 points"),
    ],
)
def test_worse_elsewhere(frozen: Paired, word: str) -> None:
    """A model that reads the frozen set worse is refused, however much better it is elsewhere."""
    verdict = decide(BETTER, {"mnist_test": frozen})
    assert (verdict.admitted, verdict.forgot) == (False, True)
    assert word in verdict.reasons[1]


@pytest.mark.parametrize(("gained", "lost", "forgot"), [(6, 1, True), (3, 3, False), (1, 4, False)])
def test_forgot(gained: int, lost: int, forgot: bool) -> None:
    """Worse elsewhere, it forgot too much only where it has learned something for it."""
    verdict = decide(paired(20, 5, gained, lost), {"mnist_test": paired(10_000, 9_900, 0, 9)})
    assert (verdict.admitted, verdict.forgot) == (False, forgot)


def test_a_little_worse_by_chance() -> None:
    """Five fewer of 10,000, with nearly as many the other way, is what chance does."""
    assert decide(BETTER, {"mnist_test": paired(10_000, 9_900, 20, 25)}).admitted


def test_better_elsewhere() -> None:
    """Being better on the frozen set is nothing to refuse."""
    assert decide(BETTER, {"mnist_test": paired(10_000, 9_900, 30, 0)}).admitted
