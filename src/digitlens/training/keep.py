"""Keep: the network of the best epoch, also when a training is interrupted and goes on."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import keras

BEST = "best.keras"
_FIGURES = "best.json"
_RECIPE = "recipe.json"
BACKUP = "backup"
_DONE = "done"


class KeepBest(keras.callbacks.Callback):  # type: ignore[misc] # Keras ships no types
    """Keeps the network with the least validation loss, and says so on disk.

    Args:
        folder: Where it is kept.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._least = math.inf
        if (folder / _FIGURES).exists():
            self._least = json.loads((folder / _FIGURES).read_text())["val_loss"]

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Keep the network if it is better than all before."""
        figures = {name: float(value) for name, value in (logs or {}).items()}
        if figures["val_loss"] < self._least:
            self._least = figures["val_loss"]
            # Written beside and moved, so that a killed training leaves a whole file.
            self.model.save(self._folder / f"part.{BEST}")
            (self._folder / f"part.{BEST}").replace(self._folder / BEST)
            (self._folder / _FIGURES).write_text(json.dumps({"epoch": epoch + 1} | figures))


def begin(folder: Path, recipe: dict[str, Any]) -> bool:
    """Make a folder ready for a training, or to go on with one that was interrupted.

    Args:
        folder: Where it keeps its state.
        recipe: What it does. What another recipe left there is removed.

    Returns:
        Whether there is anything left to do: False where this recipe was trained to its end.
    """
    kept = folder / _RECIPE
    if not kept.exists() or json.loads(kept.read_text()) != recipe:
        shutil.rmtree(folder / BACKUP, ignore_errors=True)
        for name in (_FIGURES, _DONE, BEST):
            (folder / name).unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(recipe, indent=2))
    return not (folder / _DONE).exists()


def finish(folder: Path) -> None:
    """Note that the training was done to its end."""
    (folder / _DONE).touch()
