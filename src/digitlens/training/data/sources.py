"""Sources: where training pictures come from, put together, without those of MNIST's test set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitlens.errors import DataError
from digitlens.training.data.csv_source import read_csv
from digitlens.training.data.folder_source import read_folder
from digitlens.training.data.made import SIZES, load_made
from digitlens.training.data.mnist import Labelled, load_mnist
from digitlens.training.data.skipped import Say
from digitlens.training.data.twins import are_among, as_read, count_repeats, keys

KINDS = ("mnist", "strokes", "styles", "others", "csv:PATH", "folder:PATH")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The pictures of all sources.

    Attributes:
        sources: Each as it was named, with its pictures.
        data: All of them, in the same order.
        leaked: bool (n,), which are in MNIST's test set; None where that was not at hand.
        repeats: How many are the same as one before them.
    """

    sources: tuple[tuple[str, Labelled], ...]
    data: Labelled
    leaked: npt.NDArray[np.bool_] | None
    repeats: int

    @property
    def leaks(self) -> int:
        """How many are in MNIST's test set."""
        return 0 if self.leaked is None else int(self.leaked.sum())

    @property
    def training(self) -> Labelled:
        """What may be trained on."""
        return self.data if not self.leaks else self.data.take(np.flatnonzero(~self._leaked()))

    def _leaked(self) -> npt.NDArray[np.bool_]:
        return np.zeros(len(self.data), bool) if self.leaked is None else self.leaked


def load_sources(
    specs: Sequence[str], data_dir: Path | None, skip_bad: bool = False, say: Say = print
) -> Labelled:
    """Load the training pictures of all sources, put together.

    Pictures that are the same as one of MNIST's test set are left out.

    Args:
        specs: `mnist`, `csv:PATH` or `folder:PATH`, as many as wished.
        data_dir: Where MNIST is, as `load_mnist` takes it.
        skip_bad: Whether rows and pictures that are wrong are left out and counted.
        say: Takes a line about what was left out or changed.

    Raises:
        DataError: A source is unknown, missing or wrong, or MNIST is.
    """
    gathered = gather(specs, data_dir, skip_bad, say)
    if gathered.leaks:
        say(f"{_pictures(gathered.leaks)} of MNIST's test set left out of training")
    if gathered.repeats:
        say(f"{_pictures(gathered.repeats)} the same as others, kept")
    training = gathered.training
    if not len(training):
        raise DataError("data", "pictures to train on", "only those of MNIST's test set")
    return training


def gather(
    specs: Sequence[str], data_dir: Path | None, skip_bad: bool = False, say: Say = print
) -> Gathered:
    """Load all sources and look for repeats and for pictures of MNIST's test set.

    Args and errors are those of `load_sources`.
    """
    if not specs:
        raise DataError("data", "one or more of " + ", ".join(KINDS), "none")
    sources = tuple((spec, load_source(spec, data_dir, skip_bad, say)) for spec in specs)
    data = Labelled(
        np.concatenate([each.images for _, each in sources]),
        np.concatenate([each.labels for _, each in sources]),
    )
    leaked = _find_leaks(data, specs, data_dir, say)
    return Gathered(sources, data, leaked, count_repeats(data.images))


def load_source(spec: str, data_dir: Path | None, skip_bad: bool, say: Say) -> Labelled:
    """Load one source; arguments and errors are those of `load_sources`."""
    kind, _, place = spec.partition(":")
    if spec == "mnist":
        return load_mnist(data_dir)
    if kind in SIZES:
        return load_made(spec, data_dir, "train", say)
    if kind == "folder" and place:
        return read_folder(Path(place), skip_bad, say)
    if kind == "csv" and place:
        images, labels = read_csv(Path(place), True, skip_bad, say)
        assert labels is not None  # noqa: S101 -- they were asked for
        return Labelled(images, labels)
    raise DataError("data", ", ".join(KINDS[:-1]) + f" or {KINDS[-1]}", repr(spec))


def _find_leaks(
    data: Labelled, specs: Sequence[str], data_dir: Path | None, say: Say
) -> npt.NDArray[np.bool_] | None:
    try:
        test = load_mnist(data_dir, "t10k").images
    except DataError:
        if "mnist" in specs:
            raise
        say("MNIST's test set is not at hand: whether any of it is among the pictures is not known")
        return None
    known = set(keys(test))
    if any(spec.startswith("folder:") for spec in specs):
        known.update(keys(as_read(test)))
    return are_among(data.images, known)


def _pictures(count: int) -> str:
    return f"{count:,} picture" + ("" if count == 1 else "s")
