"""Paired: two models on the same pictures, which of them reads more of them right, and how surely.

Only the pictures that one of them reads right and the other does not tell them apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digitlens.training.measure.chance import wilson

Right = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Paired:
    """How the new model reads some pictures, beside the old one.

    Attributes:
        count: How many pictures.
        before: How many of them the old model reads right.
        after: How many the new one does.
        gained: Which ones only the new one does, by their index.
        lost: Which ones only the old one did.
    """

    count: int
    before: int
    after: int
    gained: tuple[int, ...]
    lost: tuple[int, ...]

    @classmethod
    def of(cls, before: Right, after: Right) -> Paired:
        """Compare answers to the same pictures.

        Args:
            before: bool (n,), which of them the old model reads right.
            after: The same of the new one.
        """
        gained, lost = np.flatnonzero(after & ~before), np.flatnonzero(before & ~after)
        return cls(
            len(before),
            int(before.sum()),
            int(after.sum()),
            tuple(gained.tolist()),
            tuple(lost.tolist()),
        )

    @property
    def points(self) -> float:
        """How much more the new one reads right, in percentage points; below 0, less."""
        return 100 * (self.after - self.before) / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the points.

        Of those that changed sides, the share that was gained has Wilson's interval; what that
        makes of the difference is the interval here. Where none changed sides it is (0, 0).
        """
        changed = len(self.gained) + len(self.lost)
        if not changed:
            return 0.0, 0.0
        low, high = wilson(len(self.gained), changed)
        reach = 100 * changed / self.count
        return (2 * low - 1) * reach, (2 * high - 1) * reach

    @property
    def better_by_chance(self) -> float:
        """How probably as many are gained by chance, were the two as good as each other.

        The exact one-sided test of McNemar 1947: each that changed sides falls like a coin.
        """
        return _tail(len(self.gained), len(self.lost))

    @property
    def worse_by_chance(self) -> float:
        """How probably as many are lost by chance, were the two as good as each other."""
        return _tail(len(self.lost), len(self.gained))


def _tail(heads: int, tails: int) -> float:
    """How probably a fair coin shows at least so many heads."""
    tosses = heads + tails
    ways = sum(math.comb(tosses, number) for number in range(heads, tosses + 1))
    return ways / (1 << tosses)
