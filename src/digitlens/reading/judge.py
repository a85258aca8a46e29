"""Judge: logits become a digit with a calibrated confidence, or the word that it is none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitlens.models.card import Card
from digitlens.reading.network import Logits
from digitlens.reading.result import Box, Digit, DigitStatus

_POSSIBLE = 0.1  # a digit this probable, as a share of the most probable, is an alternative


def probabilities(logits: Logits, temperature: float) -> npt.NDArray[np.float64]:
    """Calibrated probabilities, by temperature scaling (Guo et al. 2017, arXiv 1706.04599).

    Args:
        logits: float32 (n, 10).
        temperature: Over 0; above 1 it makes the network less sure.

    Returns:
        float64 (n, 10), each row adds up to 1.
    """
    scaled = logits.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def evidence(logits: Logits) -> npt.NDArray[np.float64]:
    """How much speaks for any digit at all: the log-sum-exp of the logits.

    It is the negative free energy of Liu et al. 2020 (arXiv 2010.03759), low for what the network
    was never shown.

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
    shares = probabilities(logits, card.temperature)
    return [
        _judge_one(row, float(weight), box, card)
        for row, weight, box in zip(shares, evidence(logits), boxes, strict=True)
    ]


def _judge_one(shares: npt.NDArray[np.float64], weight: float, box: Box, card: Card) -> Digit:
    order = np.argsort(-shares)
    best = int(order[0])
    confidence = float(shares[best])
    status: DigitStatus = "read"
    if weight < card.thresholds.evidence:
        status = "not_a_digit"
    elif confidence < card.thresholds.sure:
        status = "unsure"
    others = [int(d) for d in order[1:] if shares[d] >= _POSSIBLE * confidence]
    if status == "unsure" and not others:
        others = [int(order[1])]
    return Digit(best, confidence, tuple(shares.tolist()), status, tuple(others), box)
