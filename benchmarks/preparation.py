"""Preparation: what is left of a digit that comes on ruled paper, in a box, as a photo, in blocks.

python -m benchmarks.preparation              every condition, some minutes on one core
python -m benchmarks.preparation --only box   those whose name has it

Digits of MNIST's training set and pen strokes of the writers that validate, from the folder that
`DIGITLENS_DATA_DIR` names, are drawn clean and under each condition. Beside each condition stand
the share that is one glyph, the share that the shipped network reads as it reads the clean drawing,
and the mean difference of what the network is shown, in hundredths of all ink.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.conditions import CONDITIONS
from benchmarks.conditions.pages import SIDE, Condition, Ink, grey
from digitlens.models.bundle import load
from digitlens.reading.limits import Limits
from digitlens.reading.network import Network
from digitlens.reading.prepare import prepare
from digitlens.settings import Settings
from digitlens.training.data.drawings import Drawing, load_pendigits
from digitlens.training.data.mnist import load_mnist

_SHIFT = 4  # OpenCV takes coordinates in fractions of 2^-4 pixels
_SLOW = {"photo of 4000×3000": 10}  # conditions that get only every so many digits
_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Clean:
    """A digit drawn clean, and what becomes of it.

    Attributes:
        ink: What was written.
        seen: float32 (28, 28, 1), what the network is shown of the clean drawing.
        digit: What it says.
    """

    ink: Ink
    seen: npt.NDArray[Any]
    digit: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What a condition leaves.

    Attributes:
        one: Share of the digits that are one glyph.
        same: Share that is one glyph and read as the clean drawing is.
        away: Mean difference of the glyph from the clean one, 0 to 1, of those that are one.
        blank: Share of the pictures in which nothing is found.
    """

    one: float
    same: float
    away: float
    blank: float


@click.command()
@click.option("--only", default="", help="Conditions whose name has this.")
@click.option("--count", default=200, show_default=True, help="Digits for each condition.")
def main(only: str, count: int) -> None:
    """Print a table of the conditions."""
    network = Network(load())
    clean = draw_clean(network, count, Settings.from_environment().data_dir)
    click.echo(f"{'':40} one glyph   read the same   difference   blank")
    for name, condition in CONDITIONS.items():
        if only in name:
            kept = measure(name, condition, clean[:: _SLOW.get(name, 1)], network)
            click.echo(
                f"{name:40} {kept.one:8.1%} {kept.same:14.1%} {kept.away * 100:12.2f}"
                f" {kept.blank:9.1%}"
            )


def draw_clean(network: Network, count: int, data_dir: Path | None, seed: int = 1) -> list[Clean]:
    """Draw digits clean, half of them MNIST's, half of pen strokes, in many sizes and pens.

    Returns:
        Those that are one glyph as they are: nearly all.
    """
    rng = np.random.default_rng(seed)
    mnist = load_mnist(data_dir)
    written = [one for one in load_pendigits(data_dir) if one.part == "validation"]
    inks = [
        enlarge(mnist.images[row], rng) for row in rng.permutation(len(mnist))[: (count + 1) // 2]
    ]
    inks += [draw(written[row], rng) for row in rng.permutation(len(written))[: count // 2]]
    clean = []
    for ink in inks:
        prepared = prepare(grey(ink), _LIMITS)
        if len(prepared.glyphs) == 1:
            digit = int(network.logits(prepared.glyphs).argmax())
            clean.append(Clean(ink, prepared.glyphs[0], digit))
    return clean


def measure(name: str, condition: Condition, clean: list[Clean], network: Network) -> Kept:
    """Draw digits under a condition, and compare what comes of them with the clean ones."""
    seed = zlib.crc32(name.encode())  # the same pictures, whatever else is measured
    one = same = blank = 0
    away = []
    for index, digit in enumerate(clean):
        picture = condition(digit.ink, np.random.default_rng((seed, index)))
        prepared = prepare(picture, _LIMITS)
        blank += not len(prepared.glyphs)
        if len(prepared.glyphs) == 1:
            one += 1
            same += int(network.logits(prepared.glyphs).argmax()) == digit.digit
            away.append(np.abs(prepared.glyphs[0] - digit.seen).mean())
    number = len(clean)
    return Kept(one / number, same / number, float(np.mean(away or [1])), blank / number)


def enlarge(small: npt.NDArray[np.uint8], rng: np.random.Generator) -> Ink:
    """A digit of MNIST on a page, 100 to 170 pixels high."""
    side = round(28 * rng.uniform(5, 8.5))
    large = cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    soft = cv2.GaussianBlur(large, (0, 0), side / 60) / 255
    ink = np.clip((soft - 0.5) * 4 + 0.5, 0, 1)  # edges as sharp as a pen's
    room = SIDE - side
    x, y = (round(rng.uniform(0.25, 0.75) * room) for _ in range(2))
    page = np.zeros((SIDE, SIDE), np.float32)
    page[y : y + side, x : x + side] = ink
    return page


def draw(drawing: Drawing, rng: np.random.Generator) -> Ink:
    """Pen strokes on a page, 100 to 170 pixels high, with a pen of 5 to 16 pixels."""
    points = np.concatenate(drawing.strokes)
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    scale = rng.uniform(100, 170) / max(span.max(), 1e-6)
    corner = (SIDE - span * scale) * rng.uniform(0.35, 0.65, 2)
    pen = round(rng.uniform(5, 16))
    sheet = np.zeros((SIDE * 4, SIDE * 4), np.uint8)
    for stroke in drawing.strokes:
        at = np.rint(((stroke - low) * scale + corner) * 4 * 2**_SHIFT).astype(np.int32)
        if len(at) == 1:  # a dot: OpenCV draws nothing for a line of one point
            at = np.repeat(at, 2, axis=0)
        cv2.polylines(sheet, [at], False, 255, pen * 4, cv2.LINE_AA, _SHIFT)
    return cv2.resize(sheet, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


if __name__ == "__main__":
    main()
