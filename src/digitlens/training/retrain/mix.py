"""Mix: how often corrections are shown among the pictures that the network knows already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# As many corrections as this share of the replayed pictures, however many there are; and what a
# confirmation counts beside a mistake, for the network knows it already. What a hand writes that is
# read right tells where that hand's mistakes end; about other hands it tells less.
MOST, MOST_FOR_OTHERS = 0.5, 0.3
_CONFIRMED, _CONFIRMED_FOR_OTHERS = 0.3, 0.05
_AT_MOST = 12  # times what the mistakes count: so much all confirmations together may count
_HALF = 30  # corrections that get half of that
_OFTEN = 80  # times that one correction is shown in an epoch, at most


@dataclass(frozen=True, slots=True)
class Mix:
    """What an epoch is made from, in this order.

    Attributes:
        base: How many pictures of the base data there are.
        mistakes: How many corrections of what was misread.
        confirmed: How many of what was read right.
        replayed: How many of the base data an epoch shows, at most.
        for_others: Whether hands are to be read that are not learned from.
    """

    base: int
    mistakes: int
    confirmed: int
    replayed: int
    for_others: bool = False

    @property
    def shown(self) -> tuple[int, int, int]:
        """How many pictures of the base, mistakes, and confirmations an epoch shows.

        So that ten corrections count, each is shown many times, each time in another way; so that
        ten thousand do not drown the rest, all are at most half as many as are replayed, and three
        tenths where other hands are to be read. Nor do confirmations drown mistakes.
        """
        most = MOST_FOR_OTHERS if self.for_others else MOST
        confirmation = _CONFIRMED_FOR_OTHERS if self.for_others else _CONFIRMED
        replayed = min(self.replayed, self.base)
        right = min(confirmation * self.confirmed, _AT_MOST * max(1, self.mistakes))
        worth = self.mistakes + right
        if not worth:
            return replayed, 0, 0
        together = min(most * worth / (worth + _HALF) * replayed, _OFTEN * worth)
        mistakes = round(together * self.mistakes / worth)
        return replayed, mistakes, round(together) - mistakes

    def rows(
        self, weights: npt.NDArray[np.float64], rng: np.random.Generator
    ) -> npt.NDArray[np.int64]:
        """Which pictures an epoch shows, by their place among all, and in which order.

        Args:
            weights: float64 (mistakes,), how often each mistake is shown, beside the others.
            rng: Where the chance comes from.

        Returns:
            int64 (n,). Base pictures come up to once, and each confirmation as often as any other,
            give or take one; each mistake as its weight has it, give or take one.
        """
        replayed, mistakes, confirmed = self.shown
        replay = rng.choice(self.base, replayed, replace=False)
        wrong = self.base + _turns(weights, mistakes, rng)
        right = self.base + self.mistakes + _turns(np.ones(self.confirmed), confirmed, rng)
        rows: npt.NDArray[np.int64] = rng.permutation(np.concatenate([replay, wrong, right]))
        return rows


def balance(kinds: Sequence[Hashable]) -> npt.NDArray[np.float64]:
    """How often mistakes are shown, so that a frequent kind does not drown a rare one.

    A kind that is four times as frequent is shown twice as often, not four times. (Sampling by the
    square root of the frequency: Mahajan et al. 2018, arXiv 1805.00932.)

    Args:
        kinds: Of each mistake, what was taken for what.

    Returns:
        float64 (n,), 1 in the mean.
    """
    counts = Counter(kinds)
    weights = np.array([counts[kind] ** -0.5 for kind in kinds])
    return weights / weights.mean() if len(weights) else weights


def _turns(
    weights: npt.NDArray[np.float64], wanted: int, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """So many of some numbers, each as often as its weight has it, or once more or less."""
    if not len(weights) or not wanted:
        return np.empty(0, np.int64)
    order = rng.permutation(len(weights))
    ends = np.cumsum(weights[order])
    at = (np.arange(wanted) + rng.random()) * (ends[-1] / wanted)
    # The last one might, by rounding, lie at the very end.
    turns: npt.NDArray[np.int64] = order[np.minimum(np.searchsorted(ends, at), len(order) - 1)]
    return turns
