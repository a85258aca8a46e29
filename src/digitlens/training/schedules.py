"""Schedules: the learning rate at every step, as functions of nothing but numbers.

A rate that follows from the step and from the losses so far needs no state of its own: a training
that was interrupted goes on with the rates that it would have had.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

_START = 10  # the first rate is the highest one divided by this
_RISE = 0.3  # share of a one-cycle that rises
_WAIT = 3  # epochs without a better loss, after which a plateau's rate is halved
_ENOUGH = 1e-4  # that a loss must fall by to be better


def cosine(step: int, steps: int, warm_up: int) -> float:
    """Rise in a line, then fall as a cosine to zero (Loshchilov, Hutter 2016, arXiv 1608.03983).

    Args:
        step: From 0.
        steps: Of the whole training.
        warm_up: Steps that it rises for.

    Returns:
        The share of the highest rate, 0 to 1.
    """
    if step < warm_up:
        return 1 / _START + (1 - 1 / _START) * step / warm_up
    return (1 + math.cos(math.pi * min(1, (step - warm_up) / max(1, steps - warm_up)))) / 2


def one_cycle(step: int, steps: int) -> float:
    """Rise for a third of the time, then fall far below the start (Smith 2018, arXiv 1803.09820).

    Returns:
        The share of the highest rate, 0 to 1.
    """
    top = max(1, round(_RISE * steps))
    if step < top:
        return 1 / _START + (1 - 1 / _START) * (1 - math.cos(math.pi * step / top)) / 2
    return (1 + math.cos(math.pi * min(1, (step - top) / max(1, steps - top)))) / 2


def plateau(losses: Sequence[float]) -> float:
    """Half the rate whenever the validation loss has not fallen for three epochs.

    Args:
        losses: Of all epochs that are done.

    Returns:
        The share of the highest rate, 0 to 1.
    """
    share, least, waited = 1.0, math.inf, 0
    for loss in losses:
        if loss < least - _ENOUGH:
            least, waited = loss, 0
            continue
        waited += 1
        if waited >= _WAIT:
            share, waited = share / 2, 0
    return share


def is_over(losses: Sequence[float], patience: int) -> bool:
    """Whether the last so many epochs brought no better validation loss; never with 0."""
    if not patience or not losses:
        return False
    best = min(range(len(losses)), key=losses.__getitem__)
    return len(losses) - 1 - best >= patience
