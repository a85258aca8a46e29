"""Digits: the sets of digits, undamaged.

Strokes are those of the six test writers. A picture is made when its turn comes, always the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from digitlens.training.data.drawings import Drawing
from digitlens.training.data.mnist import Labelled
from digitlens.training.measure.suite.paper import (
    CANVAS,
    MIDDLE,
    WHITE,
    Picture,
    cut_out,
    enlarge,
    put,
    write_on,
)
from digitlens.training.measure.suite.sets import PictureSet, Sources, labels_of

PENS = (2, 4, 8, 12, 20, 28, 36)  # pixels of 280
THREE_PENS = (4, 12, 28)  # thin, middle, thick
EXTENTS = (16, 24, 40, 80, 120, 220)  # pixels of 280
_LARGE = 180  # extent of a digit that is drawn at ease
_ENLARGED = 93  # of an MNIST digit on a canvas: a third of it
_SEED = 7


def digit_sets(sources: Sources) -> Iterator[PictureSet]:
    """Every set of digits but the damaged ones."""
    yield from _mnist_sets(sources.mnist)
    yield mixed_pens(sources.written)
    for pen in PENS:
        what = f"pen {pen} of {CANVAS} pixels"
        yield _written(sources.written, f"pen-{pen}", "pen", what, _LARGE, pen)
    for extent in EXTENTS:
        what = f"{extent} pixels large"
        yield _written(sources.written, f"size-{extent}", "size", what, extent, _pen_for(extent))
    yield from _placed(sources.written)
    yield from _cut_out(sources)
    yield from scan_sets()


def mixed_pens(written: list[Drawing]) -> PictureSet:
    """Each digit of the test writers once, with a thin, a middle or a thick pen in turns."""

    def draw(n: int) -> Picture:
        return write_on(written[n].strokes, _LARGE, THREE_PENS[n % 3])

    what = "pens of 4, 12 and 28 pixels in turns"
    people = np.array([drawing.writer for drawing in written], np.int64)
    return PictureSet("strokes", "pen", what, labels_of(written), draw, people)


def _mnist_sets(mnist: Labelled) -> Iterator[PictureSet]:
    places = np.random.default_rng(_SEED).uniform(0, 1, (len(mnist), 2))

    def moved(n: int) -> Picture:
        sheet = np.zeros((CANVAS, CANVAS), np.uint8)
        left, top = (float(share) for share in places[n])
        return put(enlarge(mnist.images[n], _ENLARGED), sheet, (left, top))

    for name, what, draw in (
        ("mnist", "28×28 as they are, white on black", lambda n: mnist.images[n]),
        ("mnist-inverted", "28×28, black on white", lambda n: WHITE - mnist.images[n]),
        ("mnist-canvas", f"a third of a {CANVAS}×{CANVAS} canvas, anywhere", moved),
    ):
        yield PictureSet(name, "mnist", what, mnist.labels, draw)


def _written(
    written: list[Drawing],
    name: str,
    group: str,
    what: str,
    extent: float,
    pen: float,
    place: Callable[[np.random.Generator], tuple[float, float]] | None = None,
) -> PictureSet:
    def draw(n: int) -> Picture:
        where = place(np.random.default_rng((_SEED, n))) if place else MIDDLE
        return write_on(written[n].strokes, extent, pen, where)

    return PictureSet(name, group, what, labels_of(written), draw)


def _pen_for(extent: float) -> float:
    """The pen that one would take to write so large, at least a line that can be seen."""
    return max(2, round(0.07 * extent))


def _placed(written: list[Drawing]) -> Iterator[PictureSet]:
    def corner(rng: np.random.Generator) -> tuple[float, float]:
        left, top = rng.integers(2, size=2)
        return 0.02 + 0.96 * float(left), 0.02 + 0.96 * float(top)

    def edge(rng: np.random.Generator) -> tuple[float, float]:
        near, along = 0.02 + 0.96 * float(rng.integers(2)), float(rng.uniform(0.2, 0.8))
        return (near, along) if rng.random() < 0.5 else (along, near)

    def anywhere(rng: np.random.Generator) -> tuple[float, float]:
        return float(rng.random()), float(rng.random())

    for name, what, place in (
        ("corner", "in a corner", corner),
        ("edge", "at an edge", edge),
        ("anywhere", "anywhere", anywhere),
    ):
        yield _written(written, f"place-{name}", "place", what, 100, 8, place)

    def inverted(n: int) -> Picture:
        return WHITE - write_on(written[n].strokes, _LARGE, 12)

    yield PictureSet("place-inverted", "place", "white on black", labels_of(written), inverted)


def _cut_out(sources: Sources) -> Iterator[PictureSet]:
    images = sources.mnist.images

    def cut(n: int) -> Picture:
        return WHITE - cut_out(images[n])

    def large(n: int) -> Picture:
        small = cut_out(images[n])
        return WHITE - enlarge(small, round(_LARGE / max(small.shape) * small.shape[0]))

    def written(n: int) -> Picture:
        return WHITE - cut_out(WHITE - write_on(sources.written[n].strokes, _LARGE, 12))

    labels = sources.mnist.labels
    enlarged = f"MNIST's, cut out and enlarged to {_LARGE} pixels"
    yield PictureSet("cut-mnist", "cut", "MNIST's, cut out", labels, cut)
    yield PictureSet("cut-large", "cut", enlarged, labels, large)
    yield PictureSet(
        "cut-strokes", "cut", "pen strokes, cut out", labels_of(sources.written), written
    )


def scan_sets() -> Iterator[PictureSet]:
    """Scans of forms that come with scikit-learn: 8×8, enlarged; none where it is missing.

    Alpaydin and Kaynak 1998, "Optical Recognition of Handwritten Digits" (UCI, CC BY 4.0).
    """
    try:
        # scikit-learn ships no types.
        from sklearn.datasets import load_digits  # type: ignore[import-untyped]
    except ImportError:
        return
    found = load_digits()
    images = np.rint(found.images * (WHITE / 16)).astype(np.uint8)

    def draw(n: int) -> Picture:
        sheet = np.full((160, 160), WHITE, np.uint8)
        return put(WHITE - enlarge(images[n], 112), sheet)

    labels = np.asarray(found.target, np.int64)
    yield PictureSet("scans", "scan", "8×8 of scikit-learn, enlarged to 112", labels, draw)
