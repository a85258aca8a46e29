"""Memory: what looks to a network like a mistake that was corrected is read as people said.

Weights that learn a hand's open 4 change what is read of every 4 and 9. A memory does not: of each
mistake the features are kept, which are what the last layer decides by, and the nearer those of a
picture are to them, the higher rises the logit of what people said. Far from them it adds nothing.
What the same people confirmed near them is remembered as well: it tells where their mistakes end.
(A cache of features with its nearness as weight: Zhang et al. 2022, "Tip-Adapter", arXiv
2111.03930.)

It is made of layers as every network has them, and is exported, described and kept like them.
"""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np
import numpy.typing as npt

from digitlens.training.data.mnist import NONE
from digitlens.training.data.prepared import prepared
from digitlens.training.data.skipped import Say
from digitlens.training.loss import one_hot
from digitlens.training.retrain.back import SHARES
from digitlens.training.retrain.learn import SPREAD
from digitlens.training.retrain.parts import Parts
from digitlens.training.retrain.watched import Watched
from digitlens.training.retrain.ways import Ways

# Names of its layers, by which it is found again; a learner's own are hardly called so.
_FEATURES, _DIRECTION = "memory_features", "memory_direction"
_NEARNESS, _ANSWER, _SUM = "memory_nearness", "memory_answer", "memory_sum"

# Nats by which a logit is higher where the features are those of a correction, at most; and by
# which share what is watched may be dearer in all.
_RAISED = 6.0
_DEARER = 0.1
_NARROW = 20.0  # nearness is exp(-20 (1 - cosine)): half where the cosine is 0.965
_MOST = 500  # mistakes that are remembered, by chance, and as many that were confirmed
_BESIDE = 24  # confirmed ones beside each mistake
_ASKED = 2_000  # confirmed ones, by chance, of which those are found
_PICTURES, _WAYS = 6_000, 64  # of all, and of each at most, whose mean its features are
_NOTHING = 1e-6  # a length of features that have none
_AT_A_TIME = 256
_DIGITS = 10

_Array = npt.NDArray[np.float32]


def remember(
    network: keras.Model,
    parent: Callable[[], keras.Model],
    parts: Parts,
    kept: float,
    say: Say,
) -> keras.Model:
    """Give a network a memory whose logits rise as high as what is watched allows.

    The more mistakes are remembered, the more of what other people write is near to one.

    Args:
        network: As `with_memory` takes it.
        parent: Gives the one that it started from.
        parts: What it has learned from. Where other hands are to be read nothing is remembered: to
            those it would say little, and to everybody else much that is wrong.
        kept: Which share is left of what it learned, above 0 up to 1: so much smaller is what the
            rest may cost for it.
        say: Takes a line about what was found.

    Returns:
        The network with its memory; the given one where it gets none.
    """
    if parts.for_others:
        return network
    full = with_memory(network, parts.mistakes, parts.confirmed, parts.has_none)
    if full is network:
        return network
    watched = Watched.of(parts.watched, SPREAD, parts.has_none)
    before = watched.loss(_ask(parent(), watched))
    most = (1 + _DEARER * kept) * before
    plain, raised = _ask(network, watched), _ask(full, watched)
    losses = [watched.loss(plain + share * (raised - plain)) for share in SHARES]
    fit = [(share, loss) for share, loss in zip(SHARES, losses, strict=True) if loss <= most]
    if not fit:
        say("no corrections are remembered: too much of the rest would be forgotten for it")
        return network
    share, after = fit[0]
    answer = full.get_layer(_ANSWER)
    answer.set_weights([share * weights for weights in answer.get_weights()])
    say(
        f"{remembered(full):,} corrections are remembered, near which a logit rises by up to "
        f"{share * _RAISED:.1f}: the loss of what is watched was {before:.4f}, now it is "
        f"{after:.4f}"
    )
    return full


def with_memory(
    network: keras.Model, mistakes: Ways, confirmed: Ways, has_none: bool
) -> keras.Model:
    """A network that answers as before, except near mistakes.

    Args:
        network: It takes (n, 28, 28, 1) and answers ten logits.
        mistakes: That are remembered.
        confirmed: Of which those are remembered that look like a mistake to it.
        has_none: Whether it knows what is no digit; where people said that, all logits sink.

    Returns:
        A network with the given one's layers and a memory. The given one itself where there is
        nothing to remember, or where what it decides by is no row of features.
    """
    ends = _rows_decided_by(network)
    if not len(mistakes) or not ends:
        return network
    layers = keras.layers
    features = layers.Concatenate(name=_FEATURES)(ends) if len(ends) > 1 else ends[0]
    direction = layers.UnitNormalization(name=_DIRECTION)(features)
    keys, labels = _keys(keras.Model(network.inputs, direction), mistakes, confirmed)
    if not len(keys):
        return network
    nearness = layers.Dense(len(keys), activation="exponential", name=_NEARNESS)
    answer = layers.Dense(_DIGITS, use_bias=False, name=_ANSWER)
    raised = answer(nearness(direction))
    nearness.set_weights([_NARROW * keys.T, np.full(len(keys), -_NARROW, np.float32)])
    answer.set_weights([_RAISED * _answers(labels, keys, has_none)])
    logits = layers.Add(name=_SUM)([network.outputs[0], raised])
    return keras.Model(network.inputs[0], logits, name=network.name)


def without_memory(network: keras.Model) -> keras.Model:
    """The same network, with the same weights, without its memory.

    Returns:
        The given one where it has none.
    """
    if not remembered(network):
        return network
    logits = network.get_layer(_SUM).input[0]
    return keras.Model(network.inputs[0], logits, name=network.name)


def remembered(network: keras.Model) -> int:
    """How many corrections a network remembers."""
    names = {layer.name for layer in network.layers}
    return int(network.get_layer(_NEARNESS).units) if {_SUM, _NEARNESS} <= names else 0


def _ask(network: keras.Model, watched: Watched) -> _Array:
    logits: _Array = network.predict(watched.seen, verbose=0, batch_size=_AT_A_TIME)
    return logits


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


def _keys(
    features: keras.Model, mistakes: Ways, confirmed: Ways
) -> tuple[_Array, npt.NDArray[np.int64]]:
    """What is remembered: features of length 1, (n, k), and what people said, (n,)."""
    keys, wrong = _means(features, _at_most(mistakes, _MOST))
    if not len(keys):
        return keys, wrong
    others, right = _means(features, _at_most(confirmed, _ASKED))
    cosines = keys @ others.T
    beside = np.unique(np.argsort(-cosines, axis=1, kind="stable")[:, :_BESIDE])
    nearest = beside[np.argsort(-cosines[:, beside].max(axis=0), kind="stable")][:_MOST]
    return np.concatenate([keys, others[nearest]]), np.concatenate([wrong, right[nearest]])


def _at_most(some: Ways, most: int) -> Ways:
    if len(some) <= most:
        return some
    rng = np.random.default_rng(len(some))
    return some.take(np.sort(rng.choice(len(some), most, replace=False)))


def _means(features: keras.Model, some: Ways) -> tuple[_Array, npt.NDArray[np.int64]]:
    """The mean of its features in some of its ways, of length 1, (n, k); and what each is, (n,).

    One that has no features, all of them 0, is left out: everything is as near to it.
    """
    if not len(some):
        return np.empty((0, features.outputs[0].shape[1]), np.float32), some.labels
    ways = min(max(1, _PICTURES // len(some)), _WAYS, some.images.shape[1])
    pictures = some.images[:, :ways].reshape(-1, *some.images.shape[2:])
    directions = features.predict(prepared(pictures), verbose=0, batch_size=_AT_A_TIME)
    means = directions.reshape(len(some), ways, -1).mean(axis=1)
    lengths = np.linalg.norm(means, axis=1)
    known = lengths > _NOTHING
    return means[known] / lengths[known, None], some.labels[known]


def _answers(labels: npt.NDArray[np.int64], keys: _Array, has_none: bool) -> _Array:
    """What each of them says, (n, 10); where several say the same of the same, each says less.

    So a logit rises where ten alike were corrected by as much as where one was.
    """
    said = one_hot(labels, has_none)[:, :_DIGITS].astype(np.float32)
    said[labels == NONE] = -1
    nearness = np.exp(_NARROW * (keys @ keys.T - 1))
    alike = (nearness * (labels[:, None] == labels)).sum(axis=1, keepdims=True)
    answers: _Array = said / alike
    return answers
