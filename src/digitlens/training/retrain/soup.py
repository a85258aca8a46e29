"""Soup: the mean of the weights that several short trainings from the same start lead to.

Each learns the corrections and forgets a little of the rest, but not the same of it. The mean has
learned as much and forgotten less than one training that is as long as all of them (Wortsman et al.
2022, "Model soups", arXiv 2203.05482).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

_TRAININGS = 2


class Soup(keras.callbacks.Callback):  # type: ignore[misc] # Keras ships no types
    """Makes several trainings of one: its epochs are shared out, and each begins at the start.

    Where each training ended is kept on disk, so that one that is interrupted goes on.

    Args:
        folder: Of the training's state.
        start: Weights where each begins.
        epochs: Of all together.
    """

    def __init__(self, folder: Path, start: list[npt.NDArray[np.float32]], epochs: int) -> None:
        super().__init__()
        self._start = start
        firsts = [int(part[0]) for part in np.array_split(range(epochs), trainings_of(epochs))]
        self._ends = {epoch: folder / f"end-{epoch}.npz" for epoch in firsts[1:]}

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 -- Keras' signature
        """Where another training begins, keep where the one before ended."""
        if epoch not in self._ends:
            return
        optimizer = self.model.optimizer
        optimizer.finalize_variable_values(self.model.trainable_variables)  # the mean on its way
        part = self._ends[epoch].with_name(f"part.{self._ends[epoch].name}")
        np.savez(part, *self.model.get_weights())
        part.replace(self._ends[epoch])
        self.model.set_weights(self._start)
        rate = float(keras.ops.convert_to_numpy(optimizer.learning_rate))
        for variable in optimizer.variables:
            variable.assign(keras.ops.zeros_like(variable))
        optimizer.learning_rate = rate

    def stir(self, network: keras.Model) -> None:
        """Give a network, where the last training ended, the mean of all ends."""
        ends = [network.get_weights()]
        for path in self._ends.values():
            with np.load(path) as kept:
                ends.append([kept[f"arr_{number}"] for number in range(len(kept))])
        network.set_weights([sum(same) / len(ends) for same in zip(*ends, strict=True)])


def trainings_of(epochs: int) -> int:
    """Among how many trainings so many epochs are shared out."""
    return min(_TRAININGS, epochs)


def clear(folder: Path) -> None:
    """Remove where trainings ended, also what was written by half."""
    for path in folder.glob("*end-*.npz"):
        path.unlink()
