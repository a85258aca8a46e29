"""Learn: from the parent's network to one that has seen the corrections, among what it knew."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from digitlens.errors import TrainingError
from digitlens.reading.normalize import SIDE
from digitlens.training.data.augment import Augmentation, augment_many
from digitlens.training.data.feed import Batch, Feed, prepared
from digitlens.training.data.mnist import Labelled
from digitlens.training.data.parts import join
from digitlens.training.keep import Backup, begin, finish
from digitlens.training.loss import compile_for
from digitlens.training.make import STOPPED_EARLY
from digitlens.training.progress import ShowProgress
from digitlens.training.recipe import Recipe
from digitlens.training.retrain.mix import Mix
from digitlens.training.retrain.ways import Ways
from digitlens.training.run import STATE
from digitlens.training.watch import Chance, Ended, Guard, History

LAST = "last.keras"
REPLAYED = 6_000  # pictures of the base data in an epoch, at most
_GENTLY = 0.5  # of the distortion
_BACK = 0.2  # of the way that the weights went, which they go back in the end


@dataclass(frozen=True, slots=True)
class Parts:
    """What a network learns from.

    Attributes:
        base: What it knows.
        mistakes: Corrections of what was misread.
        confirmed: What people said was right.
        validation: Of the base data; its loss is shown, and chooses nothing.
    """

    base: Labelled
    mistakes: Ways
    confirmed: Ways
    validation: Labelled


class Mixed(Feed):
    """Batches of base data and corrections, other ones in every epoch, and repeatable.

    Args:
        parts: What is shown.
        recipe: Of the training.
    """

    def __init__(self, parts: Parts, recipe: Recipe) -> None:
        counts = len(parts.base), len(parts.mistakes), len(parts.confirmed)
        self._mix = Mix(counts[0], counts[1], counts[2], REPLAYED)
        self._gently = gently(recipe.augmentation)
        corrections = (parts.mistakes, parts.confirmed)
        as_they_were = [Labelled(part.images[:, 0], part.labels) for part in corrections]
        shown = join([parts.base, *as_they_were])
        super().__init__(shown, recipe.augmentation, recipe.batch, recipe.seed)
        self._ways = np.concatenate([part.images for part in corrections])

    def start(self, epoch: int) -> None:
        """Choose for an epoch, the same way each time it is started."""
        super().start(epoch)
        self._order = self._mix.rows(np.random.default_rng((self._seed, epoch)))

    def __len__(self) -> int:
        return math.ceil(sum(self._mix.shown) / self._batch)

    def _make(self, index: int, epoch: int, order: npt.NDArray[np.int64]) -> Batch:
        rows = order[index * self._batch : (index + 1) * self._batch]
        rng = np.random.default_rng((self._seed, epoch, index))
        seen = np.empty((len(rows), SIDE, SIDE, 1), np.float32)
        is_base = rows < self._mix.base
        seen[is_base] = augment_many(self._inks[rows[is_base]], self._spec, rng)
        corrected = rows[~is_base] - self._mix.base
        ways = self._ways[corrected, rng.integers(self._ways.shape[1], size=len(corrected))]
        seen[~is_base] = augment_many(ways, self._gently, rng)
        return seen, self._labels[rows]


def gently(spec: Augmentation) -> Augmentation:
    """How far corrections are distorted: half as far as the rest.

    Many of them were misread because they are nearly something else, which much distortion would
    make of them.
    """
    halves = {f.name: _GENTLY * getattr(spec, f.name) for f in fields(spec)}
    return replace(spec, **halves)


def learn(
    recipe: Recipe,
    network: Callable[[], keras.Model],
    parts: Parts,
    folder: Path,
    tell: Callable[[int, float], None],
) -> keras.Model:
    """Train a network further. What was interrupted goes on from its last whole epoch.

    In the end the weights go back a small part of their way: that costs little of what was learned,
    and most of what was forgotten returns (Wortsman et al. 2022, "Robust fine-tuning of zero-shot
    models", arXiv 2109.01903).

    The network of the last epoch is taken, whose rate has fallen to nothing: the one with the least
    loss on what is validated, which has no corrections in it, would be the one that learned least.

    Args:
        recipe: How.
        network: Gives the one to start from.
        parts: What it learns from.
        folder: Of the run.
        tell: Is called after each epoch with the number of epochs and of seconds so far.

    Raises:
        TrainingError: It was stopped, or the loss became no number.
    """
    state = folder / STATE
    if not begin(state, recipe.as_dict()) and (state / LAST).exists():
        return _last(state)
    keras.utils.set_random_seed(recipe.seed)
    feed = Mixed(parts, recipe)
    labels = [part.labels for part in (parts.base, parts.mistakes, parts.confirmed)]
    trained = compile_for(network(), recipe.rate, np.concatenate(labels))
    guard, backup = Guard(folder), Backup(state)
    progress = ShowProgress(len(feed), recipe.batch)
    try:
        trained.fit(
            feed,
            validation_data=(prepared(parts.validation.images), parts.validation.labels),
            initial_epoch=backup.restore(trained),
            epochs=recipe.epochs,
            verbose=0,
            shuffle=False,  # the feed shuffles
            callbacks=[
                guard,
                Chance(recipe.seed),
                History(folder, recipe, len(feed), tell),
                backup,
                keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, _: feed.start(epoch)),
                progress,
            ],
        )
    except Ended as ended:
        raise TrainingError(guard.failure or STOPPED_EARLY) from ended
    finally:
        progress.close()
    _go_back(trained, network())
    trained.save(state / LAST)
    finish(state)
    return _last(state)


def _go_back(trained: keras.Model, start: keras.Model) -> None:
    """Bring weights a part of their way back to where they started."""
    pairs = zip(trained.get_weights(), start.get_weights(), strict=True)
    trained.set_weights([(1 - _BACK) * there + _BACK * here for there, here in pairs])


def _last(state: Path) -> keras.Model:
    """The network as it was kept, without what its training needed."""
    return keras.models.load_model(state / LAST, compile=False)
