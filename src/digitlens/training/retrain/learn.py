"""Learn: from the parent's network to one that has seen the corrections, among what it knew.

Of what is replayed, the network learns not what the pictures are, but what its parent says of them,
doubts included: it is to know what it knew, not more. (Li, Hoiem 2016, "Learning without
Forgetting", arXiv 1606.09282; Hinton, Vinyals, Dean 2015, arXiv 1503.02531.)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from digitlens.errors import TrainingError
from digitlens.models.bundle import Bundle
from digitlens.reading.judge import shares_of
from digitlens.reading.network import Network
from digitlens.training.data.augment import Augmentation, augment_many
from digitlens.training.data.feed import Batch, Feed, prepared
from digitlens.training.data.mnist import Labelled
from digitlens.training.data.parts import join
from digitlens.training.data.skipped import Say
from digitlens.training.keep import Backup, begin, finish
from digitlens.training.loss import compile_for_shares, one_hot
from digitlens.training.make import STOPPED_EARLY
from digitlens.training.progress import ShowProgress
from digitlens.training.recipe import Recipe
from digitlens.training.retrain.back import go_back
from digitlens.training.retrain.mix import Mix
from digitlens.training.retrain.soup import Soup, clear, trainings_of
from digitlens.training.retrain.ways import Ways
from digitlens.training.run import STATE
from digitlens.training.still import freeze_below_last_convolution, still
from digitlens.training.watch import Chance, Ended, Guard, History

LAST = "last.keras"
_SHOWN = 1_000  # pictures whose loss is shown after each epoch
REPLAYED = 10_000  # pictures of the base data in an epoch, at most
_AVERAGED = 0.4  # of a training's steps, so many of the last count most in the mean of its weights
# Far: what lies around the pictures that the parent knows is to stay, and a hand writes otherwise
# tomorrow.
_SPREAD = Augmentation(
    rotation=10,
    shear=0.15,
    stretch=0.1,
    zoom=0.06,
    shift=0.8,
    pen=0.5,
    elastic=0.35,
    binary=0.02,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a network learns from.

    Attributes:
        base: What it knows.
        mistakes: Corrections of what was misread.
        confirmed: What people said was right.
        watched: Of the base data, too, but not learned from; it says how far is too far.
        validation: Of the base data; the loss of some of it is shown, and chooses nothing.
        parent: The model that knows the base data.
    """

    base: Labelled
    mistakes: Ways
    confirmed: Ways
    watched: Labelled
    validation: Labelled
    parent: Bundle


class Mixed(Feed):
    """Batches of base data and corrections, other ones in every epoch, and repeatable.

    Args:
        parts: What is shown.
        recipe: Of the training.
    """

    def __init__(self, parts: Parts, recipe: Recipe) -> None:
        counts = len(parts.base), len(parts.mistakes), len(parts.confirmed)
        self._mix = Mix(counts[0], counts[1], counts[2], REPLAYED)
        corrections = (parts.mistakes, parts.confirmed)
        as_they_were = [Labelled(part.images[:, 0], part.labels) for part in corrections]
        shown = join([parts.base, *as_they_were])
        super().__init__(shown, _SPREAD, recipe.batch, recipe.seed)
        firsts = (counts[0], counts[0] + counts[1])
        self._ways = [(f, part.images) for f, part in zip(firsts, corrections, strict=True)]
        self._parent, self._has_none = Network(parts.parent), parts.parent.card.has_none

    def start(self, epoch: int) -> None:
        """Choose for an epoch, the same way each time it is started."""
        super().start(epoch)
        self._order = self._mix.rows(np.random.default_rng((self._seed, epoch)))

    def __len__(self) -> int:
        return math.ceil(sum(self._mix.shown) / self._batch)

    def _make(self, index: int, epoch: int, order: npt.NDArray[np.int64]) -> Batch:
        rows = order[index * self._batch : (index + 1) * self._batch]
        rng = np.random.default_rng((self._seed, epoch, index))
        inks = self._inks[rows]
        for first, ways in self._ways:
            here = (rows >= first) & (rows < first + len(ways))
            inks[here] = ways[rows[here] - first, rng.integers(ways.shape[1], size=here.sum())]
        seen = augment_many(inks, self._spec, rng)
        shares = one_hot(self._labels[rows], self._has_none)
        is_base = rows < self._mix.base
        if is_base.any():
            shares[is_base] = shares_of(self._parent.logits(seen[is_base]), self._has_none)
        return seen, shares


def learn(
    recipe: Recipe,
    network: Callable[[], keras.Model],
    parts: Parts,
    folder: Path,
    tell: Callable[[int, float], None],
    say: Say,
) -> keras.Model:
    """Train a network further. What was interrupted goes on from its last whole epoch.

    Only its last convolution learns, and what comes after it. The epochs are shared out among
    several trainings from the same start. Of each the mean of the weights towards its end is taken:
    those of the epoch with the least loss on what is validated, which has no corrections in it,
    would have learned least. The mean of all of these goes back some of its way, as `go_back` has
    it.

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
    trained = _train(recipe, freeze_below_last_convolution(still(network())), parts, folder, tell)
    kept, has_none = network(), parts.parent.card.has_none
    go_back(kept, trained, parts.watched, _SPREAD, has_none, say)
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
) -> keras.Model:
    """Train to the end of the way, of which some is gone back; as `learn` takes it."""
    keras.utils.set_random_seed(recipe.seed)
    state, feed = folder / STATE, Mixed(parts, recipe)
    steps = recipe.epochs * len(feed) / trainings_of(recipe.epochs)
    compile_for_shares(network, recipe.rate, _AVERAGED * steps)
    soup = Soup(state, network.get_weights(), recipe.epochs)
    validation = _some(parts.validation)
    guard, backup = Guard(folder), Backup(state)
    progress = ShowProgress(len(feed), recipe.batch)
    try:
        network.fit(
            feed,
            validation_data=(
                prepared(validation.images),
                one_hot(validation.labels, parts.parent.card.has_none),
            ),
            initial_epoch=backup.restore(network),
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
    soup.stir(network)
    return network


def _some(data: Labelled) -> Labelled:
    """Enough pictures to show how it goes; all of them take longer than they are worth."""
    rows = np.random.default_rng(len(data)).permutation(len(data))
    return data.take(np.sort(rows[:_SHOWN]))


def _last(state: Path) -> keras.Model:
    """The network as it was kept, without what its training needed."""
    return keras.models.load_model(state / LAST, compile=False)
