"""Fit: from data to the network that was best on what it was not trained on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import keras

from digitlens.training.architectures import find
from digitlens.training.augment import Augmentation
from digitlens.training.feed import Feed, prepared
from digitlens.training.keep import BACKUP, BEST, KeepBest, begin, finish
from digitlens.training.logits import end_in_logits
from digitlens.training.mnist import Labelled
from digitlens.training.progress import ShowProgress


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what a training makes of its data.

    Attributes:
        architecture: Name of the network.
        epochs: How often it sees all pictures.
        batch: Pictures per step.
        rate: Highest learning rate, of Adam; it rises in the first epoch and falls as a cosine.
        held_out: Pictures of the training set that it is validated on.
        seed: Of the split, the first weights, the order and the distortions.
        augmentation: How far the pictures are distorted.
    """

    architecture: str = "compact"
    epochs: int = 40
    batch: int = 128
    rate: float = 2e-3
    held_out: int = 5000
    seed: int = 1
    augmentation: Augmentation = field(default_factory=Augmentation)

    def as_dict(self) -> dict[str, Any]:
        """As entries of a card."""
        return asdict(self)


def fit(recipe: Recipe, train: Labelled, validation: Labelled, folder: Path) -> keras.Model:
    """Train a network.

    A training that was interrupted goes on from its last whole epoch, and one that was done to its
    end is not done again.

    Args:
        recipe: What to do.
        train: What it is trained on.
        validation: What chooses the best epoch, by its loss.
        folder: Where the best network and the state of the training are kept.

    Returns:
        The network of the best epoch.
    """
    if not begin(folder, recipe.as_dict()):
        return keras.models.load_model(folder / BEST)
    keras.utils.set_random_seed(recipe.seed)
    feed = Feed(train, recipe.augmentation, recipe.batch, recipe.seed)
    network = _compile(end_in_logits(find(recipe.architecture)()), recipe, len(feed))
    network.fit(
        feed,
        validation_data=(prepared(validation.images), validation.labels),
        epochs=recipe.epochs,
        verbose=0,
        shuffle=False,  # the feed shuffles
        callbacks=[
            KeepBest(folder),  # before the backup: an epoch that is backed up was considered
            keras.callbacks.BackupAndRestore(folder / BACKUP),
            keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, _: feed.start(epoch)),
            ShowProgress(len(feed)),
        ],
    )
    finish(folder)
    return keras.models.load_model(folder / BEST)


def _compile(network: keras.Model, recipe: Recipe, steps: int) -> keras.Model:
    rate = keras.optimizers.schedules.CosineDecay(
        recipe.rate / 10,
        decay_steps=max(1, (recipe.epochs - 1) * steps),
        warmup_target=recipe.rate,
        warmup_steps=steps,
    )
    network.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return network
