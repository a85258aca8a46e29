"""Progress: how far a training is, how it goes, and how long it will still take."""

from __future__ import annotations

import time
from typing import Any

import keras
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

_OFTEN = 20  # batches between two looks at loss and accuracy


class ShowProgress(keras.callbacks.Callback):  # type: ignore[misc] # Keras ships no types
    """A bar for the whole training and a line for each epoch; in a log file, the lines alone.

    Args:
        steps: Batches per epoch.
        batch: Pictures per batch.
    """

    def __init__(self, steps: int, batch: int) -> None:
        super().__init__()
        self._steps, self._batch = steps, batch
        self._console = Console()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:3.0f} %"),
            TextColumn("{task.fields[figures]}"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Start the bar; a resumed training starts where it was."""
        total = self.params["epochs"] * self._steps
        self._task = self._bar.add_task("training", total=total, figures="")
        self._bar.start()

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Say which epoch it is."""
        self._began = time.monotonic()
        text = f"epoch {epoch + 1}/{self.params['epochs']}"
        self._bar.update(self._task, description=text, completed=epoch * self._steps)

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Move the bar, and say how it goes."""
        self._bar.advance(self._task)
        if batch % _OFTEN == 0 and logs and not self._bar.disable:
            text = f"loss {logs['loss']:.4f}  accuracy {logs['accuracy']:.2%}"
            self._bar.update(self._task, figures=text)

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Print how the epoch went, and the time that the others will take at this rate."""
        figures = logs or {}
        seconds = time.monotonic() - self._began
        left = seconds * (self.params["epochs"] - epoch - 1)
        speed = self._steps * self._batch / seconds
        self._console.print(
            f"epoch {epoch + 1:3}/{self.params['epochs']}  loss {figures['loss']:.4f}"
            f"  accuracy {figures['accuracy']:.2%}  validation {figures['val_accuracy']:.2%}"
            f"  loss {figures['val_loss']:.4f}  {speed:,.0f} digits/s  {seconds:.0f} s,"
            f" {_say(left)} left",
            soft_wrap=True,  # in a log file, a line is a line
        )

    def close(self) -> None:
        """Take the bar away, however the training ended."""
        self._bar.stop()


def _say(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
