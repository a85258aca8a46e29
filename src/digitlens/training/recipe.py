"""Recipe: everything that decides what a training makes of its data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from digitlens.training.data.augment import Augmentation

Schedule = Literal["constant", "cosine", "one-cycle", "plateau"]
Precision = Literal["auto", "float32", "mixed"]
Keep = Literal["best", "last"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what a training makes of its data.

    Attributes:
        model: Name of an architecture, or a file with a `build_model()`.
        start: A run, or a `.keras` file, with whose weights it begins; without it, they are random.
        teachers: Runs, or bundles, whose mean answer it learns besides the labels.
        taught: How much the teachers' answer counts, where there are teachers; the labels count for
            the rest.
        data: Where the pictures come from: `mnist`, `csv:FILE`, `folder:FOLDER`, and what is drawn
            here: `strokes`, `styles`, and `others`, which are no digits.
        skip_bad: Whether rows and pictures that cannot be used are left out, not an error.
        epochs: How often the network sees all pictures, at most.
        batch: Pictures per step.
        rate: Highest learning rate, of Adam.
        averaged: Share of the training over which the mean of the weights reaches back; the mean is
            what is validated and kept. 0 takes the weights as they are.
        still: Whether batch normalization and dropout rest, as they do when the network answers:
            for a network that starts from weights that were trained.
        schedule: How it changes: `cosine` rises in the first epoch and falls to zero, `one-cycle`
            rises longer, `plateau` halves when the validation loss no longer falls.
        patience: Epochs without a better validation loss after which it ends; 0 is never.
        keep: Of which epoch the network is kept: the `best`, with the least validation loss, or the
            `last`, where the rate falls to zero and the validation loss says little about it.
        precision: Of the computation: `mixed` is 16 bits where that is enough, `auto` is that
            where a GPU gains from it.
        devices: GPUs that share each batch, or where there are none, that many parts of the CPU.
        held_out: Pictures of the training set that it is validated on.
        worn: Share of the training pictures that are shown once more, as they are read from paper:
            noisy, blurred, shaded, of few pixels.
        split: Seed of which pictures are held out: networks that shall be compared, or joined,
            must not have learned from what the others are validated on.
        seed: Of the first weights, the order and the distortions.
        augmentation: How far the pictures are distorted.
    """

    model: str = "compact"
    start: str = ""
    teachers: tuple[str, ...] = ()
    taught: float = 0.5
    data: tuple[str, ...] = ("mnist",)
    skip_bad: bool = False
    epochs: int = 10
    batch: int = 128
    rate: float = 2e-3
    averaged: float = 0.0
    still: bool = False
    schedule: Schedule = "cosine"
    patience: int = 0
    keep: Keep = "best"
    precision: Precision = "auto"
    devices: int = 1
    held_out: int = 5000
    split: int = 1
    worn: float = 0.0
    seed: int = 1
    augmentation: Augmentation = field(default_factory=Augmentation)

    def as_dict(self) -> dict[str, Any]:
        """As entries of a card: what JSON gives back is the same."""
        return asdict(self) | {"data": list(self.data), "teachers": list(self.teachers)}
