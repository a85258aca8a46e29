"""Rates rise and fall as their schedules say, at every step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digitlens.training.schedules import cosine, is_over, one_cycle, plateau


@given(st.integers(2, 500), st.data())
def test_between_nothing_and_the_highest(steps: int, data: st.DataObject) -> None:
    """No step has less than nothing, or more than the highest rate."""
    step = data.draw(st.integers(0, steps - 1))
    warm_up = data.draw(st.integers(1, steps))
    assert 0 <= cosine(step, steps, warm_up) <= 1
    assert 0 <= one_cycle(step, steps) <= 1


def test_cosine() -> None:
    """The rate rises in the first epoch, is highest then, and ends near nothing."""
    rates = [cosine(step, 100, 10) for step in range(100)]
    assert rates[0] == 0.1
    assert rates[10] == max(rates) == 1
    assert rates[:11] == sorted(rates[:11])
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[-1] < 0.001


def test_one_cycle() -> None:
    """The rate rises for a third of the time, and ends near nothing."""
    rates = [one_cycle(step, 100) for step in range(100)]
    assert rates.index(max(rates)) == 30
    assert rates[-1] < 0.001 < rates[0]


def test_plateau() -> None:
    """The rate is halved after three epochs without a better loss, and again after three more."""
    assert plateau([]) == 1
    assert plateau([1, 0.9, 0.8]) == 1
    assert plateau([1, 2, 2, 2]) == 0.5
    assert plateau([1, 2, 2, 2, 2, 2, 2]) == 0.25
    assert plateau([1, 2, 2, 0.5, 2, 2]) == 1


def test_patience() -> None:
    """A training is over when so many epochs brought nothing; never without patience."""
    assert not is_over([], 2)
    assert not is_over([1, 2], 2)
    assert is_over([1, 2, 2], 2)
    assert not is_over([1, 2, 2, 0.5], 2)
    assert not is_over([1] + [2] * 99, 0)
