"""Back: how far the weights go back of the way that a retraining took them.

Half of the way costs much less than half of what was learned, and most of what was forgotten
returns (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models", arXiv 2109.01903). How much
was forgotten differs with what was learned. So the weights go back until what is watched is read
nearly as surely as before.
"""

from __future__ import annotations

import keras
import numpy as np
import numpy.typing as npt

from digitlens.training.data.skipped import Say
from digitlens.training.retrain.features import answer, extract
from digitlens.training.retrain.watched import Watched
from digitlens.training.still import part

_Array = npt.NDArray[np.float32]

# Of the way, the longest first.
SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1)
FURTHER = 0.2  # of its way a network goes back that forgot too much all the same


def go_back(
    network: keras.Model,
    trained: keras.Model,
    watched: Watched,
    dearer: float,
    say: Say,
) -> float:
    """Give a network the weights that lie as far on its way as costs nearly nothing.

    Args:
        network: As it started; its weights are changed.
        trained: The same, where its way ended; what rested on it rests. Its weights are changed.
        watched: What was not learned from on the way.
        dearer: The loss of what is watched after the way, by that before it, at most.
        say: Takes a line about what was found.

    Returns:
        Which share of the way was gone; the least of `SHARES` where even that costs more.
    """
    resting, learning = part(trained)
    features = extract(resting, watched.seen)
    start, end = network.get_weights(), trained.get_weights()
    trained.set_weights(start)
    before = watched.loss(answer(learning, features))
    for share in SHARES:
        trained.set_weights(_between(start, end, share))
        after = watched.loss(answer(learning, features))
        if after <= dearer * before:
            break
    network.set_weights(trained.get_weights())
    say(
        f"{share:.0%} of the way are kept: the loss of {len(watched):,} pictures that are watched "
        f"was {before:.4f}, now it is {after:.4f}"
    )
    return share


def further_back(network: keras.Model, start: keras.Model) -> keras.Model:
    """Let a network go `FURTHER` of its way back to where it started; its weights are changed."""
    network.set_weights(_between(network.get_weights(), start.get_weights(), FURTHER))
    return network


def _between(start: list[_Array], end: list[_Array], share: float) -> list[_Array]:
    """The weights that lie so far on the way from some to others."""
    # So written, what is the same in both stays that, to the last bit.
    return [here + share * (there - here) for here, there in zip(start, end, strict=True)]
