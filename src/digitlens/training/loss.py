"""Loss: which digit it is, and whether it is one at all, with ten logits.

What is no digit gets a logit of its own that is always 0, an eleventh that the network need not
compute: with ten logits z it is no digit with probability 1 / (1 + Σ exp z). So the log-sum-exp of
the ten, which is the evidence that `reading.judge` looks at, are the log odds of a digit. It is
outlier exposure (Hendrycks, Mazeika, Dietterich 2019, arXiv 1812.04606) with a class for outliers
whose logit is fixed, which takes nothing from the softmax: one of its logits can always be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
from keras import ops

from digitlens.training.data.mnist import NONE


def with_none(logits: Any) -> Any:
    """Put the logit of what is no digit behind the ten: (n, 10) to (n, 11)."""
    exact = ops.cast(logits, "float32")  # a network may compute in 16 bits
    return ops.concatenate([exact, ops.zeros_like(exact[:, :1])], axis=1)


def digit_or_none(labels: Any, logits: Any) -> Any:
    """Cross entropy of each picture, in which `NONE` is the eleventh label.

    Args:
        labels: int (n,), 0 to 9, or `NONE`.
        logits: float (n, 10).

    Returns:
        float (n,).
    """
    whole = ops.cast(ops.reshape(labels, (-1,)), "int32")
    return ops.sparse_categorical_crossentropy(whole, with_none(logits), from_logits=True)


def accuracy(labels: Any, logits: Any) -> Any:
    """1 for each picture whose label, `NONE` among them, has the highest logit; float (n,)."""
    found = ops.argmax(with_none(logits), axis=1)
    whole = ops.cast(ops.reshape(labels, (-1,)), found.dtype)
    return ops.cast(ops.equal(whole, found), "float32")


def digit_shares(shares: Any, logits: Any) -> Any:
    """Cross entropy of shares, of the ten digits or of these and none, and what logits say.

    Args:
        shares: float (n, 10), or (n, 11) where the last is the share of no digit.
        logits: float (n, 10).

    Returns:
        float (n,).
    """
    return ops.categorical_crossentropy(shares, _as_wide(logits, shares), from_logits=True)


def share_accuracy(shares: Any, logits: Any) -> Any:
    """1 for each picture whose highest share has the highest logit; float (n,)."""
    found = ops.argmax(_as_wide(logits, shares), axis=1)
    return ops.cast(ops.equal(ops.argmax(shares, axis=1), found), "float32")


def _as_wide(logits: Any, shares: Any) -> Any:
    return with_none(logits) if shares.shape[-1] > logits.shape[-1] else logits


def compile_for_shares(
    network: keras.Model,
    rate: float,
    averaged: float,
    loss: Callable[[Any, Any], Any] = digit_shares,
    accuracy: Callable[[Any, Any], Any] = share_accuracy,
) -> keras.Model:
    """Make a network ready to learn shares, as `digit_shares` takes them.

    When its training is over it has the mean of the weights that it had on the way, which reads
    what it was not shown better than the last ones (Polyak, Juditsky 1992, "Acceleration of
    stochastic approximation by averaging"; Izmailov et al. 2018, arXiv 1803.05407).

    Args:
        network: It answers ten logits.
        rate: Learning rate of Adam.
        averaged: Steps that the mean reaches back: what was longer ago fades from it. 0 leaves the
            weights as they are.
        loss: Where something else is wanted than shares alone, what that costs.
        accuracy: And whether it is right.
    """
    network.compile(
        optimizer=_adam(rate, averaged),
        loss=loss,
        metrics=[keras.metrics.MeanMetricWrapper(accuracy, name="accuracy")],
    )
    return network


def compile_for(
    network: keras.Model, rate: float, labels: npt.NDArray[np.int64], averaged: float = 0.0
) -> keras.Model:
    """Make a network ready to learn some labels.

    Where nothing among them is no digit, the ten logits share all probability, as everywhere.

    Args:
        network: It answers ten logits.
        rate: Learning rate of Adam.
        labels: int64 (n,), of what it shall be trained on.
        averaged: Steps that the mean of the weights reaches back, as of `compile_for_shares`.
    """
    has_none = bool((labels == NONE).any())
    plain = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(
        optimizer=_adam(rate, averaged),  # the history sets the rate of each step
        loss=digit_or_none if has_none else plain,
        metrics=[accuracy] if has_none else ["accuracy"],
    )
    return network


@contextmanager
def averaged(network: keras.Model) -> Iterator[None]:
    """Within it a network has the mean of its weights, if its training takes one."""
    if not network.optimizer.use_ema:
        yield
        return
    variables = network.trainable_variables
    now = [keras.ops.convert_to_numpy(variable) for variable in variables]
    network.optimizer.finalize_variable_values(variables)
    try:
        yield
    finally:
        for variable, value in zip(variables, now, strict=True):
            variable.assign(value)


def one_hot(labels: npt.NDArray[np.int64], has_none: bool) -> npt.NDArray[np.float32]:
    """All of the probability for what each picture is: float32 (n, 10), or (n, 11) with none."""
    shares: npt.NDArray[np.float32] = np.eye(NONE + has_none, dtype=np.float32)[labels]
    return shares


def _adam(rate: float, averaged: float) -> keras.optimizers.Optimizer:
    if not averaged:
        return keras.optimizers.Adam(rate)
    momentum = 1 - 1 / max(1.0, averaged)
    return keras.optimizers.Adam(rate, use_ema=True, ema_momentum=momentum)
