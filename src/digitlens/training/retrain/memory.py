"""Memory: what looks to a network like a mistake that was corrected is read as people said.

Weights that learn a hand's open 4 change what is read of every 4 and 9. A memory does not: of each
mistake the features are kept, which are what the last layer decides by, and the nearer those of a
picture are to them, the higher rises the logit of what people said. Far from them it adds nothing.
(A cache of features with its nearness as weight: Zhang et al. 2022, "Tip-Adapter", arXiv
2111.03930.)

It is made of layers as every network has them, and is exported, described and kept like them.
"""

from __future__ import annotations

import keras
import numpy as np
import numpy.typing as npt

from digitlens.training.data.mnist import NONE
from digitlens.training.data.prepared import prepared
from digitlens.training.loss import one_hot
from digitlens.training.retrain.ways import Ways

NAME = "memory"
_FEATURES, _DIRECTION = "memory_features", "memory_direction"
_NEARNESS, _ANSWER = "memory_nearness", "memory_answer"

_RAISED = 6.0  # nats, by which a logit is higher where the features are those of a mistake
_NARROW = 20.0  # nearness is exp(-20 (1 - cosine)): half where the cosine is 0.965
_MOST = 500  # mistakes that are remembered, by chance; each takes a row of features
_PICTURES, _WAYS = 6_000, 64  # of all, and of each at most, whose mean its features are
_DIGITS = 10

_Array = npt.NDArray[np.float32]


def with_memory(network: keras.Model, mistakes: Ways, has_none: bool) -> keras.Model:
    """A network that answers as before, except near mistakes.

    Args:
        network: It takes (n, 28, 28, 1) and answers ten logits.
        mistakes: That are remembered.
        has_none: Whether it knows what is no digit; where people said that, all logits sink.

    Returns:
        A network with the given one's layers and a memory. The given one itself where there is
        nothing to remember, or where what it decides by is no row of features.
    """
    ends = _rows_decided_by(network)
    if not len(mistakes) or not ends:
        return network
    mistakes = _at_most(mistakes)
    layers = keras.layers
    features = layers.Concatenate(name=_FEATURES)(ends) if len(ends) > 1 else ends[0]
    direction = layers.UnitNormalization(name=_DIRECTION)(features)
    keys = _keys(keras.Model(network.inputs, direction), mistakes)
    nearness = layers.Dense(len(keys), activation="exponential", name=_NEARNESS)
    answer = layers.Dense(_DIGITS, use_bias=False, name=_ANSWER)
    raised = answer(nearness(direction))
    nearness.set_weights([_NARROW * keys.T, np.full(len(keys), -_NARROW, np.float32)])
    answer.set_weights([_RAISED * _answers(mistakes.labels, keys, has_none)])
    logits = layers.Add(name=NAME)([network.outputs[0], raised])
    return keras.Model(network.inputs[0], logits, name=network.name)


def without_memory(network: keras.Model) -> keras.Model:
    """The same network, with the same weights, without its memory.

    Returns:
        The given one where it has none.
    """
    if not {NAME, _NEARNESS} <= {layer.name for layer in network.layers}:
        return network
    logits = network.get_layer(NAME).input[0]
    return keras.Model(network.inputs[0], logits, name=network.name)


def remembered(network: keras.Model) -> int:
    """How many mistakes a network remembers."""
    names = {layer.name for layer in network.layers}
    return int(network.get_layer(_NEARNESS).units) if {NAME, _NEARNESS} <= names else 0


def _rows_decided_by(network: keras.Model) -> list[keras.KerasTensor]:
    """What the dense layers take that answer last, one on each way back from the answer.

    Returns:
        Of each the features, (n, k); nothing where a way ends in another layer that has learned.
    """
    found: list[keras.KerasTensor] = []
    left = [network.outputs[0]]
    while left:
        tensor = left.pop()
        layer, use, _ = tensor._keras_history  # as in `still`: tensors know where they come from
        sources = layer._inbound_nodes[use].input_tensors
        is_answer = isinstance(layer, keras.layers.Dense) and layer.units == _DIGITS
        if is_answer and len(sources[0].shape) == 2:
            found += sources
        elif layer.weights or not sources:
            return []
        else:
            left += reversed(sources)
    return found


def _at_most(mistakes: Ways) -> Ways:
    if len(mistakes) <= _MOST:
        return mistakes
    rng = np.random.default_rng(len(mistakes))
    return mistakes.take(np.sort(rng.choice(len(mistakes), _MOST, replace=False)))


def _keys(features: keras.Model, mistakes: Ways) -> _Array:
    """Of each mistake the mean of its features in some of its ways, of length 1: (n, k)."""
    ways = min(max(1, _PICTURES // len(mistakes)), _WAYS, mistakes.images.shape[1])
    pictures = mistakes.images[:, :ways].reshape(-1, *mistakes.images.shape[2:])
    directions = features.predict(prepared(pictures), verbose=0)
    means = directions.reshape(len(mistakes), ways, -1).mean(axis=1)
    keys: _Array = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    return keys


def _answers(labels: npt.NDArray[np.int64], keys: _Array, has_none: bool) -> _Array:
    """What each mistake says, (n, 10); where several say the same of the same, each says less.

    So a logit rises where ten alike were corrected by as much as where one was.
    """
    said = one_hot(labels, has_none)[:, :_DIGITS].astype(np.float32)
    said[labels == NONE] = -1
    nearness = np.exp(_NARROW * (keys @ keys.T - 1))
    alike = (nearness * (labels[:, None] == labels)).sum(axis=1, keepdims=True)
    answers: _Array = said / alike
    return answers
