"""Progress: how far a training is, how it goes, and how long it will still take."""

from __future__ import annotations

import time
from typing import Any

import keras
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


class ShowProgress(keras.callbacks.Callback):  # type: ignore[misc] # Keras ships no types
    """A bar for the whole training and a line for each epoch; in a log file, the lines alone.

    Args:
        steps: Batches per epoch.
    """

    def __init__(self, steps: int) -> None:
        super().__init__()
        self._steps = steps
        self._console = Console()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:3.0f} %"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Start the bar; a resumed training starts where it was."""
        self._task = self._bar.add_task("training", total=self.params["epochs"] * self._steps)
        self._bar.start()

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Say which epoch it is."""
        self._began = time.monotonic()
        text = f"epoch {epoch + 1}/{self.params['epochs']}"
        self._bar.update(self._task, description=text, completed=epoch * self._steps)

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Move the bar."""
        self._bar.advance(self._task)

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Print how the epoch went, and the time that the others will take at this rate."""
        figures = logs or {}
        seconds = time.monotonic() - self._began
        left = seconds * (self.params["epochs"] - epoch - 1)
        self._console.print(
            f"epoch {epoch + 1:3}/{self.params['epochs']}  loss {figures['loss']:.4f}"
            f"  accuracy {figures['accuracy']:.2%}  validation {figures['val_accuracy']:.2%}"
            f"  loss {figures['val_loss']:.4f}  {seconds:.0f} s, {left / 60:.0f} min left",
            soft_wrap=True,  # in a log file, a line is a line
        )

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Take the bar away."""
        self._bar.stop()
