"""Chance: how far a share of right answers may be off, and whether two of them really differ."""

from __future__ import annotations

import math
from collections.abc import Collection

_Z = 1.959964  # of a normal distribution's middle 95 %


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927, "Probable inference").

    Args:
        right: How many were right.
        count: Of how many, at least one.
    """
    share = right / count
    middle = share + _Z**2 / (2 * count)
    reach = _Z * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    scale = 1 + _Z**2 / count
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def by_chance(ours: Collection[int], theirs: Collection[int]) -> float:
    """How probable it is that two networks as good as each other differ as much as these.

    Only what one of them misread and the other did not tells them apart: were they as good as
    each other, each such picture would fall to either like a coin (McNemar 1947, the exact test).

    Args:
        ours: Which pictures of a test set the one misread, by their index.
        theirs: Which pictures of the same test set the other misread.

    Returns:
        The two-sided probability, 0 to 1; under 0.05 it is usually called more than chance.
    """
    only = len(set(ours) - set(theirs)), len(set(theirs) - set(ours))
    tosses = sum(only)
    tail = sum(math.comb(tosses, heads) for heads in range(min(only) + 1))
    # Divided as whole numbers: 2 to the power of a thousand is no float.
    return min(1.0, 2 * tail / (1 << tosses))
