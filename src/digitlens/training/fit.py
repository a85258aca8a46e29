"""Fit: from data to the network that was best on what it was not trained on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from digitlens.errors import InvalidInput
from digitlens.training import machine
from digitlens.training.architectures import find
from digitlens.training.data.feed import Feed, prepared
from digitlens.training.data.mnist import NONE, Labelled
from digitlens.training.data.plain import PlainFeed
from digitlens.training.exchange.network_file import load_network
from digitlens.training.keep import BEST, Backup, KeepBest, begin, finish
from digitlens.training.logits import end_in_logits
from digitlens.training.loss import compile_for, compile_for_shares, one_hot
from digitlens.training.progress import ShowProgress
from digitlens.training.recipe import Recipe
from digitlens.training.run import NETWORK, STATE
from digitlens.training.still import still
from digitlens.training.taught import Taught, load_teachers
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
    network = end_in_logits(find(recipe.model)())
    if recipe.start:
        network.set_weights(_weights(Path(recipe.start)))
    return network


def _weights(start: Path) -> list[npt.NDArray[np.float32]]:
    """The weights that a training begins with."""
    path = start / NETWORK if start.is_dir() else start
    if not path.is_file():
        raise InvalidInput("start", "a run that has trained, or a .keras file", str(start))
    weights: list[npt.NDArray[np.float32]] = load_network(path).get_weights()
    return weights


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
        InvalidInput: No such network, or not so many devices, or nothing to start or to learn from.
    """
    state = folder / STATE
    if not begin(state, recipe.as_dict()):
        return Fitted(_best(recipe, state))
    feed = _feed(recipe, train)
    guard, backup = Guard(folder), Backup(state)
    history = History(folder, recipe, len(feed), tell)
    keras.config.set_dtype_policy(machine.policy(recipe.precision))
    keras.utils.clear_session()  # as `build` does, but not within the scope, which would be lost
    with machine.share(recipe.devices):
        network = _compiled(recipe, train, len(feed))
    shown = ShowProgress(len(feed), recipe.batch)
    try:
        network.fit(
            feed,
            validation_data=(prepared(validation.images), _targets(recipe, train, validation)),
            initial_epoch=backup.restore(network),
            epochs=recipe.epochs,
            batch_size=recipe.batch,
            verbose=0,
            shuffle=False,  # the feed shuffles
            callbacks=[
                guard,
                Chance(recipe.seed),
                *_means(recipe),
                history,
                # Before the backup: an epoch that is backed up was considered.
                KeepBest(state, always=recipe.keep == "last"),
                backup,
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


def _feed(recipe: Recipe, train: Labelled) -> Feed | PlainFeed | Taught:
    if not recipe.teachers:
        return _untaught(recipe, train)
    has_none = _has_none(train)
    teachers = load_teachers(recipe.teachers, has_none)
    return Taught(_untaught(recipe, train), teachers, recipe.taught, has_none)


def _untaught(recipe: Recipe, train: Labelled) -> Feed | PlainFeed:
    if any(asdict(recipe.augmentation).values()):
        return Feed(train, recipe.augmentation, recipe.batch, recipe.seed)
    return PlainFeed(train, recipe.batch, recipe.seed)


def _compiled(recipe: Recipe, train: Labelled, steps: int) -> keras.Model:
    """The network, ready to learn in epochs of so many steps."""
    network = _build(recipe)
    if recipe.still:
        still(network)
    averaged = recipe.averaged * recipe.epochs * steps
    if recipe.teachers:
        return compile_for_shares(network, recipe.rate, averaged)
    return compile_for(network, recipe.rate, train.labels, averaged)


def _targets(recipe: Recipe, train: Labelled, validation: Labelled) -> npt.NDArray[Any]:
    """What the network is to answer when it is validated, as its loss takes it."""
    if recipe.teachers:
        return one_hot(validation.labels, _has_none(train))
    return validation.labels


def _means(recipe: Recipe) -> list[keras.callbacks.Callback]:
    """What validates the mean of the weights, where that is what is kept."""
    return [keras.callbacks.SwapEMAWeights()] if recipe.averaged else []


def _has_none(data: Labelled) -> bool:
    return bool((data.labels == NONE).any())


def _best(recipe: Recipe, state: Path) -> keras.Model | None:
    if not (state / BEST).exists():
        return None
    network = keras.models.load_model(state / BEST, compile=False)
    as_built = replace(recipe, start="")  # its weights are those of the network
    return machine.plain(network, lambda: build(as_built), always=recipe.still)
