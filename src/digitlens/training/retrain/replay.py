"""Replay: what the active version was trained on, as much of it as keeps it from forgetting.

What a network forgets first is what it only just knew. So most of what is replayed of the given
pictures are those that the active version is least decided about, the rest is chance: with
chance alone, a hand was learned at the price of a dozen of MNIST's test set. Some of the least
decided are not replayed but watched: by these one sees what is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitlens.models.bundle import Bundle
from digitlens.reading.network import Network
from digitlens.training.data.feed import prepared
from digitlens.training.data.made import SIZES, is_made
from digitlens.training.data.mnist import Labelled
from digitlens.training.data.parts import join, load_parts
from digitlens.training.data.skipped import Say
from digitlens.training.data.worn import wear
from digitlens.training.measure.answers import answer_many
from digitlens.training.recipe import Recipe

_SHARE = 0.16  # of each source
_LEAST = 2_000  # pictures of a source, where it has as many
_HARD = 0.8  # of what is replayed of the given pictures
_WATCHED = 0.3  # of what is hard
_AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class Replay:
    """What a retraining has of the base data.

    Attributes:
        base: What is replayed.
        watched: What is not replayed, though the parent is little decided about it.
        validation: What the parent was validated on.
    """

    base: Labelled
    watched: Labelled
    validation: Labelled


def less(spec: str) -> str:
    """A source of what is drawn here, with as many pictures as a replay needs."""
    if not is_made(spec):
        return spec
    name, _, number = spec.partition(":")
    return f"{name}:{_reduced(int(number) if number else SIZES[name])}"


def load_replay(recipe: Recipe, data_dir: Path | None, parent: Bundle, say: Say) -> Replay:
    """Load what is replayed, and what is watched; each source has the share it had.

    Args:
        recipe: Of the retraining; what is drawn is as little as `less` says already.
        data_dir: Folder of the data sets, as `load_mnist` takes it.
        parent: The active version.
        say: Takes a line about what is going on.

    Raises:
        DataError: A source is missing or damaged.
    """
    whole, validation = load_parts(replace(recipe, worn=0.0), data_dir, say)
    drawn = sum(int(spec.partition(":")[2]) for spec in recipe.data if is_made(spec))
    given = len(whole) - drawn
    rng = np.random.default_rng(recipe.seed)
    picked, watched = _pick(whole.take(np.arange(given)), _reduced(given), parent, rng)
    base = whole.take(np.concatenate([np.sort(picked), np.arange(given, len(whole))]))
    if recipe.worn:
        worn = wear(base, round(recipe.worn * len(base)), recipe.seed, say)
        base = join([base, worn])
    # Of a small source all is replayed: then what validates is watched.
    return Replay(base, whole.take(watched) if len(watched) else validation, validation)


def _pick(
    given: Labelled, count: int, parent: Bundle, rng: np.random.Generator
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Which are replayed, some hard for the parent and some by chance; and which hard ones not."""
    if count == len(given):
        return np.arange(count), np.empty(0, np.int64)
    order = np.argsort(np.abs(_margins(given, parent)), kind="stable")
    replayed = round(_HARD * count)
    near = min(round(replayed / (1 - _WATCHED)), len(given) - (count - replayed))
    hard = rng.permutation(order[:near])
    some = rng.permutation(order[near:])[: count - replayed]
    return np.concatenate([hard[:replayed], some]), np.sort(hard[replayed:])


def _margins(given: Labelled, parent: Bundle) -> npt.NDArray[np.float32]:
    """How far the logit of what each picture is lies above the highest other one."""
    network = Network(parent)
    margins = []
    for start in range(0, len(given), _AT_A_TIME):
        some = given.take(np.arange(start, min(start + _AT_A_TIME, len(given))))
        logits = answer_many(network, some.images, prepared)
        if parent.card.has_none:
            logits = np.pad(logits, ((0, 0), (0, 1)))
        rows = np.arange(len(some))
        own = logits[rows, some.labels]
        logits[rows, some.labels] = -np.inf
        margins.append(own - logits.max(axis=1))
    return np.concatenate(margins)


def _reduced(count: int) -> int:
    return max(round(_SHARE * count), min(_LEAST, count))
