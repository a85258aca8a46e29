"""Features: what layers that rest make of pictures, kept while the others learn from it.

Layers that do not learn answer the same of a picture in every epoch, and asking them is most of a
training's work. So each picture is distorted and asked about once, and shown several times.
"""

from __future__ import annotations

import keras
import numpy as np
import numpy.typing as npt

_AT_A_TIME = 256
_LARGE = 1_000.0  # larger ones are not kept in 16 bits, where they would be coarse, or endless

# One array for each tensor between what rests and what learns, each with a row for each picture.
Features = list[npt.NDArray[np.floating]]


def extract(resting: keras.Model, pictures: npt.NDArray[np.float32]) -> Features:
    """Ask layers that rest about pictures.

    Args:
        resting: As `still.part` gives it.
        pictures: float32 (n, 28, 28, 1), 0 to 1, 1 is ink.

    Returns:
        What each tensor is for each picture, (n, ...): float16, half as much to keep, where all
        of it is exact enough so, else float32.
    """
    kept: Features = []
    for start in range(0, len(pictures), _AT_A_TIME):
        answers = resting.predict_on_batch(pictures[start : start + _AT_A_TIME])
        some = answers if isinstance(answers, list) else [answers]
        kept = kept or [np.empty((len(pictures), *one.shape[1:]), np.float16) for one in some]
        for place, one in enumerate(some):
            if kept[place].dtype == np.float16 and np.abs(one).max() >= _LARGE:
                kept[place] = kept[place].astype(np.float32)
            kept[place][start : start + len(one)] = one
    return kept


def take(features: Features, rows: npt.NDArray[np.int64]) -> list[npt.NDArray[np.float32]]:
    """Some rows, as a network takes them: float32."""
    return [one[rows].astype(np.float32) for one in features]


def answer(learning: keras.Model, features: Features) -> npt.NDArray[np.float32]:
    """What the layers that learn make of features: float32 (n, 10), logits."""
    rows = np.arange(len(features[0]))
    starts = range(0, len(rows), _AT_A_TIME)
    parts = [take(features, rows[start : start + _AT_A_TIME]) for start in starts]
    return np.concatenate([learning.predict_on_batch(part) for part in parts])
