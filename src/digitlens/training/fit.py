"""Fit: from data to the network that was best on what it was not trained on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import keras

from digitlens.training import machine
from digitlens.training.architectures import find
from digitlens.training.data.feed import Feed, prepared
from digitlens.training.data.mnist import Labelled
from digitlens.training.data.plain import PlainFeed
from digitlens.training.keep import BACKUP, BEST, KeepBest, begin, finish
from digitlens.training.logits import end_in_logits
from digitlens.training.progress import ShowProgress
from digitlens.training.recipe import Recipe
from digitlens.training.run import STATE
from digitlens.training.watch import Chance, Ended, Guard, History


@dataclass(frozen=True, slots=True)
class Fitted:
    """What came of it.

    Attributes:
        network: That of the best epoch; None where there was no whole one.
        is_stopped: Whether somebody wished its end.
        failure: Why it could not go on, in a sentence; empty otherwise.
    """

    network: keras.Model | None
    is_stopped: bool = False
    failure: str = ""


def build(recipe: Recipe) -> keras.Model:
    """The network of a recipe, with the first weights and the layers' names that it always has."""
    keras.utils.clear_session()  # or Keras numbers the layers after those it built before
    return _build(recipe)


def _build(recipe: Recipe) -> keras.Model:
    keras.utils.set_random_seed(recipe.seed)
    return end_in_logits(find(recipe.model)())


def fit(
    recipe: Recipe,
    train: Labelled,
    validation: Labelled,
    folder: Path,
    tell: Callable[[int, float], None] | None = None,
) -> Fitted:
    """Train a network.

    A training that was interrupted goes on from its last whole epoch, and one that was done to its
    end is not done again.

    Args:
        recipe: What to do.
        train: What it is trained on.
        validation: What chooses the best epoch, by its loss.
        folder: Of the run.
        tell: Is called after each epoch with the number of epochs and of seconds so far.

    Raises:
        InvalidInput: No such network, or not so many devices.
    """
    state = folder / STATE
    if not begin(state, recipe.as_dict()):
        return Fitted(_best(recipe, state))
    feed = _feed(recipe, train)
    guard = Guard(folder)
    history = History(folder, recipe, len(feed), tell)
    keras.config.set_dtype_policy(machine.policy(recipe.precision))
    keras.utils.clear_session()  # as `build` does, but not within the scope, which would be lost
    with machine.share(recipe.devices):
        network = _compile(_build(recipe), recipe)
    shown = ShowProgress(len(feed), recipe.batch)
    try:
        network.fit(
            feed,
            validation_data=(prepared(validation.images), validation.labels),
            epochs=recipe.epochs,
            batch_size=recipe.batch,
            verbose=0,
            shuffle=False,  # the feed shuffles
            callbacks=[
                guard,
                Chance(recipe.seed),
                history,
                KeepBest(state),  # before the backup: an epoch that is backed up was considered
                keras.callbacks.BackupAndRestore(state / BACKUP),
                keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, _: feed.start(epoch)),
                shown,
            ],
        )
    except Ended:
        return Fitted(_best(recipe, state), guard.is_stopped, guard.failure)
    finally:
        shown.close()
    finish(state)
    return Fitted(_best(recipe, state))


def _feed(recipe: Recipe, train: Labelled) -> Feed | PlainFeed:
    if any(asdict(recipe.augmentation).values()):
        return Feed(train, recipe.augmentation, recipe.batch, recipe.seed)
    return PlainFeed(train, recipe.batch, recipe.seed)


def _best(recipe: Recipe, state: Path) -> keras.Model | None:
    if not (state / BEST).exists():
        return None
    network = keras.models.load_model(state / BEST, compile=False)
    return machine.plain(network, lambda: build(recipe))


def _compile(network: keras.Model, recipe: Recipe) -> keras.Model:
    network.compile(
        optimizer=keras.optimizers.Adam(recipe.rate),  # the history sets the rate of each step
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return network
