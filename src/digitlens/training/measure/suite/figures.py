"""Figures: what was measured, each with its interval.

Shares have that of Wilson; calibration error and AUROC that of a bootstrap: the pictures are drawn
again and again from those that there are (Efron 1979, "Bootstrap methods: another look at the
jackknife").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digitlens.training.measure.chance import wilson
from digitlens.training.measure.evaluation import BINS, Bin

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

_ROUNDS = 400  # of a bootstrap
_SEED = 7
_MIDDLE = (2.5, 97.5)  # per cent


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its 95 % interval, 0 to 1 all of them.

    Attributes:
        value: The figure.
        low: Lower end of the interval.
        high: Its upper end.
        count: On how many pictures.
    """

    value: float
    low: float
    high: float
    count: int


def share(truths: Truths) -> Figure:
    """The share of pictures for which something is true; of at least one picture."""
    return Figure(float(truths.mean()), *wilson(int(truths.sum()), len(truths)), len(truths))


def mean_share(truths: Truths) -> Figure:
    """The mean of what is true of the same pictures in several rows.

    Args:
        truths: (m, n): m times whether it is true of n pictures. The pictures are drawn again, each
            with its whole column, because what is hard once is hard again.
    """
    columns = truths.mean(axis=0)
    rng = np.random.default_rng(_SEED)
    rows = rng.integers(len(columns), size=(_ROUNDS, len(columns)))
    return _between(float(columns.mean()), columns[rows].mean(axis=1), truths.size)


def calibration(confidence: Floats, right: Truths) -> Figure:
    """Expected calibration error in 15 bins (Guo et al. 2017, arXiv 1706.04599).

    Drawing pictures again adds chance, which moves every error away from 0. The interval is
    therefore as wide as the drawn ones differ, about the error itself.

    Args:
        confidence: float64 (n,), of what was given out.
        right: bool (n,), whether that is right.
    """
    count = len(confidence)
    index, gaps = _bin_of(confidence), confidence - right
    rng = np.random.default_rng(_SEED)
    drawn = np.empty(_ROUNDS)
    for number in range(_ROUNDS):
        rows = rng.integers(count, size=count)
        drawn[number] = _gap(index[rows], gaps[rows])
    value = _gap(index, gaps)
    return _between(value, np.maximum(0, value + drawn - drawn.mean()), count)


def auroc(digits: Floats, others: Floats) -> Figure:
    """How well a score separates digits from the rest: the area under the ROC curve.

    It is the probability that a digit has a higher score than something else; a draw counts half.

    Args:
        digits: float64 (n,), scores of digits.
        others: float64 (m,), scores of what is none.
    """
    at, places = np.unique(np.concatenate([digits, others]), return_inverse=True)
    first, second = places[: len(digits)], places[len(digits) :]
    rng = np.random.default_rng(_SEED)
    drawn = np.empty(_ROUNDS)
    for number in range(_ROUNDS):
        one, other = rng.choice(first, len(first)), rng.choice(second, len(second))
        drawn[number] = _area(one, other, len(at))
    value = _area(first, second, len(at))
    return _between(value, drawn, len(others))


def passed_at(digits: Floats, others: Floats, kept: float = 0.99) -> Figure:
    """The share of others whose score is as high as that of 99 % of the digits.

    Args:
        digits: float64 (n,), scores of digits.
        others: float64 (m,), scores of what is none.
        kept: The share of the digits that shall have at least the score.
    """
    rng = np.random.default_rng(_SEED)
    drawn = np.empty(_ROUNDS)
    for number in range(_ROUNDS):
        limit = _limit(rng.choice(digits, len(digits)), kept)
        drawn[number] = (rng.choice(others, len(others)) >= limit).mean()
    value = float((others >= _limit(digits, kept)).mean())
    return _between(value, drawn, len(others))


def bins(confidence: Floats, right: Truths) -> list[Bin]:
    """Readings of like confidence, in 15 bins; those without any are left out."""
    index = _bin_of(confidence)
    return [
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            count=int((index == number).sum()),
            confidence=float(confidence[index == number].mean()),
            accuracy=float(right[index == number].mean()),
        )
        for number in np.unique(index).tolist()
    ]


def _bin_of(confidence: Floats) -> npt.NDArray[np.int64]:
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)


def _gap(index: npt.NDArray[np.int64], gaps: Floats) -> float:
    """The distance of confidence and accuracy in each bin, weighted by the readings in it."""
    return float(np.abs(np.bincount(index, gaps)).sum() / len(gaps))


def _area(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], levels: int) -> float:
    """The area from the places of scores in their common order (Mann and Whitney 1947)."""
    ones, others = np.bincount(first, minlength=levels), np.bincount(second, minlength=levels)
    below = np.cumsum(others) - others
    return float((ones * (below + others / 2)).sum() / (len(first) * len(second)))


def _limit(scores: Floats, kept: float) -> float:
    """The highest score that at least so large a share has."""
    return float(np.sort(scores)[int(np.floor((1 - kept) * len(scores) + 1e-9))])


def _between(value: float, drawn: Floats, count: int) -> Figure:
    """A figure with the middle of those drawn; it lies in its interval whatever chance did."""
    low, high = (float(end) for end in np.percentile(drawn, _MIDDLE))
    return Figure(value, min(low, value), max(high, value), count)
