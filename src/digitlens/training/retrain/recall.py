"""Recall: what a network is to say, and how near to its parent it is to say it.

Shares of probability hardly tell a logit of 9 from one of 12: a network may lose much of a margin
before its cross entropy shows it, and then a digit that stood at the edge is another one. So of
what is replayed the logits themselves are kept near those of the parent (Buzzega et al. 2020, "Dark
experience for general continual learning", arXiv 2004.07211).
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import numpy.typing as npt
from keras import ops

from digitlens.training.loss import adam, digit_shares, share_accuracy

_Array = npt.NDArray[np.float32]

_LOGITS = 10
_NEAR = (
    0.03  # what a squared distance of 1 costs, in nats; more is forgotten with less, and learned
)


def wanted(shares: _Array, logits: _Array, replayed: npt.NDArray[np.bool_]) -> _Array:
    """Put together what a network is to say.

    Args:
        shares: float32 (n, 10) or (n, 11), as `digit_shares` takes them.
        logits: float32 (n, 10), of the parent.
        replayed: bool (n,), for which of them the network's are to stay near those.

    Returns:
        float32 (n, 21) or (n, 22), as `cost` takes it.
    """
    return np.concatenate([shares, logits, replayed[:, None]], axis=1, dtype=np.float32)


def cost(wanted: Any, logits: Any) -> Any:
    """Cross entropy of the shares, and of what is replayed the distance of the logits.

    Args:
        wanted: float (n, 21) or (n, 22), as `wanted` makes it.
        logits: float (n, 10), of the network.

    Returns:
        float (n,), in nats.
    """
    shares, parents, replayed = _apart(wanted)
    distance = ops.mean(ops.square(ops.cast(logits, "float32") - parents), axis=1)
    return digit_shares(shares, logits) + _NEAR * replayed * distance


def accuracy(wanted: Any, logits: Any) -> Any:
    """1 for each picture whose highest share has the highest logit; float (n,)."""
    return share_accuracy(_apart(wanted)[0], logits)


def compile_to_recall(network: keras.Model, rate: float, averaged: float) -> keras.Model:
    """Make a network ready to learn what is `wanted`; else as `loss.compile_for_shares` does."""
    network.compile(
        optimizer=adam(rate, averaged),
        loss=cost,
        metrics=[keras.metrics.MeanMetricWrapper(accuracy, name="accuracy")],
    )
    return network


def _apart(wanted: Any) -> tuple[Any, Any, Any]:
    shares = wanted.shape[-1] - _LOGITS - 1
    return wanted[:, :shares], wanted[:, shares:-1], wanted[:, -1]
