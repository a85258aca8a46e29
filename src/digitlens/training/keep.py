"""Keep: the network of the best epoch, also when a training is interrupted and goes on."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import keras

from digitlens.training.loss import averaged

BEST = "best.keras"
_FIGURES = "best.json"
_RECIPE = "recipe.json"
_BACKUP = "backup"
_DONE = "done"


class KeepBest(keras.callbacks.Callback):  # type: ignore[misc] # Keras ships no types
    """Keeps the network with the least validation loss, and says so on disk.

    Args:
        folder: Where it is kept.
        always: Whether it is kept after every epoch, so that in the end it is the last one.
    """

    def __init__(self, folder: Path, always: bool = False) -> None:
        super().__init__()
        self._always = always
        self._folder = folder
        self._least = math.inf
        if (folder / _FIGURES).exists():
            self._least = json.loads((folder / _FIGURES).read_text())["val_loss"]

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Keep the network if it is better than all before, or if each is kept.

        Where the mean of the weights is taken, that is what is kept.
        """
        figures = {name: float(value) for name, value in (logs or {}).items()}
        if self._always or figures["val_loss"] < self._least:
            self._least = figures["val_loss"]
            # Written beside and moved, so that a killed training leaves a whole file.
            with averaged(self.model):
                self.model.save(self._folder / f"part.{BEST}")
            (self._folder / f"part.{BEST}").replace(self._folder / BEST)
            _write(self._folder / _FIGURES, {"epoch": epoch + 1} | figures)


class Backup(keras.callbacks.Callback):  # type: ignore[misc] # Keras ships no types
    """Keeps after each epoch what a training needs to go on: weights, and the optimizer's state.

    That of Keras writes over its file, which a kill in that moment leaves cut off. Here each epoch
    has a file of its own, complete from the moment it has its name, and the name tells the epoch.

    Args:
        folder: Of the training's state, as `begin` makes it ready.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder / _BACKUP

    def restore(self, network: keras.Model) -> int:
        """Go on from the last epoch that was kept, if there is one.

        Args:
            network: Compiled, as it was when it was kept.

        Returns:
            How many epochs are done.
        """
        kept = sorted(self._folder.glob("[0-9]*.weights.h5"))
        if not kept:
            return 0
        network.optimizer.build(network.trainable_variables)  # or its state could not be loaded
        network.load_weights(kept[-1])
        return int(kept[-1].name.split(".")[0])

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Keep the epoch, and only then remove the one before."""
        self._folder.mkdir(exist_ok=True)
        before = list(self._folder.glob("*"))
        part = self._folder / "part.weights.h5"
        self.model.save_weights(part, overwrite=True)
        part.replace(self._folder / f"{epoch + 1:06}.weights.h5")
        for old in before:
            old.unlink(missing_ok=True)


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
        shutil.rmtree(folder / _BACKUP, ignore_errors=True)
        for name in (_FIGURES, _DONE, BEST):
            (folder / name).unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    _write(kept, recipe)
    return not (folder / _DONE).exists()


def finish(folder: Path) -> None:
    """Note that the training was done to its end; there is nothing to go on with."""
    (folder / _DONE).touch()
    shutil.rmtree(folder / _BACKUP, ignore_errors=True)


def _write(path: Path, entries: dict[str, Any]) -> None:
    """Write JSON beside and move it, so that a kill leaves the old file or the new one."""
    part = path.with_name(f"part.{path.name}")
    part.write_text(json.dumps(entries, indent=2))
    part.replace(path)
