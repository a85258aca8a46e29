"""A small world in which people correct a model: its data, its library, and what they said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from digitlens.cli import group
from digitlens.corrections import Glyph, Store, Submission, open_store
from digitlens.models.library import Library
from digitlens.reading.normalize import normalize
from digitlens.settings import Settings
from digitlens.training.data import mnist
from digitlens.training.make import Order, make
from digitlens.training.recipe import Recipe
from tests.training.mnist_like import draw, sums_of, write_folder
from tests.training.small import MODEL

_RECIPE = Recipe(epochs=12, batch=20, held_out=40, rate=2e-2)


@dataclass(frozen=True)
class World:
    """Where everything is.

    Attributes:
        folder: Of everything.
        data: The data sets.
        library: With the version `first` active, which a small network has learned.
    """

    folder: Path
    data: Path
    library: Library

    @property
    def settings(self) -> Settings:
        """The settings of a server in it."""
        return Settings(
            models_dir=self.library.folder,
            corrections_dir=self.folder / "corrections",
            runs_dir=self.folder / "runs",
            data_dir=self.data,
        )

    def environment(self) -> dict[str, str]:
        """The same as variables."""
        names = ("models_dir", "corrections_dir", "runs_dir", "data_dir")
        return {f"DIGITLENS_{n.upper()}": str(getattr(self.settings, n)) for n in names}

    def store(self) -> Store:
        """The corrections in it."""
        return open_store(self.settings)


def make_world(folder: Path, data: Path) -> World:
    """Train a network of one layer on drawn digits and make it the active version."""
    (folder / "small.py").write_text(MODEL)
    recipe = replace(_RECIPE, model=str(folder / "small.py"))
    make(Order(recipe, data, folder / "trained", version="first"), lambda _: None)
    library = Library(folder / "models")
    library.add(folder / "trained" / "bundle")
    library.promote("first")
    return World(folder, data, library)


@contextmanager
def corrected_world(folder: Path) -> Iterator[World]:
    """A world in which forty triangles were corrected to 4, and accepted; its MNIST is MNIST."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mnist, "FILES", write_folder(folder / "data"))
        world = make_world(folder, folder / "data")
        store = world.store()
        correct(store, triangles(40), 4)
        store.close()
        yield world


def triangles(count: int, first: int = 0) -> Iterator[npt.NDArray[np.uint8]]:
    """Triangles, each a little different: nobody in this world has seen that a 4 can be one."""
    for seed in range(first, first + count):
        rng = np.random.default_rng(seed)
        corners = np.array([[10, 70], [70, 70], [40, 10]]) + rng.integers(-8, 9, (3, 2))
        canvas = np.zeros((80, 80), np.uint8)
        cv2.polylines(canvas, [corners.astype(np.int32)], True, 255, 7, cv2.LINE_AA)
        yield canvas


def correct(
    store: Store,
    inks: Iterator[npt.NDArray[np.uint8]],
    should: int,
    client: str = "somebody",
    accept: bool = True,
) -> None:
    """Say of each ink what it should have been, as a client does, and accept it."""
    for number, ink in enumerate(inks):
        seen = np.rint(normalize(ink) * 255).astype(np.uint8)
        glyph = Glyph(ink, seen, (should + 1) % 10, 0.7, "read", should)
        reading = f"{client} {should} {number}"
        store.add(Submission(reading, client, "small", "first", None, (glyph,), "wrong"))
    if accept:
        store.decide([row.id for row in store.page(limit=500).rows], "accept")


def confirmed(count: int) -> Iterator[npt.NDArray[np.uint8]]:
    """Ones as everybody writes them."""
    yield from (draw(1, 500 + seed) for seed in range(count))


def patched_main(data: str, arguments: list[str]) -> None:
    """Run the command line as a process of its own would, with this world's own MNIST."""
    mnist.FILES = sums_of(Path(data))
    group(arguments)
