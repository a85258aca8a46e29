"""Worn: pictures as they come back from paper, cameras and other programs.

A glyph is put on paper, the paper is damaged, and the picture goes the way of every picture: its
ink is found, cut out and normalized. What the preparation cannot repair, the network shall have
seen.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.limits import Limits
from digitlens.reading.normalize import SIDE
from digitlens.reading.prepare import prepare
from digitlens.reading.stages import Ink
from digitlens.training.data.corrupt import CORRUPTIONS, corrupt
from digitlens.training.data.mnist import Labelled
from digitlens.training.data.skipped import Say
from digitlens.training.data.written import as_bytes

_CHUNK = 500
_STRONGEST = 0.85  # of 1; beyond, people guess too
_SIDES = (84, 150)  # pixels of the 28×28 on the paper
_PAPER, _PEN = (225, 255), (0, 90)  # grey levels


def wear(data: Labelled, count: int, seed: int, say: Say) -> Labelled:
    """Wear some pictures, on all cores.

    Args:
        data: To choose from.
        count: How many.
        seed: Of the choice and the damage.
        say: Takes a line where it takes long.

    Returns:
        Those in which one glyph was found again, which is nearly all.
    """
    rows = np.random.default_rng((seed, 1)).choice(len(data), min(count, len(data)), replace=False)
    parts = [data.take(rows[start : start + _CHUNK]) for start in range(0, len(rows), _CHUNK)]
    if len(parts) < 4:
        worn = [_wear_some(part, (seed, index)) for index, part in enumerate(parts)]
    else:
        say(f"wearing {len(rows):,} pictures")
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            worn = list(pool.map(_wear_some, parts, ((seed, n) for n in range(len(parts)))))
    return Labelled(
        np.concatenate([part.images for part in worn]),
        np.concatenate([part.labels for part in worn]),
    )


def _wear_some(data: Labelled, seed: tuple[int, ...]) -> Labelled:
    rng = np.random.default_rng(seed)
    found = [wear_one(image, rng) for image in data.images]
    kept = [index for index, image in enumerate(found) if image is not None]
    images = [image for image in found if image is not None]
    labels = data.labels[kept]
    return Labelled(np.array(images, np.uint8).reshape(-1, SIDE, SIDE), labels)


def wear_one(image: npt.NDArray[np.uint8], rng: np.random.Generator) -> Ink | None:
    """Wear a picture: uint8 (28, 28), 255 is ink; None where not one glyph is found again."""
    side = int(rng.integers(*_SIDES))
    large = cv2.resize(image, (side, side), interpolation=cv2.INTER_CUBIC)
    paper, pen = rng.integers(*_PAPER), rng.integers(*_PEN)
    picture = (paper - large.astype(np.float32) * (float(paper - pen) / 255)).astype(np.uint8)
    name = CORRUPTIONS[rng.integers(len(CORRUPTIONS))]
    damaged = corrupt(name, picture, float(rng.uniform(0.1, _STRONGEST)), rng)
    glyphs = prepare(damaged, Limits()).glyphs
    return as_bytes(glyphs[0, :, :, 0]) if len(glyphs) == 1 else None
