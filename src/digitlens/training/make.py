"""Make a bundle: load, split, fit, export, calibrate, measure. `digitlens train` is this."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import keras
import numpy as np

from digitlens.models.bundle import Bundle, save
from digitlens.models.card import Card, Thresholds
from digitlens.reading.network import Logits, Network
from digitlens.reading.reader import Reader
from digitlens.training.augment import augment_many
from digitlens.training.calibrate import choose_thresholds, fit_temperature
from digitlens.training.evaluate import evaluate
from digitlens.training.export import to_litert
from digitlens.training.feed import prepared
from digitlens.training.fit import Recipe, fit
from digitlens.training.mnist import FILES, Labelled, load_mnist, split

_TOLERANCE = 0.0004  # of validation accuracy that 8-bit weights may cost: 2 of 5,000 digits
_VARIANTS = 4  # distorted copies of each validation digit that the thresholds are chosen on
_LIBRARIES = ("ai-edge-litert", "digitlens", "keras", "numpy", "opencv-python-headless")


@dataclass(frozen=True, slots=True)
class Order:
    """What to make, and where.

    Attributes:
        recipe: How it is trained.
        data_dir: Folder of the data sets, as `load_mnist` takes it.
        run: Folder for the state of the training; an interrupted one goes on from it.
        out: Folder that the bundle is written to.
        version: Of the model, as its card says it.
    """

    recipe: Recipe
    data_dir: Path | None
    run: Path
    out: Path
    version: str = "1"


def make(order: Order, say: Callable[[str], None]) -> Card:
    """Train a network and write its bundle.

    Args:
        order: What to make.
        say: Takes a line about what is going on.

    Returns:
        The card of the bundle, with its figures.

    Raises:
        DataError: MNIST is missing or damaged.
    """
    began = time.monotonic()
    recipe = order.recipe
    train, validation = split(load_mnist(order.data_dir), recipe.held_out, recipe.seed)
    say(f"{len(train):,} digits to train on, {len(validation):,} to validate on")
    network = fit(recipe, train, validation, order.run)
    model, form = _choose_form(network, validation)
    say(f"LiteRT, {form} weights: {len(model):,} bytes")
    card = Card(
        name=recipe.architecture,
        version=order.version,
        sha256="",
        temperature=1.0,
        thresholds=Thresholds(sure=0.5, evidence=float("-inf")),
        training=_describe(recipe, network, form, round(time.monotonic() - began)),
    )
    card = _calibrate(Bundle(model, card), validation, recipe)
    save(order.out, model, card)
    say("measuring on the test set, once")
    card = replace(card, metrics=tuple(evaluate(Reader(order.out), order.data_dir)))
    return save(order.out, model, card)


def _choose_form(network: keras.Model, validation: Labelled) -> tuple[bytes, str]:
    """8-bit weights where they cost nothing that the validation set shows, else float."""
    inputs = prepared(validation.images)
    models = {"float": to_litert(network), "int8": to_litert(network, quantize=True)}
    right = {
        form: float((_answer(model, inputs).argmax(axis=1) == validation.labels).mean())
        for form, model in models.items()
    }
    form = "int8" if right["int8"] >= right["float"] - _TOLERANCE else "float"
    return models[form], form


def _calibrate(bundle: Bundle, validation: Labelled, recipe: Recipe) -> Card:
    """Choose temperature and thresholds on validation digits, plain and distorted.

    Real handwriting is more varied than MNIST: thresholds that only plain digits had chosen would
    call too much of it unsure, or none.
    """
    rng = np.random.default_rng(recipe.seed)
    inks = np.concatenate([validation.images] * _VARIANTS)
    labels = np.concatenate([validation.labels] * (_VARIANTS + 1))
    distorted = augment_many(inks, recipe.augmentation, rng)
    logits = _answer(bundle.model, np.concatenate([prepared(validation.images), distorted]))
    temperature = round(fit_temperature(logits, labels), 3)
    thresholds = choose_thresholds(logits, labels, temperature)
    return replace(bundle.card, temperature=temperature, thresholds=thresholds)


def _answer(model: bytes, inputs: np.ndarray[Any, np.dtype[np.float32]]) -> Logits:
    unchecked = Card("", "", "", 1.0, Thresholds(0, 0))
    return Network(Bundle(model, unchecked)).logits(inputs)


def _describe(recipe: Recipe, network: keras.Model, form: str, seconds: int) -> dict[str, Any]:
    return {
        "data": {"mnist": {"md5": FILES, "use": "train, split for validation; t10k, for the test"}},
        "settings": recipe.as_dict(),
        "parameters": network.count_params(),
        "weights": form,
        "seconds": seconds,
        "versions": {name: version(name) for name in (*_LIBRARIES, "tensorflow")}
        | {"python": platform.python_version()},
    }
