"""How much is measured: in full, or just enough to see that it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Say = Callable[[str], None]  # takes a line for the person who waits


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured.

    Attributes:
        rounds: How often each server is started and loaded; figures are medians over them.
        attempts: How often a round is repeated while other programs disturb it.
        seconds: How long each load lasts.
        warm_up: Seconds of load before one that counts.
        pictures: How many `read_many` reads.
        repeats: How often it does.
        sample: Pictures of which each stage is timed.
        limit: Of MNIST's test set, how many are read; all of them without it.
    """

    rounds: int
    attempts: int
    seconds: float
    warm_up: float
    pictures: int
    repeats: int
    sample: int
    limit: int | None


FULL = Effort(
    rounds=3, attempts=4, seconds=6, warm_up=1, pictures=1000, repeats=5, sample=300, limit=None
)
QUICK = Effort(
    rounds=1, attempts=1, seconds=1, warm_up=0.2, pictures=64, repeats=1, sample=10, limit=200
)
