"""Recipe: everything that decides what a training makes of its data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from digitlens.training.data.augment import Augmentation

Schedule = Literal["constant", "cosine", "one-cycle", "plateau"]
Precision = Literal["auto", "float32", "mixed"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what a training makes of its data.

    Attributes:
        model: Name of an architecture, or a file with a `build_model()`.
        data: Where the digits come from: `mnist`, `csv:FILE`, `folder:FOLDER`.
        skip_bad: Whether rows and pictures that cannot be used are left out, not an error.
        epochs: How often the network sees all pictures, at most.
        batch: Pictures per step.
        rate: Highest learning rate, of Adam.
        schedule: How it changes: `cosine` rises in the first epoch and falls to zero, `one-cycle`
            rises longer, `plateau` halves when the validation loss no longer falls.
        patience: Epochs without a better validation loss after which it ends; 0 is never.
        precision: Of the computation: `mixed` is 16 bits where that is enough, `auto` is that
            where a GPU gains from it.
        devices: GPUs that share each batch, or where there are none, that many parts of the CPU.
        held_out: Pictures of the training set that it is validated on.
        seed: Of the split, the first weights, the order and the distortions.
        augmentation: How far the pictures are distorted.
    """

    model: str = "compact"
    data: tuple[str, ...] = ("mnist",)
    skip_bad: bool = False
    epochs: int = 10
    batch: int = 128
    rate: float = 2e-3
    schedule: Schedule = "cosine"
    patience: int = 0
    precision: Precision = "auto"
    devices: int = 1
    held_out: int = 5000
    seed: int = 1
    augmentation: Augmentation = field(default_factory=Augmentation)

    def as_dict(self) -> dict[str, Any]:
        """As entries of a card: what JSON gives back is the same."""
        return asdict(self) | {"data": list(self.data)}
