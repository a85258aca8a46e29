"""Parts: what a retraining learns from."""

from __future__ import annotations

from dataclasses import dataclass

from digitlens.training.data.mnist import Labelled
from digitlens.training.retrain.ways import Ways


@dataclass(frozen=True, slots=True)
class Parts:
    """What a network learns from.

    Attributes:
        base: What it knows.
        mistakes: Corrections of what was misread.
        confirmed: What people said was right.
        watched: Of the base data, too, but not learned from; it says how far is too far.
        validation: Of the base data; the loss of some of it is shown, and chooses nothing.
        has_none: Whether the network knows what is no digit.
        for_others: Whether it is to read hands that it does not learn from.
    """

    base: Labelled
    mistakes: Ways
    confirmed: Ways
    watched: Labelled
    validation: Labelled
    has_none: bool
    for_others: bool = False
