"""Judge: logits become a digit with a calibrated confidence, or the word that it is none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitlens.models.card import Card
from digitlens.reading.network import Logits
from digitlens.reading.result import Box, Digit, DigitStatus

_Shares = npt.NDArray[np.float64]
_POSSIBLE = 0.1  # a digit this probable, as a share of the most probable, is an alternative


def probabilities(
    logits: Logits, temperature: float, has_none: bool = False
) -> npt.NDArray[np.float64]:
    """Calibrated probabilities, by temperature scaling (Guo et al. 2017, arXiv 1706.04599).

    Args:
        logits: float32 (n, 10).
        temperature: Over 0; above 1 it makes the network less sure.
        has_none: Whether the network was shown what is no digit, as `Card.has_none` says. Then
            the probability that it is none is divided among the ten: where nothing is a digit,
            none of them is more likely than another.

    Returns:
        float64 (n, 10), each row adds up to 1.
    """
    shares = shares_of(logits, has_none, temperature)
    if has_none:
        shares = shares[:, :-1] + shares[:, -1:] / logits.shape[1]
    return shares


def shares_of(logits: Logits, has_none: bool, temperature: float = 1.0) -> npt.NDArray[np.float64]:
    """The softmax, with the share of what is no digit as the last, where a network has that.

    Args:
        logits: float32 (n, 10).
        has_none: As of `probabilities`.
        temperature: As of `probabilities`.

    Returns:
        float64 (n, 10) or (n, 11), each row adds up to 1.
    """
    count, digits = logits.shape
    scaled = np.zeros((count, digits + has_none))  # what is no digit has a logit of 0
    scaled[:, :digits] = logits
    scaled /= temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def evidence(logits: Logits) -> npt.NDArray[np.float64]:
    """How much speaks for any digit at all: the log-sum-exp of the logits.

    It is the negative free energy of Liu et al. 2020 (arXiv 2010.03759), low for what the network
    was never shown. Of a network that was shown what is no digit, it is the log odds that this is
    one.

    Args:
        logits: float32 (n, 10).

    Returns:
        float64 (n,).
    """
    highest = logits.astype(np.float64).max(axis=1)
    total: npt.NDArray[np.float64] = highest + np.log(np.exp(logits.T - highest).sum(axis=0))
    return total


def judge(logits: Logits, boxes: list[Box], card: Card) -> list[Digit]:
    """Turn what the network said of each glyph into a digit.

    Args:
        logits: float32 (n, 10).
        boxes: Where the n glyphs stand.
        card: Of the network; has the temperature and the thresholds.
    """
    shares = probabilities(logits, card.temperature, card.has_none)
    among = probabilities(logits, card.temperature)  # if it is a digit at all
    return [
        _judge_one(row, row_among, float(weight), box, card)
        for row, row_among, weight, box in zip(shares, among, evidence(logits), boxes, strict=True)
    ]


def _judge_one(shares: _Shares, among: _Shares, weight: float, box: Box, card: Card) -> Digit:
    order = np.argsort(-shares)
    best = int(order[0])
    confidence = float(shares[best])
    status: DigitStatus = "read"
    if weight < card.thresholds.evidence:
        status = "not_a_digit"
    elif confidence < card.thresholds.sure:
        status = "unsure"
    others = [int(d) for d in order[1:] if among[d] >= _POSSIBLE * among[best]]
    if status == "unsure" and not others:
        others = [int(order[1])]
    if status == "not_a_digit":
        others = []
    return Digit(best, confidence, tuple(shares.tolist()), status, tuple(others), box)
