"""Replay: what the active version was trained on, as much of it as keeps it from forgetting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from digitlens.training.data.made import SIZES, is_made
from digitlens.training.data.mnist import Labelled
from digitlens.training.data.parts import join, load_parts
from digitlens.training.data.skipped import Say
from digitlens.training.data.worn import wear
from digitlens.training.recipe import Recipe

_SHARE = 0.15  # of each source
_LEAST = 2_000  # pictures of a source, where it has as many


def less(spec: str) -> str:
    """A source of what is drawn here, with as many pictures as a replay needs."""
    if not is_made(spec):
        return spec
    name, _, number = spec.partition(":")
    return f"{name}:{_reduced(int(number) if number else SIZES[name])}"


def load_replay(recipe: Recipe, data_dir: Path | None, say: Say) -> tuple[Labelled, Labelled]:
    """Load what is replayed, and what it is validated on; each source has the share it had.

    Args:
        recipe: Of the retraining; what is drawn is as little as `less` says already.
        data_dir: Folder of the data sets, as `load_mnist` takes it.
        say: Takes a line about what is going on.

    Raises:
        DataError: A source is missing or damaged.
    """
    whole, validation = load_parts(replace(recipe, worn=0.0), data_dir, say)
    drawn = sum(int(spec.partition(":")[2]) for spec in recipe.data if is_made(spec))
    given = len(whole) - drawn
    rng = np.random.default_rng(recipe.seed)
    picked = rng.permutation(given)[: _reduced(given)]
    base = whole.take(np.concatenate([np.sort(picked), np.arange(given, len(whole))]))
    if recipe.worn:
        worn = wear(base, round(recipe.worn * len(base)), recipe.seed, say)
        base = join([base, worn])
    return base, validation


def _reduced(count: int) -> int:
    return max(round(_SHARE * count), min(_LEAST, count))
