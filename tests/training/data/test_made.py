"""Pictures that are drawn for training: digits in many ways, and what is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitlens import Reader
from digitlens.errors import DataError
from digitlens.training.data.doodles import DOODLES, Doodle
from digitlens.training.data.hand import ink_of, vary
from digitlens.training.data.letters import letter
from digitlens.training.data.made import is_made, load_made
from digitlens.training.data.mnist import NONE
from digitlens.training.data.others import half
from digitlens.training.data.styles import STYLES, write
from digitlens.training.data.worn import wear, wear_one
from digitlens.training.data.written import STYLED
from tests.training.drawn_files import write_drawings
from tests.training.mnist_like import draw


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with strokes."""
    write_drawings(tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("spec", ["strokes:40", "styles:40"])
def test_digits(spec: str, folder: Path) -> None:
    """As many of each digit, each with ink, and the same when asked again."""
    found = load_made(spec, folder, "train")
    assert np.bincount(found.labels).tolist() == [4] * 10
    assert found.images.dtype == np.uint8
    assert (found.images.reshape(40, -1).max(axis=1) > 127).all()
    again = load_made(spec, folder, "train")
    assert np.array_equal(found.images, again.images)


def test_others(folder: Path) -> None:
    """Nothing of it is a digit, and no picture is empty."""
    found = load_made("others:60", folder, "train")
    assert set(found.labels) == {NONE}
    assert (found.images.reshape(60, -1).max(axis=1) > 127).all()


def test_kept(folder: Path, cache: Path) -> None:
    """What was made is taken from the cache: a change there is seen."""
    made = load_made("styles:20", folder, "train")
    (kept,) = (cache / "digitlens" / "made").iterdir()
    np.savez(kept, images=made.images, labels=made.labels[::-1])
    assert np.array_equal(load_made("styles:20", folder, "train").labels, made.labels[::-1])


def test_parts(folder: Path) -> None:
    """Validation has a twelfth as many, and others."""
    assert len(load_made("strokes:120", folder, "validation").labels) == 10


def test_no_strokes() -> None:
    """Without the data folder, the error says what to set; ways of writing need none."""
    with pytest.raises(DataError, match="DIGITLENS_DATA_DIR"):
        load_made("strokes:10", None, "train")
    assert len(load_made("styles:10", None, "train").labels) == 10


def test_names() -> None:
    """The three sources are told from files."""
    assert is_made("strokes")
    assert is_made("others:50")
    assert not is_made("mnist")
    assert not is_made("csv:strokes")


@pytest.mark.parametrize("digit", range(10))
def test_styles(digit: int) -> None:
    """Every way of writing a digit gives a line of some length."""
    assert len(STYLES[digit]) >= 5
    for seed in range(20):
        strokes = write(digit, np.random.default_rng(seed))
        points = np.concatenate(strokes)
        assert np.isfinite(points).all()
        assert np.ptp(points, axis=0).max() > 0.5


@pytest.mark.parametrize(
    ("digit", "way"), [(digit, way) for digit in STYLES for way in range(len(STYLES[digit]))]
)
def test_styles_are_read(digit: int, way: int) -> None:
    """Every way of writing a digit is read as it, nearly however it is varied."""
    rng = np.random.default_rng(way)
    drawn = [vary(write(digit, rng, way), rng, STYLED) for _ in range(25)]
    read = Reader().read_many([255 - ink_of(strokes, 150, 10) for strokes in drawn])
    assert sum(reading.text == str(digit) for reading in read) >= 21


@pytest.mark.parametrize("doodle", DOODLES, ids=lambda doodle: doodle.__name__)
def test_doodles(doodle: Doodle) -> None:
    """Every doodle has strokes, and another one each time."""
    one, other = (np.concatenate(doodle(np.random.default_rng(seed))) for seed in (1, 2))
    assert one.ndim == 2
    assert one.shape[1] == 2
    assert np.isfinite(one).all()
    assert one.shape != other.shape or not np.array_equal(one, other)


def test_letters() -> None:
    """Letters have ink, and there are many."""
    rng = np.random.default_rng(3)
    found = {letter(rng).tobytes() for _ in range(60)}
    assert len(found) > 30
    assert all(max(ink) > 127 for ink in found)


def test_half() -> None:
    """Half a digit is about half as high."""
    ink = draw(0, 1)
    rows = np.ptp(np.flatnonzero(ink.max(axis=1) > 127)) + 1
    assert 0.3 * rows < len(half(ink, np.random.default_rng(1))) < 0.7 * rows


def test_worn() -> None:
    """A worn digit has kept most of its ink, and few are lost."""
    rng = np.random.default_rng(4)
    images = np.stack([draw(digit, 7) for digit in range(10)] * 6)
    found = [wear_one(image, rng) for image in images]
    kept = [image for image in found if image is not None]
    assert len(kept) > 50
    assert all(image.shape == (28, 28) and image.max() > 127 for image in kept)


def test_wear_some() -> None:
    """The label of a worn picture is that of the picture, also where one was lost."""
    from digitlens.training.data.mnist import Labelled

    images = np.stack([draw(digit, 7) for digit in range(10)] * 3)
    data = Labelled(images, np.arange(30) % 10)
    worn = wear(data, 30, 1, print)
    assert 25 < len(worn) <= 30
    assert len(worn.images) == len(worn.labels)
    ones = worn.images[worn.labels == 1].mean(axis=(0, 1))
    assert ones[8:20].sum() > 0.9 * ones.sum()  # a 1 is narrow
