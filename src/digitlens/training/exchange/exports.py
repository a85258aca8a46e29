"""Exports: a network in other forms, each checked against the original before it is kept."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from digitlens.errors import BundleError, DataError, InvalidInput
from digitlens.quiet import quiet
from digitlens.training.data.mnist import Labelled, load_mnist
from digitlens.training.exchange.formats import FORMATS, Answers, Format, Inputs, answers
from digitlens.training.exchange.network_file import fit_in, load_as_saved
from digitlens.training.exchange.scaling import try_scalings
from digitlens.training.measure.calibrate import Labels
from digitlens.training.measure.drawn import drawn_digits

TOLERANCE = 1e-4  # by which an answer of a form with whole weights may differ
LOSS = 0.0005  # of accuracy that 8-bit weights may cost
_COMPARED = 1000  # digits that exact forms are compared on
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was written and checked.

    Attributes:
        format: Its form, as `--to` has it.
        path: The file, or the folder.
        bytes: Its size.
        difference: The largest between an answer of it and the original's.
        accuracy: Share of the digits that it reads right, 0 to 1.
        original: Share of them that the original does.
        count: How many digits that was measured on.
    """

    format: str
    path: Path
    bytes: int
    difference: float
    accuracy: float
    original: float
    count: int


@dataclass(frozen=True, slots=True)
class _Original:
    """What an export is compared with."""

    network: keras.Model
    inputs: Inputs
    labels: Labels
    answers: Answers


def export(
    path: Path,
    formats: Sequence[str],
    out: Path,
    data_dir: Path | None,
    say: Say,
    force: bool = False,
) -> list[Export]:
    """Write a network in other forms.

    Each file is written beside its place, asked by the library that reads such files, compared with
    the original, and moved to its place when it agrees.

    Args:
        path: The `.keras` or `.h5` file.
        formats: Names of forms; `FORMATS` has them.
        out: Folder for the files; it is made.
        data_dir: Where MNIST is; without it, digits are drawn.
        say: Takes a line about what is going on.
        force: Whether files that are there are replaced.

    Raises:
        InvalidInput: The network cannot be loaded, a form is unknown, or a file is there.
        BundleError: A form cannot be made or answers otherwise than the original; nothing of it
            is left. Those before it are.
    """
    chosen = [_find(name) for name in formats]
    for each in chosen:
        if (out / each.file).exists() and not force:
            raise InvalidInput("--out", f"a folder without {each.file}, or --force", str(out))
    original = _original(path, _digits(data_dir, say), say)
    out.mkdir(parents=True, exist_ok=True)
    return [_export(each, original, out) for each in chosen]


def _find(name: str) -> Format:
    if name not in FORMATS:
        raise InvalidInput("--to", "one of " + ", ".join(FORMATS), name)
    return FORMATS[name]


def _digits(data_dir: Path | None, say: Say) -> Labelled:
    try:
        data = load_mnist(data_dir, "t10k")
        say(f"compared on MNIST's test set, {len(data):,} digits")
    except DataError:
        data = drawn_digits()
        say(f"MNIST is not at hand: compared on {len(data):,} digits drawn in fonts")
    return data


def _original(path: Path, data: Labelled, say: Say) -> _Original:
    """The network with digits in the scaling that it wants, and what it answers for them."""
    network = load_as_saved(path)
    glyphs = (data.images[..., None] / 255).astype(np.float32)
    some = slice(None, None, max(1, len(data) // _COMPARED))
    best = try_scalings(fit_in(network, str(path)), glyphs[some], data.labels[some])[0].scaling
    say(f"it takes pixels from {best.words}")
    inputs = best.apply(glyphs).reshape(-1, *network.input_shape[1:])
    return _Original(network, inputs, data.labels, answers(network, inputs))


def _export(form: Format, original: _Original, out: Path) -> Export:
    with tempfile.TemporaryDirectory(dir=out, prefix=".export-") as folder:
        part = Path(folder) / form.file
        try:
            with quiet():  # converters say a lot
                form.write(original.network, part)
                checked = _check(form, part, original)
        except BundleError:
            raise
        except Exception as error:  # converters raise what they like
            line = " ".join(str(error).split())[:200]
            raise BundleError(f"{form.name}: this network cannot be written so: {line}") from error
        place = out / form.file
        if place.is_dir():
            shutil.rmtree(place)
        part.replace(place)
    return Export(form.name, place, _size(place), *checked)


def _check(form: Format, part: Path, original: _Original) -> tuple[float, float, float, int]:
    """Difference, accuracy, that of the original, and on how many digits.

    Raises:
        BundleError: Too much of a difference.
    """
    rows = slice(None, _COMPARED if form.is_exact else None)
    expected, labels = original.answers[rows], original.labels[rows]
    answered = form.ask(part, original.inputs[rows])
    difference = float(np.abs(answered - expected).max())
    right, before = _right(answered, labels), _right(expected, labels)
    kept = "nothing of it was kept"
    if form.is_exact and not difference <= TOLERANCE:
        raise BundleError(
            f"{form.name}: an answer differs from the original's by {difference:.2g}, "
            f"more than {TOLERANCE:g}; {kept}"
        )
    # On few digits, one of them is more than that.
    if before - right > max(LOSS * len(labels), 1):
        raise BundleError(
            f"{form.name}: reads {right:,} of {len(labels):,} digits, the original {before:,}: "
            f"more than {LOSS:.2%} lost; {kept}"
        )
    return difference, right / len(labels), before / len(labels), len(labels)


def _right(answered: Answers, labels: npt.NDArray[np.int64]) -> int:
    return int((answered.argmax(axis=1) == labels).sum())


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())
