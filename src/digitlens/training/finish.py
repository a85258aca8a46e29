"""Finish: from a network that has learned to a bundle: export, calibrate, measure, describe."""

from __future__ import annotations

import platform
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from digitlens.errors import DataError
from digitlens.models.bundle import NETWORK_FILE, Bundle, load, save
from digitlens.models.card import Card, Thresholds
from digitlens.reading.network import Logits, Network
from digitlens.reading.reader import Reader
from digitlens.training import run as files
from digitlens.training.data.augment import augment_many
from digitlens.training.data.feed import prepared
from digitlens.training.data.mnist import FILES, NONE, Labelled, load_mnist
from digitlens.training.exchange.export import to_litert
from digitlens.training.layers.filters import write_filters
from digitlens.training.measure.answers import answer_many
from digitlens.training.measure.calibrate import choose_thresholds, least_sure
from digitlens.training.measure.evaluate import evaluate
from digitlens.training.measure.evaluation import assess, write_mistakes
from digitlens.training.measure.latency import latency
from digitlens.training.recipe import Recipe
from digitlens.training.run import Run

_TOLERANCE = 0.0004  # of validation accuracy that 8-bit weights may cost: 2 of 5,000 digits
_FORMS = {"float": False, "int8": True}  # whether the weights are of 8 bits
_VARIANTS = 4  # distorted copies of each validation digit that the thresholds are chosen on
_LIBRARIES = ("ai-edge-litert", "digitlens", "keras", "numpy", "opencv-python-headless")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to make, and where.

    Attributes:
        recipe: How it is trained.
        data_dir: Folder of the data sets, as `load_mnist` takes it.
        run: Folder that the run leaves; an interrupted one goes on from it.
        out: Another folder that the bundle is written to, too.
        version: Of the model, as its card says it.
        name: Of the model; that of the architecture without it.
        notes: What else the card shall say of the training.
    """

    recipe: Recipe
    data_dir: Path | None
    run: Path
    out: Path | None = None
    version: str = "1"
    name: str = ""
    notes: dict[str, Any] = field(default_factory=dict)


def finish(
    order: Order, network: keras.Model, validation: Labelled, note: Callable[..., None], say: Say
) -> Card:
    """Export a network, choose its thresholds, measure it, and write its bundle.

    Args:
        order: What it was made for.
        network: That has learned.
        validation: What it did not learn from; chooses temperature and thresholds.
        note: Notes changes in the run's own file.
        say: Takes a line about what is going on.

    Returns:
        The card of the bundle.

    Raises:
        DataError: MNIST was trained on, but its test set is missing.
    """
    export(order, network, validation, say)
    return measure(order, validation, note, say)


def export(
    order: Order, network: keras.Model, validation: Labelled, say: Say, form: str = ""
) -> None:
    """Write the bundle of a network, with its thresholds and without its figures, into its run.

    Args:
        order: What it was made for.
        network: That has learned.
        validation: What it did not learn from; chooses temperature and thresholds.
        say: Takes a line about what is going on.
        form: Of its weights, `float` or `int8`; by what the validation set shows without it.
    """
    began = time.monotonic()
    recipe = order.recipe
    network.save(order.run / files.NETWORK)
    write_filters(network, order.run / files.FILTERS)
    if form in _FORMS:
        model = to_litert(network, quantize=_FORMS[form])
    else:
        model, form = _choose_form(network, validation)
    trained = Run.read(order.run).seconds
    card = Card(
        name=order.name or Path(recipe.model).stem,
        version=order.version,
        sha256="",
        temperature=1.0,
        thresholds=Thresholds(sure=0.5, evidence=float("-inf")),
        training=_describe(recipe, network, form, round(trained)) | order.notes,
    )
    card = _calibrate(Bundle(model, card), validation, recipe)
    save(order.run / files.BUNDLE, model, card)
    network.save(order.run / files.BUNDLE / NETWORK_FILE)  # what a retraining starts from
    seconds = time.monotonic() - began
    say(f"exported to LiteRT in {seconds:.0f} s, {form} weights: {len(model):,} bytes")


def measure(order: Order, validation: Labelled, note: Callable[..., None], say: Say) -> Card:
    """Measure the bundle of a run, and write the figures into its card.

    Args:
        order: What it was made for.
        validation: What is measured on where MNIST is not to be had.
        note: Notes changes in the run's own file.
        say: Takes a line about what is going on.

    Returns:
        The card.

    Raises:
        DataError: MNIST was trained on, but its test set is missing.
    """
    began = time.monotonic()
    folder = order.run / files.BUNDLE
    bundle = load(folder)
    card = save(folder, bundle.model, _measure(order, bundle, validation, note, say))
    if order.out:
        save(order.out, bundle.model, card)
        shutil.copy(folder / NETWORK_FILE, order.out)
    note(bytes=len(bundle.model), latency=latency(bundle.model))
    say(f"measured in {time.monotonic() - began:.0f} s")
    return card


def _measure(
    order: Order, bundle: Bundle, validation: Labelled, note: Callable[..., None], say: Say
) -> Card:
    """Measure on the test set, once; on what was held out where MNIST is not to be had."""
    try:
        test = load_mnist(order.data_dir, "t10k")
        say("measuring on the test set")
        reader = Reader(order.run / files.BUNDLE)
        card = replace(bundle.card, metrics=tuple(evaluate(reader, order.data_dir)))
    except DataError as error:
        if "mnist" in order.recipe.data:
            raise
        say(f"measuring on the digits held out, because there is no test set ({error})")
        test, card = validation, bundle.card
    digits = test.take(np.flatnonzero(test.labels != NONE))
    logits = answer_many(Network(bundle), digits.images, prepared)
    evaluation = assess(logits, digits.labels, card.temperature, card.has_none)
    evaluation.write(order.run / files.EVALUATION)
    write_mistakes(order.run / files.MISTAKES, digits.images, evaluation)
    note(accuracy=evaluation.accuracy, interval=evaluation.interval)
    return card


def _choose_form(network: keras.Model, validation: Labelled) -> tuple[bytes, str]:
    """8-bit weights where they cost nothing that the validation set shows, else float."""
    inputs = prepared(validation.images)
    models = {form: to_litert(network, quantize=is_8_bit) for form, is_8_bit in _FORMS.items()}
    right = {
        form: _share_right(_answer(model, inputs), validation.labels)
        for form, model in models.items()
    }
    form = "int8" if right["int8"] >= right["float"] - _TOLERANCE else "float"
    return models[form], form


def _share_right(logits: Logits, labels: npt.NDArray[np.int64]) -> float:
    """The share of pictures that are what they were taken for: a digit, or none."""
    if (labels == NONE).any():
        logits = np.pad(logits, ((0, 0), (0, 1)))
    return float((logits.argmax(axis=1) == labels).mean())


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
    digits = labels != NONE
    has_none = not digits.all()
    counts = validation.counts or (len(validation),)
    source = np.tile(np.repeat(np.arange(len(counts)), counts), _VARIANTS + 1)
    logits, labels, source = logits[digits], labels[digits], source[digits]
    temperature = round(least_sure(logits, labels, source, has_none), 3)
    thresholds = choose_thresholds(logits, labels, temperature, has_none)
    return replace(bundle.card, temperature=temperature, thresholds=thresholds, has_none=has_none)


def _answer(model: bytes, inputs: np.ndarray[Any, np.dtype[np.float32]]) -> Logits:
    unchecked = Card("", "", "", 1.0, Thresholds(0, 0))
    return answer_many(Network(Bundle(model, unchecked)), inputs)


def versions() -> dict[str, str]:
    """Versions of what decides how a training ends."""
    found = {name: version(name) for name in (*_LIBRARIES, "tensorflow")}
    return found | {"python": platform.python_version()}


def _describe(recipe: Recipe, network: keras.Model, form: str, seconds: int) -> dict[str, Any]:
    use = "train, split for validation; t10k, for the test"
    others = {  # by name: where they were says nothing elsewhere
        "start": Path(recipe.start).name,
        "teachers": [Path(teacher).name for teacher in recipe.teachers],
    }
    return {
        "data": {"mnist": {"md5": FILES, "use": use}, "sources": list(recipe.data)},
        "settings": recipe.as_dict() | others,
        "parameters": network.count_params(),
        "weights": form,
        "seconds": seconds,
        "versions": versions(),
    }
