"""Parts: what a training learns from, and what it is validated on.

Where nothing else says so, a share of the pictures is held out. Of what is drawn here, other
writers, characters and ways than those of training validate: two pictures of the same strokes in
both parts would say how well strokes are learned by heart.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from digitlens.training.data.made import is_made, load_made
from digitlens.training.data.mnist import Labelled, split
from digitlens.training.data.skipped import Say
from digitlens.training.data.sources import load_sources
from digitlens.training.data.worn import wear
from digitlens.training.recipe import Recipe


def load_parts(recipe: Recipe, data_dir: Path | None, say: Say) -> tuple[Labelled, Labelled]:
    """Load what a recipe trains on, and what it is validated on.

    Args:
        recipe: Says which sources, and how much of them is held out and worn.
        data_dir: Folder of the data sets, as `load_mnist` takes it.
        say: Takes a line about what is going on.

    Raises:
        DataError: A source is missing or damaged.
    """
    own = [spec for spec in recipe.data if is_made(spec)]
    plain = [spec for spec in recipe.data if not is_made(spec)]
    train, validation = [], []
    if plain or not own:
        data = load_sources(plain, data_dir, recipe.skip_bad, say)
        held_out = min(recipe.held_out, len(data) // 5)  # a small source needs most of it to learn
        rest, held = split(data, held_out, recipe.split)
        train.append(rest)
        validation.append(held)
    train += [load_made(spec, data_dir, "train", say) for spec in own]
    validation += [load_made(spec, data_dir, "validation", say) for spec in own]
    whole, seed = join(train), recipe.seed
    if recipe.worn:
        whole = join([whole, wear(whole, round(recipe.worn * len(whole)), seed, say)])
    return whole, join(validation)


def join(parts: list[Labelled]) -> Labelled:
    """Put pictures together."""
    if len(parts) == 1:
        return parts[0]
    return Labelled(
        np.concatenate([part.images for part in parts]),
        np.concatenate([part.labels for part in parts]),
        tuple(map(len, parts)),
    )
