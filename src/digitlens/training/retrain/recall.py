"""Recall: what a network is to say, and how near to its parent it is to say it.

Shares of probability hardly tell a logit of 9 from one of 12: a network may lose much of a margin
before its cross entropy shows it, and then a digit that stood at the edge is another one. So of
what is replayed the logits themselves are kept near those of the parent (Buzzega et al. 2020, "Dark
experience for general continual learning", arXiv 2004.07211).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from keras import ops

from digitlens.training.loss import digit_shares, share_accuracy

_Array = npt.NDArray[np.float32]

_LOGITS = 10
# What a squared distance of 1 costs, in nats. With less more is forgotten, and more is learned.
_NEAR = 0.03


def wanted(shares: _Array, logits: _Array, near: npt.NDArray[np.bool_]) -> _Array:
    """Put together what a network is to say.

    Args:
        shares: float32 (n, 10) or (n, 11), as `digit_shares` takes them.
        logits: float32 (n, 10), of the parent.
        near: bool (n,), for which of them the network's are to stay near those.

    Returns:
        float32 (n, 21) or (n, 22), as `cost` takes it.
    """
    return np.concatenate([shares, logits, near[:, None]], axis=1, dtype=np.float32)


def only(shares: _Array) -> _Array:
    """What is wanted where the logits may be any that give these shares."""
    return wanted(shares, np.zeros((len(shares), _LOGITS), np.float32), np.zeros(len(shares), bool))


def cost(wanted: Any, logits: Any) -> Any:
    """Cross entropy of the shares, and the distance of those logits that are to stay near.

    Args:
        wanted: float (n, 21) or (n, 22), as `wanted` makes it.
        logits: float (n, 10), of the network.

    Returns:
        float (n,), in nats.
    """
    shares, parents, near = _apart(wanted)
    distance = ops.mean(ops.square(ops.cast(logits, "float32") - parents), axis=1)
    return digit_shares(shares, logits) + _NEAR * near * distance


def accuracy(wanted: Any, logits: Any) -> Any:
    """1 for each picture whose highest share has the highest logit; float (n,)."""
    return share_accuracy(_apart(wanted)[0], logits)


def _apart(wanted: Any) -> tuple[Any, Any, Any]:
    shares = wanted.shape[-1] - _LOGITS - 1
    return wanted[:, :shares], wanted[:, shares:-1], wanted[:, -1]
