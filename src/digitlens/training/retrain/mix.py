"""Mix: how often corrections are shown among the pictures that the network knows already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MOST = 0.3  # as many corrections as this share of the replayed pictures, however many there are
_HALF = 30  # corrections that get half of that
_OFTEN = 80  # times that one correction is shown in an epoch, at most
_CONFIRMED = 0.05  # what a confirmation counts: the network knows it already


@dataclass(frozen=True, slots=True)
class Mix:
    """What an epoch is made from, in this order.

    Attributes:
        base: How many pictures of the base data there are.
        mistakes: How many corrections of what was misread.
        confirmed: How many of what was read right.
        replayed: How many of the base data an epoch shows, at most.
    """

    base: int
    mistakes: int
    confirmed: int
    replayed: int

    @property
    def shown(self) -> tuple[int, int, int]:
        """How many pictures of the base, mistakes, and confirmations an epoch shows.

        So that ten corrections count, each is shown many times, each time in another way; so that
        ten thousand do not drown the rest, all are at most three tenths as many as are replayed.
        """
        replayed = min(self.replayed, self.base)
        worth = self.mistakes + _CONFIRMED * self.confirmed
        if not worth:
            return replayed, 0, 0
        together = min(MOST * worth / (worth + _HALF) * replayed, _OFTEN * worth)
        mistakes = round(together * self.mistakes / worth)
        return replayed, mistakes, round(together) - mistakes

    def rows(self, rng: np.random.Generator) -> npt.NDArray[np.int64]:
        """Which pictures an epoch shows, by their place among all, and in which order.

        Args:
            rng: Where the chance comes from.

        Returns:
            int64 (n,). Base pictures come up to once, and each mistake as often as any other, give
            or take one; so does each confirmation.
        """
        replayed, mistakes, confirmed = self.shown
        replay = rng.choice(self.base, replayed, replace=False)
        wrong = self.base + _turns(self.mistakes, mistakes, rng)
        right = self.base + self.mistakes + _turns(self.confirmed, confirmed, rng)
        rows: npt.NDArray[np.int64] = rng.permutation(np.concatenate([replay, wrong, right]))
        return rows


def _turns(count: int, wanted: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """So many of some numbers, each in its turn, anew by chance in every round."""
    if not count:
        return np.empty(0, np.int64)
    rounds = [rng.permutation(count) for _ in range(-(-wanted // count))]
    turns = np.concatenate([*rounds, np.empty(0, np.int64)])
    return turns[:wanted]
