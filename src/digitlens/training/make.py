"""Make a bundle: load, split, fit, export, calibrate, measure. `digitlens train` is this."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keras

from digitlens.errors import TrainingError
from digitlens.models.card import Card
from digitlens.training import run as files
from digitlens.training.configure import to_toml
from digitlens.training.data.parts import load_parts
from digitlens.training.finish import Order as Order  # where others look for it
from digitlens.training.finish import Say, finish, versions
from digitlens.training.fit import build, fit
from digitlens.training.layers.describe import describe
from digitlens.training.layers.drawing import draw
from digitlens.training.machine import divide
from digitlens.training.report import write_report
from digitlens.training.run import Run
from digitlens.training.watch import read_history

STOPPED = "it was stopped in its first epoch, before there was anything to keep"
STOPPED_EARLY = "it was stopped before its end; --resume goes on"


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
    with noted(order) as note:
        (order.run / files.CONFIG).write_text(to_toml(recipe), encoding="utf-8")
        train, validation = load_parts(recipe, order.data_dir, say)
        say(f"{len(train):,} pictures to train on, {len(validation):,} to validate on")
        show(network, order.run, note)
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
        card = finish(order, fitted.network, validation, note, say)
        if fitted.failure:
            note(state="failed", reason=fitted.failure)
        elif fitted.is_stopped:
            note(state="stopped", reason="somebody stopped it")
        else:
            note(state="done")
    write_report(order.run)
    return card


@contextmanager
def noted(order: Order) -> Iterator[Callable[..., None]]:
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
        versions=versions(),
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
        is_stopped = str(error) in (STOPPED, STOPPED_EARLY)
        note(state="stopped" if is_stopped else "failed", reason=str(error))
        raise
    except BaseException as error:
        note(state="failed", reason=str(error) or type(error).__name__)
        raise


def show(network: keras.Model, folder: Path, note: Callable[..., None]) -> None:
    """Leave the picture of a network before it has learned anything, to be looked at meanwhile."""
    note(parameters=int(network.count_params()))
    described = describe(network)
    described.write(folder / files.LAYERS)
    (folder / files.DRAWING).write_text(draw(described), encoding="utf-8")
