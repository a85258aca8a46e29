"""Watch: what happens at every step of a training besides the training.

The rate is set, the history kept, and the training ended: where its loss is no number, where it no
longer gets better, or where somebody wishes it.
"""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

from digitlens.training import schedules
from digitlens.training.recipe import Recipe
from digitlens.training.run import HISTORY, STOP

COLUMNS = ("epoch", "loss", "accuracy", "val_loss", "val_accuracy", "rate", "seconds")
_LOOK = 0.5  # seconds between two looks for the wish to stop


class History(keras.callbacks.Callback):  # type: ignore[misc] # Keras ships no types
    """Keeps a line for each epoch, and sets the rate that follows from those before.

    Args:
        folder: Of the run.
        recipe: What says how the rate changes, and when it is over.
        steps: Batches per epoch.
        tell: Is called with the number of whole epochs and their seconds.
    """

    def __init__(
        self, folder: Path, recipe: Recipe, steps: int, tell: Callable[[int, float], None] | None
    ) -> None:
        super().__init__()
        self._path = folder / HISTORY
        self._recipe, self._steps, self._tell = recipe, steps, tell
        self.rows: list[dict[str, float]] = read_history(folder)
        self.is_over = False

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Forget epochs that were noted and then lost, and start the clock."""
        self.rows = self.rows[:epoch]
        self._epoch, self._began = epoch, time.monotonic()

    def on_train_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Set the rate of this step."""
        recipe = self._recipe
        step, steps = self._epoch * self._steps + batch, recipe.epochs * self._steps
        if recipe.schedule == "plateau":
            if batch:
                return
            share = schedules.plateau([row["val_loss"] for row in self.rows])
        elif recipe.schedule == "cosine":
            share = schedules.cosine(step, steps, self._steps)
        else:
            share = schedules.one_cycle(step, steps) if recipe.schedule == "one-cycle" else 1.0
        self.model.optimizer.learning_rate = recipe.rate * share

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Note the epoch, and end the training where no better one is to be expected."""
        figures = {name: float((logs or {}).get(name, math.nan)) for name in COLUMNS[1:5]}
        rate = float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate))
        seconds = round(time.monotonic() - self._began, 3)
        self.rows.append({"epoch": epoch + 1, **figures, "rate": rate, "seconds": seconds})
        self._write()
        if self._tell:
            self._tell(epoch + 1, sum(row["seconds"] for row in self.rows))
        if schedules.is_over([row["val_loss"] for row in self.rows], self._recipe.patience):
            self.is_over = self.model.stop_training = True

    def _write(self) -> None:
        part = self._path.with_suffix(".part")
        with part.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(
                {name: f"{value:.6g}" for name, value in row.items()} for row in self.rows
            )
        part.replace(self._path)


class Chance(keras.callbacks.Callback):  # type: ignore[misc] # Keras ships no types
    """Lets each epoch drop out the same units each time it is trained.

    Keras does not keep the state of its generators, so that a training that goes on would have
    others than one that was not interrupted.

    Args:
        seed: Of the training.
    """

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._seed = seed

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Set every generator to what follows from seed and epoch."""
        for place, layer in enumerate(self.model.layers):
            generator = getattr(layer, "seed_generator", None)
            if generator is not None:
                generator.state.assign([self._seed * 1000 + place, epoch])


class Guard(keras.callbacks.Callback):  # type: ignore[misc] # Keras ships no types
    """Ends a training whose loss is no number, or that somebody wishes to end.

    Args:
        folder: Of the run; a file `stop` in it is the wish.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._stop = folder / STOP
        self._looked = 0.0
        self.failure = ""
        self.is_stopped = False

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Remember which epoch it is."""
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Look at the loss, and now and then for the wish."""
        loss = (logs or {}).get("loss", 0.0)
        if not math.isfinite(loss):
            where = f"in epoch {self._epoch + 1}, batch {batch + 1}"
            self.failure = f"the loss became {loss} {where}; a lower rate often helps"
            self._end()
        elif time.monotonic() - self._looked > _LOOK:
            self._looked = time.monotonic()
            if self._stop.exists():
                self.is_stopped = True
                self._end()

    def _end(self) -> None:
        # Keras would finish the epoch first, and would keep what is now of no use.
        raise Ended


class Ended(Exception):
    """A training is to end here, in the middle of an epoch."""


def read_history(folder: Path) -> list[dict[str, float]]:
    """The epochs of a run: epoch, loss, accuracy, val_loss, val_accuracy, rate, seconds."""
    path = folder / HISTORY
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [{name: float(row[name]) for name in COLUMNS} for row in csv.DictReader(file)]
