"""Calibrate: choose temperature and thresholds of a model, on what it was not trained on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitlens.models.card import Thresholds
from digitlens.reading.judge import evidence, probabilities
from digitlens.reading.network import Logits

_TEMPERATURES = np.geomspace(0.25, 4, 200)
_SURE = np.arange(0.5, 0.96, 0.01)
_RIGHT_WHEN_SURE = 0.999  # share of the readings given out as sure that are right
_KEPT = 0.99  # share of the real digits that are read: neither unsure nor taken for none
_ENOUGH = 0.9995  # share of them with enough evidence, of a network that was shown nothing else
_NONE = 0.02  # part of those that are not read that may be taken for none: it is not even shown

Labels = npt.NDArray[np.int64]


def fit_temperature(logits: Logits, labels: Labels, has_none: bool = False) -> float:
    """The temperature with the least negative log-likelihood (Guo et al. 2017, arXiv 1706.04599).

    Args:
        logits: float32 (n, 10).
        labels: int64 (n,), what is right, 0 to 9.
        has_none: As of `Card`.
    """
    rows = np.arange(len(labels))
    losses = [
        -np.log(probabilities(logits, float(t), has_none)[rows, labels] + 1e-12).mean()
        for t in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def least_sure(
    logits: Logits, labels: Labels, source: npt.NDArray[np.int64], has_none: bool = False
) -> float:
    """The highest temperature that any source of the digits asks for.

    Fitted to all of them together, the sources that are read nearly without mistakes make the
    network too sure of the others; and nobody knows which of them a user's hand is like.

    Args:
        logits: float32 (n, 10).
        labels: int64 (n,), what is right, 0 to 9.
        source: int64 (n,), where each comes from.
        has_none: As of `Card`.
    """
    rows = [source == one for one in np.unique(source)]
    return max(fit_temperature(logits[one], labels[one], has_none) for one in rows)


def choose_thresholds(
    logits: Logits, labels: Labels, temperature: float, has_none: bool = False
) -> Thresholds:
    """The least confidence with which a reading is sure, and the least evidence for any digit.

    A network that was shown what is no digit gives out 99 % of the real digits: of the others, one
    in fifty has too little evidence. Of any other network the evidence tells little, and next
    to nothing is refused for it.

    Args:
        logits: float32 (n, 10).
        labels: int64 (n,), what is right, 0 to 9.
        temperature: Of the probabilities.
        has_none: As of `Card`.
    """
    shares = probabilities(logits, temperature, has_none)
    confidence, right = shares.max(axis=1), shares.argmax(axis=1) == labels
    sets = {s: right[confidence >= s] for s in _SURE}
    good = [s for s, those in sets.items() if len(those) and those.mean() >= _RIGHT_WHEN_SURE]
    sure = float(good[0] if good else _SURE[-1])
    weights = evidence(logits)
    if not has_none:
        least = np.quantile(weights, 1 - _ENOUGH)
        return Thresholds(sure=round(sure, 2), evidence=round(float(least), 3))
    least = np.quantile(weights, (1 - _KEPT) * _NONE)
    sure = min(sure, float(np.quantile(np.where(weights < least, 0, confidence), 1 - _KEPT)))
    return Thresholds(sure=round(sure, 3), evidence=round(float(least), 3))


def calibration_error(shares: npt.NDArray[np.float64], labels: Labels, bins: int = 15) -> float:
    """Expected calibration error: how far confidence and accuracy are apart, in equal bins.

    Args:
        shares: float64 (n, 10), probabilities.
        labels: int64 (n,), what is right.
        bins: Of confidence, from 0 to 1.

    Returns:
        The mean distance, weighted by the share of the readings in each bin; 0 is best.
    """
    confidence, right = shares.max(axis=1), shares.argmax(axis=1) == labels
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[index == b].mean() - right[index == b].mean()) * (index == b).mean()
        for b in np.unique(index)
    ]
    return float(np.sum(gaps))
