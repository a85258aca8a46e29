"""Make a bundle: load, split, fit, export, calibrate, measure. `digitlens train` is this."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import keras
import numpy as np

from digitlens.errors import DataError, TrainingError
from digitlens.models.bundle import Bundle, save
from digitlens.models.card import Card, Thresholds
from digitlens.reading.network import Logits, Network
from digitlens.reading.reader import Reader
from digitlens.training import run as files
from digitlens.training.configure import to_toml
from digitlens.training.data.augment import augment_many
from digitlens.training.data.feed import prepared
from digitlens.training.data.mnist import FILES, Labelled, load_mnist, split
from digitlens.training.data.sources import load_sources
from digitlens.training.exchange.export import to_litert
from digitlens.training.fit import build, fit
from digitlens.training.layers.describe import describe
from digitlens.training.layers.drawing import draw
from digitlens.training.layers.filters import write_filters
from digitlens.training.machine import divide
from digitlens.training.measure.calibrate import choose_thresholds, fit_temperature
from digitlens.training.measure.evaluate import evaluate
from digitlens.training.measure.evaluation import assess, write_mistakes
from digitlens.training.measure.latency import latency
from digitlens.training.recipe import Recipe
from digitlens.training.report import write_report
from digitlens.training.run import Run
from digitlens.training.watch import read_history

_TOLERANCE = 0.0004  # of validation accuracy that 8-bit weights may cost: 2 of 5,000 digits
_VARIANTS = 4  # distorted copies of each validation digit that the thresholds are chosen on
_LIBRARIES = ("ai-edge-litert", "digitlens", "keras", "numpy", "opencv-python-headless")
STOPPED = "it was stopped in its first epoch, before there was anything to keep"
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
    """

    recipe: Recipe
    data_dir: Path | None
    run: Path
    out: Path | None = None
    version: str = "1"


def make(order: Order, say: Say) -> Card:
    """Train a network, and write its bundle and all that a run leaves.

    Args:
        order: What to make.
        say: Takes a line about what is going on.

    Returns:
        The card of the bundle, with its figures.

    Raises:
        DataError: A source is missing or damaged.
        TrainingError: It ended before there was a network.
    """
    recipe = order.recipe
    divide(recipe.devices)
    network = build(recipe)  # one that cannot be built leaves no run
    with _noted(order) as note:
        (order.run / files.CONFIG).write_text(to_toml(recipe), encoding="utf-8")
        data = load_sources(recipe.data, order.data_dir, recipe.skip_bad, say)
        held_out = min(recipe.held_out, len(data) // 5)  # a small source needs most of it to learn
        train, validation = split(data, held_out, recipe.seed)
        say(f"{len(train):,} digits to train on, {len(validation):,} to validate on")
        _show(network, order.run, note)
        fitted = fit(
            recipe,
            train,
            validation,
            order.run,
            lambda epoch, seconds: note(epoch=epoch, seconds=round(seconds, 1)),
        )
        history = read_history(order.run)
        note(epoch=len(history), seconds=round(sum(row["seconds"] for row in history), 1))
        if fitted.network is None:
            raise TrainingError(fitted.failure or STOPPED)
        card = _finish(order, fitted.network, validation, note, say)
        if fitted.failure:
            note(state="failed", reason=fitted.failure)
        elif fitted.is_stopped:
            note(state="stopped", reason="somebody stopped it")
        else:
            note(state="done")
    write_report(order.run)
    return card


@contextmanager
def _noted(order: Order) -> Iterator[Callable[..., None]]:
    """Keep the run's own file true, whatever happens; gives what notes changes in it."""
    order.run.mkdir(parents=True, exist_ok=True)
    (order.run / files.STOP).unlink(missing_ok=True)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    recipe = order.recipe
    run = Run(
        name=order.run.name,
        model=recipe.model,
        state="running",
        started=now,
        epochs=recipe.epochs,
        seed=recipe.seed,
        pid=os.getpid(),
        data=recipe.data,
        versions=_versions(),
    )

    def note(**changes: Any) -> None:
        nonlocal run
        run = replace(run, **changes)
        run.write(order.run)

    note()
    try:
        yield note
    except KeyboardInterrupt:
        note(state="stopped", reason="it was interrupted; --resume goes on")
        raise
    except TrainingError as error:
        note(state="stopped" if str(error) == STOPPED else "failed", reason=str(error))
        raise
    except BaseException as error:
        note(state="failed", reason=str(error) or type(error).__name__)
        raise


def _show(network: keras.Model, folder: Path, note: Callable[..., None]) -> None:
    """Leave the picture of a network before it has learned anything, to be looked at meanwhile."""
    note(parameters=int(network.count_params()))
    described = describe(network)
    described.write(folder / files.LAYERS)
    (folder / files.DRAWING).write_text(draw(described), encoding="utf-8")


def _finish(
    order: Order, network: keras.Model, validation: Labelled, note: Callable[..., None], say: Say
) -> Card:
    began = time.monotonic()
    recipe = order.recipe
    network.save(order.run / files.NETWORK)
    write_filters(network, order.run / files.FILTERS)
    model, form = _choose_form(network, validation)
    say(f"LiteRT, {form} weights: {len(model):,} bytes")
    trained = Run.read(order.run).seconds
    card = Card(
        name=Path(recipe.model).stem,
        version=order.version,
        sha256="",
        temperature=1.0,
        thresholds=Thresholds(sure=0.5, evidence=float("-inf")),
        training=_describe(recipe, network, form, round(trained)),
    )
    card = _calibrate(Bundle(model, card), validation, recipe)
    folder = order.run / files.BUNDLE
    save(folder, model, card)
    card = _measure(order, Bundle(model, card), validation, note, say)
    for place in (folder, order.out) if order.out else (folder,):
        card = save(place, model, card)
    note(bytes=len(model), latency=latency(model))
    say(f"exported and measured in {time.monotonic() - began:.0f} s")
    return card


def _measure(
    order: Order, bundle: Bundle, validation: Labelled, note: Callable[..., None], say: Say
) -> Card:
    """Measure on the test set, once; on what was held out where MNIST is not to be had."""
    try:
        test = load_mnist(order.data_dir, "t10k")
        say("measuring on the test set, once")
        reader = Reader(order.run / files.BUNDLE)
        card = replace(bundle.card, metrics=tuple(evaluate(reader, order.data_dir)))
    except DataError as error:
        if "mnist" in order.recipe.data:
            raise
        say(f"measuring on the digits held out, because there is no test set ({error})")
        test, card = validation, bundle.card
    evaluation = assess(_answer(bundle.model, prepared(test.images)), test.labels, card.temperature)
    evaluation.write(order.run / files.EVALUATION)
    write_mistakes(order.run / files.MISTAKES, test.images, evaluation)
    note(accuracy=evaluation.accuracy, interval=evaluation.interval)
    return card


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


def _versions() -> dict[str, str]:
    found = {name: version(name) for name in (*_LIBRARIES, "tensorflow")}
    return found | {"python": platform.python_version()}


def _describe(recipe: Recipe, network: keras.Model, form: str, seconds: int) -> dict[str, Any]:
    use = "train, split for validation; t10k, for the test"
    return {
        "data": {"mnist": {"md5": FILES, "use": use}, "sources": list(recipe.data)},
        "settings": recipe.as_dict(),
        "parameters": network.count_params(),
        "weights": form,
        "seconds": seconds,
        "versions": _versions(),
    }
