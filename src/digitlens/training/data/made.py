"""Made: training pictures that are drawn here, from pen strokes, ways of writing, and doodles.

Three sources: `strokes`, what people wrote with a pen, in other hands and with other pens;
`styles`, digits as many countries write them; `others`, what is no digit. Each picture follows from
a seed and its number alone. They are made on all cores, once, and kept in the user's cache.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from digitlens.training.data import drawings, hand, others, styles
from digitlens.training.data.drawings import Drawing, Part, load_pendigits
from digitlens.training.data.mnist import Labelled, cache_dir
from digitlens.training.data.others import Others
from digitlens.training.data.written import Written

Say = Callable[[str], None]
SIZES = {"strokes": 44_000, "styles": 12_000, "others": 34_000}
_VALIDATION = 12  # of the training pictures of a source, one in so many validates
_CHUNK = 500


def is_made(spec: str) -> bool:
    """Whether a source is one of those that are drawn here: `strokes` or `strokes:2000`."""
    return spec.partition(":")[0] in SIZES


def load_made(spec: str, data_dir: Path | None, part: Part, say: Say = print) -> Labelled:
    """Make the pictures of a source, or take them from the cache.

    Args:
        spec: `strokes`, `styles` or `others`, and behind a colon how many for training.
        data_dir: Folder that has the pen strokes.
        part: Whose writers and characters; the same for all is a way of writing of `styles`.
        say: Takes a line where it takes long.

    Returns:
        Their images and labels, in which `NONE` is what is no digit.

    Raises:
        DataError: The pen strokes are missing.
    """
    name, _, number = spec.partition(":")
    count = int(number) if number else SIZES[name]
    if part != "train":
        count = max(count // _VALIDATION, 1)
    kept = cache_dir().parent / "made" / f"{name}-{part}-{count}-{_version(data_dir)}.npz"
    if kept.exists():
        with np.load(kept) as found:
            return Labelled(found["images"], found["labels"])
    if count > 4 * _CHUNK:
        say(f"drawing {count:,} pictures of {name}")
    made = _make(name, data_dir, part, count)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(f".{os.getpid()}.part").open("wb") as file:
        np.savez_compressed(file, images=made.images, labels=made.labels)
    Path(file.name).replace(kept)
    return made


def _make(name: str, data_dir: Path | None, part: Part, count: int) -> Labelled:
    sources = load_pendigits(data_dir) if name != "styles" else []
    maker = _maker(name, [d for d in sources if d.part == part], data_dir, part)
    starts = range(0, count, _CHUNK)
    sizes = [min(_CHUNK, count - start) for start in starts]
    seeds = [(len(name), len(part), start) for start in starts]
    if len(sizes) == 1:
        return maker.make(sizes[0], np.random.default_rng(seeds[0]))
    # Spawned: TensorFlow cannot be forked once it has threads.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        parts = list(pool.map(_make_chunk, [maker] * len(sizes), sizes, seeds))
    return Labelled(
        np.concatenate([each.images for each in parts]),
        np.concatenate([each.labels for each in parts]),
    )


def _maker(name: str, known: list[Drawing], data_dir: Path | None, part: Part) -> Written | Others:
    if name == "others":
        return Others.load(known, data_dir, part)
    return Written(known, is_plain=part != "train")


def _make_chunk(maker: Written | Others, count: int, seed: tuple[int, ...]) -> Labelled:
    return maker.make(count, np.random.default_rng(seed))


def _version(data_dir: Path | None) -> str:
    """Changes with the code that draws, and with what it draws from."""
    digest = hashlib.sha256(str(data_dir).encode())
    here = Path(__file__).parent
    for module in (drawings, hand, others, styles):
        digest.update(Path(str(module.__file__)).read_bytes())
    for name in ("made", "written", "doodles", "letters"):
        digest.update((here / f"{name}.py").read_bytes())
    return digest.hexdigest()[:12]
