"""Scaling: which pixels a network of unknown origin wants, found out on digits.

Networks for MNIST are trained on pixels from 0 to 1 or from 0 to 255, most of them white on black,
some black on white. Nothing in a file says which.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np
import numpy.typing as npt

from digitlens.models.card import INPUT_SHAPE
from digitlens.reading.judge import probabilities
from digitlens.training.measure.calibrate import Labels, fit_temperature

_BATCH = 500  # digits that the network is shown at a time
_ALIKE = 0.01  # difference in accuracy that does not decide between two scalings
_CLOSE = 0.05  # difference in loss that does not either: the more usual one is taken


@dataclass(frozen=True, slots=True)
class Scaling:
    """What becomes of a pixel from 0 to 1, 1 being ink: `scale * pixel + offset`.

    Attributes:
        words: As one would say it.
        scale: What a pixel is multiplied by.
        offset: What is added to it.
    """

    words: str
    scale: float
    offset: float

    def apply(self, glyphs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Scale float32 (n, 28, 28, 1)."""
        return glyphs * np.float32(self.scale) + np.float32(self.offset)


SCALINGS = (
    Scaling("0 to 1, white on black", 1, 0),
    Scaling("0 to 255, white on black", 255, 0),
    Scaling("0 to 1, black on white", -1, 1),
    Scaling("0 to 255, black on white", -255, 255),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """How a network read digits in one scaling.

    Attributes:
        scaling: Which.
        accuracy: Share that it read right, 0 to 1.
        loss: Mean negative log-likelihood of what was right, calibrated as far as that goes.
    """

    scaling: Scaling
    accuracy: float
    loss: float


def try_scalings(
    network: keras.Model, glyphs: npt.NDArray[np.float32], labels: Labels
) -> list[Trial]:
    """How well a network reads digits in each scaling.

    Many networks read almost as well with pixels that are 255 times as large; only how sure they
    are is then out of all proportion, beyond what a temperature can mend. So among scalings of like
    accuracy the loss decides.

    Args:
        network: It takes (n, 28, 28, 1) and answers logits.
        glyphs: float32 (n, 28, 28, 1), 0 to 1, 1 is ink.
        labels: int64 (n,), what they show.

    Returns:
        All of them, the best first.
    """
    trials = [_try(network, scaling, glyphs, labels) for scaling in SCALINGS]
    highest = max(trial.accuracy for trial in trials)
    alike = [trial for trial in trials if trial.accuracy >= highest - _ALIKE]
    least = min(trial.loss for trial in alike)
    best = next(trial for trial in alike if trial.loss <= least + _CLOSE)
    others = [trial for trial in trials if trial is not best]
    return [best, *sorted(others, key=lambda trial: -trial.accuracy)]


def _try(
    network: keras.Model, scaling: Scaling, glyphs: npt.NDArray[np.float32], labels: Labels
) -> Trial:
    logits = network.predict(scaling.apply(glyphs), batch_size=_BATCH, verbose=0)
    shares = probabilities(logits, fit_temperature(logits, labels))
    loss = -np.log(shares[np.arange(len(labels)), labels] + 1e-12).mean()
    return Trial(scaling, float((shares.argmax(axis=1) == labels).mean()), float(loss))


def with_scaling(network: keras.Model, scaling: Scaling) -> keras.Model:
    """The network behind a layer that scales, so that it takes 0 to 1, 1 being ink."""
    if scaling == SCALINGS[0]:
        return network
    glyphs = keras.Input(INPUT_SHAPE)
    scaled = keras.layers.Rescaling(scaling.scale, scaling.offset)(glyphs)
    return keras.Model(glyphs, network(scaled), name=network.name)
