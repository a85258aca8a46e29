"""Ten corrections count, and ten thousand do not drown the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitlens.training.retrain.mix import MOST, MOST_FOR_OTHERS, Mix, balance

BASE = Mix(base=30_000, mistakes=0, confirmed=0, replayed=10_000)
COUNTS = [1, 10, 50, 200, 500, 2_000, 10_000]


def shown(mistakes: int, confirmed: int = 0) -> tuple[int, int]:
    """How many mistakes and confirmations an epoch shows where there are so many."""
    return replace(BASE, mistakes=mistakes, confirmed=confirmed).shown[1:]


def test_few_count() -> None:
    """Each of ten mistakes is shown dozens of times in an epoch."""
    assert shown(10)[0] >= 200


def test_many_do_not_drown() -> None:
    """However many there are, they are at most half of what is replayed."""
    assert 0.9 * MOST * BASE.replayed < sum(shown(10_000, 10_000)) <= MOST * BASE.replayed


def test_for_others() -> None:
    """For other hands fewer are shown, and fewer still of those that were read right."""
    mix = replace(BASE, mistakes=100, confirmed=1_000)
    few, many = replace(mix, for_others=True).shown, mix.shown
    assert MOST_FOR_OTHERS / MOST > few[2] / many[2] > 0
    assert few[1] > many[1] / 2
    most = sum(replace(mix, mistakes=20_000, for_others=True).shown[1:])
    assert 0.9 * MOST_FOR_OTHERS * BASE.replayed < most <= MOST_FOR_OTHERS * BASE.replayed


def test_more_count_more() -> None:
    """More corrections together count more, and each of them less."""
    together = [shown(count)[0] for count in COUNTS]
    assert together == sorted(together)
    each = [shown(count)[0] / count for count in COUNTS]
    assert each == sorted(each, reverse=True)


def test_confirmations_do_not_drown_mistakes() -> None:
    """What the network knows already is shown less often than what it does not."""
    mistakes, confirmed = shown(10, 400)
    assert mistakes / 10 >= 3 * confirmed / 400
    assert shown(10, 400)[0] >= 100


@pytest.mark.parametrize("for_others", [False, True])
def test_very_many_confirmations(for_others: bool) -> None:
    """However many there are, each mistake is shown often."""
    mix = replace(BASE, mistakes=20, confirmed=100_000, for_others=for_others)
    assert mix.shown[1] >= 200
    more = replace(mix, confirmed=1_000_000).shown
    assert more == mix.shown


@pytest.mark.parametrize(
    ("mistakes", "confirmed"), [(1, 0), (7, 90), (500, 0), (20_000, 5), (0, 9)]
)
def test_epoch(mistakes: int, confirmed: int) -> None:
    """An epoch replays without repeats, and shows no mistake more than once more than others."""
    mix = replace(BASE, mistakes=mistakes, confirmed=confirmed)
    rows = mix.rows(np.ones(mistakes), np.random.default_rng(1))
    counts = np.bincount(rows, minlength=30_000 + mistakes + confirmed)
    assert counts[:30_000].max() == 1
    wrong, right = np.split(counts[30_000:], [mistakes])
    assert (counts[:30_000].sum(), wrong.sum(), right.sum()) == mix.shown
    assert all(part.max() - part.min() <= 1 for part in (wrong, right) if len(part))


def test_small_base() -> None:
    """Where there is less base data than is to be replayed, all of it is."""
    rows = Mix(50, 5, 5, 8_000).rows(np.ones(5), np.random.default_rng(1))
    assert (rows < 50).sum() == 50


def test_nothing_to_learn() -> None:
    """Without corrections there is only the replay."""
    assert len(Mix(100, 0, 0, 40).rows(np.ones(0), np.random.default_rng(1))) == 40


def test_balance() -> None:
    """A kind of mistake that is four times as frequent is shown twice as often, not four times."""
    kinds = [(2, 7)] * 16 + [(4, 9)] * 4
    weights = balance(kinds)
    assert weights.mean() == pytest.approx(1)
    assert weights[:16].sum() == pytest.approx(2 * weights[16:].sum())
    assert len(balance([])) == 0


def test_weights() -> None:
    """Each mistake is shown as often as its weight has it, give or take one."""
    mix = replace(BASE, mistakes=20)
    weights = balance([(2, 7)] * 16 + [(4, 9)] * 4)
    rows = mix.rows(weights, np.random.default_rng(1))
    counts = np.bincount(rows[rows >= mix.base] - mix.base, minlength=20)
    assert np.abs(counts - weights * counts.mean()).max() <= 1
