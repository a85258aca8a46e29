"""Learn: from the parent's network to one that has seen the corrections, among what it knew.

Of what is replayed, the network learns not what the pictures are, but what its parent says of them,
doubts included: it is to know what it knew, not more. (Li, Hoiem 2016, "Learning without
Forgetting", arXiv 1606.09282; Hinton, Vinyals, Dean 2015, arXiv 1503.02531.)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from digitlens.errors import TrainingError
from digitlens.training.data.augment import Augmentation
from digitlens.training.data.mnist import Labelled
from digitlens.training.data.prepared import prepared
from digitlens.training.data.skipped import Say
from digitlens.training.keep import Backup, begin, finish
from digitlens.training.loss import compile_for_shares, one_hot
from digitlens.training.make import STOPPED_EARLY
from digitlens.training.progress import ShowProgress
from digitlens.training.recipe import Recipe
from digitlens.training.retrain.back import go_back
from digitlens.training.retrain.features import extract, take
from digitlens.training.retrain.parts import Parts
from digitlens.training.retrain.recall import accuracy, cost, only
from digitlens.training.retrain.shown import Shown, make_shown
from digitlens.training.retrain.soup import Soup, clear, trainings_of
from digitlens.training.retrain.watched import Watched
from digitlens.training.run import STATE
from digitlens.training.still import (
    freeze_below_last_convolution,
    freeze_convolutions,
    part,
    still,
)
from digitlens.training.watch import Chance, Ended, Guard, History

LAST = "last.keras"
_SHOWN = 1_000  # pictures whose loss is shown after each epoch
_AVERAGED = 0.4  # of a training's steps, so many of the last count most in the mean of its weights
# What is watched may be so much dearer afterwards; the gate has the last word. What is learned of
# many hands costs more of the rest than what is learned of one, and less of it is kept.
_DEARER = 1.15
_DEARER_FOR_OTHERS = 1.02
# Far: what lies around the pictures that the parent knows is to stay, and a hand writes otherwise
# tomorrow.
SPREAD = Augmentation(
    rotation=10,
    shear=0.15,
    stretch=0.1,
    zoom=0.06,
    shift=0.8,
    pen=0.5,
    elastic=0.35,
    binary=0.02,
)


class Mixed(keras.utils.PyDataset):  # type: ignore[misc] # Keras ships no types
    """Batches of base data and corrections, other ones in every epoch, and repeatable.

    Args:
        shown: What there is to be shown.
        recipe: Of the training.
    """

    def __init__(self, shown: Shown, recipe: Recipe) -> None:
        super().__init__()
        self._shown, self._batch, self._seed = shown, recipe.batch, recipe.seed
        self.start(0)

    def start(self, epoch: int) -> None:
        """Choose for an epoch, the same way each time it is started."""
        self._rows = self._shown.rows(np.random.default_rng((self._seed, epoch)))

    def __len__(self) -> int:
        return math.ceil(len(self._rows) / self._batch)

    def __getitem__(self, index: int) -> tuple[tuple[Any, ...], npt.NDArray[np.float32]]:
        rows = self._rows[index * self._batch : (index + 1) * self._batch]
        return tuple(take(self._shown.features, rows)), self._shown.wanted(rows)


def learn(
    recipe: Recipe,
    network: Callable[[], keras.Model],
    parts: Parts,
    folder: Path,
    tell: Callable[[int, float], None],
    say: Say,
) -> keras.Model:
    """Train a network further. What was interrupted goes on from its last whole epoch.

    Only its last convolution learns, and what comes after it; where it is to read hands that it
    does not learn from, only what comes after. What one hand does again and again is worth a
    feature of its own; what several do, each in its way, is better read from those that there are:
    less of the rest is forgotten for it.

    The epochs are shared out among several trainings from the same start. Of each the mean of the
    weights towards its end is taken: those of the epoch with the least loss on what is validated,
    which has no corrections in it, would have learned least. The mean of all of these goes back
    some of its way, as `go_back` has it.

    Args:
        recipe: How.
        network: Gives the one to start from.
        parts: What it learns from.
        folder: Of the run.
        tell: Is called after each epoch with the number of epochs and of seconds so far.
        say: Takes a line about what is going on.

    Raises:
        TrainingError: It was stopped, or the loss became no number.
    """
    state = folder / STATE
    if not begin(state, recipe.as_dict()) and (state / LAST).exists():
        return _last(state)
    trained = freeze_below_last_convolution(still(network()))
    if parts.for_others:
        freeze_convolutions(trained)
    _train(recipe, trained, parts, folder, tell, say)
    kept = network()
    dearer = _DEARER_FOR_OTHERS if parts.for_others else _DEARER
    watched = Watched.of(parts.watched, SPREAD, parts.has_none)
    go_back(kept, trained, watched, dearer, say)
    kept.save(state / LAST)
    finish(state)
    clear(state)
    return _last(state)


def _train(
    recipe: Recipe,
    network: keras.Model,
    parts: Parts,
    folder: Path,
    tell: Callable[[int, float], None],
    say: Say,
) -> None:
    """Train to the end of the way, of which some is gone back; as `learn` takes it."""
    keras.utils.set_random_seed(recipe.seed)
    resting, learning = part(network)
    shown = make_shown(parts, recipe.epochs, SPREAD, resting, learning, recipe.seed)
    say(f"{len(shown.shares):,} pictures to learn from, as the layers that rest see them")
    state, feed = folder / STATE, Mixed(shown, recipe)
    steps = recipe.epochs * len(feed) / trainings_of(recipe.epochs)
    compile_for_shares(learning, recipe.rate, _AVERAGED * steps, cost, accuracy)
    soup = Soup(state, learning.get_weights(), recipe.epochs)
    validation = _some(parts.validation)
    guard, backup = Guard(folder), Backup(state)
    progress = ShowProgress(len(feed), recipe.batch)
    try:
        learning.fit(
            feed,
            validation_data=(
                tuple(extract(resting, prepared(validation.images))),
                only(one_hot(validation.labels, parts.has_none)),
            ),
            initial_epoch=backup.restore(learning),
            epochs=recipe.epochs,
            verbose=0,
            shuffle=False,  # the feed shuffles
            callbacks=[
                guard,
                Chance(recipe.seed),
                History(folder, recipe, len(feed), tell),
                soup,
                backup,
                keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, _: feed.start(epoch)),
                progress,
            ],
        )
    except Ended as ended:
        raise TrainingError(guard.failure or STOPPED_EARLY) from ended
    finally:
        progress.close()
    soup.stir(learning)


def _some(data: Labelled) -> Labelled:
    """Enough pictures to show how it goes; all of them take longer than they are worth."""
    rows = np.random.default_rng(len(data)).permutation(len(data))
    return data.take(np.sort(rows[:_SHOWN]))


def _last(state: Path) -> keras.Model:
    """The network as it was kept, without what its training needed."""
    return keras.models.load_model(state / LAST, compile=False)
