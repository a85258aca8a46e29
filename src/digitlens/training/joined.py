"""Joined: one network of several that learned the same with other beginnings.

Their logits are averaged. Where one of them errs by chance the others mostly do not, so that they
are better together than the best of them alone (Lakshminarayanan, Pritzel, Blundell 2017, "Simple
and scalable predictive uncertainty estimation using deep ensembles", arXiv 1612.01474).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np

from digitlens.errors import InvalidInput
from digitlens.models.card import Card
from digitlens.training import run as files
from digitlens.training.configure import configure, to_toml
from digitlens.training.data.parts import load_parts
from digitlens.training.finish import Order, Say, finish
from digitlens.training.make import noted, show
from digitlens.training.recipe import Recipe
from digitlens.training.report import write_report
from digitlens.training.run import Run


def make_joined(runs: list[Path], order: Order, say: Say) -> Card:
    """Make a run of several, whose network is theirs joined.

    Args:
        runs: Folders of at least two runs that differ in nothing but their seed.
        order: Its recipe is that of the first run; the bundle's name and version, and where to.
        say: Takes a line about what is going on.

    Returns:
        The card of the bundle.

    Raises:
        InvalidInput: A run has no network, or was trained in another way than the first.
        DataError: A source is missing or damaged.
    """
    recipes = [recipe_of(run) for run in runs]
    for run, recipe in zip(runs, recipes, strict=True):
        if _but_chance(recipe) != _but_chance(recipes[0]):
            raise InvalidInput(str(run), f"the settings of {runs[0]}, with another seed", "others")
    network = join([_network(run) for run in runs])
    seconds = sum(_seconds(run) for run in runs)
    notes = {"joined": [recipe.seed for recipe in recipes]}
    with noted(order) as note:
        (order.run / files.CONFIG).write_text(to_toml(order.recipe), encoding="utf-8")
        note(epoch=order.recipe.epochs, seconds=seconds)
        show(network, order.run, note)
        _, validation = load_parts(replace(order.recipe, worn=0.0), order.data_dir, say)
        card = finish(replace(order, notes=notes | order.notes), network, validation, note, say)
        note(state="done")
    write_report(order.run)
    return card


def join(networks: list[keras.Model]) -> keras.Model:
    """One network that answers with the mean of what several answer.

    Args:
        networks: Each takes (n, 28, 28, 1) and answers ten logits, layer after layer.

    Returns:
        A network of all their layers; those of the second are called `2-NAME`, and so on.

    Raises:
        InvalidInput: The layers of one are no row.
    """
    source = keras.Input((28, 28, 1))
    logits = [_copy(network, source, number) for number, network in enumerate(networks, 1)]
    joined = keras.Model(source, keras.layers.Average(name="logits")(logits), name="joined")
    glyphs = np.random.default_rng(1).random((2, 28, 28, 1), np.float32)
    mean = np.mean([network.predict(glyphs, verbose=0) for network in networks], axis=0)
    if not np.allclose(joined.predict(glyphs, verbose=0), mean, atol=1e-4):
        raise _no_row(networks[0])
    return joined


def _copy(network: keras.Model, source: keras.KerasTensor, number: int) -> keras.KerasTensor:
    """Build the layers of a network again behind a source, with the same weights."""
    flow = source
    for layer in network.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        copy = type(layer).from_config(layer.get_config() | {"name": f"{number}-{layer.name}"})
        try:
            flow = copy(flow)
            copy.set_weights(layer.get_weights())
        except (ValueError, TypeError) as error:
            raise _no_row(network) from error
    return flow


def _no_row(network: keras.Model) -> InvalidInput:
    return InvalidInput("runs", "networks that are a row of layers", network.name)


def _seconds(run: Path) -> float:
    """How long a run has trained, with those that it started from."""
    start = recipe_of(run).start
    before = _seconds(Path(start)) if start and (Path(start) / files.RUN).exists() else 0.0
    return Run.read(run).seconds + before


def _but_chance(recipe: Recipe) -> Recipe:
    """A recipe without what makes two runs of it differ."""
    return replace(recipe, seed=0, start="")


def recipe_of(run: Path) -> Recipe:
    """The recipe that a run was trained by."""
    if not (run / files.CONFIG).exists():
        raise InvalidInput(str(run), "the folder of a run", "no config.toml in it")
    return configure(file=run / files.CONFIG)


def _network(run: Path) -> keras.Model:
    if not (run / files.NETWORK).exists():
        raise InvalidInput(str(run), "a run that has trained to its end", "no network yet")
    return keras.models.load_model(run / files.NETWORK, compile=False)
