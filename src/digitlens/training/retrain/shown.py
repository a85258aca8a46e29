"""Shown: every picture that a retraining learns from, as the layers that rest see it.

A correction is in it in many ways, each distorted once. A picture of the base data is in it
distorted once, and where the last convolution learns, too, also as it is: of a test set less is
forgotten so.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np
import numpy.typing as npt

from digitlens.reading.judge import shares_of
from digitlens.training.data.augment import Augmentation, augment_many
from digitlens.training.data.prepared import prepared
from digitlens.training.loss import one_hot
from digitlens.training.retrain.features import Features, answer, extract
from digitlens.training.retrain.mix import Mix
from digitlens.training.retrain.parts import Parts
from digitlens.training.retrain.recall import wanted
from digitlens.training.retrain.ways import Ways

_MOST = 20_000  # corrections of either part, by chance; more would take much memory, 16 kB each
_PICTURES = 6_000  # of the mistakes, and of what was confirmed, where each is in it more than once
_REPLAYED = 10_000  # pictures of the base data in an epoch, at most
# What people say is believed so far; the rest is what the network says. A drawing that it took for
# something else could mostly be that as well, and to be sure of the contrary costs much elsewhere.
_BELIEVED = 0.9


@dataclass(frozen=True, slots=True)
class Shown:
    """Pictures, and what the network is to say of them.

    Attributes:
        mix: How many there are of each part.
        weights: float64 (mistakes,), how often each mistake is shown, beside the others.
        variants: How many pictures there are of each mistake, and of each confirmed correction.
        features: What the layers that rest make of the pictures of the base data, then of the
            mistakes, then of what was confirmed; those of one correction stand together.
        shares: float32 (n, 10), or (n, 11) where the last is the share of no digit.
        logits: float32 (n, 10), what the network said before.
    """

    mix: Mix
    weights: npt.NDArray[np.float64]
    variants: tuple[int, int]
    features: Features
    shares: npt.NDArray[np.float32]
    logits: npt.NDArray[np.float32]

    def wanted(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """What the network is to say of some of them, as `recall.cost` takes it.

        Where other hands are to be read, logits may go where they will: what little is learned of
        those is lost otherwise.
        """
        near = (rows < self.mix.base) & (not self.mix.for_others)
        return wanted(self.shares[rows], self.logits[rows], near)

    def rows(self, rng: np.random.Generator) -> npt.NDArray[np.int64]:
        """Which pictures an epoch shows, in which order; of each correction a random one."""
        chosen = self.mix.rows(self.weights, rng)
        rows = chosen.copy()
        first, at = self.mix.base, self.mix.base
        for count, each in zip((self.mix.mistakes, self.mix.confirmed), self.variants, strict=True):
            here = (chosen >= first) & (chosen < first + count)
            rows[here] = at + (chosen[here] - first) * each + rng.integers(each, size=here.sum())
            first, at = first + count, at + count * each
        return rows


def make_shown(
    parts: Parts,
    epochs: int,
    spec: Augmentation,
    resting: keras.Model,
    learning: keras.Model,
    seed: int,
) -> Shown:
    """Make all that a retraining shows, before it has learned anything.

    Of the base data the network is to say what it says now. Of corrections it is to say in part
    what it says now, and in part what people say.

    Args:
        parts: What is learned from.
        epochs: That they are shown in.
        spec: How far pictures are distorted.
        resting: The layers that rest.
        learning: The layers that learn.
        seed: The same one makes the same pictures.
    """
    plain = parts.base.take(np.arange(0 if parts.for_others else len(parts.base)))
    rng = np.random.default_rng(seed)
    corrections = (_at_most(parts.mistakes, rng), _at_most(parts.confirmed, rng))
    mix = Mix(
        len(plain) + len(parts.base),
        len(corrections[0]),
        len(corrections[1]),
        _REPLAYED,
        parts.for_others,
    )
    variants = tuple(
        _variants(len(part), epochs * count)
        for part, count in zip(corrections, mix.shown[1:], strict=True)
    )
    several = [_several(part, each) for part, each in zip(corrections, variants, strict=True)]
    inks = np.concatenate([parts.base.images, *several])
    repeated = [np.repeat(p.labels, n) for p, n in zip(corrections, variants, strict=True)]
    labels = np.concatenate([plain.labels, parts.base.labels, *repeated])
    seen = np.concatenate([prepared(plain.images), augment_many(inks, spec, rng)])
    features = extract(resting, seen)
    logits = answer(learning, features)
    shares = shares_of(logits, parts.has_none)
    said = one_hot(labels, parts.has_none)
    own = np.arange(len(labels))[:, None] < mix.base
    shares = np.where(own, shares, _BELIEVED * said + (1 - _BELIEVED) * shares)
    weights, (wrong, right) = corrections[0].weights, variants
    return Shown(mix, weights, (wrong, right), features, shares.astype(np.float32), logits)


def _at_most(part: Ways, rng: np.random.Generator) -> Ways:
    if len(part) <= _MOST:
        return part
    return part.take(rng.choice(len(part), _MOST, replace=False))


def _variants(corrections: int, shown: int) -> int:
    """How many pictures there are of each: no more than are shown, nor than can be kept."""
    return max(1, -(-min(shown, _PICTURES) // max(1, corrections)))


def _several(part: Ways, count: int) -> npt.NDArray[np.uint8]:
    """So many pictures of each correction, in each of its ways as often as in the others."""
    ways = np.arange(count) % part.images.shape[1]
    return part.images[:, ways].reshape(-1, *part.images.shape[2:])
