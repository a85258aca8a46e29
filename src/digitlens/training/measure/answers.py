"""Answers: what LiteRT says of many pictures, on all cores."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Any

import numpy as np
import numpy.typing as npt

from digitlens.reading.network import BATCH, Logits, Network

_AT_A_TIME = 16 * BATCH  # pictures that a thread takes at a time


def answer_many(
    network: Network,
    pictures: npt.NDArray[Any],
    prepare: Callable[[npt.NDArray[Any]], npt.NDArray[np.float32]] | None = None,
) -> Logits:
    """Ask a network about pictures, as `Network.logits` does, by a thread for each core.

    Args:
        network: Which.
        pictures: float32 (n, 28, 28, 1), 0 to 1, 1 is ink; others where they are prepared here.
        prepare: Makes such of some of them; each thread does it for those that it takes.

    Returns:
        float32 (n, 10), one logit for each digit.
    """

    def one(some: npt.NDArray[Any]) -> Logits:
        return network.logits(prepare(some) if prepare else some)

    parts = [pictures[at : at + _AT_A_TIME] for at in range(0, len(pictures), _AT_A_TIME)]
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        return np.concatenate([np.empty((0, 10), np.float32), *pool.map(one, parts)])
